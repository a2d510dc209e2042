/* SPDX-License-Identifier: Apache-2.0 */
/* A device as Intune manages it: asked for by its serial number, as proof of its enrollment. */
#define _GNU_SOURCE /* asprintf, timegm */
#include "station/graph/managed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "station/graph/reply.h"
#include "station/graph/url.h"

/* Clocks of two organisations may differ by this, in seconds. */
#define CLOCKS_DIFFER 120

char *managed_path(const char *serial)
{
	char *quoted = url_odata_string(serial), *path;

	if (!quoted || asprintf(&path,
				"/beta/deviceManagement/managedDevices?$filter=serialNumber%%20eq"
				"%%20%s&$select=id,serialNumber,enrolledDateTime,"
				"deviceEnrollmentType,enrollmentProfileName",
				quoted) < 0)
		path = NULL;
	free(quoted);
	return path;
}

static int64_t read_time(const char *text)
{
	struct tm tm = { 0 };
	int64_t time = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm) ? timegm(&tm) : 0;

	/* The service writes the year 1 for never. */
	return time > 0 ? time : 0;
}

static void read_one(const json_t *json, struct managed *newest)
{
	int64_t enrolled = read_time(reply_text(json, "enrolledDateTime"));

	if (newest->id[0] != '\0' && enrolled <= newest->enrolled)
		return;
	newest->enrolled = enrolled;
	clean_string(reply_text(json, "id"), newest->id);
	clean_string(reply_text(json, "enrollmentProfileName"), newest->profile);
	clean_string(reply_text(json, "deviceEnrollmentType"), newest->type);
}

int managed_read(const json_t *json, const char *serial, struct managed *ret_managed)
{
	const json_t *list = json_object_get(json, "value");
	json_t *one;
	size_t i;

	if (!json_is_array(list))
		return -1;
	/* The filter is the service's; whether it was understood is ours to see. */
	json_array_foreach (list, i, one)
		if (strcasecmp(reply_text(one, "serialNumber"), serial) == 0)
			read_one(one, ret_managed);
	return 0;
}

bool managed_proves(const struct managed *managed, int64_t began)
{
	return managed->id[0] != '\0' && managed->enrolled >= began - CLOCKS_DIFFER;
}
