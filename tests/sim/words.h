/* SPDX-License-Identifier: Apache-2.0 */
/* What people type to muster-sim: times, and words that are nearly right. */
#ifndef TESTS_SIM_WORDS_H
#define TESTS_SIM_WORDS_H

#include <stdbool.h>

/* Long enough for every problem that is told in one line. */
#define PROBLEM_MAX 256

/* A week: longer than any device is simulated for. */
#define TIME_MAX_MS (7 * 24 * 3600 * 1000)

/* Reads "250ms", "1.5s", "2m", or a plain number, which is seconds; at most TIME_MAX_MS. Returns
 * false, with RET_MS untouched, for anything else. */
bool time_read(const char *text, int *ret_ms);

/* The one of WORDS (NULL ends the list) that WORD was probably meant to be, or NULL. */
const char *nearest_word(const char *word, const char *const *words);

/* Writes "unknown KIND 'WORD'" to PROBLEM, with the nearest of WORDS if there is one. */
void unknown_word(const char *kind, const char *word, const char *const *words,
		  char problem[PROBLEM_MAX]);

#endif
