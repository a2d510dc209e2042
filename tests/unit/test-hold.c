/* SPDX-License-Identifier: Apache-2.0 */
/* Exactly once: which earlier jobs hold a device, which go on, which are done anew. */
#include "station/rules/hold.h"

#include <stddef.h>

#include "tests/unit/tap.h"

#define HOUR  (60LL * 60 * 1000)
#define NOW   (1000 * HOUR)
#define START (NOW - HOUR)

static const struct {
	const char *what;
	struct hold_past past;
	bool in_batch, again;
	enum hold want;
} rows[] = {
	{ "never seen", { false, OUTCOME_NONE, 0 }, false, false, HOLD_NEW },
	{ "never seen, in a batch", { false, OUTCOME_NONE, 0 }, true, true, HOLD_NEW },
	{ "still open", { true, OUTCOME_NONE, 0 }, false, false, HOLD_RESUME },
	{ "still open, --again", { true, OUTCOME_NONE, 0 }, false, true, HOLD_RESUME },
	{ "interrupted", { true, OUTCOME_INTERRUPTED, 0 }, true, false, HOLD_RESUME },
	{ "passed just now", { true, OUTCOME_PASSED, NOW - 1 }, false, false, HOLD_HELD },
	{ "passed this morning",
	  { true, OUTCOME_PASSED, NOW - 11 * HOUR },
	  false,
	  false,
	  HOLD_HELD },
	{ "passed 12 hours ago",
	  { true, OUTCOME_PASSED, NOW - 12 * HOUR },
	  false,
	  false,
	  HOLD_NEW },
	{ "passed a month ago in this batch",
	  { true, OUTCOME_PASSED, NOW - 720 * HOUR },
	  true,
	  false,
	  HOLD_HELD },
	{ "passed tomorrow: the clock was set back",
	  { true, OUTCOME_PASSED, NOW + HOUR },
	  false,
	  false,
	  HOLD_HELD },
	{ "passed this morning, --again",
	  { true, OUTCOME_PASSED, NOW - 11 * HOUR },
	  false,
	  true,
	  HOLD_NEW },
	{ "passed in this batch, --again",
	  { true, OUTCOME_PASSED, NOW - 11 * HOUR },
	  true,
	  true,
	  HOLD_NEW },
	{ "passed in this run, --again: once is enough",
	  { true, OUTCOME_PASSED, NOW - 1 },
	  false,
	  true,
	  HOLD_HELD },
	{ "failed just now", { true, OUTCOME_FAILED, NOW - 1 }, false, false, HOLD_NEW },
	{ "failed in this batch", { true, OUTCOME_FAILED, NOW - 1 }, true, false, HOLD_NEW },
	{ "set aside", { true, OUTCOME_SET_ASIDE, NOW - 1 }, true, false, HOLD_NEW },
	{ "removed", { true, OUTCOME_REMOVED, NOW - 1 }, false, false, HOLD_NEW },
};

int main(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		is_number(hold_decide(&rows[i].past, rows[i].in_batch, rows[i].again, START, NOW),
			  rows[i].want, rows[i].what);
	return tap_done();
}
