/* SPDX-License-Identifier: Apache-2.0 */
/* A Mac that was handed its profile: who, which, how, and what is known to have come of it. */
#include "station/values/handover.h"

#include <errno.h>
#include <string.h>

static const char *const ways[HANDOVER_WAYS] = {
	[HANDOVER_STICK] = "stick",
	[HANDOVER_PAGE] = "page",
	[HANDOVER_RECORD] = "record",
};

static const struct {
	const char *word, *sentence;
	bool verified;
	enum outcome outcome;
	enum fault_kind fault;
} standings[HANDOVER_STANDINGS] = {
	[HANDOVER_GIVEN] = { "given", "handed over", false, OUTCOME_HANDED_OVER, FAULT_NONE },
	[HANDOVER_TOLD] = { "told", "enrolled, by a person's word", false, OUTCOME_HANDED_OVER,
			    FAULT_NONE },
	[HANDOVER_UNPROVEN] = { "unproven", "enrolled, the Mac says; where is not proved", false,
				OUTCOME_HANDED_OVER, FAULT_NONE },
	[HANDOVER_ENROLLED] = { "enrolled", "enrolled, the Mac says", true, OUTCOME_PASSED,
				FAULT_NONE },
	[HANDOVER_NOT] = { "not-enrolled", "not enrolled, the Mac says", false, OUTCOME_FAILED,
			   FAULT_NOT_ENROLLED },
	[HANDOVER_ELSEWHERE] = { "elsewhere", "enrolled elsewhere, the Mac says", false,
				 OUTCOME_SET_ASIDE, FAULT_ENROLLED_ELSEWHERE },
};

const char *handover_way_to_text(enum handover_way way)
{
	return ways[way];
}

int handover_way_from_text(const char *text, enum handover_way *ret_way)
{
	for (unsigned i = 0; i < HANDOVER_WAYS; i++) {
		if (strcmp(text, ways[i]) == 0) {
			*ret_way = (enum handover_way)i;
			return 0;
		}
	}
	return -EINVAL;
}

const char *handover_standing_sentence(enum handover_standing standing)
{
	return standings[standing].sentence;
}

const char *handover_standing_to_text(enum handover_standing standing)
{
	return standings[standing].word;
}

int handover_standing_from_text(const char *text, enum handover_standing *ret_standing)
{
	for (unsigned i = 0; i < HANDOVER_STANDINGS; i++) {
		if (strcmp(text, standings[i].word) == 0) {
			*ret_standing = (enum handover_standing)i;
			return 0;
		}
	}
	return -EINVAL;
}

bool handover_is_verified(enum handover_standing standing)
{
	return standings[standing].verified;
}

enum outcome handover_outcome(enum handover_standing standing)
{
	return standings[standing].outcome;
}

enum fault_kind handover_fault(enum handover_standing standing)
{
	return standings[standing].fault;
}
