/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of moments as an operator writes them. */
#include "config.h"

#include "profiles/values/moment.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "tests/unit/tap.h"

static const struct {
	const char *text;
	int want;
	int64_t time;
} rows[] = {
	{ "1970-01-01Z", 0, 0 },
	{ "2026-11-23", 0, 1795388400 }, /* midnight in Berlin */
	{ "2026-11-23Z", 0, 1795392000 },
	{ "2026-11-23 14:05", 0, 1795388400 + 14 * 3600 + 5 * 60 },
	{ "2026-11-23T14:05:09", 0, 1795388400 + 14 * 3600 + 5 * 60 + 9 },
	{ "2026-11-23T14:05:09Z", 0, 1795392000 + 14 * 3600 + 5 * 60 + 9 },
	{ "2026-11-23T14:05+02:00", 0, 1795392000 + 12 * 3600 + 5 * 60 },
	{ "2026-11-23T14:05-02:30", 0, 1795392000 + 16 * 3600 + 35 * 60 },
	{ "2026-11-23 14:05 +0200", 0, 1795392000 + 12 * 3600 + 5 * 60 }, /* as it is told */
	{ "2026-11-23 14:05 -02:30", 0, 1795392000 + 16 * 3600 + 35 * 60 },
	{ "2026-11-23 14:05 0200", -EINVAL, 0 },
	{ "2026-11-23 14:05  +0200", -EINVAL, 0 },
	{ "2026-07-01", 0, 1782856800 }, /* in summer time */
	{ "2024-02-29Z", 0, 1709164800 },
	{ "2026-02-29", -ERANGE, 0 },
	{ "2026-13-01", -ERANGE, 0 },
	{ "2026-00-01", -ERANGE, 0 },
	{ "2026-01-00", -ERANGE, 0 },
	{ "2026-01-32", -ERANGE, 0 },
	{ "2026-01-01T24:00", -ERANGE, 0 },
	{ "2026-01-01T23:60", -ERANGE, 0 },
	{ "1969-12-31Z", -ERANGE, 0 },
	{ "1970-01-01+01:00", -ERANGE, 0 },
	{ "", -EINVAL, 0 },
	{ "yesterday", -EINVAL, 0 },
	{ "23.11.2026", -EINVAL, 0 },
	{ "2026-1-2", -EINVAL, 0 },
	{ "2026-11-23 ", -EINVAL, 0 },
	{ "2026-11-23 14", -EINVAL, 0 },
	{ "2026-11-23T14:05:9", -EINVAL, 0 },
	{ "2026-11-23Zz", -EINVAL, 0 },
	{ "2026-11-23+2:00", -EINVAL, 0 },
	{ "2026-11-23+24:00", -EINVAL, 0 },
	{ "20261123", -EINVAL, 0 },
};

/* Where the clock is changed, with the answer whatever was asked before: mktime remembers. */
static void check_changes(void)
{
	static const char berlin[] = "CET-1CEST,M3.5.0,M10.5.0/3";
	static const char brasilia[] = "BRT3BRST,M11.1.0/0,M2.3.0/0"; /* at midnight */
	static const char dublin[] = "IST-1GMT0,M10.5.0,M3.5.0/1"; /* winter is what is special */
	static const struct {
		const char *zone, *text;
		int64_t time;
	} changes[] = {
		{ berlin, "2026-10-25 02:30", 1792888200 }, /* the first of two: summer's */
		{ berlin, "2026-10-25 03:00", 1792893600 },
		{ berlin, "2026-03-29 02:30", 1774747800 }, /* never: 03:30 */
		{ brasilia, "2026-11-01", 1793502000 },	    /* begins at one */
		{ brasilia, "2026-02-14 23:30", 1771119000 },
		{ brasilia, "2026-02-15", 1771124400 },
		{ dublin, "2026-10-25 01:30", 1792888200 },
		{ dublin, "2026-07-01", 1782860400 },
		{ "UTC0", "2026-10-25 02:30", 1792895400 },
	};

	for (size_t i = 0; i < 2 * sizeof changes / sizeof changes[0]; i++) {
		const char *before = i % 2 ? "2026-01-10" : "2026-07-10";
		int64_t time = 0;

		setenv("TZ", changes[i / 2].zone, 1);
		tzset();
		moment_parse(before, &time);
		is_number(moment_parse(changes[i / 2].text, &time), 0, changes[i / 2].text);
		is_number(time, changes[i / 2].time, changes[i / 2].zone);
	}
}

int main(void)
{
	char text[MOMENT_TEXT_MAX];

	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t time = 0;

		is_number(moment_parse(rows[i].text, &time), rows[i].want, rows[i].text);
		is_number(time, rows[i].time, rows[i].text);
	}
	is_string(moment_to_text(1795388400, text), "2026-11-23 00:00 +0100", "as text");
	is_string(moment_to_text(1782856800, text), "2026-07-01 00:00 +0200", "in summer");
	is_string(moment_to_text(INT64_MAX, text), "", "a time that no calendar has");
	check_changes();
	return tap_done();
}
