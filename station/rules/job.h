/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of one attachment: what its worker may say now, what it means, how it is judged. */
#ifndef STATION_RULES_JOB_H
#define STATION_RULES_JOB_H

#include <stdbool.h>

#include "device/facts/fault.h"
#include "device/facts/outcome.h"
#include "device/facts/step.h"
#include "device/facts/talk.h"
#include "station/values/exit_kind.h"

/* How far the conversation (talk.h) has come. */
enum job_phase {
	JOB_SILENT,   /* nothing said yet */
	JOB_LOOKING,  /* hello was said; what can be read before trust, then ready */
	JOB_CHOOSING, /* ready was said; the plan is not whole yet */
	JOB_IDLE,     /* between two steps */
	JOB_ASKED,    /* want was said; begun is not durable yet */
	JOB_ACTING,   /* in a step */
	JOB_WAITING,  /* in a step, and a person must act */
	JOB_OVER,     /* the last word was said, or one that was not permitted */
};
#define JOB_PHASES 8

/* The last word of a worker. */
enum job_word {
	WORD_NONE,
	WORD_FAULT,
	WORD_ABSENT,
	WORD_END,
};

struct job_step {
	struct step_id id;
	enum step_outcome outcome;
	bool verified;
	unsigned attempts; /* over the whole job */
	unsigned faults;   /* how many of them ended with a fault */
};

/* A zeroed one is the conversation before its first word. */
struct job {
	enum job_phase phase;
	bool told_to_stop;   /* an early end is no lie then */
	unsigned said;	     /* records so far */
	unsigned step_count; /* the plan; 0 before job_start */
	struct job_step steps[STEPS_MAX];
	unsigned at;	    /* ASKED, ACTING, WAITING: which step */
	unsigned next;	    /* no step before this one may be wanted any more */
	enum talk_wait why; /* WAITING */
	struct fault chain; /* links said for the fault to come */
	enum job_word word;
	unsigned absent;    /* after WORD_ABSENT: seconds */
	struct fault fault; /* after WORD_FAULT: it; after an offence: what was wrong */
	bool offended;
};

/* What a record means for the station. */
enum job_heard {
	HEARD_HELLO,	 /* send the device */
	HEARD_NOTE,	 /* keep it */
	HEARD_READY,	 /* choose a blueprint, then job_start */
	HEARD_WANT,	 /* make it durable that steps[at] is begun, then job_go and `go` */
	HEARD_WAIT,	 /* a person must act */
	HEARD_WAITED,	 /* the person did */
	HEARD_STEP_END,	 /* steps[ended] has ended well; see ret_ended */
	HEARD_NOTHING,	 /* nothing is to be done for it */
	HEARD_LAST_WORD, /* the worker will exit now */
	HEARD_OFFENCE,	 /* it lied or babbles; `fault` says which: end it */
};

/*
 * Takes what the worker said. RET_ENDED is set for HEARD_STEP_END only: the index of the step.
 * After an offence nothing more is heard.
 */
enum job_heard job_hear(struct job *job, const struct talk *talk, unsigned *ret_ended);
/* The worker said what has no known form. */
enum job_heard job_hear_garbage(struct job *job);

/* The plan is chosen: COUNT STEPS (at most STEPS_MAX), good ones are done by earlier workers. The
 * job must be CHOOSING. */
void job_start(struct job *job, const struct job_step *steps, unsigned count);
/* The worker was told to go on with the step that it wanted. The job must be ASKED. */
void job_go(struct job *job);

/* The step that a time limit is for now: the one under way, or else the next one to come. NULL
 * before the plan and after the last step. */
const struct job_step *job_current_step(const struct job *job);
/* Is a step under way, so that it needs an end when the worker is gone? */
bool job_in_step(const struct job *job);
/* How many steps are done or were so. */
unsigned job_good_steps(const struct job *job);
/* What it means that the time limit passes now: the person did not act, or the device did not. */
struct fault job_overdue(const struct job *job);

/* What is known beside the conversation when the worker is gone. */
struct job_end {
	enum exit_kind exit; /* how its process ended */
	int number;
	bool left;		/* the device left before the last word */
	struct fault condemned; /* why the station ended the worker; or none */
};

/* OUTCOME_NONE: the job goes on with another worker, or at the next start of the station. */
struct job_verdict {
	enum outcome outcome;
	struct fault fault;
	/* How the step under way ended, if there is one: FAILED when that is known, for the worker
	 * said so, or a person did not come; else UNKNOWN. */
	enum step_outcome step;
};

/* The judgement, after the last record was heard and the process reaped. */
struct job_verdict job_judge(const struct job *job, const struct job_end *end);

#endif
