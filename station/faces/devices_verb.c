/* SPDX-License-Identifier: Apache-2.0 */
/* muster devices: what is attached now, slot by slot, as the running station tells it. */
#include "station/faces/devices_verb.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/tools/call.h"
#include "station/tools/call_words.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/tools/state.h"
#include "station/faces/table.h"

static const char usage[] =
	"usage: muster devices [--json]\n"
	"\n"
	"Shows what is attached to the running station now: one line a slot, with the one\n"
	"thing to do about it.\n"
	"\n"
	"  --json      the whole board as JSON\n"
	"  -h, --help  this\n"
	"\n"
	"Exit status: 0, 2 usage, 4 no station runs or it does not answer,\n"
	"5 no device is attached.\n"
	"\n"
	"Example: muster devices --json | jq -r '.devices[] | [.slot, .serial, .state] | @tsv'\n";

/* The text of KEY in OBJECT, "" when it is null or missing. */
static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* "working, install.2 (3 of 5)", "passed" … */
static void describe_state(const json_t *device, char *out, size_t room)
{
	const json_t *steps = json_object_get(device, "steps");
	const char *outcome = text_of(device, "outcome");
	const char *step = text_of(device, "step");
	json_int_t total = json_integer_value(json_object_get(steps, "total"));

	if (outcome[0])
		snprintf(out, room, "%s%s", outcome,
			 json_is_true(json_object_get(device, "held")) ? " before" : "");
	else if (step[0] && total > 0)
		snprintf(out, room, "%s, %s (%lld of %lld)", text_of(device, "state"), step,
			 json_integer_value(json_object_get(steps, "ended")) + 1, total);
	else
		snprintf(out, room, "%s", text_of(device, "state"));
}

static enum table_tone tone_of(const json_t *device)
{
	const char *outcome = text_of(device, "outcome");

	if (strcmp(outcome, "passed") == 0)
		return TONE_GOOD;
	if (outcome[0])
		return TONE_BAD;
	return strcmp(text_of(device, "state"), "waiting") == 0 ? TONE_WAIT : TONE_PLAIN;
}

/* Room for what stands in the column STATE. */
#define STATE_TEXT_MAX 96

static int add_device(struct table *table, const json_t *device)
{
	const enum table_tone tone = tone_of(device);
	const enum table_tone tones[7] = { [5] = tone, [6] = tone };
	char state[STATE_TEXT_MAX];
	const char *const cells[7] = { text_of(device, "slot"),	   text_of(device, "name"),
				       text_of(device, "serial"),  text_of(device, "product"),
				       text_of(device, "os"),	   state,
				       text_of(device, "sentence") };

	describe_state(device, state, sizeof state);
	return table_add_row(table, cells, tones);
}

static int print_table(const json_t *devices)
{
	static const char *const headings[] = { "SLOT", "NAME",	 "SERIAL",  "PRODUCT",
						"OS",	"STATE", "WHAT NOW" };
	struct table *table = table_new(headings, 7);
	int r = table ? 0 : -ENOMEM;
	const json_t *device;
	size_t i;

	if (table)
		table_set_sentences(table, 6);
	json_array_foreach (devices, i, device)
		if (r == 0)
			r = add_device(table, device);
	if (r == 0)
		table_print(table, stdout, table_width_of(stdout), table_wants_colour(stdout));
	table_free(table);
	return r;
}

static int tell_host_trouble(const char *what)
{
	fprintf(stderr, "muster devices: %s\n", what);
	return EXIT_TROUBLE;
}

static int show_board(const struct call_answer *answer, bool as_json)
{
	json_t *board = json_loadb(answer->body, answer->size, 0, NULL);
	const json_t *devices = json_object_get(board, "devices");
	const char *why =
		text_of(json_object_get(json_object_get(board, "station"), "usbmuxd"), "why");
	const char *notice = text_of(json_object_get(board, "station"), "notice");
	int r = EXIT_PASSED;

	if (!json_is_array(devices)) {
		r = tell_host_trouble("the station's answer is no board");
	} else if (as_json) {
		fputs(answer->body, stdout);
	} else if (why[0]) {
		fprintf(stderr, "muster devices: usbmuxd is away: %s\n", why);
	}
	if (r == EXIT_PASSED && !as_json && notice[0])
		fprintf(stderr, "muster devices: %s\n", notice);
	if (r == EXIT_PASSED && json_array_size(devices) == 0) {
		fputs("muster devices: no device is attached\n", stderr);
		r = EXIT_NOTHING;
	} else if (r == EXIT_PASSED && !as_json && print_table(devices) < 0) {
		r = tell_host_trouble("not enough memory");
	}
	json_decref(board);
	return r;
}

static int ask_station(const char *state_option, bool as_json)
{
	char why[CALL_WHY_MAX];
	struct call_answer answer;
	struct state state;
	int r = state_locate(state_option, &state);

	if (r < 0) {
		state_explain(&state, r, why);
		return tell_host_trouble(why);
	}
	r = call_get(state.socket, "/v1/board", CALL_LIMIT, &answer);
	if (r < 0) {
		call_explain(&state, r, why);
		return tell_host_trouble(why);
	}
	if (answer.status == 200)
		r = show_board(&answer, as_json);
	else
		r = tell_host_trouble("the station refused to tell; is it another version?");
	free(answer.body);
	return r;
}

int devices_verb(const char *state_option, int argc, char **argv)
{
	bool as_json;
	int status = option_flag("muster devices", usage, "json", argc, argv, &as_json);

	if (status >= 0)
		return status;
	if (!option_ends("muster devices", argc, argv))
		return EXIT_USAGE;
	return ask_station(state_option, as_json);
}
