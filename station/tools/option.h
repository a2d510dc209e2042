/* SPDX-License-Identifier: Apache-2.0 */
/* Options of the verbs: getopt_long with messages that help. */
#ifndef STATION_TOOLS_OPTION_H
#define STATION_TOOLS_OPTION_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

/* What option_next returns once it has told the person what is wrong. */
#define OPTION_WRONG '?'

/* SHORTS for a verb: only -h has a letter; operands and options may be mixed. */
#define OPTION_SHORTS ":h"
/* SHORTS for a command that stops at the first operand: what follows is another one's. */
#define OPTION_SHORTS_STOP "+:h"

/*
 * The next option of ARGV, as getopt_long gives it for SHORTS and LONGS; optarg and optind are
 * getopt's. Set optind to 0 before the first call.
 * An unknown option, or one that lacks its argument or has one too many, is told on stderr in one
 * line that names VERB ("muster run") and the nearest option. Returns OPTION_WRONG then, -1 at the
 * end.
 */
int option_next(const char *verb, int argc, char **argv, const char *shorts,
		const struct option *longs);

/*
 * The command line of a verb that has one option, --FLAG, without an argument, beside --help.
 * Returns -1 and whether it is GIVEN, with optind at the first operand; or the exit status, when
 * USAGE was printed, or what is wrong was told.
 */
int option_flag(const char *verb, const char *usage, const char *flag, int argc, char **argv,
		bool *ret_given);

/* Tells on stderr that WORD is no KIND ("verb", "view") that VERB knows, with the nearest of WORDS,
 * an array of COUNT. */
void option_unknown_word(const char *verb, const char *kind, const char *word,
			 const char *const *words, size_t count);

/* Whether options are all that ARGV has, once option_next has returned -1; if not, the first word
 * beside them is told on stderr as one that VERB does not take. */
bool option_ends(const char *verb, int argc, char **argv);

/* Reads a decimal number from LEAST to MOST. Returns 0 and RET_NUMBER, or -EINVAL, -ERANGE. */
int option_number(const char *text, unsigned least, unsigned most, unsigned *ret_number);

#endif
