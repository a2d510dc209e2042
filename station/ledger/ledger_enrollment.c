/* SPDX-License-Identifier: Apache-2.0 */
/* Enrollments in the ledger: what an MDM says of jobs, beside what their devices said. */
#include "station/ledger/ledger_enrollment.h"

static int add(struct ledger *ledger, const char *source, const struct enrollment *enrollment,
	       wall_t now)
{
	char when[WALL_TEXT_MAX];
	int r = ledger_note(ledger, enrollment->job, NOTE_ENROLLED_BY, enrollment->profile, now);

	if (r == 0)
		r = ledger_note(ledger, enrollment->job, NOTE_ENROLLED_IN, source, now);
	if (r == 0)
		r = ledger_note(ledger, enrollment->job, NOTE_ENROLLED,
				wall_to_text(enrollment->at, when), now);
	return r;
}

int ledger_add_enrollments(struct ledger *ledger, const struct enrollments *enrollments, wall_t now)
{
	int r = 0;

	for (size_t i = 0; i < enrollments->count && r == 0; i++)
		r = add(ledger, enrollments->source, &enrollments->list[i], now);
	return r;
}
