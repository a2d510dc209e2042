/* SPDX-License-Identifier: Apache-2.0 */
/* Small turns between JSON values and text. */
#include "station/faces/json_text.h"

#include <stdlib.h>
#include <string.h>

/* Digits of a real number: milliseconds in a year of seconds, and no 0.40000000000000002. */
#define REAL_DIGITS 11

json_t *json_from_msec(msec_t time)
{
	return json_real((double)time / 1000);
}

char *json_to_line(json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(REAL_DIGITS));
	size_t len = text ? strlen(text) : 0;
	char *line = text ? realloc(text, len + 2) : NULL;

	json_decref(json);
	if (!line) {
		free(text);
		return NULL;
	}
	memcpy(line + len, "\n", 2);
	return line;
}
