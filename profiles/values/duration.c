/* SPDX-License-Identifier: Apache-2.0 */
/* Lengths of time as an operator writes them: 90s, 2m, 1h. */
#include "profiles/values/duration.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Largest first: the text of a length takes the first that fits. */
static const struct {
	char letter;
	msec_t length;
} units[] = { { 'h', 3600000 }, { 'm', 60000 }, { 's', 1000 } };

#define UNITS (sizeof units / sizeof units[0])

/* Digits of the longest number within DURATION_MAX: 86400 s. More could overflow. */
#define DIGITS_MAX 9

int duration_parse(const char *text, msec_t *ret_length)
{
	size_t digits = strspn(text, "0123456789");
	msec_t number = 0;

	if (digits == 0 || strlen(text + digits) != 1)
		return -EINVAL;
	for (size_t i = 0; i < digits && i <= DIGITS_MAX; i++)
		number = 10 * number + (text[i] - '0');
	for (size_t u = 0; u < UNITS; u++) {
		if (text[digits] != units[u].letter)
			continue;
		if (digits > DIGITS_MAX || number == 0 || number > DURATION_MAX / units[u].length)
			return -ERANGE;
		*ret_length = number * units[u].length;
		return 0;
	}
	return -EINVAL;
}

const char *duration_to_text(msec_t length, char out[static DURATION_TEXT_MAX])
{
	for (size_t u = 0; u < UNITS; u++) {
		if (length % units[u].length != 0)
			continue;
		snprintf(out, DURATION_TEXT_MAX, "%lld%c", length / units[u].length,
			 units[u].letter);
		return out;
	}
	snprintf(out, DURATION_TEXT_MAX, "%lldms", length);
	return out;
}
