/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in our processes' messages: plain decimal digits, nothing else. */
#ifndef DEVICE_FACTS_NUMBER_H
#define DEVICE_FACTS_NUMBER_H

#include <stdint.h>

/* Digits of the largest number and the end. */
#define NUMBER_TEXT_MAX 21

/*
 * Reads TEXT, which must be one number from MIN to MAX in decimal digits: no sign, no blank, no
 * leading zero. Returns 0, or -EINVAL and leaves RET_NUMBER alone.
 */
int number_parse(const char *text, uint64_t min, uint64_t max, uint64_t *ret_number);

/* Writes NUMBER as number_parse reads it; returns OUT. */
const char *number_to_text(uint64_t number, char out[static NUMBER_TEXT_MAX]);

#endif
