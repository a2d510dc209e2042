/* SPDX-License-Identifier: Apache-2.0 */
/* The options of verbs that use an identity: where its passphrase comes from; and its opening. */
#ifndef STATION_FACES_IDENTITY_OPTION_H
#define STATION_FACES_IDENTITY_OPTION_H

#include <getopt.h>
#include <stdbool.h>

#include "profiles/library/identity_store.h"
#include "station/tools/passphrase.h"
#include "station/tools/state.h"

/* The options' values for getopt, which no letter has. */
enum identity_option {
	IDENTITY_OPTION_FILE = 0x100,
	IDENTITY_OPTION_FD,
	IDENTITY_OPTION_NONE,
};

/* Their rows for a table of options. */
#define IDENTITY_OPTIONS                                                          \
	{ "passphrase-file", required_argument, NULL, IDENTITY_OPTION_FILE },     \
		{ "passphrase-fd", required_argument, NULL, IDENTITY_OPTION_FD }, \
	{                                                                         \
		"no-passphrase", no_argument, NULL, IDENTITY_OPTION_NONE          \
	}

/* What --help says of them. */
#define IDENTITY_OPTIONS_HELP                                                                 \
	"  --passphrase-file FILE  its passphrase is the first line of FILE\n"                \
	"  --passphrase-fd N       … of what file descriptor N gives\n"                     \
	"  --no-passphrase         it has none\n"                                             \
	"                          else the credential muster-identity-NAME of systemd, or\n" \
	"                          you are asked\n"

/* Takes OPTION, one of these, with optarg. Returns false, with a message that begins with VERB. */
bool identity_option_take(const char *verb, int option, struct passphrase_source *source);

/* Reads the passphrase of the identity NAME, once or, for a NEW one, twice. Returns -1 to go on,
 * or, with a message, the exit status. */
int identity_ask(const char *verb, const char *name, struct passphrase_source *source, bool new,
		 struct passphrase *ret_passphrase);

/* Opens the identity NAME of STATE with its passphrase. Returns -1 and RET_IDENTITY (identity_done)
 * to go on, or, with a message, the exit status. */
int identity_open(const char *verb, const struct state *state, const char *name,
		  struct passphrase_source *source, struct identity *ret_identity);

#endif
