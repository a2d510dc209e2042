/* SPDX-License-Identifier: Apache-2.0 */
/* One job on one attached device, from `device` to the worker's last word. */
#include "device/job.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device/install.h"
#include "device/name.h"
#include "device/pair.h"
#include "device/verify.h"

/* The next order, which must be VERB and may have no fd. */
static struct order hear_verb(struct conversation *talk, enum order_verb verb)
{
	struct order order;
	int fd;

	hear(talk, &order, &fd);
	if (order.verb != verb || fd >= 0)
		conversation_broken("the station said something out of its turn");
	return order;
}

static void hear_plan(struct job *job)
{
	struct order order;
	int fd;

	for (;;) {
		hear(job->talk, &order, &fd);
		if (order.verb == ORDER_START && fd < 0 && plan_is_whole(&job->plan))
			return;
		if (order.verb != ORDER_PLAN || fd >= 0 || plan_add(&job->plan, &order.plan) < 0)
			conversation_broken("the station's plan makes no sense");
	}
}

/* Asks for STEP and waits until it is recorded as begun. RET_FD is what came with the word, or -1.
 */
static void await_go(struct job *job, struct plan_step *step, int *ret_fd)
{
	struct order order;

	say(job->talk, &(struct talk){ .verb = TALK_WANT, .step = step->id });
	hear(job->talk, &order, ret_fd);
	if (order.verb != ORDER_GO || !step_equal(order.step, step->id))
		conversation_broken("the station said something out of its turn");
	if (step->id.kind == STEP_NAME)
		memcpy(step->argument, order.name, sizeof step->argument);
}

static struct fault do_pair(struct job *job, int keys_fd, bool *ret_was_so)
{
	bool is_new;
	struct fault fault = pair_run(&job->link, keys_fd, &is_new);

	if (fault_is_set(&fault))
		return fault;
	say_note(job->talk, NOTE_PAIRED, is_new ? "now" : "before");
	*ret_was_so = !is_new;
	return identity_in_session(&job->link, &job->in_setup);
}

static struct fault do_step(struct job *job, const struct plan_step *step, int fd, bool *ret_was_so)
{
	switch (step->id.kind) {
	case STEP_PAIR:
		return do_pair(job, fd, ret_was_so);
	case STEP_INSTALL:
		return install_run(job, step, fd, ret_was_so);
	case STEP_NAME:
		return name_run(job, step->argument, ret_was_so);
	case STEP_VERIFY:
		return verify_run(job);
	case STEP_HANDOVER: /* no worker's: order_parse refuses it */
		break;
	}
	return fault_none();
}

/* What an earlier worker did is read back by verify. But each worker needs its session, and verify
 * the name, which comes with `go` when the plan does not tell it. */
static bool is_over(const struct plan_step *step)
{
	return step->done && step->id.kind != STEP_PAIR &&
	       (step->id.kind != STEP_NAME || step->argument[0] != '\0');
}

static struct fault take_step(struct job *job, struct plan_step *step)
{
	bool was_so = false;
	struct fault fault;
	int fd;

	if (is_over(step))
		return fault_none();
	await_go(job, step, &fd);
	fault = do_step(job, step, fd, &was_so);
	if (fd >= 0)
		close(fd);
	if (!fault_is_set(&fault))
		say_ended(job->talk, was_so ? TALK_ALREADY : TALK_DONE, step->id);
	return fault;
}

static struct fault take_steps(struct job *job)
{
	for (unsigned i = 0; i < job->plan.count; i++) {
		struct fault fault = take_step(job, &job->plan.steps[i]);

		if (fault_is_set(&fault)) {
			fault.has_step = true;
			fault.step = job->plan.steps[i].id;
			return fault;
		}
	}
	return fault_none();
}

static struct fault run(struct job *job)
{
	struct order order = hear_verb(job->talk, ORDER_DEVICE);
	struct fault fault = link_open(&job->link, job->talk, &order.udid, order.handle);

	if (!fault_is_set(&fault))
		fault = identity_before_trust(&job->link);
	if (fault_is_set(&fault))
		return fault;
	say_verb(job->talk, TALK_READY);
	hear_plan(job);
	return take_steps(job);
}

void job_run(struct conversation *talk)
{
	struct job job = { .talk = talk };
	struct fault fault;

	job.mcinstall.link = &job.link;
	fault = run(&job);
	if (fault_is_set(&fault))
		say_fault(talk, &fault);
	else
		say_verb(talk, TALK_END);
	/* No good-bye to the device: one that has fallen silent would be waited for. The sockets
	 * close with the process. */
	exit(EXIT_SUCCESS);
}
