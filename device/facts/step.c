/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a job: what they are called, and how long each may take. */
#include "device/facts/step.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS 1000
#define MINUTES (60 * SECONDS)

static const struct {
	const char *word;
	bool repeats;
	struct step_limits limits;
} kinds[STEP_KINDS] = {
	[STEP_PAIR] = { "pair", false, { 10 * SECONDS, 45 * SECONDS, 10 * MINUTES, 3 } },
	[STEP_INSTALL] = { "install", true, { 20 * SECONDS, 90 * SECONDS, 10 * MINUTES, 3 } },
	[STEP_NAME] = { "name", false, { 5 * SECONDS, 20 * SECONDS, 5 * MINUTES, 3 } },
	[STEP_VERIFY] = { "verify", false, { 10 * SECONDS, 45 * SECONDS, 10 * MINUTES, 3 } },
	[STEP_HANDOVER] = { "handover", false, { 0 } }, /* nothing here waits for it */
};

const char *step_kind_to_text(enum step_kind kind)
{
	return kinds[kind].word;
}

const char *step_to_text(struct step_id id, char out[static STEP_TEXT_MAX])
{
	if (kinds[id.kind].repeats)
		snprintf(out, STEP_TEXT_MAX, "%s.%u", kinds[id.kind].word, id.ordinal);
	else
		snprintf(out, STEP_TEXT_MAX, "%s", kinds[id.kind].word);
	return out;
}

/* Reads ".2" with 1..STEPS_MAX and nothing around it; 0 when it is not that. */
static unsigned parse_ordinal(const char *dot)
{
	char *end;
	unsigned long n;

	if (dot[0] != '.' || dot[1] < '1' || dot[1] > '9')
		return 0;
	n = strtoul(dot + 1, &end, 10);
	return *end == '\0' && n <= STEPS_MAX ? (unsigned)n : 0;
}

int step_from_text(const char *text, struct step_id *ret_id)
{
	for (unsigned k = 0; k < STEP_KINDS; k++) {
		size_t len = strlen(kinds[k].word);
		unsigned ordinal;

		if (strncmp(text, kinds[k].word, len) != 0)
			continue;
		if (kinds[k].repeats)
			ordinal = parse_ordinal(text + len);
		else
			ordinal = text[len] == '\0';
		if (ordinal == 0)
			continue;
		*ret_id = (struct step_id){ (enum step_kind)k, ordinal };
		return 0;
	}
	return -EINVAL;
}

bool step_equal(struct step_id a, struct step_id b)
{
	return a.kind == b.kind && a.ordinal == b.ordinal;
}

struct step_limits step_default_limits(enum step_kind kind)
{
	return kinds[kind].limits;
}

static const char *const outcomes[] = {
	[STEP_TODO] = "todo",	    [STEP_BEGUN] = "begun",   [STEP_DONE] = "done",
	[STEP_ALREADY] = "already", [STEP_FAILED] = "failed", [STEP_SKIPPED] = "skipped",
	[STEP_UNKNOWN] = "unknown",
};

const char *step_outcome_to_text(enum step_outcome outcome)
{
	return outcomes[outcome];
}

int step_outcome_from_text(const char *text, enum step_outcome *ret_outcome)
{
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		if (strcmp(text, outcomes[i]) == 0) {
			*ret_outcome = (enum step_outcome)i;
			return 0;
		}
	}
	return -EINVAL;
}

bool step_outcome_is_good(enum step_outcome outcome)
{
	return outcome == STEP_DONE || outcome == STEP_ALREADY;
}
