/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that is wrong with a profile, or may surprise whoever installs it. */
#include "profiles/lint/lint.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/lint/lint_rules.h"
#include "profiles/files/operator_file.h"
#include "profiles/profile/profile.h"
#include "profiles/profile/profile_check.h"

/* What is judged beside the keys, by the type of a payload. */
static const struct {
	const char *type;
	void (*judge)(struct linting *linting, const struct plist_spot *dict);
} judges[] = {
	{ "com.apple.mdm", lint_mdm },
	{ "com.apple.security.scep", lint_scep },
	{ "com.apple.security.acme", lint_acme },
	{ "com.apple.security.root", lint_certificate },
	{ "com.apple.security.pkcs1", lint_certificate },
	{ "com.apple.security.pem", lint_certificate },
	{ "com.apple.security.pkcs12", lint_pkcs12 },
	{ "com.apple.wifi.managed", lint_wifi },
};

/* Has TEXT the form 8-4-4-4-12 of hexadecimal digits? */
static bool is_uuid(const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		if (i == 8 || i == 13 || i == 18 || i == 23 ? text[i] != '-'
							    : !isxdigit((unsigned char)text[i]))
			return false;
	return len == 36;
}

/* Is TEXT like org.example.wifi: no blanks, a dot between words? Words of other scripts are such,
 * as Apple Configurator takes them from the name of the Mac; MDMs write a UUID alone. */
static bool is_identifier(const char *text)
{
	for (const char *c = text; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr(".-_", *c) && !(*c & 0x80))
			return false;
	return is_uuid(text) || (text[0] != '.' && strchr(text, '.'));
}

/* Judges the names of a payload, or of the profile itself. */
static void judge_names(struct linting *linting, const struct plist_spot *dict)
{
	struct profile_keys *keys = &linting->reading.keys;
	struct plist_spot uuid = profile_keys_member(keys, dict, "PayloadUUID");
	struct plist_spot identifier = profile_keys_member(keys, dict, "PayloadIdentifier");
	const char *text = profile_keys_peek(dict, "PayloadUUID");

	if (text[0] != '\0' && !is_uuid(text))
		profile_keys_wrong(keys, RULE_UUID_FORM, &uuid,
				   "PayloadUUID \"%.80s\" has not the form of a UUID", text);
	text = profile_keys_peek(dict, "PayloadIdentifier");
	if (text[0] != '\0' && !is_identifier(text))
		profile_keys_wrong(keys, RULE_IDENTIFIER_FORM, &identifier,
				   "PayloadIdentifier \"%.80s\" is not like org.example.wifi",
				   text);
}

/* Judges that the payload DICT is not called as the profile itself. */
static void judge_own_name(struct linting *linting, const struct plist_spot *dict)
{
	struct profile_keys *keys = &linting->reading.keys;
	struct plist_spot spot = profile_keys_member(keys, dict, "PayloadIdentifier");
	const char *text = profile_keys_peek(dict, "PayloadIdentifier");

	if (text[0] != '\0' &&
	    strcmp(text, profile_keys_peek(&linting->reading.top, "PayloadIdentifier")) == 0)
		profile_keys_wrong(keys, RULE_IDENTIFIER_OWN, &spot,
				   "PayloadIdentifier is the same as the profile's own");
}

/* Judges that the type of the payload DICT is known. */
static void judge_unknown(struct linting *linting, const struct plist_spot *dict, const char *type)
{
	struct profile_keys *keys = &linting->reading.keys;
	struct plist_spot spot = profile_keys_member(keys, dict, "PayloadType");
	const char *nearest = payload_type_nearest(type);

	if (nearest)
		profile_keys_wrong(keys, RULE_UNKNOWN_PAYLOAD, &spot,
				   "\"%.80s\" is an unknown type; did you mean %s?", type, nearest);
	else if (strncmp(type, "com.apple.", 10) == 0)
		profile_keys_wrong(keys, RULE_UNKNOWN_PAYLOAD, &spot,
				   "\"%.80s\" is an unknown type", type);
	else if (type[0] != '\0')
		profile_keys_wrong(keys, RULE_FOREIGN_PAYLOAD, &spot,
				   "\"%.80s\" is not a type of Apple's", type);
}

/* Judges that payload INDEX is the first of TYPE, when there may be but one. */
static void judge_single(struct linting *linting, const struct plist_spot *dict, size_t index,
			 const struct payload_type *type)
{
	for (size_t i = 0; (type->flags & PAYLOAD_SINGLE) && i < index; i++)
		if (strcmp(linting->survey->payloads[i].type, type->type) == 0) {
			profile_keys_wrong(&linting->reading.keys, RULE_MULTIPLE, dict,
					   "is a second %s, after payload %zu; a device takes one",
					   type->type, i + 1);
			return;
		}
}

static void judge_secrets(struct linting *linting, const struct plist_spot *dict, size_t index)
{
	const char *secrets = linting->survey->payloads[index].secrets;

	if (secrets[0] != '\0')
		profile_keys_wrong(&linting->reading.keys, RULE_SECRET_IN_CLEAR, dict,
				   "holds in clear text: %s", secrets);
}

static void judge_payload(struct linting *linting, const struct plist_spot *dict, size_t index)
{
	const char *name = profile_keys_peek(dict, "PayloadType");
	const struct payload_type *type = payload_type_find(name);

	judge_names(linting, dict);
	judge_own_name(linting, dict);
	if (type) {
		lint_devices(linting, dict, type);
		judge_single(linting, dict, index, type);
	} else {
		judge_unknown(linting, dict, name);
	}
	lint_keys(linting, dict, type, &payload_every_keys);
	for (size_t i = 0; i < sizeof judges / sizeof judges[0]; i++)
		if (strcmp(judges[i].type, name) == 0)
			judges[i].judge(linting, dict);
	judge_secrets(linting, dict, index);
}

static void judge_payloads(struct linting *linting)
{
	size_t count = reading_payloads(&linting->reading);

	for (size_t i = 0; i < count && !lint_is_full(linting); i++) {
		struct plist_spot dict = reading_payload(&linting->reading, i);

		linting->reading.keys.payload = i + 1;
		if (profile_keys_is(&dict, PROFILE_KEYS_DICT))
			judge_payload(linting, &dict, i);
	}
	linting->reading.keys.payload = 0;
}

/* Judges that the profile is meant for the devices that it is for. */
static void judge_target(struct linting *linting)
{
	struct profile_keys *keys = &linting->reading.keys;
	struct plist_spot spot =
		profile_keys_member(keys, &linting->reading.top, "TargetDeviceType");
	int64_t target = reading_number(&linting->reading.top, "TargetDeviceType", 0);
	enum platform platform = linting->target->platform;

	if (platform != PLATFORMS && !platform_is_target(platform, target))
		profile_keys_wrong(keys, RULE_TARGET_DEVICE, &spot,
				   "TargetDeviceType is %lld, which is not %s", (long long)target,
				   platform_devices(platform));
}

static void judge_content(struct linting *linting)
{
	struct profile_keys *keys = &linting->reading.keys;
	struct plist_spot content =
		profile_keys_member(keys, &linting->reading.top, "PayloadContent");

	if (linting->survey->enrollment.how == SURVEY_ENROLLS_SERVICE && content.node &&
	    profile_keys_is(&content, PROFILE_KEYS_DICT)) {
		static const struct payload_type service = {
			"Profile Service", 0, { 0 }, &payload_service_keys
		};

		lint_keys(linting, &content, &service, NULL);
		lint_service(linting, &content);
	}
	if (linting->survey->encrypted)
		profile_keys_wrong(keys, RULE_ENCRYPTED, &linting->reading.top,
				   "its payloads are encrypted for a device");
	judge_payloads(linting);
}

/* Judges what is open. Returns 0 or -ENOMEM. */
static int judge(struct linting *linting)
{
	const struct plist_spot *top = &linting->reading.top;
	struct profile strings = { 0 };
	int r;

	r = profile_check_top(&linting->reading.keys, top, &strings);
	free(strings.identifier);
	free(strings.uuid);
	free(strings.display_name);
	free(strings.organization);
	if (r == -ENOMEM)
		return r;
	lint_dates(linting);
	lint_signature(linting);
	judge_names(linting, top);
	judge_target(linting);
	lint_keys(linting, top, NULL, &payload_top_keys);
	judge_content(linting);
	lint_leftovers(linting, top);
	return 0;
}

int lint_bytes(const char *file, const unsigned char *bytes, size_t size,
	       const struct lint_target *target, struct problems *problems,
	       struct survey **ret_survey)
{
	struct linting linting = { .target = target };
	struct survey *survey = NULL;
	int r;

	r = reading_open(file, bytes, size, problems, &linting.reading);
	if (r < 0)
		return r;
	r = reading_survey(&linting.reading, bytes, size, target->now, &survey);
	linting.survey = survey;
	if (r == 0)
		r = judge(&linting);
	reading_close(&linting.reading);
	if (r == 0)
		*ret_survey = survey;
	else
		survey_free(survey);
	return r;
}

int lint_file(const char *file, const struct lint_target *target, struct problems *problems,
	      struct survey **ret_survey)
{
	enum rule stage = problems->stage;
	unsigned char *bytes;
	size_t size;
	int r;

	problems->stage = RULE_FILE;
	r = operator_file_read(file, PROFILE_SIZE_MAX, problems, &bytes, &size);
	problems->stage = stage;
	if (r < 0)
		return r;
	r = lint_bytes(file, bytes, size, target, problems, ret_survey);
	free(bytes);
	return r;
}
