/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers as our own records write them: one form each, no other accepted. */
#include "device/facts/number.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

int number_parse(const char *text, uint64_t max, uint64_t *ret_number)
{
	uint64_t number = 0;

	if (text[0] == '\0' || (text[0] == '0' && text[1] != '\0'))
		return -EINVAL;
	for (size_t i = 0; text[i] != '\0'; i++) {
		uint64_t digit = (uint64_t)(text[i] - '0');

		if (text[i] < '0' || text[i] > '9' || number > (max - digit) / 10 || digit > max)
			return -EINVAL;
		number = number * 10 + digit;
	}
	*ret_number = number;
	return 0;
}

int number_parse_signed(const char *text, int64_t *ret_number)
{
	bool minus = text[0] == '-';
	uint64_t number;

	if (number_parse(text + minus, (uint64_t)INT64_MAX + minus, &number) < 0 ||
	    (minus && number == 0))
		return -EINVAL;
	*ret_number = minus ? (int64_t)(0 - number) : (int64_t)number;
	return 0;
}
