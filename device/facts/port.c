/* SPDX-License-Identifier: Apache-2.0 */
/* A USB port's path, the name that stays with a place on the bench: "1-4.2". */
#include "device/facts/port.h"

#include <stddef.h>
#include <string.h>

/* Largest number of a bus or a port. */
#define NUMBER_MAX 255

/* Reads the number that *AT begins with, and goes behind it. Returns 0 when there is none. */
static unsigned take_number(const char **at)
{
	unsigned number = 0;

	if (**at == '0')
		return 0;
	for (; **at >= '0' && **at <= '9'; (*at)++) {
		number = 10 * number + (unsigned)(**at - '0');
		if (number > NUMBER_MAX)
			return 0;
	}
	return number;
}

bool port_is_valid(const char *text)
{
	const char *at = text;
	unsigned levels = 0;

	if (strnlen(text, PORT_MAX + 1) > PORT_MAX || take_number(&at) == 0 || *at++ != '-')
		return false;
	do {
		if (take_number(&at) == 0)
			return false;
		levels++;
	} while (levels < PORT_LEVELS && *at == '.' && *++at);
	return *at == '\0' && at[-1] != '.';
}

int port_compare(const char *a, const char *b)
{
	for (;;) {
		unsigned left = take_number(&a), right = take_number(&b);

		if (left != right)
			return left < right ? -1 : 1;
		if (*a == '\0' || *b == '\0')
			return (*a != '\0') - (*b != '\0');
		a++;
		b++;
	}
}
