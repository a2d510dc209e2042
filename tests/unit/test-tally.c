/* SPDX-License-Identifier: Apache-2.0 */
/* The tally counts devices, not jobs, and the last end of each. */
#include "station/rules/tally.h"

#include <stdio.h>

#include "tests/unit/tap.h"

static struct udid device(unsigned n)
{
	struct udid udid;

	snprintf(udid.text, sizeof udid.text, "%040x", n);
	return udid;
}

static void add(struct tally *tally, unsigned n, enum outcome outcome)
{
	struct udid udid = device(n);

	ok(tally_add(tally, &udid, outcome) == 0, "device %u: %s", n, outcome_to_text(outcome));
}

static void test_ends(void)
{
	struct tally tally = { 0 };

	is_number((long long)tally_ended(&tally), 0, "nothing has ended yet");
	add(&tally, 1, OUTCOME_FAILED);
	add(&tally, 2, OUTCOME_PASSED);
	add(&tally, 1, OUTCOME_PASSED);
	is_number((long long)tally_ended(&tally), 2, "a second try is no second device");
	is_number((long long)tally_of(&tally, OUTCOME_PASSED), 2, "the last end counts");
	add(&tally, 3, OUTCOME_INTERRUPTED);
	is_number((long long)tally_ended(&tally), 2, "an interruption is no end");
	is_number((long long)tally.count, 3, "but the device was there");
	add(&tally, 2, OUTCOME_INTERRUPTED);
	is_number((long long)tally_of(&tally, OUTCOME_PASSED), 2, "nor does it undo one");
	add(&tally, 3, OUTCOME_SET_ASIDE);
	is_number((long long)tally_ended(&tally), 3, "a final end replaces an interruption");
	tally_done(&tally);
	is_number((long long)tally.count, 0, "done is empty again");
}

static void test_many(void)
{
	struct tally tally = { 0 };
	bool kept = true;

	for (unsigned n = 0; n < 1000 && kept; n++) {
		struct udid udid = device(n);

		kept = tally_add(&tally, &udid, n % 2 ? OUTCOME_PASSED : OUTCOME_FAILED) == 0;
	}
	ok(kept && tally_ended(&tally) == 1000, "it grows with the devices");
	is_number((long long)tally_of(&tally, OUTCOME_FAILED), 500, "and loses none");
	tally_done(&tally);
}

int main(void)
{
	test_ends();
	test_many();
	return tap_done();
}
