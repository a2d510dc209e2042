/* SPDX-License-Identifier: Apache-2.0 */
/* What is proved brought into the ledger, by whoever holds the state directory. */
#include "station/faces/profile/proof_keep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "station/faces/enrollment_json.h"
#include "station/ledger/ledger_enrollment.h"
#include "station/tools/call_tell.h"
#include "station/tools/clock.h"

/* Where a list of enrollments goes, and why it did not get there. */
struct keeping {
	const struct state *state;
	struct ledger *ledger; /* NULL: the running station is told */
	char *why;	       /* CALL_WHY_MAX */
};

static int write_into(const struct keeping *keeping, const struct enrollments *enrollments)
{
	int r = ledger_add_enrollments(keeping->ledger, enrollments, clock_wall());

	if (r == 0)
		r = ledger_commit(keeping->ledger);
	if (r < 0)
		ledger_explain(keeping->state->ledger, r, keeping->why);
	return r;
}

/* Sends what has gathered on its way. */
static int flush(const struct keeping *keeping, struct enrollments *enrollments)
{
	int r = 0;

	if (enrollments->count > 0)
		r = keeping->ledger ? write_into(keeping, enrollments)
				    : call_tell(keeping->state, ENROLLMENTS_PATH,
						enrollments_to_json(enrollments), keeping->why);
	enrollments->count = 0;
	return r;
}

static int keep_all(const struct keeping *keeping, const char *source,
		    const struct proof_list *list)
{
	struct enrollments *enrollments = calloc(1, sizeof *enrollments);
	int r = 0;

	if (!enrollments) {
		snprintf(keeping->why, CALL_WHY_MAX, "no memory");
		return -ENOMEM;
	}
	clean_string(source, enrollments->source);
	for (size_t i = 0; i < list->count && r == 0; i++) {
		const struct proof *proof = &list->list[i];
		struct enrollment *one = &enrollments->list[enrollments->count];

		if (!proof->proved)
			continue;
		*one = (struct enrollment){ .job = proof->job,
					    .at = proof->managed.enrolled * 1000 };
		clean_string(proof->managed.profile, one->profile);
		if (++enrollments->count == ENROLLMENTS_MAX)
			r = flush(keeping, enrollments);
	}
	if (r == 0)
		r = flush(keeping, enrollments);
	free(enrollments);
	return r;
}

int proof_keep(const struct state *state, const char *source, const struct proof_list *list,
	       char why[static CALL_WHY_MAX])
{
	struct state mine = *state;
	struct keeping keeping = { .state = &mine, .why = why };
	unsigned interrupted;
	int r = state_lock(&mine);

	if (r == -EBUSY)
		return keep_all(&keeping, source, list);
	if (r < 0) {
		state_explain(&mine, r, why);
		return r;
	}
	r = ledger_open(mine.ledger, clock_wall(), &keeping.ledger, &interrupted);
	if (r < 0) {
		ledger_explain(mine.ledger, r, why);
	} else {
		r = keep_all(&keeping, source, list);
		ledger_close(keeping.ledger);
	}
	state_unlock(&mine);
	return r;
}
