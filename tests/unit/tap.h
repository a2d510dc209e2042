/* SPDX-License-Identifier: Apache-2.0 */
/* A test program's report in TAP: one line a check, the plan at the end. */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <stdbool.h>

/* Prints "ok N - …" or "not ok N - …", the text in printf form; returns PASSED. */
bool tap_check(bool passed, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool tap_check_string(const char *got, const char *want, const char *file, int line,
		      const char *what);
bool tap_check_number(long long got, long long want, const char *file, int line, const char *what);
void tap_skip(const char *reason);

/* Prints the plan; returns the program's exit status. */
int tap_done(void);

#define ok(condition, ...)	   tap_check((condition), __FILE__, __LINE__, __VA_ARGS__)
#define is_string(got, want, what) tap_check_string((got), (want), __FILE__, __LINE__, (what))
#define is_number(got, want, what) tap_check_number((got), (want), __FILE__, __LINE__, (what))

#endif
