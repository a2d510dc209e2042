/* SPDX-License-Identifier: Apache-2.0 */
/* The one cleaner for text that comes from outside: devices, files, workers. */
#include "device/facts/clean.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

size_t clean_rune(const unsigned char *s, size_t len, uint32_t *ret_rune)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	uint32_t rune;

	if (n == 1) {
		*ret_rune = s[0];
		return 1;
	}
	if (n == 0 || s[0] > 0xf4 || n > len)
		return 0;
	rune = s[0] & (0x7f >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		rune = rune << 6 | (s[i] & 0x3f);
	}
	if (rune < smallest[n] || (rune >= 0xd800 && rune <= 0xdfff) || rune > 0x10ffff)
		return 0;
	*ret_rune = rune;
	return n;
}

static bool is_control(uint32_t rune)
{
	return rune < 0x20 || (rune >= 0x7f && rune <= 0x9f) || rune == 0x2028 || rune == 0x2029;
}

/* Characters without a shape that change how their neighbours look. */
static bool is_invisible(uint32_t rune)
{
	return rune == 0xad || rune == 0x61c || rune == 0x180e ||
	       (rune >= 0x200b && rune <= 0x200f) || (rune >= 0x202a && rune <= 0x202e) ||
	       (rune >= 0x2060 && rune <= 0x206f) || rune == 0xfeff ||
	       (rune >= 0xfff9 && rune <= 0xfffb) || (rune >= 0xe0000 && rune <= 0xe0fff);
}

size_t clean_text(const char *raw, size_t len, char out[static CLEAN_MAX + 1])
{
	const unsigned char *s = (const unsigned char *)raw;
	size_t used = 0;

	for (size_t i = 0, n; i < len; i += n) {
		uint32_t rune = 0;
		const char *put = raw + i;
		size_t put_len;

		n = clean_rune(s + i, len - i, &rune);
		put_len = n;
		if (n == 0) {
			put = "?";
			put_len = n = 1;
		} else if (is_control(rune)) {
			put = " ";
			put_len = 1;
		} else if (is_invisible(rune)) {
			continue;
		}
		if (used + put_len > CLEAN_MAX)
			break;
		memcpy(out + used, put, put_len);
		used += put_len;
	}
	out[used] = '\0';
	return used;
}

size_t clean_string(const char *raw, char out[static CLEAN_MAX + 1])
{
	return clean_text(raw ? raw : "", raw ? strlen(raw) : 0, out);
}
