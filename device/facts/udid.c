/* SPDX-License-Identifier: Apache-2.0 */
/* A device's UDID, the name under which usbmuxd knows it, in the two forms that exist. */
#include "device/facts/udid.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Digits before the dash of the newer form (chip id) and after it (ECID). */
#define CHIP_DIGITS 8
#define ECID_DIGITS 16

static bool all_hex(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isxdigit((unsigned char)s[i]))
			return false;
	return true;
}

static void copy_case(char *to, const char *from, size_t n, int (*convert)(int))
{
	for (size_t i = 0; i < n; i++)
		to[i] = (char)convert((unsigned char)from[i]);
}

int udid_parse(const char *text, struct udid *ret_udid)
{
	struct udid out = { 0 };
	size_t len = strnlen(text, UDID_MAX + 1);
	size_t dash = len == CHIP_DIGITS + 1 + ECID_DIGITS;

	if (len == UDID_MAX && all_hex(text, len)) {
		copy_case(out.text, text, len, tolower);
	} else if (dash || len == CHIP_DIGITS + ECID_DIGITS) {
		const char *ecid = text + CHIP_DIGITS + dash;

		if ((dash && text[CHIP_DIGITS] != '-') || !all_hex(text, CHIP_DIGITS) ||
		    !all_hex(ecid, ECID_DIGITS))
			return -EINVAL;
		copy_case(out.text, text, CHIP_DIGITS, toupper);
		out.text[CHIP_DIGITS] = '-';
		copy_case(out.text + CHIP_DIGITS + 1, ecid, ECID_DIGITS, toupper);
	} else {
		return -EINVAL;
	}
	*ret_udid = out;
	return 0;
}

bool udid_equal(const struct udid *a, const struct udid *b)
{
	return strcmp(a->text, b->text) == 0;
}

bool udid_is_set(const struct udid *udid)
{
	return udid->text[0] != '\0';
}
