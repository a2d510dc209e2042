/* SPDX-License-Identifier: Apache-2.0 */
/* Events as lines of JSON. */
#include "station/faces/event_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/bench_slots.h"
#include "tests/unit/golden.h"
#include "tests/unit/tap.h"

/* 2026-11-23 10:21:03.045 UTC. */
#define TIME 1795429263045

static struct board_slot slots[BENCH_SLOTS];

static const struct {
	struct event event;
	int slot; /* -1: none */
} rows[] = {
	{ { EVENT_STATION, .text = "usbmuxd is back." }, -1 },
	{ { EVENT_ATTACHED, .text = "" }, BENCH_SETTLING },
	{ { EVENT_IDENTIFIED, .text = "" }, BENCH_WORKING },
	{ { EVENT_STEP, .step = { STEP_INSTALL, 2 }, .step_outcome = STEP_BEGUN, .text = "" },
	  BENCH_WORKING },
	{ { EVENT_STEP, .step = { STEP_INSTALL, 2 }, .step_outcome = STEP_DONE, .verified = true,
	    .took = 400, .what = "welcome.mobileconfig", .text = "" },
	  BENCH_WORKING },
	{ { EVENT_STEP, .step = { STEP_NAME, 1 }, .step_outcome = STEP_ALREADY,
	    .text = "as it was" },
	  BENCH_WORKING },
	{ { EVENT_STEP, .step = { STEP_INSTALL, 2 }, .step_outcome = STEP_FAILED, .took = 90000,
	    .text = "" },
	  BENCH_FAILED },
	{ { EVENT_STEP, .step = { STEP_PAIR, 1 }, .step_outcome = STEP_UNKNOWN, .text = "" },
	  BENCH_WAITING },
	{ { EVENT_WAIT, .waiting = true, .text = "" }, BENCH_WAITING },
	{ { EVENT_WAIT, .waiting = false, .text = "" }, BENCH_WAITING },
	{ { EVENT_RETRY, .took = 1234, .text = "" }, BENCH_RESTING },
	{ { EVENT_OUTCOME, .took = 61234, .text = "" }, BENCH_FAILED },
	{ { EVENT_OUTCOME, .took = 0, .text = "" }, BENCH_PASSED },
	{ { EVENT_DETACHED, .text = "" }, BENCH_HOSTILE },
};

static void test_lines(void)
{
	static char all[65536];
	size_t used = 0;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct event event = rows[i].event;
		char *line;

		if (event.step_outcome == STEP_FAILED)
			event.fault = &slots[BENCH_FAILED].fault;
		event.time = TIME + (wall_t)i;
		event.slot = rows[i].slot < 0 ? NULL : &slots[rows[i].slot];
		line = event_to_json_line(&event);
		ok(line && strchr(line, '\n') == line + strlen(line) - 1, "one line an event");
		used += (size_t)snprintf(all + used, sizeof all - used, "%s", line);
		free(line);
	}
	is_golden(all, "events.jsonl");
}

int main(void)
{
	bench_slots_fill(slots);
	test_lines();
	return tap_done();
}
