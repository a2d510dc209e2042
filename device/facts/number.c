/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers as our own records write them: one form each, no other accepted. */
#include "device/facts/number.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

int number_parse(const char *text, uint64_t min, uint64_t max, uint64_t *ret_number)
{
	uint64_t number = 0;

	if (text[0] == '\0' || (text[0] == '0' && text[1] != '\0'))
		return -EINVAL;
	for (const char *c = text; *c; c++) {
		uint64_t digit = (uint64_t)(*c - '0');

		if (*c < '0' || *c > '9' || number > (UINT64_MAX - digit) / 10)
			return -EINVAL;
		number = number * 10 + digit;
	}
	if (number < min || number > max)
		return -EINVAL;
	*ret_number = number;
	return 0;
}

int number_parse_signed(const char *text, int64_t *ret_number)
{
	bool minus = text[0] == '-';
	uint64_t number;

	if (number_parse(text + minus, minus, (uint64_t)INT64_MAX + minus, &number) < 0)
		return -EINVAL;
	*ret_number = minus ? (int64_t)(0 - number) : (int64_t)number;
	return 0;
}

const char *number_to_text(uint64_t number, char out[static NUMBER_TEXT_MAX])
{
	snprintf(out, NUMBER_TEXT_MAX, "%" PRIu64, number);
	return out;
}
