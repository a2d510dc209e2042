/* SPDX-License-Identifier: Apache-2.0 */
/* The board and its faults as JSON. */
#include "station/faces/board_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/fault_json.h"
#include "tests/unit/bench_slots.h"
#include "tests/unit/golden.h"
#include "tests/unit/tap.h"

static void test_board(void)
{
	struct board_slot slots[BENCH_SLOTS];
	const struct shelf_profile profiles[] = {
		{ .name = "intune", .sha256 = "0123", .state = EXPIRY_SOON, .ends = 1795392000 },
		{ .name = "wifi",
		  .state = EXPIRY_UNLIMITED,
		  .ends = EXPIRY_NEVER,
		  .allowed = true },
	};
	struct board board = {
		.now = BENCH_NOW,
		.usbmuxd_up = true,
		.usbmuxd_restarts = 4,
		.usbmuxd_notice = "unplug slot 3",
		.batch = "autumn",
		.expect = 8,
		.passed = 3,
		.failed = 2,
		.set_aside = 1,
		.notice = "The profile intune: 47 h left",
		.profile_count = 2,
		.profiles = profiles,
		.slot_count = BENCH_SLOTS,
		.slots = slots,
	};
	json_t *json;
	char *text;

	bench_slots_fill(slots);
	json = board_to_json(&board);
	text = json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	is_golden(text ? text : "", "board.json");
	is_number((long long)json_array_size(json_object_get(json, "devices")), BENCH_SLOTS - 1,
		  "an empty slot is no device");
	free(text);
	json_decref(json);
}

static void test_empty_board(void)
{
	struct board board = { .usbmuxd_why = "cannot reach /run/usbmuxd: no such file" };
	char *text = board_to_json_text(&board);

	is_string(
		text,
		"{\"schema\":\"muster/1\",\"station\":{\"usbmuxd\":{\"up\":false,\"why\":"
		"\"cannot reach /run/usbmuxd: no such file\",\"restarts\":0,\"notice\":null},"
		"\"batch\":null,\"trouble\":null,\"notice\":null,"
		"\"profiles\":[],\"expect\":null,\"totals\":{\"passed\":0,\"failed\":0,\"set-aside\":0,"
		"\"removed\":0}},\"devices\":[]}\n",
		"a station without devices, on one line");
	free(text);
}

/* Every field at its longest, and bytes that no cleaner has seen. */
static void test_extremes(void)
{
	struct board_slot slot = { .state = SLOT_ENDED, .outcome = OUTCOME_FAILED };
	struct board board = { .slot_count = 1, .slots = &slot };
	char *text;
	json_t *document, *fault;

	for (unsigned i = 0; i < NOTE_KEYS_COUNT; i++)
		memset(slot.note[i], 0x80 + i, CLEAN_MAX);
	slot.fault = fault_new(FAULT_LINK_LOST, "x");
	memset(slot.fault.text, 0xff, CLEAN_MAX);
	slot.fault.code = INT64_MIN;
	snprintf(slot.fault.domain, sizeof slot.fault.domain, "d");
	for (unsigned i = 0; i < FAULT_CHAIN_MAX + 1; i++)
		fault_add_link(&slot.fault, "d", INT64_MAX, "\xff");
	text = board_to_json_text(&board);
	document = json_loads(text ? text : "", 0, NULL);
	ok(document, "bytes that are no text do not break the document");
	fault = json_object_get(json_array_get(json_object_get(document, "devices"), 0), "fault");
	ok(json_integer_value(json_object_get(fault, "code")) == INT64_MIN, "codes have 64 bits");
	is_number((long long)json_array_size(json_object_get(fault, "chain")), FAULT_CHAIN_MAX,
		  "the whole chain is there");
	free(text);
	json_decref(document);
}

static void test_no_fault(void)
{
	struct fault none = fault_none();
	json_t *json = fault_to_json(&none);

	ok(json_is_null(json), "no fault is null");
	json_decref(json);
}

/* Each fault there is has a name, a sentence and a remedy in JSON. */
static void test_every_fault(void)
{
	unsigned whole = 0, all = 0;

	for (int kind = FAULT_NONE + 1; kind <= FAULT_HOST_TROUBLE; kind++, all++) {
		struct fault fault = fault_new((enum fault_kind)kind, "detail");
		json_t *json = fault_to_json(&fault);

		whole += json_string_length(json_object_get(json, "name")) > 0 &&
			 json_string_length(json_object_get(json, "sentence")) > 0 &&
			 json_string_length(json_object_get(json, "remedy")) > 0;
		json_decref(json);
	}
	is_number(whole, all, "every fault has its words");
}

int main(void)
{
	test_board();
	test_empty_board();
	test_extremes();
	test_no_fault();
	test_every_fault();
	return tap_done();
}
