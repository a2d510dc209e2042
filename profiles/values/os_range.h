/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions of a system a blueprint is for: ">=16", ">=16 <18". */
#ifndef PROFILES_VALUES_OS_RANGE_H
#define PROFILES_VALUES_OS_RANGE_H

#include <stdbool.h>

/* Most comparisons in one requirement; two make a range. */
#define OS_RANGE_MAX 4

/*
 * Is TEXT a requirement: comparisons separated by blanks, each one of >= > <= < = and a version of
 * one to four numbers ("17", "17.5.1")? Returns NULL, or the sentence that says what is wrong.
 */
const char *os_range_fault(const char *text);

/*
 * Does VERSION ("17.5.1") meet RANGE? All comparisons must hold; a number that is left out counts
 * as 0, so "=17" is 17.0 alone. "" is met by everything; anything else by no VERSION that is not
 * one.
 */
bool os_range_holds(const char *range, const char *version);

/* Is there a version below VERSION that meets RANGE, which has no fault? So it is with "". */
bool os_range_admits_below(const char *range, const char *version);

#endif
