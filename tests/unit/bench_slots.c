/* SPDX-License-Identifier: Apache-2.0 */
/* Slots as a bench has them, one of each sort, for the tests of what faces show. */
#include "tests/unit/bench_slots.h"

#include <stdio.h>
#include <string.h>

static void note(struct board_slot *slot, enum note_key key, const char *value)
{
	clean_string(value, slot->note[key]);
}

static void identify(struct board_slot *slot, const char *name)
{
	note(slot, NOTE_SERIAL, "DMPX12345678");
	note(slot, NOTE_ECID, "0x11F71FB04CB");
	note(slot, NOTE_PRODUCT, "iPad11,6");
	note(slot, NOTE_OS, "17.5.1");
	note(slot, NOTE_BUILD, "21F90");
	note(slot, NOTE_NAME, name);
	snprintf(slot->blueprint, sizeof slot->blueprint, "Classroom iPads");
	slot->job = 7;
	slot->steps_total = 5;
}

static void enter(struct board_slot *slot, enum slot_state state, enum step_kind step)
{
	slot->state = state;
	slot->since = BENCH_NOW - 12000;
	slot->has_step = true;
	slot->step = (struct step_id){ step, step == STEP_INSTALL ? 2 : 1 };
	slot->step_since = BENCH_NOW - 1400;
}

static void fill_working(struct board_slot *slots)
{
	identify(&slots[BENCH_WORKING], "Library");
	enter(&slots[BENCH_WORKING], SLOT_WORKING, STEP_INSTALL);
	slots[BENCH_WORKING].steps_ended = 2;
	slots[BENCH_WORKING].slow = true;

	note(&slots[BENCH_WAITING], NOTE_PRODUCT, "iPhone14,5");
	note(&slots[BENCH_WAITING], NOTE_OS, "17.0");
	enter(&slots[BENCH_WAITING], SLOT_WAITING, STEP_PAIR);
	slots[BENCH_WAITING].why = WAIT_TRUST;
	slots[BENCH_WAITING].steps_total = 3;
}

static void fill_resting(struct board_slot *slots)
{
	identify(&slots[BENCH_RESTING], "Gym");
	enter(&slots[BENCH_RESTING], SLOT_RESTING, STEP_INSTALL);
	slots[BENCH_RESTING].steps_ended = 2;
	slots[BENCH_RESTING].fault = fault_new(FAULT_LINK_LOST, "InstallProfile");
	slots[BENCH_RESTING].fault.has_step = true;
	slots[BENCH_RESTING].fault.step = slots[BENCH_RESTING].step;
}

static void fill_ended(struct board_slot *slots)
{
	struct fault fault = fault_new(FAULT_PROFILE_REFUSED, "The profile must be signed.");

	fault.has_step = true;
	fault.step = (struct step_id){ STEP_INSTALL, 2 };
	snprintf(fault.domain, sizeof fault.domain, "MCInstallationErrorDomain");
	fault.code = 4001;
	fault_add_link(&fault, "MCProfileErrorDomain", 1005, "inner");

	identify(&slots[BENCH_FAILED], "Lab");
	enter(&slots[BENCH_FAILED], SLOT_ENDED, STEP_INSTALL);
	slots[BENCH_FAILED].steps_ended = 3;
	slots[BENCH_FAILED].outcome = OUTCOME_FAILED;
	slots[BENCH_FAILED].fault = fault;

	identify(&slots[BENCH_PASSED], "Lobby");
	enter(&slots[BENCH_PASSED], SLOT_ENDED, STEP_VERIFY);
	slots[BENCH_PASSED].steps_ended = 5;
	slots[BENCH_PASSED].outcome = OUTCOME_PASSED;
	slots[BENCH_PASSED].held = true;

	identify(&slots[BENCH_HOSTILE], "x\033[31m\n<b>\"\\\xe2\x80\xae\xff\xe4\xbd\xa0");
	enter(&slots[BENCH_HOSTILE], SLOT_WORKING, STEP_VERIFY);
}

void bench_slots_fill(struct board_slot slots[static BENCH_SLOTS])
{
	memset(slots, 0, BENCH_SLOTS * sizeof slots[0]);
	for (unsigned i = 0; i < BENCH_SLOTS; i++) {
		snprintf(slots[i].name, sizeof slots[i].name, "%u", i + 1);
		if (i == BENCH_EMPTY)
			continue;
		snprintf(slots[i].port, sizeof slots[i].port, "usb3-%u", i + 10);
		snprintf(slots[i].udid.text, sizeof slots[i].udid.text, "00008030-%016X", i);
	}
	slots[BENCH_SETTLING].state = SLOT_SETTLING;
	fill_working(slots);
	fill_ended(slots);
	fill_resting(slots);
}
