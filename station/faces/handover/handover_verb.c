/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover WORD: finds the word that was asked for, one file each (handover_stick.c, …). */
#include "station/faces/handover/handover_verb.h"

#include <stdio.h>
#include <string.h>

#include "station/faces/handover/handover_collect.h"
#include "station/faces/handover/handover_record.h"
#include "station/faces/handover/handover_serve.h"
#include "station/faces/handover/handover_stick.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

/* In the order of the help. RUN gets its own word as ARGV[0]. */
static const struct handover_word {
	const char *word;
	int (*run)(const char *state_option, int argc, char **argv);
	const char *operands, *sentence;
} words[] = {
	{ "stick", handover_stick, "[--profile NAME|FILE] [--dry-run] DEVICE|DIR",
	  "writes the profile and its instructions to a USB stick" },
	{ "collect", handover_collect, "[--profile FILE] [--json] DEVICE|DIR",
	  "takes what the Macs wrote back to the stick into the ledger" },
	{ "serve", handover_serve, "[--profile NAME|FILE] [--listen ADDR:PORT] [--count N]",
	  "hands it out on an HTTPS page, by links that work once" },
	{ "record", handover_record, "[--enrolled] SERIAL",
	  "writes down that a Mac was served, by your word" },
};
#define WORDS (sizeof words / sizeof words[0])

static const char limits[] =
	"\n"
	"macOS cannot be provisioned over USB from Linux: no tool, this one included, installs a\n"
	"profile on a Mac by cable. A person at the Mac opens the file, clicks Install in System\n"
	"Settings and types an administrator's password. What muster does is to bring the file\n"
	"there, and to keep a record of what came of it. Only a report that the Mac itself wrote\n"
	"to the stick counts as verified; a download, or a person's word, does not.\n"
	"\n"
	"Each word has its own --help. More: man muster-handover\n";

static void print_usage(FILE *out)
{
	for (size_t i = 0; i < WORDS; i++)
		fprintf(out, "%s muster handover %s %s\n", i == 0 ? "usage:" : "      ",
			words[i].word, words[i].operands);
	fputs("\n", out);
	for (size_t i = 0; i < WORDS; i++)
		fprintf(out, "%-8s %s\n", words[i].word, words[i].sentence);
	fputs(limits, out);
}

int handover_verb(const char *state_option, int argc, char **argv)
{
	const char *names[WORDS];

	if (argc < 2) {
		print_usage(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0) {
		print_usage(stdout);
		return EXIT_PASSED;
	}
	for (size_t i = 0; i < WORDS; i++) {
		names[i] = words[i].word;
		if (strcmp(argv[1], words[i].word) == 0)
			return words[i].run(state_option, argc - 1, argv + 1);
	}
	option_unknown_word("muster handover", "word", argv[1], names, WORDS);
	return EXIT_USAGE;
}
