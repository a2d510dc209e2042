/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile proof: which devices of the results Intune manages, kept beside the results. */
#include "config.h"

#include "station/faces/profile/profile_proof.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/profile/proof_keep.h"
#include "station/faces/result_json.h"
#include "station/faces/profile/source_face.h"
#include "station/faces/table.h"
#include "station/graph/session.h"
#include "station/tools/option.h"

#define VERB "muster profile proof"

static const char usage[] =
	"usage: muster profile proof [--batch NAME] [--source NAME] [--from FILE] [--json]\n"
	"\n"
	"Asks Intune for every device of the results, by its serial number: whether it is\n"
	"managed, and by which enrollment profile it came. A record that is older than the\n"
	"job is of an earlier life, and proves nothing. What is proved is kept in the ledger,\n"
	"also while a station runs, and muster results shows it.\n"
	"  --batch NAME   only devices of this batch\n"
	"  --source NAME  the source in Intune, when there are several\n"
	"  --from FILE    read the sources there\n"
	"  --json         tell it as one JSON document\n"
	"\n"
	"Exit status: 0 all are proved, 1 some are not, 2 usage, 3 a file is wrong, 4 refused,\n"
	"or this host is in trouble, 5 no device.\n";

struct request {
	const char *batch, *source, *from;
	bool json, help;
};

static int read_command_line(int argc, char **argv, struct request *ret_request)
{
	static const struct option longs[] = {
		{ "batch", required_argument, NULL, 'b' },
		{ "source", required_argument, NULL, 's' },
		{ "from", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct request request = { .batch = NULL };
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == OPTION_WRONG)
			return -EINVAL;
		if (option == 'b')
			request.batch = optarg;
		if (option == 's')
			request.source = optarg;
		if (option == 'f')
			request.from = optarg;
		request.json |= option == 'j';
		request.help |= option == 'h';
	}
	if (optind < argc) {
		fputs(VERB ": takes no operands; see " VERB " --help\n", stderr);
		return -EINVAL;
	}
	*ret_request = request;
	return 0;
}

static int print_table(const struct proof_list *list)
{
	static const char *const headings[] = { "SERIAL", "ENROLLED", "PROFILE", "PROOF" };
	struct table *table = table_new(headings, 4);

	for (size_t i = 0; table && i < list->count; i++) {
		const struct proof *proof = &list->list[i];
		const char *verdict = proof_to_text(proof);
		const enum table_tone tone = proof->proved ? TONE_GOOD : TONE_WAIT;
		char when[WALL_TEXT_MAX];

		table_add_row(
			table,
			(const char *[]){ proof->serial,
					  wall_to_text(proof->managed.enrolled * 1000, when),
					  proof->managed.profile, verdict },
			(const enum table_tone[]){ TONE_PLAIN, TONE_PLAIN, TONE_PLAIN, tone });
	}
	if (table)
		table_print(table, stdout, table_width_of(stdout), table_wants_colour(stdout));
	table_free(table);
	return table ? EXIT_PASSED : EXIT_TROUBLE;
}

static int print_json(const struct proof_list *list)
{
	json_t *proofs = json_array(), *document;
	int r;

	for (size_t i = 0; proofs && i < list->count; i++) {
		const struct proof *proof = &list->list[i];
		char when[WALL_TEXT_MAX];

		json_array_append_new(
			proofs, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "serial",
					  proof->serial, "proof", proof_to_text(proof), "enrolled",
					  wall_to_text(proof->managed.enrolled * 1000, when),
					  "enrollmentProfileName", proof->managed.profile,
					  "deviceEnrollmentType", proof->managed.type, "id",
					  proof->managed.id, "proved", proof->proved));
	}
	document = json_pack("{s:s, s:o}", "schema", JSON_SCHEMA, "proofs", proofs);
	r = document ? json_dumpf(document, stdout, JSON_INDENT(2)) : -1;
	putchar('\n');
	json_decref(document);
	return r < 0 ? EXIT_TROUBLE : EXIT_PASSED;
}

/* What is proved becomes part of the ledger. */
static int keep(const struct state *state, const struct source *source,
		const struct proof_list *list)
{
	char why[CALL_WHY_MAX];

	if (proof_list_count(list) == 0 || proof_keep(state, source->name, list, why) == 0)
		return EXIT_PASSED;
	fprintf(stderr, VERB ": what is proved is shown, but not kept: %s\n", why);
	return EXIT_TROUBLE;
}

/* Asks, shows, keeps. Returns the exit status. */
static int prove(const struct request *request, const struct state *state,
		 const struct source *source, struct proof_list *list)
{
	struct session *session;
	struct refusal refusal;
	int r = session_open(source, source_face_may_ask(), &session, &refusal), status, kept;

	if (r == 0) {
		r = proof_list_ask(list, session, &refusal);
		session_close(session);
	}
	if (r < 0) {
		fprintf(stderr, VERB ": %s: %s\n", source->name, refusal.text);
		return (int)source_face_exit(&refusal);
	}
	status = request->json ? print_json(list) : print_table(list);
	kept = keep(state, source, list);
	if (status == EXIT_PASSED)
		status = kept;
	if (status == EXIT_PASSED && proof_list_count(list) < list->count)
		status = EXIT_NOT_PASSED;
	return status;
}

static int recall(const struct request *request, const struct state *state, struct proof_list *list)
{
	char why[LEDGER_WHY_MAX];
	int r = proof_list_recall(list, state->ledger, request->batch);

	if (r < 0) {
		ledger_explain(state->ledger, r, why);
		fprintf(stderr, VERB ": %s\n", why);
		return EXIT_TROUBLE;
	}
	if (list->count > 0)
		return -1;
	fputs(VERB ": no device with a serial number\n", stderr);
	return EXIT_NOTHING;
}

int profile_proof(const char *state_option, int argc, char **argv)
{
	struct proof_list list = { .count = 0 };
	struct request request;
	struct sources *sources = NULL;
	const struct source *source;
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
		status = source_face_intune(VERB, sources, request.source, &source);
	if (status < 0)
		status = recall(&request, &state, &list);
	if (status < 0)
		status = prove(&request, &state, source, &list);
	proof_list_done(&list);
	sources_free(sources);
	return status;
}
