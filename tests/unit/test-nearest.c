/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the nearest word: which slips are guessed right, and what is left alone. */
#include "device/facts/nearest.h"

#include <string.h>

#include "tests/unit/tap.h"

static const char *const words[] = { "muster", "name", "for", NULL, "steps", "operator-limit" };

static const struct {
	const char *typed;
	const char *want; /* NULL: nothing is near */
	const char *what;
} rows[] = {
	{ "nmae", "name", "two neighbours swapped" },
	{ "nam", "name", "a letter left out" },
	{ "naame", "name", "a letter put in" },
	{ "nane", "name", "a letter changed" },
	{ "step", "steps", "the plural forgotten" },
	{ "NAME", "name", "capital letters" },
	{ "musterd", "muster", "one letter too many" },
	{ "mustre", "muster", "the last two swapped" },
	{ "operater_limit", "operator-limit", "two slips in a long word" },
	{ "name", "name", "the word itself" },
	{ "fro", "for", "a short word with two letters swapped" },
	{ "", NULL, "nothing" },
	{ "x", NULL, "one letter is near to nothing" },
	{ "organization", NULL, "another word" },
	{ "abc", NULL, "three other letters" },
	{ "muster muster muster muster muster", NULL, "a word longer than the bound" },
};

int main(void)
{
	static const char *const longer[] = { "abcdef", "abcd" };
	static const char *const twins[] = { "abcd", "abce" };
	static const char *const monster[] = { "a-word-that-is-longer-than-any-word-may-be" };
	const char *got;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		got = nearest_word(rows[i].typed, words, sizeof words / sizeof words[0]);
		is_string(got, rows[i].want, rows[i].what);
	}
	is_string(nearest_word_within("abcdefxyz", longer, 1, 2), NULL, "more slips than allowed");
	is_string(nearest_word_within("abcdefxyz", longer, 1, 3), longer[0], "as many as allowed");
	is_string(nearest_word_within("abxxxx", longer + 1, 1, 9), NULL, "the letters still count");
	is_string(nearest_word("abcx", twins, 2), "abcd", "the first of two equally near");
	is_string(nearest_word("abce", twins, 2), "abce", "the nearest, not the first");
	is_string(nearest_word("name", words, 0), NULL, "no words");
	is_string(nearest_word("a-word", monster, 1), NULL,
		  "words beyond the bound are passed over");
	return tap_done();
}
