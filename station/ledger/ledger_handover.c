/* SPDX-License-Identifier: Apache-2.0 */
/* Handovers in the ledger: each is a job that began and ended at once, with its one step. */
#include "station/ledger/ledger_handover.h"

#include <errno.h>

#include "station/ledger/ledger_store.h"

static const struct step_id step = { STEP_HANDOVER, 1 };

/* Returns 0, -EEXIST when the report is there, or negative errno. */
static int look_for_report(struct ledger *ledger, const char *sha256)
{
	struct query query = query_new(ledger, SQL_FIND_REPORT);
	int r;

	query_put_text(&query, sha256);
	r = query_next(&query);
	if (r <= 0)
		return r;
	query_end(&query);
	return -EEXIST;
}

static int add_notes(struct ledger *ledger, int64_t job, const struct handover *handover,
		     wall_t now)
{
	const struct {
		enum note_key key;
		const char *value;
	} notes[] = { { NOTE_SERIAL, handover->serial },
		      { NOTE_PRODUCT, handover->product },
		      { NOTE_OS, handover->os },
		      { NOTE_BUILD, handover->build } };
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof notes / sizeof notes[0]; i++)
		if (notes[i].value[0] != '\0')
			r = ledger_note(ledger, job, notes[i].key, notes[i].value, now);
	return r;
}

static int add_row(struct ledger *ledger, int64_t job, const struct handover *handover)
{
	struct query query = query_new(ledger, SQL_INSERT_HANDOVER);
	int r;

	query_put_number(&query, job);
	query_put_text(&query, handover_way_to_text(handover->way));
	query_put_text(&query, handover->profile);
	query_put_text(&query, handover->report_sha256);
	query_put_text(&query, handover->asset);
	query_put_text(&query, handover->note);
	r = query_run(&query);
	return r < 0 ? r : 0;
}

static int add_ends(struct ledger *ledger, int64_t job, const struct handover *handover, wall_t now)
{
	const enum fault_kind kind = handover_fault(handover->standing);
	const bool failed = kind != FAULT_NONE;
	struct fault fault = failed ? fault_new(kind, "%s", "") : fault_none();
	struct step_end end = { .outcome = failed ? STEP_FAILED : STEP_DONE,
				.verified = handover_is_verified(handover->standing),
				.detail = handover_standing_sentence(handover->standing),
				.fault = failed ? &fault : NULL };
	int r;

	fault.has_step = failed;
	fault.step = step;
	r = ledger_begin_step(ledger, job, step, 1, handover->profile_sha256, now);
	if (r == 0)
		r = ledger_end_step(ledger, job, step, 1, &end, now);
	if (r == 0)
		r = ledger_end_job(ledger, job, handover_outcome(handover->standing), end.fault,
				   now);
	return r;
}

int ledger_add_handover(struct ledger *ledger, const struct handover *handover, wall_t now,
			int64_t *ret_job)
{
	const struct job_opening opening = { .batch = handover->batch,
					     .blueprint = HANDOVER_BLUEPRINT,
					     .blueprint_sha256 = "",
					     .operator= handover->operator};
	int64_t job;
	int r = look_for_report(ledger, handover->report_sha256);

	if (r == 0)
		r = ledger_open_job(ledger, &opening, now, &job);
	if (r == 0)
		r = add_notes(ledger, job, handover, now);
	if (r == 0)
		r = add_row(ledger, job, handover);
	if (r == 0)
		r = add_ends(ledger, job, handover, now);
	if (r == 0)
		*ret_job = job;
	return r;
}
