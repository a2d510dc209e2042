/* SPDX-License-Identifier: Apache-2.0 */
/* The Intune account that a session is for, and the source's enrollment profile in it. */
#ifndef STATION_GRAPH_ACCOUNT_H
#define STATION_GRAPH_ACCOUNT_H

#include <stdbool.h>

#include "profiles/library/source.h"
#include "station/graph/enrollment.h"
#include "station/graph/session.h"

struct account_profile {
	char account[ENROLLMENT_ID_MAX + 1];
	struct enrollment_profile profile; /* zeroed when it would have to be made */
	bool made;			   /* it was not there before; with ONLY_LOOK: it is not */
};

/*
 * Finds the source's profile by its name, and makes it when there is none and the source says so,
 * unless ONLY_LOOK. One that asks for a user is refused: direct enrollment knows none.
 * Returns 0 and RET_PROFILE, or -1 and REFUSAL.
 */
int account_find_profile(struct session *session, const struct source *source, bool only_look,
			 struct account_profile *ret_profile, struct refusal *refusal);

#endif
