/* SPDX-License-Identifier: Apache-2.0 */
/* Enrollment profiles in Intune: asked for, made, exported. What is sent, and what is answered. */
#define _GNU_SOURCE /* asprintf */
#include "station/graph/enrollment.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/graph/base64.h"
#include "station/graph/reply.h"

#define SETTINGS "/beta/deviceManagement/depOnboardingSettings/"

char *enrollment_list_path(const char *account)
{
	char *path;

	return asprintf(&path, SETTINGS "%s/enrollmentProfiles", account) < 0 ? NULL : path;
}

char *enrollment_export_path(const char *account, const char *profile)
{
	char *path;

	if (asprintf(&path, SETTINGS "%s/enrollmentProfiles/%s/exportMobileConfig", account,
		     profile) < 0)
		return NULL;
	return path;
}

/* Copies the id at KEY if it is one: letters, digits, "-" and "_". */
static int read_id(const json_t *json, const char *key, char ret_id[static ENROLLMENT_ID_MAX + 1])
{
	const char *id = reply_text(json, key);
	size_t length = strlen(id);

	if (length == 0 || length > ENROLLMENT_ID_MAX)
		return -1;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)id[i]) && id[i] != '-' && id[i] != '_')
			return -1;
	memcpy(ret_id, id, length + 1);
	return 0;
}

int enrollment_read_account(const json_t *json, char ret_id[static ENROLLMENT_ID_MAX + 1])
{
	return read_id(json, "intuneAccountId", ret_id);
}

int enrollment_read_profile(const json_t *json, struct enrollment_profile *ret_profile)
{
	static const char *const affinities[] = {
		"requiresUserAuthentication",
		"enableAuthenticationViaCompanyPortal",
		"requireCompanyPortalOnSetupAssistantEnrolledDevices",
	};
	struct enrollment_profile profile = { .user_affinity = false };

	if (read_id(json, "id", profile.id) < 0)
		return -1;
	for (size_t i = 0; i < sizeof affinities / sizeof affinities[0]; i++)
		profile.user_affinity |= json_is_true(json_object_get(json, affinities[i]));
	*ret_profile = profile;
	return 0;
}

int enrollment_find(const json_t *json, const char *name, struct enrollment_profile *ret_profile,
		    unsigned *count)
{
	const json_t *list = json_object_get(json, "value");
	json_t *one;
	size_t i;

	if (!json_is_array(list))
		return -1;
	json_array_foreach (list, i, one) {
		if (strcmp(reply_text(one, "displayName"), name) != 0)
			continue;
		if (enrollment_read_profile(one, ret_profile) < 0)
			return -1;
		(*count)++;
	}
	return 0;
}

json_t *enrollment_create_body(const char *name)
{
	return json_pack("{s:s, s:s, s:s, s:b, s:b, s:b}", "@odata.type",
			 "#microsoft.graph.enrollmentProfile", "displayName", name, "description",
			 "made by muster", "requiresUserAuthentication", 0,
			 "enableAuthenticationViaCompanyPortal", 0,
			 "requireCompanyPortalOnSetupAssistantEnrolledDevices", 0);
}

int enrollment_read_export(const json_t *json, unsigned char **ret_bytes, size_t *ret_size,
			   struct refusal *refusal)
{
	const char *value = reply_text(json, "value");
	int r = value[0] != '\0' ? base64_parse(value, ret_bytes, ret_size) : -EINVAL;

	if (r == 0)
		return 0;
	if (r == -ENOMEM)
		return refuse(refusal, REFUSAL_HOST, "no memory");
	return reply_refuse_form("export the profile", refusal);
}
