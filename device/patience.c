/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for a person: the same try again, until the device no longer needs one. */
#include "device/patience.h"

static const struct {
	enum fault_kind fault;
	enum talk_wait why;
} waits[] = {
	{ FAULT_TRUST_MISSED, WAIT_TRUST },
	{ FAULT_PASSCODE_LOCKED, WAIT_PASSCODE },
	{ FAULT_APPROVAL_MISSED, WAIT_APPROVAL },
};

static bool needs_person(enum fault_kind kind, enum talk_wait *ret_why)
{
	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		if (waits[i].fault == kind) {
			*ret_why = waits[i].why;
			return true;
		}
	}
	return false;
}

struct fault with_patience(struct conversation *talk, struct fault (*attempt)(void *subject),
			   void *subject)
{
	enum talk_wait why, waiting_for = WAIT_TRUST;
	bool waiting = false;

	for (;;) {
		struct fault fault = attempt(subject);
		bool needed = needs_person(fault.kind, &why);

		/* After any other fault nobody knows whether the person acted. */
		if (waiting && (!fault_is_set(&fault) || (needed && why != waiting_for))) {
			say_wait(talk, TALK_WAITED, waiting_for);
			waiting = false;
		}
		if (!needed)
			return fault;
		if (!waiting) {
			say_wait(talk, TALK_WAIT, why);
			waiting = true;
			waiting_for = why;
		}
		conversation_pause(talk, PATIENCE_POLL_MS);
	}
}
