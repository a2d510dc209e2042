/* SPDX-License-Identifier: Apache-2.0 */
/* How long something still lasts, as people say it. */
#include "profiles/values/expiry_text.h"

#include <inttypes.h>
#include <stdio.h>

/* The largest first: a unit counts while there are so many of it, so that the last three days are
 * told in hours, and the last two hours in minutes. */
static const struct {
	int64_t seconds, from;
	const char *one, *many;
} units[] = {
	{ EXPIRY_DAY, EXPIRY_WARNING / EXPIRY_DAY, "day", "days" },
	{ 60LL * 60, 2, "h", "h" },
	{ 60, 0, "min", "min" },
};
#define UNITS (sizeof units / sizeof units[0])

/* The unit in which LENGTH is told. */
static size_t unit_of(int64_t length)
{
	for (size_t i = 0; i < UNITS; i++)
		if (length / units[i].seconds >= units[i].from)
			return i;
	return UNITS - 1;
}

/* AT - NOW, within what a calendar has. */
static int64_t distance(int64_t at, int64_t now)
{
	int64_t length;

	return __builtin_sub_overflow(at, now, &length) ? EXPIRY_NEVER / 2 : length;
}

const char *expiry_left_to_text(int64_t at, int64_t now, char out[static EXPIRY_TEXT_MAX])
{
	int64_t left = distance(at, now), length = left > 0 ? left : -left, count;
	size_t unit = unit_of(length);

	/* The first days after it are counted in days at once: nobody hurries any more. */
	if (left <= 0 && length >= EXPIRY_DAY)
		unit = 0;
	count = length / units[unit].seconds;
	if (at == EXPIRY_NEVER)
		snprintf(out, EXPIRY_TEXT_MAX, "no limit");
	else
		snprintf(out, EXPIRY_TEXT_MAX, "%s%" PRId64 " %s %s", left > 0 ? "" : "expired ",
			 count, count == 1 ? units[unit].one : units[unit].many,
			 left > 0 ? "left" : "ago");
	return out;
}

const char *expiry_to_text(const struct profile_expiry *expiry, int64_t now,
			   char out[static EXPIRY_TEXT_MAX])
{
	if (expiry->state == EXPIRY_UNKNOWN) {
		snprintf(out, EXPIRY_TEXT_MAX, "unknown");
		return out;
	}
	return expiry_left_to_text(expiry->end.at, now, out);
}

int64_t expiry_text_lasts(int64_t at, int64_t now)
{
	int64_t left = distance(at, now), unit;

	if (at == EXPIRY_NEVER || left <= 0)
		return 0;
	unit = units[unit_of(left)].seconds;
	/* A count stands until what is left is less than it. */
	return left % unit + 1;
}
