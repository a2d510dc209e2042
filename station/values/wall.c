/* SPDX-License-Identifier: Apache-2.0 */
/* The wall clock's time, and how it is written. */
#include "station/values/wall.h"

#include <stdio.h>
#include <time.h>

const char *wall_to_text(wall_t wall, char out[static WALL_TEXT_MAX])
{
	time_t seconds = wall / 1000;
	struct tm tm;
	size_t len;

	out[0] = '\0';
	if (wall <= 0 || !gmtime_r(&seconds, &tm))
		return out;
	len = strftime(out, WALL_TEXT_MAX, "%Y-%m-%dT%H:%M:%S", &tm);
	if (len > 0)
		snprintf(out + len, WALL_TEXT_MAX - len, ".%03dZ", (int)(wall % 1000));
	return out;
}
