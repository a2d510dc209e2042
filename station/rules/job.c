/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of one attachment: what its worker may say now, what it means, how it is judged. */
#include "station/rules/job.h"

#include <assert.h>
#include <string.h>

#define IN(phase)   (1U << JOB_##phase)
#define IN_STEP	    (IN(ACTING) | IN(WAITING))
#define AFTER_HELLO (IN(LOOKING) | IN(CHOOSING) | IN(IDLE) | IN(ASKED) | IN_STEP)

/* In which phases each verb is permitted. A worker that may not know our answer yet (CHOOSING,
 * ASKED) may still note, and give up. */
static const unsigned permitted[] = {
	[TALK_HELLO] = IN(SILENT),  [TALK_READY] = IN(LOOKING),	 [TALK_WANT] = IN(IDLE),
	[TALK_NOTE] = AFTER_HELLO,  [TALK_WAIT] = IN_STEP,	 [TALK_WAITED] = IN(WAITING),
	[TALK_DONE] = IN(ACTING),   [TALK_ALREADY] = IN(ACTING), [TALK_CHAIN] = AFTER_HELLO,
	[TALK_FAULT] = AFTER_HELLO, [TALK_ABSENT] = IN_STEP,	 [TALK_END] = AFTER_HELLO,
};

static const char *const phases[JOB_PHASES] = {
	[JOB_SILENT] = "before hello",	   [JOB_LOOKING] = "before ready",
	[JOB_CHOOSING] = "before a plan",  [JOB_IDLE] = "between steps",
	[JOB_ASKED] = "before go",	   [JOB_ACTING] = "in a step",
	[JOB_WAITING] = "while it waited", [JOB_OVER] = "after its last word",
};

static enum job_heard offend(struct job *job, struct fault fault)
{
	job->phase = JOB_OVER;
	job->offended = true;
	job->fault = fault;
	return HEARD_OFFENCE;
}

static enum job_heard lie(struct job *job, const struct talk *talk, const char *why)
{
	char step[STEP_TEXT_MAX] = "";

	if (talk->verb == TALK_WANT || talk->verb == TALK_DONE || talk->verb == TALK_ALREADY ||
	    talk->verb == TALK_ABSENT)
		step_to_text(talk->step, step);
	return offend(job, fault_new(FAULT_WORKER_LIED, "it said \"%s%s%s\" %s",
				     talk_verb_to_text(talk->verb), *step ? " " : "", step, why));
}

static int find_step(const struct job *job, struct step_id id)
{
	for (unsigned i = 0; i < job->step_count; i++)
		if (step_equal(job->steps[i].id, id))
			return (int)i;
	return -1;
}

/* The first step from FROM on that is not done, or step_count. */
static unsigned first_open(const struct job *job, unsigned from)
{
	while (from < job->step_count && step_outcome_is_good(job->steps[from].outcome))
		from++;
	return from;
}

/* Steps come in the plan's order, and none that is not done is left out. A step that an earlier
 * worker did may be wanted again: a session must be opened anew, a profile may be gone. */
static enum job_heard hear_want(struct job *job, const struct talk *talk)
{
	int at = find_step(job, talk->step);

	if (at < 0)
		return lie(job, talk, "of a step that is not in its plan");
	if ((unsigned)at < job->next)
		return lie(job, talk, "after it had ended that step or a later one");
	if (first_open(job, job->next) < (unsigned)at)
		return lie(job, talk, "with a step before it not done");
	job->phase = JOB_ASKED;
	if (job->told_to_stop)
		return HEARD_NOTHING;
	job->at = (unsigned)at;
	job->steps[at].outcome = STEP_BEGUN;
	job->steps[at].attempts++;
	return HEARD_WANT;
}

static enum job_heard hear_step_end(struct job *job, const struct talk *talk, unsigned *ret_ended)
{
	struct job_step *step = &job->steps[job->at];

	if (!step_equal(step->id, talk->step))
		return lie(job, talk, "of a step that it was not told to do");
	step->outcome = talk->verb == TALK_DONE ? STEP_DONE : STEP_ALREADY;
	step->verified = talk->verified;
	job->next = job->at + 1;
	job->phase = JOB_IDLE;
	*ret_ended = job->at;
	return HEARD_STEP_END;
}

static enum job_heard hear_last_word(struct job *job, enum job_word word)
{
	job->word = word;
	job->phase = JOB_OVER;
	return HEARD_LAST_WORD;
}

static enum job_heard hear_fault(struct job *job, const struct fault *fault)
{
	job->fault = *fault;
	job->fault.chain_len = job->chain.chain_len;
	memcpy(job->fault.chain, job->chain.chain, sizeof job->fault.chain);
	return hear_last_word(job, WORD_FAULT);
}

static enum job_heard hear_absent(struct job *job, const struct talk *talk)
{
	if (!step_equal(job->steps[job->at].id, talk->step))
		return lie(job, talk, "of a step that it was not told to do");
	job->absent = talk->seconds;
	return hear_last_word(job, WORD_ABSENT);
}

static bool all_verified(const struct job *job)
{
	return job->step_count > 0 && first_open(job, 0) == job->step_count &&
	       job->steps[job->step_count - 1].id.kind == STEP_VERIFY &&
	       job->steps[job->step_count - 1].verified;
}

static enum job_heard hear_end(struct job *job, const struct talk *talk)
{
	if (!all_verified(job) && !job->told_to_stop)
		return lie(job, talk,
			   first_open(job, 0) < job->step_count || job->step_count == 0
				   ? "with steps not done"
				   : "without having verified");
	return hear_last_word(job, WORD_END);
}

static enum job_heard hear_wait(struct job *job, enum talk_wait why)
{
	job->why = why;
	job->phase = JOB_WAITING;
	return HEARD_WAIT;
}

static enum job_heard hear_waited(struct job *job, const struct talk *talk)
{
	if (talk->why != job->why)
		return lie(job, talk, "for what it did not wait for");
	job->phase = JOB_ACTING;
	return HEARD_WAITED;
}

static enum job_heard hear_chain(struct job *job, const struct fault_link *link)
{
	fault_add_link(&job->chain, link->domain, link->code, link->text);
	return HEARD_NOTHING;
}

enum job_heard job_hear(struct job *job, const struct talk *talk, unsigned *ret_ended)
{
	if (job->offended)
		return HEARD_NOTHING;
	if (++job->said > TALK_RECORDS_MAX)
		return offend(job, fault_new(FAULT_WORKER_BABBLED, "more than %d records",
					     TALK_RECORDS_MAX));
	if (!(permitted[talk->verb] & 1U << job->phase))
		return lie(job, talk, phases[job->phase]);
	switch (talk->verb) {
	case TALK_HELLO:
		job->phase = JOB_LOOKING;
		return HEARD_HELLO;
	case TALK_READY:
		job->phase = JOB_CHOOSING;
		return HEARD_READY;
	case TALK_WANT:
		return hear_want(job, talk);
	case TALK_NOTE:
		return HEARD_NOTE;
	case TALK_WAIT:
		return hear_wait(job, talk->why);
	case TALK_WAITED:
		return hear_waited(job, talk);
	case TALK_DONE:
	case TALK_ALREADY:
		return hear_step_end(job, talk, ret_ended);
	case TALK_CHAIN:
		return hear_chain(job, &talk->fault.chain[0]);
	case TALK_FAULT:
		return hear_fault(job, &talk->fault);
	case TALK_ABSENT:
		return hear_absent(job, talk);
	case TALK_END:
		return hear_end(job, talk);
	}
	return job_hear_garbage(job);
}

enum job_heard job_hear_garbage(struct job *job)
{
	if (job->offended)
		return HEARD_NOTHING;
	return offend(job, fault_new(FAULT_WORKER_BABBLED, "a record of no known form %s",
				     phases[job->phase]));
}

void job_start(struct job *job, const struct job_step *steps, unsigned count)
{
	assert(job->phase == JOB_CHOOSING && count <= STEPS_MAX);
	memcpy(job->steps, steps, count * sizeof *steps);
	job->step_count = count;
	job->phase = JOB_IDLE;
}

void job_go(struct job *job)
{
	assert(job->phase == JOB_ASKED);
	job->phase = JOB_ACTING;
}

bool job_in_step(const struct job *job)
{
	/* A step that was begun and whose end was not said stays `begun`, whatever the phase. */
	return job->at < job->step_count && job->steps[job->at].outcome == STEP_BEGUN;
}

const struct job_step *job_current_step(const struct job *job)
{
	unsigned at = job_in_step(job) ? job->at : first_open(job, job->next);

	return at < job->step_count ? &job->steps[at] : NULL;
}

unsigned job_good_steps(const struct job *job)
{
	unsigned good = 0;

	for (unsigned i = 0; i < job->step_count; i++)
		good += step_outcome_is_good(job->steps[i].outcome);
	return good;
}

static enum fault_kind overdue_kind(const struct job *job)
{
	if (job->phase != JOB_WAITING)
		return FAULT_DEADLINE;
	switch (job->why) {
	case WAIT_TRUST:
		return FAULT_TRUST_MISSED;
	case WAIT_PASSCODE:
		return FAULT_PASSCODE_LOCKED;
	case WAIT_APPROVAL:
		return FAULT_APPROVAL_MISSED;
	}
	return FAULT_DEADLINE;
}

struct fault job_overdue(const struct job *job)
{
	const struct job_step *step = job_current_step(job);
	struct fault fault = fault_new(overdue_kind(job), "%s", phases[job->phase]);

	fault.has_step = step != NULL;
	if (step)
		fault.step = step->id;
	return fault;
}

static struct fault died(const struct job *job, const struct job_end *end)
{
	switch (end->exit) {
	case EXIT_STATUS:
		return fault_new(FAULT_WORKER_DIED, "exit status %d%s", end->number,
				 job->word == WORD_NONE ? " without a last word" : "");
	case EXIT_SIGNAL:
		return fault_new(FAULT_WORKER_DIED, "signal %d (%s)", end->number,
				 strsignal(end->number));
	case EXIT_UNSTARTED:
		return fault_new(FAULT_HOST_TROUBLE, "its worker could not be started: %s",
				 strerror(end->number));
	}
	return fault_new(FAULT_WORKER_DIED, "%s", "");
}

static struct job_verdict ended(const struct job *job, struct fault fault)
{
	const struct job_step *step = job_current_step(job);

	if (!fault.has_step && step) {
		fault.has_step = true;
		fault.step = step->id;
	}
	return (struct job_verdict){ fault_outcome(fault.kind), fault, STEP_UNKNOWN };
}

static struct job_verdict failed(const struct job *job, struct fault fault)
{
	struct job_verdict verdict = ended(job, fault);

	verdict.step = STEP_FAILED;
	return verdict;
}

/* Why the station ended the worker. What it was doing in that moment nobody knows, unless it only
 * waited for a person. */
static struct job_verdict condemned(const struct job *job, const struct fault *fault)
{
	bool nobody_came = fault->kind == FAULT_TRUST_MISSED ||
			   fault->kind == FAULT_PASSCODE_LOCKED ||
			   fault->kind == FAULT_APPROVAL_MISSED;

	return nobody_came ? failed(job, *fault) : ended(job, *fault);
}

/* The order matters. What the station held against the worker comes first; a whole and proven job
 * stands even if the device was pulled a moment later; and a fault that was said of a device that
 * is no longer there is only the echo of its leaving. */
struct job_verdict job_judge(const struct job *job, const struct job_end *end)
{
	static const struct job_verdict goes_on = { .step = STEP_UNKNOWN };
	bool clean = end->exit == EXIT_STATUS && end->number == 0;

	if (fault_is_set(&end->condemned))
		return condemned(job, &end->condemned);
	if (job->offended)
		return ended(job, job->fault);
	if (clean && job->word == WORD_END && all_verified(job))
		return (struct job_verdict){ .outcome = OUTCOME_PASSED };
	if (end->left || job->told_to_stop)
		return goes_on;
	if (clean && job->word == WORD_ABSENT)
		return goes_on;
	if (clean && job->word == WORD_FAULT)
		return failed(job, job->fault);
	return ended(job, died(job, end));
}
