/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile remove: takes a profile out of the library, unless a station works with it. */
#include "config.h"

#include "station/faces/profile/profile_remove.h"

#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/values/moment.h"
#include "station/faces/profile/library_face.h"
#include "station/faces/yes.h"
#include "station/tools/call.h"
#include "station/tools/call_words.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define VERB "muster profile remove"

static const char usage[] =
	"usage: muster profile remove [--yes] NAME|DIGEST\n"
	"\n"
	"Takes a profile out of the library for good. Of several downloads of one name the digest\n"
	"says which. A profile that the running station works with stays.\n"
	"\n"
	"  --yes       do not ask\n"
	"  -h, --help  this\n"
	"\n"
	"Exit status: 0, 1 you said no, 2 usage, 3 no such profile, or a station works with it,\n"
	"4 the library cannot be written, or the station does not answer.\n";

/* Does BOARD, the station's answer, say that it works with the profile SHA256? Returns 1, 0, or
 * -EPROTO when it is no board. */
static int board_uses(const char *body, size_t size, const char *sha256)
{
	json_t *board = json_loadb(body, size, 0, NULL);
	const json_t *profiles = json_object_get(json_object_get(board, "station"), "profiles");
	const json_t *profile;
	int r = json_is_array(profiles) ? 0 : -EPROTO;
	size_t i;

	json_array_foreach (profiles, i, profile) {
		const char *text = json_string_value(json_object_get(profile, "sha256"));

		if (text && strcmp(text, sha256) == 0)
			r = 1;
	}
	json_decref(board);
	return r;
}

/* Asks the station that holds STATE whether it works with ENTRY. Returns -1 when it does not, or,
 * with a message, the exit status. */
static int ask_station(const struct state *state, const struct library_entry *entry)
{
	char why[CALL_WHY_MAX];
	struct call_answer answer;
	int r = call_get(state->socket, "/v1/board", CALL_LIMIT, &answer);

	if (r == 0) {
		r = answer.status == 200 ? board_uses(answer.body, answer.size, entry->sha256)
					 : -EPROTO;
		free(answer.body);
	}
	if (r == 1) {
		fprintf(stderr,
			VERB ": the running station works with %s (%.12s); remove it when that "
			     "has ended\n",
			entry->name, entry->sha256);
		return EXIT_FILE;
	}
	if (r == 0)
		return -1;
	call_explain(state, r, why);
	fprintf(stderr, VERB ": %s\n", why);
	return EXIT_TROUBLE;
}

/* Nobody may work with the entry, and none may begin to meanwhile. */
static int remove_entry(struct state *state, const struct library_entry *entry)
{
	char why[STATE_WHY_MAX];
	int r = state_lock(state), status = -1;

	if (r == -EBUSY) {
		status = ask_station(state, entry);
	} else if (r < 0) {
		state_explain(state, r, why);
		fprintf(stderr, VERB ": %s\n", why);
		status = EXIT_TROUBLE;
	}
	if (status < 0) {
		r = library_remove(state->profiles, entry);
		status = r < 0 ? EXIT_TROUBLE : EXIT_PASSED;
		if (r < 0)
			fprintf(stderr, VERB ": %s: %s\n", state->profiles, strerror(-r));
	}
	state_unlock(state);
	return status;
}

static int ask_and_remove(const char *state_option, const char *word, bool yes)
{
	const struct library_entry *entry;
	char downloaded[MOMENT_TEXT_MAX], question[256];
	struct library library;
	struct state state;
	int status = library_open(VERB, state_option, &state, &library);

	if (status >= 0)
		return status;
	status = library_mean(VERB, &library, word, &entry);
	if (status < 0 && !yes) {
		snprintf(question, sizeof question,
			 "Remove %s (%.12s), downloaded %s, from the library?", entry->name,
			 entry->sha256, moment_to_text(entry->life.download.at, downloaded));
		status = yes_ask(VERB, question);
	}
	if (status < 0)
		status = remove_entry(&state, entry);
	library_done(&library);
	return status;
}

int profile_remove(const char *state_option, int argc, char **argv)
{
	bool yes;
	int status = option_flag(VERB, usage, "yes", argc, argv, &yes);

	if (status >= 0)
		return status;
	if (argc - optind == 1)
		return ask_and_remove(state_option, argv[optind], yes);
	fputs(VERB ": which profile? It takes one name or digest\n", stderr);
	return EXIT_USAGE;
}
