/* SPDX-License-Identifier: Apache-2.0 */
/* muster: finds the verb that was asked for, and helps whoever does not know one. */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "station/faces/blueprint_verb.h"
#include "station/faces/demo/demo_verb.h"
#include "station/faces/devices_verb.h"
#include "station/faces/doctor_verb.h"
#include "station/tools/exit_status.h"
#include "station/faces/handover/handover_verb.h"
#include "station/faces/profile/identity_verb.h"
#include "station/tools/option.h"
#include "station/tools/output.h"
#include "station/tools/passphrase.h"
#include "station/faces/profile/profile_verb.h"
#include "station/faces/results_verb.h"
#include "station/run_verb.h"
#include "station/faces/slot_verb.h"
#include "station/faces/watch/view_verb.h"
#include "station/faces/watch/watch_verb.h"

static const char help[] =
	"muster - a bench station that provisions Apple devices over USB\n"
	"\n"
	"usage: muster [--state DIR] VERB [OPTION]...\n"
	"\n"
	"Plug devices in: muster pairs with each, puts your profiles on it, reads back\n"
	"what it did, and records a result. It is told by a blueprint, a short YAML file.\n"
	"\n"
	"Try it, with no device at hand\n"
	"  muster demo                   eight simulated devices, and a station for them\n"
	"\n"
	"Prepare\n"
	"  muster doctor                 is this computer fit; what to do about what is not\n"
	"  muster blueprint new FILE     write a commented blueprint to begin with\n"
	"  muster blueprint check FILE   tell everything that is wrong with it\n"
	"  muster blueprint show FILE    tell what it would do, without a device\n"
	"  muster profile inspect FILE   tell what is in a .mobileconfig, and how long it lasts\n"
	"  muster profile check FILE     tell everything that is wrong with it\n"
	"  muster profile add FILE       take it into the library; list shows what is left of each\n"
	"  muster identity new NAME      make a key and certificate, to sign profiles with\n"
	"  muster slot learn             number the ports of the bench, plug by plug\n"
	"\n"
	"Work\n"
	"  muster run --blueprint FILE   the station: serves every device that is plugged in\n"
	"  muster watch                  the board on a terminal: what to do at which slot\n"
	"  muster devices                what is attached to it now, slot by slot\n"
	"\n"
	"Macs, which take no profile over USB\n"
	"  muster handover               the profile to Macs: a stick, a page with links, a record\n"
	"\n"
	"Look back\n"
	"  muster results                what became of each device\n"
	"  muster slot list              how each slot of the bench does: bad slot or bad device\n"
	"\n"
	"Options\n"
	"  --state DIR    where the ledger, the pairing keys and the control socket are\n"
	"  -h, --help     this; after a verb: how to use that verb\n"
	"  --version      the version\n"
	"\n"
	"Exit status\n"
	"  0  all passed             3  a blueprint or profile is wrong\n"
	"  1  some device did not    4  this host or the station is in trouble\n"
	"  2  wrong command line     5  nothing to do: no device\n"
	"\n"
	"Environment\n"
	"  USBMUXD_SOCKET_ADDRESS    where usbmuxd listens: UNIX:PATH or HOST:PORT\n"
	"  XDG_STATE_HOME            parent of the default state directory\n"
	"  NO_COLOR                  set: no colours\n"
	"\n"
	"More: man muster\n";

static int view(const char *state_option, int argc, char **argv)
{
	(void)state_option;
	return view_verb(argc, argv);
}

static const struct verb {
	const char *name;
	int (*run)(const char *state_option, int argc, char **argv);
	bool hidden; /* for the station's own use: never guessed at */
} verbs[] = {
	{ "run", run_verb, false },
	{ "demo", demo_verb, false },
	{ "watch", watch_verb, false },
	{ "devices", devices_verb, false },
	{ "results", results_verb, false },
	{ "slot", slot_verb, false },
	{ "blueprint", blueprint_verb, false },
	{ "profile", profile_verb, false },
	{ "identity", identity_verb, false },
	{ "doctor", doctor_verb, false },
	{ "handover", handover_verb, false },
	{ "view", view, true },
};
#define VERBS (sizeof verbs / sizeof verbs[0])

static int tell_version(void)
{
	puts(PACKAGE_STRING);
	return EXIT_PASSED;
}

static int tell_help(void)
{
	fputs(help, stdout);
	return EXIT_PASSED;
}

static const struct verb *find_verb(const char *word)
{
	const char *names[VERBS];

	for (size_t i = 0; i < VERBS; i++) {
		if (strcmp(word, verbs[i].name) == 0)
			return &verbs[i];
		names[i] = verbs[i].hidden ? NULL : verbs[i].name;
	}
	option_unknown_word("muster", "verb", word, names, VERBS);
	return NULL;
}

/* ARGV[0] is the verb's word. */
static int run_word(const char *state_option, int argc, char **argv)
{
	const struct verb *verb = find_verb(argv[0]);

	if (!verb)
		return EXIT_USAGE;
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return tell_version();
	return verb->run(state_option, argc, argv);
}

/* "muster help VERB" is "muster VERB --help". */
static int help_word(int argc, char **argv)
{
	static char flag[] = "--help";
	char *asked[] = { argc > 1 ? argv[1] : NULL, flag, NULL };

	return argc > 1 ? run_word(NULL, 2, asked) : tell_help();
}

static int dispatch(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "state", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 },
	};
	const char *state_option = NULL;
	int option;

	while ((option = option_next("muster", argc, argv, OPTION_SHORTS_STOP, longs)) != -1) {
		if (option == 'h')
			return tell_help();
		if (option == 'v')
			return tell_version();
		if (option != 's')
			return EXIT_USAGE;
		state_option = optarg;
	}
	if (optind == argc) {
		fputs("muster: no verb given; see muster --help\n", stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[optind], "help") == 0)
		return help_word(argc - optind, argv + optind);
	return run_word(state_option, argc - optind, argv + optind);
}

int main(int argc, char **argv)
{
	/* Profiles hold passwords, and other verbs sign in somewhere. */
	passphrase_protect();
	if (output_reserve() < 0)
		return EXIT_TROUBLE; /* and there is nowhere to say so */
	/* A verb whose output was lost has not done what it was asked. */
	return output_finish("muster", dispatch(argc, argv));
}
