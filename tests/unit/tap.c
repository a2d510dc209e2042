/* SPDX-License-Identifier: Apache-2.0 */
/* A test program's report in TAP: one line a check, the plan at the end. */
#include "tests/unit/tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int checks, failures;

bool tap_check(bool passed, const char *file, int line, const char *format, ...)
{
	va_list args;

	checks++;
	failures += !passed;
	printf("%sok %d - ", passed ? "" : "not ", checks);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	if (!passed)
		printf("# at %s:%d\n", file, line);
	fflush(stdout);
	return passed;
}

bool tap_check_string(const char *got, const char *want, const char *file, int line,
		      const char *what)
{
	bool same = got && want ? strcmp(got, want) == 0 : got == want;

	tap_check(same, file, line, "%s", what);
	if (!same)
		printf("# got:  %s\n# want: %s\n", got ? got : "(null)", want ? want : "(null)");
	return same;
}

bool tap_check_number(long long got, long long want, const char *file, int line, const char *what)
{
	tap_check(got == want, file, line, "%s", what);
	if (got != want)
		printf("# got:  %lld\n# want: %lld\n", got, want);
	return got == want;
}

void tap_skip(const char *reason)
{
	printf("ok %d # SKIP %s\n", ++checks, reason);
}

int tap_done(void)
{
	printf("1..%d\n", checks);
	return failures > 0;
}
