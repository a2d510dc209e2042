/* SPDX-License-Identifier: Apache-2.0 */
/* What in a tenant would make an enrollment profile fail, judged from what Intune says of itself.
 */
#define _GNU_SOURCE /* timegm */
#include "station/graph/preflight.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "station/graph/reply.h"

#define DAY (24LL * 60 * 60)
/* From when on the push certificate's end is warned of: renewing it takes a person with the right
 * Apple Account. */
#define PUSH_WARNING (30 * DAY)

const char *finding_level_to_text(enum finding_level level)
{
	static const char *const words[FINDING_LEVELS] = {
		[FINDING_NOTE] = "note",
		[FINDING_WARNING] = "warning",
		[FINDING_ERROR] = "error",
	};

	return words[level];
}

void findings_add(struct findings *findings, enum finding_level level, const char *format, ...)
{
	struct finding *finding = &findings->list[findings->count];
	char raw[2 * CLEAN_MAX];
	va_list args;

	if (findings->count == FINDINGS_MAX)
		return;
	va_start(args, format);
	vsnprintf(raw, sizeof raw, format, args);
	va_end(args);
	finding->level = level;
	clean_string(raw, finding->text);
	findings->count++;
}

bool findings_have_error(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].level == FINDING_ERROR)
			return true;
	return false;
}

void preflight_authority(const json_t *json, struct findings *findings)
{
	const json_t *organization = json_array_get(json_object_get(json, "value"), 0);
	const char *authority = reply_text(organization, "mobileDeviceManagementAuthority");

	if (authority[0] != '\0' && strcasecmp(authority, "intune") != 0)
		findings_add(findings, FINDING_ERROR,
			     "the tenant's MDM authority is \"%.40s\", not Intune: devices will "
			     "be refused; set it in the Intune admin center",
			     authority);
}

void preflight_push(const json_t *json, int64_t now, struct findings *findings,
		    char ret_topic[static CLEAN_MAX + 1])
{
	const char *account = reply_text(json, "appleIdentifier");
	struct tm tm = { 0 };
	const char *end = reply_text(json, "expirationDateTime");
	const char *rest = strptime(end, "%Y-%m-%dT%H:%M:%S", &tm);
	int64_t left = rest ? timegm(&tm) - now : 0;

	clean_string(reply_text(json, "topicIdentifier"), ret_topic);
	if (!rest)
		findings_add(findings, FINDING_WARNING,
			     "Intune does not say when its Apple push certificate ends");
	else if (left <= 0)
		findings_add(findings, FINDING_ERROR,
			     "Intune's Apple push certificate ended on %.10s: devices will be "
			     "refused; renew it with the same Apple Account (%.80s)",
			     end, account);
	else if (left < PUSH_WARNING)
		findings_add(findings, FINDING_WARNING,
			     "Intune's Apple push certificate ends on %.10s; renew it with the "
			     "same Apple Account (%.80s)",
			     end, account);
}

/* One platform's restriction in the policy CONFIGURATION. The default policy, of priority 0, also
 * counts for devices without a user; what others say depends on groups. */
static void judge_platform(const json_t *configuration, const json_t *restriction,
			   const char *platform, struct findings *findings)
{
	bool standard = json_integer_value(json_object_get(configuration, "priority")) == 0;
	const char *name = reply_text(configuration, "displayName");

	if (!json_is_object(restriction))
		return;
	if (json_is_true(json_object_get(restriction, "platformBlocked")))
		findings_add(findings, standard ? FINDING_ERROR : FINDING_WARNING,
			     "the platform restriction \"%.60s\" blocks %s: the export fails, or "
			     "devices are refused",
			     name, platform);
	else if (!standard)
		findings_add(findings, FINDING_WARNING,
			     "there is a platform restriction for %s, \"%.60s\"; Microsoft says "
			     "that any may make the export for Macs fail",
			     platform, name);
	if (reply_text(restriction, "osMinimumVersion")[0] != '\0' ||
	    reply_text(restriction, "osMaximumVersion")[0] != '\0')
		findings_add(findings, FINDING_NOTE,
			     "the range of systems for %s in \"%.60s\" is not looked at for this "
			     "kind of enrollment",
			     platform, name);
}

static void judge_configuration(const json_t *one, struct findings *findings)
{
	static const struct {
		const char *key, *type, *name;
	} platforms[] = {
		{ "iosRestriction", "ios", "iPhone and iPad" },
		{ "macOSRestriction", "mac", "Mac" },
	};
	const json_t *single = json_object_get(one, "platformRestriction");

	for (size_t i = 0; i < sizeof platforms / sizeof platforms[0]; i++) {
		/* One policy for all platforms, or one for each. */
		judge_platform(one, json_object_get(one, platforms[i].key), platforms[i].name,
			       findings);
		if (strcasecmp(reply_text(one, "platformType"), platforms[i].type) == 0)
			judge_platform(one, single, platforms[i].name, findings);
	}
}

void preflight_restrictions(const json_t *json, struct findings *findings)
{
	const json_t *list = json_object_get(json, "value");
	json_t *one;
	size_t i;

	json_array_foreach (list, i, one)
		judge_configuration(one, findings);
}
