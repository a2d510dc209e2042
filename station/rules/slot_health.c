/* SPDX-License-Identifier: Apache-2.0 */
/* Bad slot or bad device: what a port's history says about it, beside the rest of the bench. Pure.
 */
#include "station/rules/slot_health.h"

#include <stdio.h>

/* Fewer jobs or troubles than this are chance. */
#define JOBS_LEAST     3
#define TROUBLES_LEAST 3
/* A slot whose jobs have this many times the trouble of the other slots' jobs stands out. */
#define TIMES 3

static const char *const words[HEALTH_WORDS] = {
	[HEALTH_UNSURE] = "unsure",	[HEALTH_FINE] = "fine", [HEALTH_SLOT] = "bad-slot",
	[HEALTH_DEVICE] = "bad-device", [HEALTH_SLOW] = "slow",
};

const char *health_word_to_text(enum health_word word)
{
	return words[word];
}

bool slot_health_is_link(enum fault_kind fault)
{
	return fault == FAULT_NOT_REACHABLE || fault == FAULT_LINK_LOST ||
	       fault == FAULT_LINK_REFUSED || fault == FAULT_ANSWER_LATE ||
	       fault == FAULT_TLS_FAILED || fault == FAULT_DEADLINE || fault == FAULT_IDENTITY_ODD;
}

static void add_fault(struct slot_health *health, enum fault_kind kind, unsigned count)
{
	unsigned i = 0;

	while (i < health->fault_count && health->faults[i].kind != kind)
		i++;
	if (i == HEALTH_FAULTS_MAX)
		return;
	if (i == health->fault_count)
		health->faults[health->fault_count++].kind = kind;
	health->faults[i].jobs += count;
}

/* Returns how much of it is trouble that a port makes. */
static unsigned add_count(struct slot_health *health, const struct health_count *count)
{
	switch (count->what) {
	case HEALTH_JOBS:
		health->jobs += count->count;
		return 0;
	case HEALTH_DISCONNECTS:
		health->disconnects += count->count;
		return count->count;
	case HEALTH_REENUMERATIONS:
		health->reenumerations += count->count;
		return count->count;
	case HEALTH_FAULTS:
		add_fault(health, count->kind, count->count);
		return slot_health_is_link(count->kind) ? count->count : 0;
	}
	return 0;
}

void slot_health_add(struct slot_health *health, const struct health_count *counts, size_t n)
{
	unsigned troubles = 0;

	for (size_t i = 0; i < n; i++)
		troubles += add_count(health, &counts[i]);
	health->devices++;
	health->troubles += troubles;
	health->troubled += troubles > 0;
}

enum health_word slot_health_judge(const struct slot_health *list, size_t n, size_t at)
{
	const struct slot_health *own = &list[at];
	unsigned long long jobs = 0, troubles = 0;

	for (size_t i = 0; i < n; i++) {
		jobs += i == at ? 0 : list[i].jobs;
		troubles += i == at ? 0 : list[i].troubles;
	}
	if (own->speed > 0 && own->speed < HEALTH_SPEED)
		return HEALTH_SLOW;
	if (own->jobs < JOBS_LEAST)
		return HEALTH_UNSURE;
	if (own->troubles < TROUBLES_LEAST)
		return HEALTH_FINE;
	if (own->troubled == 1)
		return own->devices > 1 ? HEALTH_DEVICE : HEALTH_UNSURE;
	/* A bench on which every slot has trouble has it from something else: a hub, usbmuxd. */
	return own->troubles * jobs > TIMES * troubles * own->jobs || jobs == 0 ? HEALTH_SLOT
										: HEALTH_FINE;
}

void slot_health_sentence(const struct slot_health *health, enum health_word word,
			  char out[static CLEAN_MAX + 1])
{
	const unsigned room = CLEAN_MAX + 1;

	out[0] = '\0';
	switch (word) {
	case HEALTH_UNSURE:
	case HEALTH_FINE:
		break;
	case HEALTH_SLOT:
		snprintf(out, room,
			 "%u of %u devices lost their connection here, far more than elsewhere: "
			 "change the cable of this slot; if it stays, leave the port free.",
			 health->troubled, health->devices);
		break;
	case HEALTH_DEVICE:
		snprintf(out, room,
			 "One device lost its connection %u times here, the %u others never: "
			 "it is the device, not the slot.",
			 health->troubles, health->devices - 1);
		break;
	case HEALTH_SLOW:
		snprintf(out, room,
			 "It runs at %u Mbit/s instead of %u: change the cable, then the port.",
			 health->speed, HEALTH_SPEED);
		break;
	}
}
