/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault costs: which are tried again, how often, and after what pause. */
#include "station/rules/retry.h"

#include <stdio.h>

#include "tests/unit/tap.h"

static const struct {
	const char *what;
	enum fault_kind fault;
	unsigned faults, attempts;
	bool due;
} rows[] = {
	{ "the first fault of three attempts", FAULT_LINK_LOST, 1, 3, true },
	{ "the second", FAULT_LINK_LOST, 2, 3, true },
	{ "the third is the last", FAULT_LINK_LOST, 3, 3, false },
	{ "one attempt is all there is", FAULT_DEADLINE, 1, 1, false },
	{ "more faults than a shorter blueprint allows now", FAULT_DEADLINE, 5, 3, false },
	{ "a worker that died", FAULT_WORKER_DIED, 1, 3, true },
	{ "what a person has decided", FAULT_TRUST_DENIED, 1, 3, false },
	{ "what nobody did in time", FAULT_APPROVAL_MISSED, 1, 3, false },
	{ "a refused profile", FAULT_PROFILE_REFUSED, 1, 3, false },
	{ "a pairing that was not kept: another try would ask the person again",
	  FAULT_RECORD_UNSAVED, 1, 3, false },
	{ "a worker that lied", FAULT_WORKER_LIED, 1, 3, false },
	{ "two of one name", FAULT_IDENTITY_DOUBLE, 1, 3, false },
	{ "no fault at all", FAULT_NONE, 0, 3, false },
};

static void test_due(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ok(retry_is_due(rows[i].fault, rows[i].faults, rows[i].attempts) == rows[i].due,
		   "%s: %s", rows[i].what, rows[i].due ? "again" : "no more");
}

static const struct {
	unsigned faults;
	msec_t least;
} pauses[] = {
	{ 1, 1000 },  { 2, 2000 },  { 3, 4000 },   { 4, 8000 },
	{ 5, 16000 }, { 6, 30000 }, { 40, 30000 }, { 0xffffffff, 30000 },
};

/* The Nth device of a bench. */
static struct udid device(unsigned n)
{
	struct udid udid = { 0 };

	snprintf(udid.text, sizeof udid.text, "00008030-%016X", n);
	return udid;
}

static void test_pauses(void)
{
	for (size_t i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
		msec_t least = pauses[i].least;
		unsigned wrong = 0;

		for (unsigned n = 0; n < 256; n++) {
			struct udid udid = device(n);
			msec_t pause = retry_pause(pauses[i].faults, &udid);

			wrong += pause < least || pause > least + least / 2 ||
				 pause != retry_pause(pauses[i].faults, &udid);
		}
		ok(wrong == 0, "fault %u: from %lld ms to half as much again, always the same",
		   pauses[i].faults, least);
	}
}

/* Each tenth of the time in which a bench comes back gets its share of it. */
static void test_spread(void)
{
	for (unsigned faults = 1; faults < 4; faults++) {
		unsigned tenths[10] = { 0 }, most = 0;
		msec_t least = 1000LL << (faults - 1);

		for (unsigned n = 0; n < 64; n++) {
			struct udid udid = device(n);
			msec_t more = retry_pause(faults, &udid) - least;
			unsigned *tenth = &tenths[more * 10 / (least / 2 + 1)];

			if (++*tenth > most)
				most = *tenth;
		}
		ok(most < 16, "of 64 devices at most %u come in one tenth of the time", most);
	}
}

static void test_no_name(void)
{
	ok(retry_pause(1, &(struct udid){ 0 }) >= 1000, "a device without a name has a pause too");
}

static void test_echo(void)
{
	ok(retry_is_echo(FAULT_LINK_LOST), "a lost link may be a device that left");
	ok(retry_is_echo(FAULT_RECORD_UNSAVED), "so may a record that was not taken");
	ok(!retry_is_echo(FAULT_DEADLINE) && !retry_is_echo(FAULT_PROFILE_REFUSED) &&
		   !retry_is_echo(FAULT_NONE),
	   "silence and a refusal are not");
}

int main(void)
{
	test_due();
	test_pauses();
	test_spread();
	test_no_name();
	test_echo();
	return tap_done();
}
