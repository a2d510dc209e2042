/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing what a face shows with a file of what it should. */
#ifndef TESTS_UNIT_GOLDEN_H
#define TESTS_UNIT_GOLDEN_H

#include <stdbool.h>

/*
 * A TAP check that GOT is what tests/golden/NAME holds, found by the environment's MUSTER_SOURCE
 * (or the working directory). With MUSTER_GOLDEN=write the file is written instead: look at the
 * difference before committing it.
 */
bool is_golden(const char *got, const char *name);

#endif
