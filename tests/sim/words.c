/* SPDX-License-Identifier: Apache-2.0 */
/* What people type to muster-sim: times, and words that are nearly right. */
#include "tests/sim/words.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nothing that we look for is longer. */
#define WORD_MAX 31

static const struct {
	const char *suffix;
	int ms;
} units[] = { { "", 1000 }, { "ms", 1 }, { "s", 1000 }, { "m", 60000 } };

bool time_read(const char *text, int *ret_ms)
{
	char *end;
	double number;

	/* strtod would also take signs, blanks, "inf" and hexadecimal. */
	if (strspn(text, "0123456789.") == 0 || strpbrk(text, "xX"))
		return false;
	number = strtod(text, &end);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(end, units[i].suffix) != 0)
			continue;
		if (number * units[i].ms > TIME_MAX_MS)
			return false;
		*ret_ms = (int)lround(number * units[i].ms);
		return true;
	}
	return false;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* How many letters to add, drop or change from A to B. */
static size_t distance(const char *a, const char *b)
{
	size_t row[WORD_MAX + 1];
	size_t width = strlen(b);

	if (strlen(a) > WORD_MAX || width > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= width; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= width; j++) {
			size_t above = row[j];

			row[j] = least(above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1]));
			corner = above;
		}
	}
	return row[width];
}

const char *nearest_word(const char *word, const char *const *words)
{
	const char *nearest = NULL;
	size_t best = strlen(word) / 3 + 2; /* farther is not what was meant */

	for (; *words; words++) {
		size_t d = distance(word, *words);

		if (d < best) {
			best = d;
			nearest = *words;
		}
	}
	return nearest;
}

void unknown_word(const char *kind, const char *word, const char *const *words,
		  char problem[PROBLEM_MAX])
{
	const char *nearest = nearest_word(word, words);

	if (nearest)
		snprintf(problem, PROBLEM_MAX, "unknown %s '%.40s'; did you mean '%s'?", kind, word,
			 nearest);
	else
		snprintf(problem, PROBLEM_MAX, "unknown %s '%.40s'", kind, word);
}
