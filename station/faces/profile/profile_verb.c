/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile WORD: finds the word that was asked for, one file each (profile_check.c, …). */
#include "station/faces/profile/profile_verb.h"

#include <stdio.h>
#include <string.h>

#include "station/faces/profile/profile_add.h"
#include "station/faces/profile/profile_check.h"
#include "station/faces/profile/profile_export.h"
#include "station/faces/profile/profile_inspect.h"
#include "station/faces/profile/profile_list.h"
#include "station/faces/profile/profile_proof.h"
#include "station/faces/profile/profile_refresh.h"
#include "station/faces/profile/profile_remove.h"
#include "station/faces/profile/profile_seal.h"
#include "station/faces/profile/profile_serials.h"
#include "station/faces/profile/profile_show.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

/* In the order of the help. RUN gets its own word as ARGV[0]. */
static const struct profile_word {
	const char *word;
	int (*run)(const char *state_option, int argc, char **argv);
	const char *operands, *sentence;
} words[] = {
	{ "inspect", profile_inspect, "[--json] [--at DATE] [--downloaded DATE] FILE...",
	  "says what is in a profile, who signed it, how long it lasts" },
	{ "check", profile_check_files, "[--json] [--strict] [--for BLUEPRINT] FILE...",
	  "says what is wrong in it, and what to do" },
	{ "add", profile_add, "[--name NAME] [--downloaded DATE] [--valid-for DAYS] FILE",
	  "takes it into the library, with the clock of its download" },
	{ "list", profile_list, "[--json] [NAME]", "shows the library, and what is left of each" },
	{ "show", profile_show, "[--json] NAME|DIGEST", "says all that is known of one" },
	{ "export", profile_export, "NAME|DIGEST -o FILE|-", "writes its very bytes" },
	{ "sign", profile_sign_verb, "--identity NAME -o OUT FILE", "signs it" },
	{ "encrypt", profile_encrypt_verb, "--to CERTIFICATE -o OUT FILE",
	  "encrypts its payloads for one device" },
	{ "remove", profile_remove, "[--yes] NAME|DIGEST", "takes it out of the library" },
	{ "refresh", profile_refresh, "[--due] [--dry-run] [--from FILE] [--json] [SOURCE]...",
	  "downloads enrollment profiles anew from Intune and other sources" },
	{ "serials", profile_serials,
	  "[--batch NAME] [--csv PREFIX] [--upload [--source NAME]] [FILE]...",
	  "writes or uploads serial numbers, for profiles that are assigned by them" },
	{ "proof", profile_proof, "[--batch NAME] [--source NAME] [--from FILE] [--json]",
	  "asks Intune which devices of the results it manages" },
};
#define WORDS (sizeof words / sizeof words[0])

static void print_usage(FILE *out)
{
	for (size_t i = 0; i < WORDS; i++)
		fprintf(out, "%s muster profile %s %s\n", i == 0 ? "usage:" : "      ",
			words[i].word, words[i].operands);
	fputs("\n", out);
	for (size_t i = 0; i < WORDS; i++)
		fprintf(out, "%-8s %s\n", words[i].word, words[i].sentence);
	fputs("\nEach word has its own --help. More: man muster-profile\n", out);
}

int profile_verb(const char *state_option, int argc, char **argv)
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
	option_unknown_word("muster profile", "word", argv[1], names, WORDS);
	return EXIT_USAGE;
}
