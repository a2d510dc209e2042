/* SPDX-License-Identifier: Apache-2.0 */
/* The word that a mistyped one was probably meant to be. */
#include "device/facts/nearest.h"

#include <ctype.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int lower(const char *s, size_t i)
{
	return tolower((unsigned char)s[i]);
}

/* Fewest insertions, deletions, changes and swaps of neighbours from A to B, both at most
 * NEAREST_MAX long ("optimal string alignment"). */
static size_t slips_between(const char *a, const char *b)
{
	size_t rows[3][NEAREST_MAX + 1];
	size_t *before = rows[0], *last = rows[1], *now = rows[2];
	size_t alen = strlen(a), blen = strlen(b);

	for (size_t j = 0; j <= blen; j++)
		last[j] = j;
	for (size_t i = 1; i <= alen; i++) {
		size_t *spare = before;

		now[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			int same = lower(a, i - 1) == lower(b, j - 1);

			now[j] = least(last[j - 1] + !same, least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && lower(a, i - 1) == lower(b, j - 2) &&
			    lower(a, i - 2) == lower(b, j - 1))
				now[j] = least(now[j], before[j - 2] + 1);
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[blen];
}

const char *nearest_word_within(const char *typed, const char *const *words, size_t count,
				size_t most)
{
	size_t len = strnlen(typed, NEAREST_MAX + 1);
	size_t best_slips = least(len < 3 ? 1 : len / 3, most) + 1;
	const char *best = NULL;

	if (len == 0 || len > NEAREST_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t slips;

		if (!words[i] || strlen(words[i]) > NEAREST_MAX)
			continue;
		slips = slips_between(typed, words[i]);
		if (slips < best_slips && slips < strlen(words[i])) {
			best_slips = slips;
			best = words[i];
		}
	}
	return best;
}

const char *nearest_word(const char *typed, const char *const *words, size_t count)
{
	return nearest_word_within(typed, words, count, NEAREST_MAX);
}
