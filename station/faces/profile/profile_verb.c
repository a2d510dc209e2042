/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile WORD: finds the word that was asked for, one file each (profile_check.c, …). */
#include "station/faces/profile/profile_verb.h"

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
#include "station/faces/words.h"

static const struct verb_word list[] = {
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

static const char end[] = "\nEach word has its own --help. More: man muster-profile\n";

int profile_verb(const char *state_option, int argc, char **argv)
{
	static const struct verb_words words = { "muster profile", end, list,
						 sizeof list / sizeof list[0] };

	return words_run(&words, state_option, argc, argv);
}
