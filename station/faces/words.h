/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a verb that has many: found, and told by its help. */
#ifndef STATION_FACES_WORDS_H
#define STATION_FACES_WORDS_H

#include <stddef.h>

struct verb_word {
	const char *word;
	/* Gets its own word as ARGV[0]; returns the exit status. */
	int (*run)(const char *state_option, int argc, char **argv);
	const char *operands, *sentence; /* for the help */
};

struct verb_words {
	const char *verb; /* "muster profile" */
	const char *end;  /* of the help, whole lines */
	/* In the order of the help. */
	const struct verb_word *list;
	size_t count;
};

/* Runs the word of WORDS that ARGV[1] is, or prints the help, or tells what is wrong. Returns the
 * exit status. */
int words_run(const struct verb_words *words, const char *state_option, int argc, char **argv);

#endif
