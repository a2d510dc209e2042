/* SPDX-License-Identifier: Apache-2.0 */
/* Serial numbers for Intune: what is sent to import and assign them, and what is answered. */
#define _GNU_SOURCE /* asprintf */
#include "station/graph/serials.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/graph/reply.h"

int serial_set(struct serial *serial, const char *number, const char *details)
{
	char cleaned[CLEAN_MAX + 1];
	size_t length = strlen(number);

	if (length < 8 || length > SERIAL_MAX)
		return -EINVAL;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)number[i]))
			return -EINVAL;
	for (size_t i = 0; i <= length; i++)
		serial->number[i] = (char)toupper((unsigned char)number[i]);
	clean_string(details, cleaned);
	/* Not in the middle of a character. */
	length = strlen(cleaned);
	if (length >= sizeof serial->details)
		length = sizeof serial->details - 1;
	while (length > 0 && ((unsigned char)cleaned[length] & 0xc0) == 0x80)
		length--;
	memcpy(serial->details, cleaned, length);
	serial->details[length] = '\0';
	return 0;
}

char *serials_import_path(const char *account)
{
	char *path;

	if (asprintf(&path,
		     "/beta/deviceManagement/depOnboardingSettings/%s/importedAppleDeviceIdentities"
		     "/importAppleDeviceIdentityList",
		     account) < 0)
		return NULL;
	return path;
}

json_t *serials_import_body(const struct serial *serials, size_t count, const char *profile,
			    const char *platform)
{
	const char *bare = strchr(profile, '_');
	json_t *list = json_array();

	for (size_t i = 0; list && i < count; i++) {
		json_t *one =
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "@odata.type",
				  "#microsoft.graph.importedAppleDeviceIdentity", "serialNumber",
				  serials[i].number, "requestedEnrollmentProfileId",
				  bare ? bare + 1 : profile, "description", serials[i].details,
				  "platform", platform, "discoverySource", "adminImport");

		if (json_array_append_new(list, one) < 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list ? json_pack("{s:o, s:b}", "importedAppleDeviceIdentities", list,
				"overwriteImportedDeviceIdentities", 1)
		    : NULL;
}

int serials_read_import(const json_t *json, unsigned *taken,
			void (*each)(const char *serial, void *userdata), void *userdata)
{
	const json_t *list = json_object_get(json, "value");
	json_t *one;
	size_t i;

	if (!json_is_array(list))
		return -1;
	json_array_foreach (list, i, one) {
		char serial[CLEAN_MAX + 1];

		if (json_is_true(json_object_get(one, "status"))) {
			(*taken)++;
			continue;
		}
		clean_string(reply_text(one, "serialNumber"), serial);
		each(serial, userdata);
	}
	return 0;
}
