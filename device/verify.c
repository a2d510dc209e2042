/* SPDX-License-Identifier: Apache-2.0 */
/* The step verify: everything planned, read back from the device in one go. */
#include "device/verify.h"

#include "device/mcinstall_answer.h"
#include "device/name.h"
#include "device/patience.h"

static struct fault check_profile(plist_t list, const struct plan_step *step)
{
	enum profile_presence presence;
	struct fault fault = mcinstall_find(list, step->argument, step->uuid, &presence);

	if (fault_is_set(&fault))
		return fault;
	switch (presence) {
	case PROFILE_ABSENT:
		return fault_new(FAULT_PROFILE_MISSING, "%s", step->argument);
	case PROFILE_OTHER:
		return fault_new(FAULT_PROFILE_DIFFERS, "%s", step->argument);
	case PROFILE_THERE:
		return fault_none();
	}
	return fault_none();
}

/* Checks all planned profiles against one list, which is asked for only if there are any. */
static struct fault check_profiles(struct job *job)
{
	plist_t list = NULL;
	struct fault fault = fault_none();

	for (unsigned i = 0; i < job->plan.count && !fault_is_set(&fault); i++) {
		if (job->plan.steps[i].id.kind != STEP_INSTALL)
			continue;
		if (!list)
			fault = mcinstall_list(&job->mcinstall, &list);
		if (!fault_is_set(&fault))
			fault = check_profile(list, &job->plan.steps[i]);
	}
	plist_free(list);
	return fault;
}

static const struct plan_step *planned_name(const struct plan *plan)
{
	for (unsigned i = 0; i < plan->count; i++)
		if (plan->steps[i].id.kind == STEP_NAME)
			return &plan->steps[i];
	return NULL;
}

static struct fault attempt(void *subject)
{
	struct job *job = subject;
	const struct plan_step *naming = planned_name(&job->plan);
	struct fault fault = check_profiles(job);

	if (fault_is_set(&fault) || !naming)
		return fault;
	return name_check(&job->link, naming->argument);
}

struct fault verify_run(struct job *job)
{
	return with_patience(job->talk, attempt, job);
}
