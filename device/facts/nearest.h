/* SPDX-License-Identifier: Apache-2.0 */
/* The word that a mistyped one was probably meant to be. */
#ifndef DEVICE_FACTS_NEAREST_H
#define DEVICE_FACTS_NEAREST_H

#include <stddef.h>

/* Longest word compared, in bytes: longer than any key, step or verb. */
#define NEAREST_MAX 64

/*
 * Finds the one of the COUNT WORDS (NULL entries are passed over) that TYPED is nearest to: letters
 * left out, put in, changed, or two neighbours swapped, without regard to case.
 * Returns it, the first of several equally near, or NULL when none is near enough to be a guess:
 * one slip is allowed for each three letters, one at least, and never all letters of the word.
 */
const char *nearest_word(const char *typed, const char *const *words, size_t count);

/* The same, with MOST slips at most. For long words that are made of parts which others have too:
 * there a third of the letters is another word. */
const char *nearest_word_within(const char *typed, const char *const *words, size_t count,
				size_t most);

#endif
