/* SPDX-License-Identifier: Apache-2.0 */
/* Bad slot or bad device: every verdict, and what does not make one. */
#include "station/rules/slot_health.h"

#include <string.h>

#include "tests/unit/tap.h"

/* A bench of this slot and two others. */
static const struct {
	const char *what;
	enum health_word word;
	struct slot_health own, other;
} rows[] = {
	{ "nothing has happened", HEALTH_UNSURE, { .jobs = 0 }, { .jobs = 20 } },
	{ "two jobs are too few",
	  HEALTH_UNSURE,
	  { .jobs = 2, .devices = 2, .troubles = 4, .troubled = 2 },
	  { .jobs = 20 } },
	{ "no trouble", HEALTH_FINE, { .jobs = 3, .devices = 3 }, { .jobs = 20 } },
	{ "two troubles are chance",
	  HEALTH_FINE,
	  { .jobs = 9, .devices = 9, .troubles = 2, .troubled = 2 },
	  { .jobs = 20 } },
	{ "three devices, and nowhere else",
	  HEALTH_SLOT,
	  { .jobs = 9, .devices = 9, .troubles = 3, .troubled = 3 },
	  { .jobs = 20 } },
	{ "far more than elsewhere",
	  HEALTH_SLOT,
	  { .jobs = 10, .devices = 10, .troubles = 4, .troubled = 3 },
	  { .jobs = 20, .devices = 20, .troubles = 2, .troubled = 2 } },
	{ "not three times as much as elsewhere",
	  HEALTH_FINE,
	  { .jobs = 10, .devices = 10, .troubles = 3, .troubled = 3 },
	  { .jobs = 20, .devices = 20, .troubles = 2, .troubled = 2 } },
	{ "the whole bench has it",
	  HEALTH_FINE,
	  { .jobs = 10, .devices = 10, .troubles = 9, .troubled = 9 },
	  { .jobs = 10, .devices = 10, .troubles = 9, .troubled = 9 } },
	{ "one device of several",
	  HEALTH_DEVICE,
	  { .jobs = 9, .devices = 5, .troubles = 6, .troubled = 1 },
	  { .jobs = 20 } },
	{ "the only device: it may be either",
	  HEALTH_UNSURE,
	  { .jobs = 9, .devices = 1, .troubles = 6, .troubled = 1 },
	  { .jobs = 20 } },
	{ "a bench of one slot",
	  HEALTH_SLOT,
	  { .jobs = 9, .devices = 9, .troubles = 5, .troubled = 4 },
	  { .jobs = 0 } },
	{ "full speed", HEALTH_SLOW, { .speed = 12, .jobs = 1 }, { .jobs = 20 } },
	{ "high speed", HEALTH_FINE, { .speed = 480, .jobs = 5 }, { .jobs = 20 } },
	{ "super speed", HEALTH_FINE, { .speed = 5000, .jobs = 5 }, { .jobs = 20 } },
};

static void test_verdicts(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct slot_health bench[] = { rows[i].other, rows[i].own, rows[i].other };

		is_string(health_word_to_text(slot_health_judge(bench, 3, 1)),
			  health_word_to_text(rows[i].word), rows[i].what);
	}
}

static void test_counting(void)
{
	const struct health_count first[] = { { HEALTH_JOBS, FAULT_NONE, 4 },
					      { HEALTH_DISCONNECTS, FAULT_NONE, 2 },
					      { HEALTH_REENUMERATIONS, FAULT_NONE, 1 },
					      { HEALTH_FAULTS, FAULT_LINK_LOST, 1 },
					      { HEALTH_FAULTS, FAULT_PROFILE_REFUSED, 2 } };
	const struct health_count second[] = { { HEALTH_JOBS, FAULT_NONE, 1 },
					       { HEALTH_FAULTS, FAULT_PROFILE_REFUSED, 1 } };
	struct slot_health health = { .speed = 480 };

	slot_health_add(&health, first, 5);
	slot_health_add(&health, second, 2);
	is_number(health.jobs, 5, "jobs add up");
	is_number(health.devices, 2, "so do devices");
	is_number(health.disconnects, 2, "and disconnects");
	is_number(health.reenumerations, 1, "and enumerations anew");
	is_number(health.troubles, 4, "a refused profile is no trouble of the port's");
	is_number(health.troubled, 1, "nor is its device in trouble");
	is_number(health.fault_count, 2, "one line a fault");
	is_number(health.faults[1].jobs, 3, "with the jobs of all devices");
}

static void test_many_faults(void)
{
	struct slot_health health = { .speed = 0 };

	for (enum fault_kind kind = FAULT_TRUST_DENIED; kind <= FAULT_HOST_TROUBLE; kind++) {
		struct health_count count = { HEALTH_FAULTS, kind, 1 };

		slot_health_add(&health, &count, 1);
	}
	is_number(health.fault_count, HEALTH_FAULTS_MAX, "more kinds of faults are not kept");
}

static void test_sentences(void)
{
	struct slot_health health = {
		.speed = 12, .jobs = 9, .devices = 7, .troubles = 5, .troubled = 4
	};
	char text[CLEAN_MAX + 1];

	slot_health_sentence(&health, HEALTH_FINE, text);
	is_string(text, "", "a fine slot needs no words");
	slot_health_sentence(&health, HEALTH_SLOT, text);
	ok(strstr(text, "4 of 7 devices") && text[strlen(text) - 1] == '.',
	   "a bad slot is told with its figures");
	slot_health_sentence(&health, HEALTH_DEVICE, text);
	ok(strstr(text, "the 6 others") && text[strlen(text) - 1] == '.', "so is a bad device");
	slot_health_sentence(&health, HEALTH_SLOW, text);
	ok(strstr(text, "12 Mbit/s instead of 480"), "and a slow one");
}

int main(void)
{
	test_verdicts();
	test_counting();
	test_many_faults();
	test_sentences();
	return tap_done();
}
