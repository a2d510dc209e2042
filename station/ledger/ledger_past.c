/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger knows of a job when its device comes again. */
#include "station/ledger/ledger_store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/ledger/result.h"

/* The place of STEP among the COUNT STEPS, or COUNT. */
static unsigned place_of(const struct result_step *steps, unsigned count, struct step_id step)
{
	unsigned i = 0;

	while (i < count && !step_equal(steps[i].id, step))
		i++;
	return i;
}

/* Takes over the attempt in the row of QUERY as the newest of its step. */
static int take_attempt(const struct query *query, struct result_step *step)
{
	char cleaned[CLEAN_MAX + 1];
	char *detail;

	if (step_outcome_from_text(query_text(query, 1), &step->outcome) < 0)
		return -EUCLEAN;
	clean_string(query_text(query, 6), cleaned);
	detail = strdup(cleaned);
	if (!detail)
		return -ENOMEM;
	free(step->detail);
	step->detail = detail;
	step->verified = query_number(query, 2);
	step->attempts = (unsigned)query_number(query, 3);
	step->faults += (unsigned)query_number(query, 7);
	snprintf(step->sha256, sizeof step->sha256, "%s", query_text(query, 8));
	if (step->began == 0)
		step->began = query_number(query, 4);
	step->ended = query_number(query, 5);
	return 0;
}

int ledger_read_steps(struct ledger *ledger, int64_t job, struct result_step *ret_steps)
{
	struct query query = query_new(ledger, SQL_STEPS_OF_JOB);
	unsigned count = 0;
	int r;

	query_put_number(&query, job);
	while ((r = query_next(&query)) > 0) {
		struct step_id id;
		unsigned at;

		r = step_from_text(query_text(&query, 0), &id);
		at = r < 0 ? STEPS_MAX : place_of(ret_steps, count, id);
		if (at == STEPS_MAX) {
			r = -EUCLEAN;
			break;
		}
		if (at == count)
			ret_steps[count++] = (struct result_step){ .id = id };
		r = take_attempt(&query, &ret_steps[at]);
		if (r < 0)
			break;
	}
	query_end(&query);
	if (r == 0)
		return (int)count;
	while (count > 0)
		free(ret_steps[--count].detail);
	return r;
}

/* Reads the steps of RET_PAST->job. */
static int read_past_steps(struct ledger *ledger, struct job_past *ret_past)
{
	struct result_step steps[STEPS_MAX];
	int count = ledger_read_steps(ledger, ret_past->job, steps);

	if (count < 0)
		return count;
	ret_past->step_count = (unsigned)count;
	for (int i = 0; i < count; i++) {
		ret_past->steps[i].id = steps[i].id;
		ret_past->steps[i].outcome = steps[i].outcome;
		ret_past->steps[i].attempts = steps[i].attempts;
		ret_past->steps[i].faults = steps[i].faults;
		memcpy(ret_past->steps[i].sha256, steps[i].sha256, sizeof steps[i].sha256);
		free(steps[i].detail);
	}
	return 0;
}

int ledger_find_job(struct ledger *ledger, const struct udid *udid, const char *batch,
		    const char *blueprint, struct job_past *ret_past)
{
	struct query query = query_new(ledger, SQL_FIND_JOB);
	struct job_past past = { 0 };
	int r;

	query_put_text(&query, udid->text);
	query_put_text(&query, batch);
	query_put_text(&query, blueprint);
	r = query_next(&query);
	if (r <= 0)
		return r < 0 ? r : -ENOENT;
	past.job = query_number(&query, 0);
	r = outcome_from_text(query_text(&query, 1), &past.outcome);
	past.ended = query_number(&query, 2);
	query_end(&query);
	if (r < 0)
		return -EUCLEAN;
	r = read_past_steps(ledger, &past);
	if (r == 0)
		*ret_past = past;
	return r;
}
