/* SPDX-License-Identifier: Apache-2.0 */
/* What usbmuxd's troubles mean: when its restart is asked for, and when one device is behind them.
 */
#include "station/rules/health.h"

#include <string.h>

/* Forgets restarts that are too long ago, or too many to matter. */
static void forget_old(struct health *health, msec_t now)
{
	unsigned old = health->count > HEALTH_RESTARTS_MAX;

	while (old < health->count && now - health->restarts[old] > HEALTH_WINDOW)
		old++;
	health->count -= old;
	memmove(health->restarts, health->restarts + old,
		health->count * sizeof health->restarts[0]);
}

static enum health_deed count_restart(struct health *health, msec_t now)
{
	forget_old(health, now);
	health->restarts[health->count++] = now;
	return health->count > HEALTH_RESTARTS_MAX ? HEALTH_NAME_LAST : HEALTH_SAY_COUNT;
}

enum health_deed health_hear(struct health *health, enum health_news news, msec_t now)
{
	bool was_hung = health->hung, was_broken = health->broken;

	switch (news) {
	case HEALTH_HUNG:
		health->hung = true;
		return was_hung ? HEALTH_NOTHING : HEALTH_RESTART;
	case HEALTH_AWAKE:
		health->hung = false;
		return was_hung ? HEALTH_SAY_AWAKE : HEALTH_NOTHING;
	case HEALTH_BLIND:
		health->hung = health->broken = false;
		return HEALTH_NOTHING;
	case HEALTH_IDLE:
	case HEALTH_LOST:
		health->broken |= was_hung || news == HEALTH_LOST;
		health->hung = false;
		return HEALTH_NOTHING;
	case HEALTH_BACK:
		health->broken = health->hung = false;
		return was_broken || was_hung ? count_restart(health, now) : HEALTH_NOTHING;
	}
	return HEALTH_NOTHING;
}

bool health_is_doubtful(enum fault_kind fault)
{
	return fault == FAULT_LINK_REFUSED || fault == FAULT_ANSWER_LATE || fault == FAULT_DEADLINE;
}
