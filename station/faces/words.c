/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a verb that has many: found, and told by its help. */
#include "station/faces/words.h"

#include <stdio.h>
#include <string.h>

#include "station/tools/exit_status.h"
#include "station/tools/option.h"

/* Most words of one verb; more are not looked through for the nearest. */
#define WORDS_MAX 32

static void print_usage(const struct verb_words *words, FILE *out)
{
	for (size_t i = 0; i < words->count; i++)
		fprintf(out, "%s %s %s %s\n", i == 0 ? "usage:" : "      ", words->verb,
			words->list[i].word, words->list[i].operands);
	fputs("\n", out);
	for (size_t i = 0; i < words->count; i++)
		fprintf(out, "%-8s %s\n", words->list[i].word, words->list[i].sentence);
	fputs(words->end, out);
}

int words_run(const struct verb_words *words, const char *state_option, int argc, char **argv)
{
	const char *names[WORDS_MAX];
	size_t count = 0;

	if (argc < 2) {
		print_usage(words, stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0) {
		print_usage(words, stdout);
		return EXIT_PASSED;
	}
	for (size_t i = 0; i < words->count; i++) {
		if (strcmp(argv[1], words->list[i].word) == 0)
			return words->list[i].run(state_option, argc - 1, argv + 1);
		if (count < WORDS_MAX)
			names[count++] = words->list[i].word;
	}
	option_unknown_word(words->verb, "word", argv[1], names, count);
	return EXIT_USAGE;
}
