/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers as our own records write them: one form each, no other accepted. */
#ifndef DEVICE_FACTS_NUMBER_H
#define DEVICE_FACTS_NUMBER_H

#include <stdint.h>

/* "-9223372036854775808" with its end. */
#define NUMBER_TEXT_MAX 24

/*
 * Reads TEXT, one number from MIN to MAX in decimal digits: no sign, no blank, no leading zero.
 * Returns 0, or -EINVAL and leaves RET_NUMBER alone.
 */
int number_parse(const char *text, uint64_t min, uint64_t max, uint64_t *ret_number);

/* The same with an optional minus sign, the whole range of int64_t. */
int number_parse_signed(const char *text, int64_t *ret_number);

/* Writes NUMBER as number_parse reads it; returns OUT. */
const char *number_to_text(uint64_t number, char out[static NUMBER_TEXT_MAX]);

#endif
