/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of lengths of time as an operator writes them. */
#include "profiles/values/duration.h"

#include <errno.h>
#include <stddef.h>

#include "tests/unit/tap.h"

static const struct {
	const char *text;
	int want;
	msec_t length;
} parsed[] = {
	{ "1s", 0, 1000 },
	{ "90s", 0, 90000 },
	{ "2m", 0, 120000 },
	{ "1h", 0, 3600000 },
	{ "24h", 0, DURATION_MAX },
	{ "86400s", 0, DURATION_MAX },
	{ "010s", 0, 10000 },
	{ "86401s", -ERANGE, -1 },
	{ "25h", -ERANGE, -1 },
	{ "0s", -ERANGE, -1 },
	{ "0000000000001s", -ERANGE, -1 },
	{ "99999999999999999999999999s", -ERANGE, -1 },
	{ "", -EINVAL, -1 },
	{ "s", -EINVAL, -1 },
	{ "90", -EINVAL, -1 },
	{ "90 s", -EINVAL, -1 },
	{ " 90s", -EINVAL, -1 },
	{ "90s ", -EINVAL, -1 },
	{ "-1s", -EINVAL, -1 },
	{ "+1s", -EINVAL, -1 },
	{ "1.5h", -EINVAL, -1 },
	{ "1d", -EINVAL, -1 },
	{ "1S", -EINVAL, -1 },
	{ "1m30s", -EINVAL, -1 },
	{ "1ms", -EINVAL, -1 },
};

static const struct {
	msec_t length;
	const char *want;
} printed[] = {
	{ 1000, "1s" },	    { 90000, "90s" },	     { 120000, "2m" }, { 3600000, "1h" },
	{ 5400000, "90m" }, { DURATION_MAX, "24h" }, { 500, "500ms" }, { 1001, "1001ms" },
};

int main(void)
{
	char text[DURATION_TEXT_MAX];

	for (size_t i = 0; i < sizeof parsed / sizeof parsed[0]; i++) {
		msec_t length = -1;
		int r = duration_parse(parsed[i].text, &length);

		ok(r == parsed[i].want && length == parsed[i].length, "\"%s\" is read as %d, %lld",
		   parsed[i].text, r, length);
	}
	for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++)
		is_string(duration_to_text(printed[i].length, text), printed[i].want,
			  printed[i].want);
	return tap_done();
}
