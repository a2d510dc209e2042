/* SPDX-License-Identifier: Apache-2.0 */
/* The cleaner of text from outside: what passes, what is replaced, where it cuts. */
#include "device/facts/clean.h"

#include <string.h>

#include "tests/unit/tap.h"

static const struct {
	const char *what, *raw, *want;
} table[] = {
	{ "plain text passes", "Anna's iPad", "Anna's iPad" },
	{ "empty", "", "" },
	{ "umlauts and CJK pass", "Büro 教室", "Büro 教室" },
	{ "an emoji passes", "\xf0\x9f\x93\xb1", "\xf0\x9f\x93\xb1" },
	{ "newline and tab become blanks", "a\n\tb", "a  b" },
	{ "escape sequences lose their escape", "\x1b[31mred\x1b[0m", " [31mred [0m" },
	{ "carriage return becomes a blank", "ok\rfail", "ok fail" },
	{ "DEL becomes a blank", "a\x7f", "a " },
	{ "C1 controls (as UTF-8) become blanks",
	  "a\xc2\x9b"
	  "31m",
	  "a 31m" },
	{ "line and paragraph separators become blanks",
	  "a\xe2\x80\xa8"
	  "b\xe2\x80\xa9",
	  "a b " },
	{ "right-to-left override vanishes",
	  "gpj.\xe2\x80\xae"
	  "exe",
	  "gpj.exe" },
	{ "isolates vanish", "\xe2\x81\xa6x\xe2\x81\xa9", "x" },
	{ "zero-width space and BOM vanish",
	  "a\xe2\x80\x8b"
	  "b\xef\xbb\xbf",
	  "ab" },
	{ "soft hyphen vanishes",
	  "a\xc2\xad"
	  "b",
	  "ab" },
	{ "tags vanish",
	  "a\xf3\xa0\x81\x81"
	  "b",
	  "ab" },
	{ "a lone continuation byte becomes ?", "a\x80", "a?" },
	{ "overlong slash becomes ??", "\xc0\xaf", "??" },
	{ "a surrogate becomes ???", "\xed\xa0\x80", "???" },
	{ "above U+10FFFF becomes ????", "\xf4\x90\x80\x80", "????" },
	{ "a character cut short becomes ?", "a\xe6\x95", "a??" },
	{ "bytes FE and FF become ?", "\xfe\xff", "??" },
};

static void test_table(void)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char out[CLEAN_MAX + 1];
		size_t len = clean_string(table[i].raw, out);

		is_string(out, table[i].want, table[i].what);
		is_number((long long)len, (long long)strlen(table[i].want), "  and its length");
	}
}

static void test_bounds(void)
{
	char raw[2 * CLEAN_MAX], out[CLEAN_MAX + 1];

	memset(raw, 'x', sizeof raw);
	is_number((long long)clean_text(raw, sizeof raw, out), CLEAN_MAX, "cut at CLEAN_MAX");
	is_number((long long)strlen(out), CLEAN_MAX, "ended with NUL");

	memcpy(raw + CLEAN_MAX - 1, "\xc3\xbc", 2);
	is_number((long long)clean_text(raw, sizeof raw, out), CLEAN_MAX - 1,
		  "never cut inside a character");

	is_number((long long)clean_text("a\0b", 3, out), 3, "a NUL inside counts");
	is_string(out, "a b", "  and becomes a blank");
	is_number((long long)clean_string(NULL, out), 0, "NULL is empty");
}

int main(void)
{
	test_table();
	test_bounds();
	return tap_done();
}
