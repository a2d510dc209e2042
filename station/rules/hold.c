/* SPDX-License-Identifier: Apache-2.0 */
/* Exactly once: what an earlier job of a device means when the device comes (again). */
#include "station/rules/hold.h"

enum hold hold_decide(const struct hold_past *past, bool in_batch, bool again, wall_t since,
		      wall_t now)
{
	if (!past->exists)
		return HOLD_NEW;
	switch (past->outcome) {
	case OUTCOME_NONE:
	case OUTCOME_INTERRUPTED:
		return HOLD_RESUME;
	case OUTCOME_FAILED:
	case OUTCOME_SET_ASIDE:
	case OUTCOME_REMOVED:
	case OUTCOME_HANDED_OVER:
		return HOLD_NEW;
	case OUTCOME_PASSED:
		break;
	}
	if (again && past->ended < since)
		return HOLD_NEW;
	/* A clock that was set back makes an end lie in the future: it counts as just now. */
	return in_batch || now - past->ended < HOLD_TIME_MSEC ? HOLD_HELD : HOLD_NEW;
}
