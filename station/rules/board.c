/* SPDX-License-Identifier: Apache-2.0 */
/* The board: a snapshot of every slot as plain values, for faces to show. */
#include "station/rules/board.h"

#include "device/facts/talk.h"

static const char *const states[SLOT_STATES] = {
	[SLOT_EMPTY] = "empty",	    [SLOT_SEEN] = "seen",	  [SLOT_SETTLING] = "settling",
	[SLOT_QUEUED] = "queued",   [SLOT_STARTING] = "starting", [SLOT_WORKING] = "working",
	[SLOT_WAITING] = "waiting", [SLOT_STOPPING] = "stopping", [SLOT_ABSENT] = "absent",
	[SLOT_RESTING] = "resting", [SLOT_ENDED] = "ended",
};

const char *slot_state_to_text(enum slot_state state)
{
	return states[state];
}

static const char *work_sentence(const struct board_slot *slot)
{
	if (!slot->has_step)
		return "Looking at the device. Leave it plugged in.";
	if (slot->slow)
		return "This takes longer than usual. Leave it plugged in.";
	switch (slot->step.kind) {
	case STEP_PAIR:
		return "Pairing with the device. Leave it plugged in.";
	case STEP_INSTALL:
		return "Installing a profile. Leave it plugged in.";
	case STEP_NAME:
		return "Naming the device. Leave it plugged in.";
	case STEP_VERIFY:
		return "Checking what is on the device. Leave it plugged in.";
	case STEP_HANDOVER: /* no slot's */
		break;
	}
	return "";
}

static const char *end_sentence(const struct board_slot *slot)
{
	switch (slot->outcome) {
	case OUTCOME_PASSED:
		return slot->held ? "Done before. Unplug it." : "Done. Unplug it.";
	case OUTCOME_INTERRUPTED:
		return "The station ended. The job goes on at its next start.";
	case OUTCOME_FAILED:
	case OUTCOME_SET_ASIDE:
	case OUTCOME_REMOVED:
		return fault_remedy(slot->fault.kind);
	case OUTCOME_HANDED_OVER: /* no slot's */
	case OUTCOME_NONE:
		return "Unplug it.";
	}
	return "";
}

const char *board_slot_sentence(const struct board_slot *slot)
{
	switch (slot->state) {
	case SLOT_EMPTY:
		return "Plug a device in.";
	case SLOT_SEEN:
		return slot->mode_remedy ? slot->mode_remedy
					 : "It is plugged in. Leave it until it can be reached.";
	case SLOT_SETTLING:
	case SLOT_STARTING:
		return "Getting ready. Leave it plugged in.";
	case SLOT_QUEUED:
		return "Waiting for its turn. Leave it plugged in.";
	case SLOT_WORKING:
		return work_sentence(slot);
	case SLOT_WAITING:
		return talk_wait_sentence(slot->why);
	case SLOT_STOPPING:
		return "Finishing. Leave it plugged in.";
	case SLOT_ABSENT:
		if (slot->mode_remedy)
			return slot->mode_remedy;
		return "The device is away. If it does not come back by itself, plug it in again.";
	case SLOT_RESTING:
		return "It is tried again in a moment. Leave it plugged in.";
	case SLOT_ENDED:
		return end_sentence(slot);
	}
	return "";
}
