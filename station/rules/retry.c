/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault costs: whether another worker tries again, and how long it waits before that. */
#include "station/rules/retry.h"

#include <stdint.h>

/* The pauses, in milliseconds. */
#define PAUSE_FIRST 1000
#define PAUSE_MOST  30000

bool retry_is_due(enum fault_kind fault, unsigned faults, unsigned attempts)
{
	return fault_may_retry(fault) && faults < attempts;
}

/* FNV-1a: spreads names that differ in their last digit only. */
static uint64_t spread(const struct udid *device, unsigned faults)
{
	uint64_t hash = 14695981039346656037U;

	for (const char *c = device->text; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211U;
	return (hash ^ faults) * 1099511628211U;
}

msec_t retry_pause(unsigned faults, const struct udid *device)
{
	msec_t pause = PAUSE_FIRST;

	for (unsigned i = 1; i < faults && pause < PAUSE_MOST; i++)
		pause *= 2;
	if (pause > PAUSE_MOST)
		pause = PAUSE_MOST;
	/* The upper bits are the well mixed ones. */
	return pause + (msec_t)((spread(device, faults) >> 32) % (uint64_t)(pause / 2 + 1));
}

bool retry_is_echo(enum fault_kind fault)
{
	return fault == FAULT_LINK_LOST || fault == FAULT_LINK_REFUSED ||
	       fault == FAULT_TLS_FAILED || fault == FAULT_RECORD_UNSAVED ||
	       fault == FAULT_HOST_TROUBLE;
}
