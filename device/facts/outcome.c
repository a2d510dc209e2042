/* SPDX-License-Identifier: Apache-2.0 */
/* How a job ended. */
#include "device/facts/outcome.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

static const char *const texts[] = {
	[OUTCOME_NONE] = "",
	[OUTCOME_PASSED] = "passed",
	[OUTCOME_FAILED] = "failed",
	[OUTCOME_SET_ASIDE] = "set-aside",
	[OUTCOME_REMOVED] = "removed",
	[OUTCOME_HANDED_OVER] = "handed-over",
	[OUTCOME_INTERRUPTED] = "interrupted",
};

const char *outcome_to_text(enum outcome outcome)
{
	return texts[outcome];
}

int outcome_from_text(const char *text, enum outcome *ret_outcome)
{
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (strcmp(text, texts[i]) == 0) {
			*ret_outcome = (enum outcome)i;
			return 0;
		}
	}
	return -EINVAL;
}

bool outcome_is_final(enum outcome outcome)
{
	return outcome != OUTCOME_NONE && outcome != OUTCOME_INTERRUPTED;
}
