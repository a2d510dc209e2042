/* SPDX-License-Identifier: Apache-2.0 */
/* Options of the verbs: getopt_long with messages that help. */
#include "station/tools/option.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"
#include "device/facts/nearest.h"
#include "station/tools/exit_status.h"

/* Most options of one verb; more are not looked through for the nearest. */
#define OPTIONS_MAX 32

void option_unknown_word(const char *verb, const char *kind, const char *word,
			 const char *const *words, size_t count)
{
	const char *nearest = nearest_word(word, words, count);
	char shown[CLEAN_MAX + 1];

	clean_string(word, shown);
	if (nearest)
		fprintf(stderr, "%s: unknown %s \"%s\"; did you mean \"%s\"?\n", verb, kind, shown,
			nearest);
	else
		fprintf(stderr, "%s: unknown %s \"%s\"; see %s --help\n", verb, kind, shown, verb);
}

/* WORD is "--name" or "--name=value". */
static void tell_unknown(const char *verb, const char *word, const struct option *longs)
{
	const char *names[OPTIONS_MAX];
	char name[CLEAN_MAX + 1];
	const char *nearest;
	size_t count = 0;

	clean_text(word, strcspn(word, "="), name);
	while (count < OPTIONS_MAX && longs[count].name) {
		names[count] = longs[count].name;
		count++;
	}
	nearest = nearest_word(name + strspn(name, "-"), names, count);
	if (nearest)
		fprintf(stderr, "%s: unknown option %s; did you mean --%s?\n", verb, name, nearest);
	else
		fprintf(stderr, "%s: unknown option %s; see %s --help\n", verb, name, verb);
}

static const struct option *long_with_value(const struct option *longs, int value)
{
	for (; longs->name; longs++)
		if (longs->val == value)
			return longs;
	return NULL;
}

/* Whether WORD is FOUND, perhaps shortened, with an argument that it does not take. */
static bool has_argument_too_many(const char *word, const struct option *found)
{
	return found->has_arg == no_argument && strncmp(word, "--", 2) == 0 &&
	       strncmp(word + 2, found->name, strcspn(word + 2, "=")) == 0;
}

int option_next(const char *verb, int argc, char **argv, const char *shorts,
		const struct option *longs)
{
	const struct option *found;
	int option;

	opterr = 0;
	option = getopt_long(argc, argv, shorts, longs, NULL);
	if (option != ':' && option != '?')
		return option;
	found = optopt ? long_with_value(longs, optopt) : NULL;
	if (option == ':' && found)
		fprintf(stderr, "%s: option --%s needs an argument\n", verb, found->name);
	else if (found && has_argument_too_many(argv[optind - 1], found))
		fprintf(stderr, "%s: option --%s takes no argument\n", verb, found->name);
	else if (optopt)
		fprintf(stderr, "%s: unknown option -%c; see %s --help\n", verb,
			isprint(optopt) ? optopt : '?', verb);
	else
		tell_unknown(verb, argv[optind - 1], longs);
	return OPTION_WRONG;
}

int option_flag(const char *verb, const char *usage, const char *flag, int argc, char **argv,
		bool *ret_given)
{
	const struct option longs[] = {
		{ flag, no_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	*ret_given = false;
	optind = 0;
	while ((option = option_next(verb, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (option != 'f')
			return EXIT_USAGE;
		*ret_given = true;
	}
	return -1;
}

bool option_ends(const char *verb, int argc, char **argv)
{
	char shown[CLEAN_MAX + 1];

	if (optind == argc)
		return true;
	clean_string(argv[optind], shown);
	fprintf(stderr, "%s: takes no \"%s\"; see %s --help\n", verb, shown, verb);
	return false;
}

int option_number(const char *text, unsigned least, unsigned most, unsigned *ret_number)
{
	unsigned long number;
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return -EINVAL;
	errno = 0;
	number = strtoul(text, &end, 10);
	if (*end)
		return -EINVAL;
	if (errno || number < least || number > most)
		return -ERANGE;
	*ret_number = (unsigned)number;
	return 0;
}
