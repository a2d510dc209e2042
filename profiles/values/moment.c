/* SPDX-License-Identifier: Apache-2.0 */
/* Moments as an operator writes and reads them: 2026-11-23, 2026-11-23 14:05. */
#include "config.h"

#include "profiles/values/moment.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

/* Reads DIGITS digits at *TEXT and moves on. */
static bool take_number(const char **text, unsigned digits, int *ret_number)
{
	int number = 0;

	for (unsigned i = 0; i < digits; i++) {
		if ((*text)[i] < '0' || (*text)[i] > '9')
			return false;
		number = 10 * number + ((*text)[i] - '0');
	}
	*text += digits;
	*ret_number = number;
	return true;
}

static bool take_sign(const char **text, char sign)
{
	if (**text != sign)
		return false;
	++*text;
	return true;
}

/* "2026-11-23". */
static bool take_day(const char **text, struct tm *tm)
{
	return take_number(text, 4, &tm->tm_year) && take_sign(text, '-') &&
	       take_number(text, 2, &tm->tm_mon) && take_sign(text, '-') &&
	       take_number(text, 2, &tm->tm_mday);
}

/* " 14:05", perhaps with ":09". */
static bool take_clock(const char **text, struct tm *tm)
{
	if (!take_sign(text, 'T') && !take_sign(text, ' '))
		return false;
	if (!take_number(text, 2, &tm->tm_hour) || !take_sign(text, ':') ||
	    !take_number(text, 2, &tm->tm_min))
		return false;
	return !take_sign(text, ':') || take_number(text, 2, &tm->tm_sec);
}

/* "Z", "+02:00", " +0200" as moment_to_text writes it, or nothing; RET_OFFSET in seconds east. */
static bool take_zone(const char **text, bool *ret_local, int *ret_offset)
{
	int hours, minutes;
	bool west;

	*ret_offset = 0;
	*ret_local = **text == '\0';
	if (*ret_local || take_sign(text, 'Z'))
		return true;
	(void)take_sign(text, ' ');
	west = **text == '-';
	if (!take_sign(text, '+') && !take_sign(text, '-'))
		return false;
	if (!take_number(text, 2, &hours))
		return false;
	(void)take_sign(text, ':');
	if (!take_number(text, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*ret_offset = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
	return true;
}

/* Is TM, with its year and month as written, a moment of the calendar? A day that is none would be
 * taken as one of the next month. */
static bool is_moment(const struct tm *tm)
{
	struct tm day = { .tm_year = tm->tm_year - 1900,
			  .tm_mon = tm->tm_mon - 1,
			  .tm_mday = tm->tm_mday,
			  .tm_hour = 12 };

	if (tm->tm_year < 1970 || tm->tm_hour > 23 || tm->tm_min > 59 || tm->tm_sec > 59)
		return false;
	(void)timegm(&day);
	return day.tm_mday == tm->tm_mday && day.tm_mon == tm->tm_mon - 1;
}

static bool same_clock(const struct tm *a, const struct tm *b)
{
	return a->tm_mday == b->tm_mday && a->tm_hour == b->tm_hour && a->tm_min == b->tm_min;
}

/*
 * When the local clock shows WALL: when it does so twice, the first time; when the clock goes past
 * it, as long after midnight as it would have been. mktime's own choice, of both, depends on what
 * it was asked before. Negative when it is before 1970.
 */
static time_t from_local(const struct tm *wall)
{
	time_t shown = -1, passed = -1;

	for (int summer = 0; summer < 2; summer++) {
		struct tm tm = *wall;
		time_t time;

		tm.tm_isdst = summer;
		time = mktime(&tm);
		if (same_clock(&tm, wall) && (shown < 0 || time < shown))
			shown = time;
		if (time > passed)
			passed = time;
	}
	return shown < 0 ? passed : shown;
}

int moment_parse(const char *text, int64_t *ret_time)
{
	struct tm tm = { 0 };
	bool local;
	int offset;
	time_t time;

	if (!take_day(&text, &tm))
		return -EINVAL;
	if (strchr("T ", *text) && *text != '\0' && !take_clock(&text, &tm))
		return -EINVAL;
	if (!take_zone(&text, &local, &offset) || *text != '\0')
		return -EINVAL;
	if (!is_moment(&tm))
		return -ERANGE;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	time = local ? from_local(&tm) : timegm(&tm) - offset;
	if (time < 0)
		return -ERANGE;
	*ret_time = time;
	return 0;
}

const char *moment_to_text(int64_t time, char out[static MOMENT_TEXT_MAX])
{
	time_t seconds = time;
	struct tm tm;

	if (!localtime_r(&seconds, &tm) ||
	    strftime(out, MOMENT_TEXT_MAX, "%Y-%m-%d %H:%M %z", &tm) == 0)
		out[0] = '\0';
	return out;
}
