/* SPDX-License-Identifier: Apache-2.0 */
/* How a job ended. */
#ifndef DEVICE_FACTS_OUTCOME_H
#define DEVICE_FACTS_OUTCOME_H

#include <stdbool.h>

enum outcome {
	OUTCOME_NONE,	     /* not ended */
	OUTCOME_PASSED,	     /* read back and found right */
	OUTCOME_FAILED,	     /* did not; a retry may help */
	OUTCOME_SET_ASIDE,   /* a person must decide */
	OUTCOME_REMOVED,     /* left and did not come back in time */
	OUTCOME_HANDED_OVER, /* a Mac's profile left the bench; nothing has proved more */
	OUTCOME_INTERRUPTED, /* the station ended first; the job goes on at its next start */
};

/* "passed", "failed", "set-aside", "removed", "handed-over", "interrupted"; "" for
 * none. */
const char *outcome_to_text(enum outcome outcome);
/* The reverse; "" is OUTCOME_NONE. Returns 0, or -EINVAL and leaves RET_OUTCOME alone. */
int outcome_from_text(const char *text, enum outcome *ret_outcome);
/* True for the ends after which the job is never taken up again. */
bool outcome_is_final(enum outcome outcome);

#endif
