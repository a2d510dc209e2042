/* SPDX-License-Identifier: Apache-2.0 */
/* What is looked up on the bench. */
#include "station/bench/bench.h"

#include "station/tools/clock.h"

struct log_about slot_about(const struct slot *slot)
{
	return (struct log_about){ slot->board->name, slot->board->udid.text };
}

struct slot *slot_twin(const struct slot *slot)
{
	struct station *station = slot->station;

	for (unsigned i = 0; i < station->slot_count; i++) {
		struct slot *other = &station->slots[i];

		if (other != slot && other->board->state != SLOT_EMPTY &&
		    udid_equal(&other->board->udid, &slot->board->udid))
			return other;
	}
	return NULL;
}

bool slot_is_on_bus(const struct slot *slot)
{
	return slot->arrival && slot->arrival->on_bus;
}

const struct blueprint_step *slot_blueprint_step(const struct slot *slot, struct step_id step)
{
	const struct blueprint *blueprint = slot->blueprint;

	for (size_t i = 0; blueprint && i < blueprint->step_count; i++)
		if (step_equal(blueprint->steps[i].id, step))
			return &blueprint->steps[i];
	return NULL;
}

struct step_limits slot_step_limits(const struct slot *slot, struct step_id step)
{
	const struct blueprint_step *known = slot_blueprint_step(slot, step);

	return known ? known->limits : step_default_limits(step.kind);
}

struct blueprint_facts slot_facts(const struct slot *slot)
{
	struct blueprint_facts facts = { .udid = slot->board->udid.text };
	const char *serial = slot->board->note[NOTE_SERIAL];
	const char *product = slot->board->note[NOTE_PRODUCT], *ecid = slot->board->note[NOTE_ECID];

	facts.serial = *serial ? serial : NULL;
	facts.product = *product ? product : NULL;
	facts.ecid = *ecid ? ecid : NULL;
	facts.assets = slot->blueprint ? slot->blueprint->assets : NULL;
	return facts;
}

bool station_has_workers(const struct station *station)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (slot_state_has_worker(station->slots[i].board->state))
			return true;
	return false;
}

uint64_t station_now_usec(const struct station *station)
{
	uint64_t now = clock_monotonic_usec();

	/* The loop has the time at which it woke up; before its first round it has none. */
	(void)sd_event_now(station->event, CLOCK_MONOTONIC, &now);
	return now;
}
