/* SPDX-License-Identifier: Apache-2.0 */
/* Lengths of time as an operator writes them: 90s, 2m, 1h. */
#ifndef PROFILES_VALUES_DURATION_H
#define PROFILES_VALUES_DURATION_H

#include "device/facts/step.h"

/* Longest time that a step or a person may be given: past a day nobody waits at the bench. */
#define DURATION_MAX (24LL * 60 * 60 * 1000)

/* Reads a whole number with its unit, s, m or h, nothing around it; from 1s to DURATION_MAX.
 * Returns 0 and RET_LENGTH, -EINVAL when it has another form, -ERANGE when it is out of bounds. */
int duration_parse(const char *text, msec_t *ret_length);

/* Longest text with its end: "86400s". */
#define DURATION_TEXT_MAX 24

/* The reverse, in the largest unit that leaves no rest ("90s", "2m"). Fills OUT and returns it. */
const char *duration_to_text(msec_t length, char out[static DURATION_TEXT_MAX]);

#endif
