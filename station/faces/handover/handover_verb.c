/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover WORD: finds the word that was asked for, one file each (handover_stick.c, …). */
#include "station/faces/handover/handover_verb.h"

#include "station/faces/handover/handover_collect.h"
#include "station/faces/handover/handover_record.h"
#include "station/faces/handover/handover_serve.h"
#include "station/faces/handover/handover_stick.h"
#include "station/faces/words.h"

static const struct verb_word list[] = {
	{ "stick", handover_stick, "[--profile NAME|FILE] [--dry-run] DEVICE|DIR",
	  "writes the profile and its instructions to a USB stick" },
	{ "collect", handover_collect, "[--profile FILE] [--json] DEVICE|DIR",
	  "takes what the Macs wrote back to the stick into the ledger" },
	{ "serve", handover_serve, "[--profile NAME|FILE] [--listen ADDR:PORT] [--count N]",
	  "hands it out on an HTTPS page, by links that work once" },
	{ "record", handover_record, "[--enrolled] SERIAL",
	  "writes down that a Mac was served, by your word" },
};

static const char end[] =
	"\n"
	"macOS cannot be provisioned over USB from Linux: no tool, this one included, installs a\n"
	"profile on a Mac by cable. A person at the Mac opens the file, clicks Install in System\n"
	"Settings and types an administrator's password. What muster does is to bring the file\n"
	"there, and to keep a record of what came of it. Only a report that the Mac itself wrote\n"
	"to the stick counts as verified; a download, or a person's word, does not.\n"
	"\n"
	"Each word has its own --help. More: man muster-handover\n";

int handover_verb(const char *state_option, int argc, char **argv)
{
	static const struct verb_words words = { "muster handover", end, list,
						 sizeof list / sizeof list[0] };

	return words_run(&words, state_option, argc, argv);
}
