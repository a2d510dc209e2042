/* SPDX-License-Identifier: Apache-2.0 */
/* What the station writes into the ledger: one row for each thing that happened. */
#include "station/ledger/ledger_store.h"

#include <errno.h>

/* Runs an insert that must have written one row. Returns 0 or negative errno. */
static int insert(struct query *query)
{
	int r = query_run(query);

	return r < 0 ? r : 0;
}

/* The same, and RET_ID is the new row's number. */
static int insert_numbered(struct query *query, int64_t *ret_id)
{
	int r = insert(query);

	if (r == 0)
		*ret_id = sqlite3_last_insert_rowid(query->ledger->db);
	return r;
}

int ledger_open_job(struct ledger *ledger, const struct job_opening *opening, wall_t now,
		    int64_t *ret_job)
{
	struct query query = query_new(ledger, SQL_INSERT_JOB);
	int r = ledger->failed ? 0 : ledger_check_room(ledger);

	if (r < 0)
		return r;
	query_put_text(&query, opening->udid.text);
	query_put_text(&query, opening->batch);
	query_put_text(&query, opening->blueprint);
	query_put_text(&query, opening->blueprint_sha256);
	query_put_text(&query, opening->operator);
	query_put_number(&query, now);
	return insert_numbered(&query, ret_job);
}

int ledger_begin_attachment(struct ledger *ledger, int64_t job, const char *slot, const char *port,
			    unsigned speed, wall_t now, int64_t *ret_attachment)
{
	struct query query = query_new(ledger, SQL_INSERT_ATTACHMENT);

	query_put_number(&query, job);
	query_put_text(&query, slot);
	query_put_text(&query, port);
	query_put_number(&query, speed);
	query_put_number(&query, now);
	return insert_numbered(&query, ret_attachment);
}

int ledger_reenumeration(struct ledger *ledger, const char *port, const struct udid *udid,
			 wall_t now)
{
	struct query query = query_new(ledger, SQL_INSERT_REENUMERATION);

	query_put_text(&query, port);
	query_put_text(&query, udid->text);
	query_put_number(&query, now);
	return insert(&query);
}

int ledger_end_attachment(struct ledger *ledger, int64_t attachment, const char *how, wall_t now)
{
	struct query query = query_new(ledger, SQL_INSERT_ATTACHMENT_END);

	query_put_number(&query, attachment);
	query_put_text(&query, how);
	query_put_number(&query, now);
	return insert(&query);
}

int ledger_begin_step(struct ledger *ledger, int64_t job, struct step_id step, unsigned attempt,
		      const char *sha256, wall_t now)
{
	struct query query = query_new(ledger, SQL_INSERT_STEP_BEGIN);
	char text[STEP_TEXT_MAX];

	query_put_number(&query, job);
	query_put_text(&query, step_to_text(step, text));
	query_put_number(&query, attempt);
	query_put_text(&query, sha256);
	query_put_number(&query, now);
	return insert(&query);
}

static int insert_link(struct ledger *ledger, int64_t fault, unsigned position,
		       const struct fault_link *link)
{
	struct query query = query_new(ledger, SQL_INSERT_FAULT_LINK);

	query_put_number(&query, fault);
	query_put_number(&query, position);
	query_put_text(&query, link->domain);
	query_put_number(&query, link->code);
	query_put_text(&query, link->text);
	return insert(&query);
}

/* Writes FAULT, if it is one, with its chain, for the end of a step (its row) or of JOB (0). */
static int insert_fault(struct ledger *ledger, int64_t job, int64_t step_end,
			const struct fault *fault)
{
	struct query query = query_new(ledger, SQL_INSERT_FAULT);
	char step[STEP_TEXT_MAX] = "";
	int64_t id;
	int r;

	if (!fault || !fault_is_set(fault))
		return 0;
	if (fault->has_step)
		step_to_text(fault->step, step);
	query_put_number(&query, job);
	query_put_number(&query, step_end);
	query_put_text(&query, fault_name(fault->kind));
	query_put_text(&query, step);
	query_put_text(&query, fault->domain);
	query_put_number(&query, fault->code);
	query_put_text(&query, fault->text);
	r = insert_numbered(&query, &id);
	for (unsigned i = 0; r == 0 && i < fault->chain_len; i++)
		r = insert_link(ledger, id, i, &fault->chain[i]);
	return r;
}

int ledger_end_step(struct ledger *ledger, int64_t job, struct step_id step, unsigned attempt,
		    const struct step_end *end, wall_t now)
{
	struct query query = query_new(ledger, SQL_INSERT_STEP_END);
	char text[STEP_TEXT_MAX];
	int r;

	query_put_number(&query, job);
	query_put_text(&query, step_to_text(step, text));
	query_put_number(&query, end->outcome == STEP_SKIPPED ? 0 : attempt);
	query_put_text(&query, step_outcome_to_text(end->outcome));
	query_put_number(&query, end->verified);
	query_put_text(&query, end->detail);
	query_put_number(&query, now);
	r = query_run(&query);
	if (r <= 0)
		return r < 0 ? r : -ENOENT;
	return insert_fault(ledger, job, sqlite3_last_insert_rowid(ledger->db), end->fault);
}

int ledger_note(struct ledger *ledger, int64_t job, enum note_key key, const char *value,
		wall_t now)
{
	struct query query = query_new(ledger, SQL_INSERT_NOTE);

	query_put_number(&query, job);
	query_put_text(&query, note_key_to_text(key));
	query_put_text(&query, value);
	query_put_number(&query, now);
	return insert(&query);
}

int ledger_end_job(struct ledger *ledger, int64_t job, enum outcome outcome,
		   const struct fault *fault, wall_t now)
{
	struct query query = query_new(ledger, SQL_INSERT_JOB_END);
	int r;

	query_put_number(&query, job);
	query_put_text(&query, outcome_to_text(outcome));
	query_put_number(&query, now);
	r = insert(&query);
	return r < 0 ? r : insert_fault(ledger, job, 0, fault);
}
