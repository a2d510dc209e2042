/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile refresh: new downloads of enrollment profiles, from where they come from. */
#include "station/faces/profile/profile_refresh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "station/faces/profile/refresh.h"
#include "station/faces/result_json.h"
#include "station/faces/profile/source_face.h"
#include "station/tools/clock.h"
#include "station/tools/option.h"

#define VERB "muster profile refresh"

/* In the state directory: who holds it asks the sources. */
#define TURN_FILE "refresh.lock"

static const char usage[] =
	"usage: muster profile refresh [--due] [--dry-run] [--from FILE] [--json] [SOURCE]...\n"
	"\n"
	"Downloads enrollment profiles anew from where they come from, judges them, and puts\n"
	"them into the library, each under its source's name. What was there stays: every\n"
	"download has a clock of its own.\n"
	"  --due        only what the library lacks, or has for less than three days\n"
	"  --dry-run    sign in and look, but download, make and keep nothing\n"
	"  --from FILE  read the sources there; otherwise sources.yaml in the state directory\n"
	"  --json       tell it as one JSON document\n"
	"\n"
	"A source in Intune is asked by Microsoft Graph: its push certificate, its MDM\n"
	"authority and its platform restrictions are looked at too. This was never tried\n"
	"against Microsoft's service, only against a server of our own.\n"
	"\n"
	"Exit status: 0 done, 2 usage, 3 the sources or a credential are wrong, 4 one was\n"
	"refused, or devices would be, 5 nothing was due.\n"
	"More: man muster-sources\n";

struct request {
	struct refresh_manner manner;
	const char *from;
	bool json, help;
};

static int read_command_line(int argc, char **argv, struct request *ret_request)
{
	static const struct option longs[] = {
		{ "due", no_argument, NULL, 'd' },	  { "dry-run", no_argument, NULL, 'n' },
		{ "from", required_argument, NULL, 'f' }, { "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },	  { 0 },
	};
	struct request request = { .manner.may_ask = source_face_may_ask() };
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == OPTION_WRONG)
			return -EINVAL;
		request.manner.only_due |= option == 'd';
		request.manner.only_look |= option == 'n';
		request.json |= option == 'j';
		request.help |= option == 'h';
		if (option == 'f')
			request.from = optarg;
	}
	*ret_request = request;
	return 0;
}

/* What the verb exits with after REFRESH, when it was STATUS before. */
static int worse(int status, const struct refresh *refresh)
{
	int one = EXIT_PASSED;

	if (refresh->outcome == REFRESH_REFUSED)
		one = (int)source_face_exit(&refresh->refusal);
	else if (!refresh_is_well(refresh))
		one = EXIT_TROUBLE;
	return one > status ? one : status;
}

static int print_json(json_t *list)
{
	json_t *document = json_pack("{s:s, s:o}", "schema", JSON_SCHEMA, "refreshes", list);
	int r = document ? json_dumpf(document, stdout, JSON_INDENT(2)) : -1;

	json_decref(document);
	putchar('\n');
	return r < 0 ? EXIT_TROUBLE : EXIT_PASSED;
}

/* Asks every source of CHOICE. Returns the exit status. */
static int refresh_all(const struct source_choice *choice, const struct request *request,
		       const struct state *state)
{
	/* It holds all findings: too large for the stack. */
	struct refresh *refresh = malloc(sizeof *refresh);
	json_t *list = request->json ? json_array() : NULL;
	int status = EXIT_PASSED;
	size_t current = 0;

	for (size_t i = 0; refresh && i < choice->count; i++) {
		int64_t now = clock_wall() / 1000;

		refresh_source(choice->list[i], state->profiles, &request->manner, now, refresh);
		current += refresh->outcome == REFRESH_CURRENT;
		status = worse(status, refresh);
		if (list)
			json_array_append_new(list, refresh_to_json(refresh));
		else
			refresh_print(refresh, now, stdout, stderr);
		fflush(stdout);
	}
	free(refresh);
	if (list && print_json(list) != EXIT_PASSED)
		return EXIT_TROUBLE;
	return status == EXIT_PASSED && current == choice->count ? EXIT_NOTHING : status;
}

/* Two that ask at the same time would make a profile twice, and download for nothing: the second
 * waits until the first is done, or dead, and then looks again what is due.
 * Returns the lock, which ends with the process, or negative errno. */
static int take_turn(const struct state *state)
{
	char path[STATE_PATH_MAX + sizeof TURN_FILE];
	int fd, r;

	snprintf(path, sizeof path, "%s/" TURN_FILE, state->dir);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	if (fd < 0)
		return -errno;
	r = flock(fd, LOCK_EX | LOCK_NB);
	if (r < 0 && errno == EWOULDBLOCK)
		fputs(VERB ": another refresh is under way; this one waits for its end\n", stderr);
	while (r < 0 && (errno == EWOULDBLOCK || errno == EINTR))
		r = flock(fd, LOCK_EX);
	if (r == 0)
		return fd;
	r = -errno;
	close(fd);
	return r;
}

/* Makes the state directory, which may not be there yet, and waits for our turn in it. */
static int begin(const struct state *state)
{
	char why[STATE_WHY_MAX];
	int r = state_make(state);

	if (r == 0)
		r = take_turn(state);
	if (r < 0) {
		state_explain(state, r, why);
		fprintf(stderr, VERB ": %s\n", why);
	}
	return r < 0 ? EXIT_TROUBLE : -1;
}

int profile_refresh(const char *state_option, int argc, char **argv)
{
	struct request request;
	struct source_choice choice;
	struct sources *sources = NULL;
	struct state state;
	int status;

	if (read_command_line(argc, argv, &request) < 0)
		return EXIT_USAGE;
	if (request.help) {
		fputs(usage, stdout);
		return EXIT_PASSED;
	}
	status = source_face_open(VERB, state_option, request.from, &state, &sources);
	if (status < 0)
		status = source_face_choose(VERB, sources, argv + optind, argc - optind, &choice);
	if (status < 0 && !request.manner.only_look)
		status = begin(&state);
	if (status < 0)
		status = refresh_all(&choice, &request, &state);
	sources_free(sources);
	return status;
}
