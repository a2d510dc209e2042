/* SPDX-License-Identifier: Apache-2.0 */
/* muster doctor: is this host fit for a station; each thing a line, with the remedy. */
#include "station/faces/doctor_verb.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/faces/fault_json.h"
#include "station/faces/json_text.h"
#include "station/faces/result_json.h"
#include "station/faces/table.h"
#include "station/ledger/ledger.h"
#include "station/rules/doctor.h"
#include "station/tools/exit_status.h"
#include "station/tools/log.h"
#include "station/tools/look_host.h"
#include "station/tools/look_usbmuxd.h"
#include "station/tools/option.h"
#include "station/tools/programs.h"
#include "station/tools/state.h"

#define VERB "muster doctor"

static const char usage[] =
	"usage: muster doctor [--json] [--root DIR]\n"
	"\n"
	"Looks whether this computer is fit for a station: usbmuxd and how it is set up, USB\n"
	"and how many devices it holds, the ledger, the disk, the clock. It changes nothing,\n"
	"and may be run beside a station. Run it as the user who runs the station.\n"
	"\n"
	"  ok    as it should be\n"
	"  warn  it works; the line says what that costs\n"
	"  fail  do not start a batch before it is mended\n"
	"\n"
	"  --json      as JSON\n"
	"  --root DIR  look at the files below DIR, of a disk image for example, and do not\n"
	"              ask the usbmuxd that runs here\n"
	"  -h, --help  this\n"
	"\n"
	"Exit status: 0 nothing fails, 2 usage, 4 something does.\n"
	"\n"
	"Example: muster doctor --json | jq -r '.checks[] | select(.grade == \"fail\") | .remedy'\n";

struct request {
	const char *root; /* "" for this system */
	bool as_json;
};

/* What this process sees of the ledger. */
static void look_at_ledger(const struct state *state, struct host *host)
{
	struct ledger *ledger = NULL;
	int r;

	if (access(state->ledger, F_OK) < 0)
		return;
	r = ledger_open_readonly(state->ledger, &ledger);
	ledger_close(ledger);
	if (r == 0 && access(state->ledger, W_OK) < 0)
		r = -errno;
	host->has_ledger = r == 0;
	if (r < 0)
		ledger_explain(state->ledger, r, host->ledger_why);
}

static void look(const struct request *request, const struct state *state, struct host *ret_host)
{
	char mux[PATH_MAX];

	look_host(request->root, state, ret_host);
	look_usbmuxd(request->root, getenv("USBMUXD_SOCKET_ADDRESS"), &ret_host->usbmuxd);
	look_at_ledger(state, ret_host);
	if (request->root[0])
		return;
	if (program_find("muster-mux", mux) == 0)
		look_usbmuxd_ask(mux, &ret_host->usbmuxd);
	else
		snprintf(ret_host->usbmuxd.answer_why, sizeof ret_host->usbmuxd.answer_why,
			 "muster-mux is not found");
}

/* All checks, in the order in which they are shown; the caller's to free. NULL without memory. */
static struct check *judge(const struct request *request, const struct host *host,
			   size_t *ret_count)
{
	struct check *checks = calloc(3 * CHECKS_MAX, sizeof *checks);
	struct usb_tree *tree = malloc(sizeof *tree);
	size_t count;

	if (!checks || !tree) {
		free(checks);
		free(tree);
		return NULL;
	}
	count = doctor_judge_usbmuxd(host, checks);
	count += doctor_judge_usb(usb_tree_read(request->root, tree) == 0 ? tree : NULL,
				  checks + count);
	count += doctor_judge_host(host, checks + count);
	free(tree);
	*ret_count = count;
	return checks;
}

static void print_checks(const struct check *checks, size_t count)
{
	static const enum table_tone tones[] = {
		[GRADE_OK] = TONE_GOOD, [GRADE_WARN] = TONE_WAIT, [GRADE_FAIL] = TONE_BAD
	};
	bool colour = table_wants_colour(stdout);

	for (size_t i = 0; i < count; i++) {
		enum table_tone tone = tones[checks[i].grade];

		printf("%s%-4s%s  %-17s  %s\n", colour ? table_tone_begin(tone) : "",
		       grade_to_text(checks[i].grade), colour ? table_tone_end(tone) : "",
		       checks[i].name, checks[i].text);
		/* What cures several in a row is said once. */
		if (checks[i].remedy[0] &&
		    (i + 1 == count || strcmp(checks[i].remedy, checks[i + 1].remedy) != 0))
			printf("      %-17s  -> %s\n", "", checks[i].remedy);
	}
}

static int print_json(const struct check *checks, size_t count)
{
	json_t *list = json_array();
	char *text;

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list,
				      json_pack("{s:s, s:s, s:o, s:o}", "name", checks[i].name,
						"grade", grade_to_text(checks[i].grade), "text",
						text_to_json(checks[i].text), "remedy",
						text_to_json(checks[i].remedy)));
	text = json_to_line(json_pack("{s:s, s:s, s:o}", "schema", JSON_SCHEMA, "grade",
				      grade_to_text(doctor_worst(checks, count)), "checks", list));
	if (!text)
		return -ENOMEM;
	fputs(text, stdout);
	free(text);
	return 0;
}

static int examine(const struct request *request, const struct state *state)
{
	struct host host;
	struct check *checks;
	size_t count;
	int r = 0;

	look(request, state, &host);
	checks = judge(request, &host, &count);
	if (checks && request->as_json)
		r = print_json(checks, count);
	else if (checks)
		print_checks(checks, count);
	if (!checks || r < 0) {
		free(checks);
		fputs(VERB ": not enough memory\n", stderr);
		return EXIT_TROUBLE;
	}
	r = doctor_worst(checks, count) == GRADE_FAIL ? EXIT_TROUBLE : EXIT_PASSED;
	free(checks);
	return r;
}

/* Returns -1 and RET_REQUEST, or the exit status. */
static int read_request(int argc, char **argv, struct request *ret_request)
{
	static const struct option longs[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "root", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	*ret_request = (struct request){ .root = "" };
	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (option == 'j')
			ret_request->as_json = true;
		else if (option == 'r')
			ret_request->root = optarg;
		else
			return EXIT_USAGE;
	}
	return option_ends(VERB, argc, argv) ? -1 : EXIT_USAGE;
}

int doctor_verb(const char *state_option, int argc, char **argv)
{
	char why[STATE_WHY_MAX];
	struct request request;
	struct state state;
	int status = read_request(argc, argv, &request), r;

	if (status >= 0)
		return status;
	r = state_locate(state_option, &state);
	if (r == 0)
		return examine(&request, &state);
	state_explain(&state, r, why);
	fprintf(stderr, VERB ": %s\n", why);
	return EXIT_TROUBLE;
}

void doctor_warn_start(const char *address)
{
	struct host *host = calloc(1, sizeof *host);
	struct check *checks = calloc(CHECKS_MAX, sizeof *checks);
	size_t count = 0;

	if (host && checks)
		look_usbmuxd("", address, &host->usbmuxd);
	/* What of it answers, and when, the station finds out by itself. */
	if (host && checks && !host->usbmuxd.elsewhere[0] && host->usbmuxd.has_unit)
		count = doctor_judge_usbmuxd(host, checks);
	for (size_t i = 0; i < count; i++)
		if (checks[i].grade != GRADE_OK && strcmp(checks[i].name, "usbmuxd.answer") != 0 &&
		    strcmp(checks[i].name, "usbmuxd.hang") != 0)
			log_line(LEVEL_WARN, NULL, "%s", checks[i].text);
	if (count > 0 && doctor_worst(checks, count) != GRADE_OK)
		log_line(LEVEL_NOTE, NULL, "muster doctor says what to do about it");
	free(checks);
	free(host);
}
