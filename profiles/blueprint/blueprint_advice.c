/* SPDX-License-Identifier: Apache-2.0 */
/* What the profiles of a blueprint mean for its devices and each other, before any is touched. */
#include "profiles/blueprint/blueprint_advice.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "profiles/lint/lint.h"

/* The rules whose breach the devices of a blueprint would answer, each of them; all others are told
 * by muster profile check. The values that the second half is about a template may still get. */
static const enum rule rules[] = { RULE_SUPERVISED, RULE_MANUAL_INSTALL, RULE_OS_RANGE,
				   RULE_PLATFORM,   RULE_TARGET_DEVICE,	 RULE_ACME_SERIALS };
static const enum rule rules_of_values[] = { RULE_REQUIRED_KEY, RULE_MULTIPLE,	  RULE_CERT_PARSE,
					     RULE_P12_OPENS,	RULE_SCEP_URL,	  RULE_SCEP_KEY,
					     RULE_ACME_URL,	RULE_ACME_KEY,	  RULE_MDM_IDENTITY,
					     RULE_MDM_URL,	RULE_MDM_TOPIC,	  RULE_MDM_RIGHTS,
					     RULE_OTA_URL,	RULE_WIFI_NETWORK };

static bool is_among(enum rule rule, const enum rule *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == rule)
			return true;
	return false;
}

/* Are the devices of STEP to answer a breach of RULE? */
static bool is_answered(enum rule rule, const struct blueprint_step *step)
{
	return is_among(rule, rules, sizeof rules / sizeof rules[0]) ||
	       (!step->template && is_among(rule, rules_of_values,
					    sizeof rules_of_values / sizeof rules_of_values[0]));
}

static void tell(const struct problems *found, const struct blueprint_step *step,
		 struct problems *problems)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct problem *problem = &found->list[i];

		if (is_answered(problem->rule, step))
			problems_add_rule(problems, problem->rule,
					  &(struct problem_place){ problem->file, problem->line,
								   problem->column },
					  "%s", problem->text);
	}
}

/* Looks into the profile of STEP. Returns 0 or -ENOMEM. */
static int advise_step(const struct blueprint *blueprint, struct blueprint_step *step, int64_t now,
		       struct problems *problems)
{
	const struct lint_target target = {
		.now = now,
		.downloaded = step->life.download.at,
		.platform = platform_of_product(blueprint->product),
		.os = blueprint->os,
	};
	const struct profile *profile = step->profile;
	struct problems found = { 0 };
	struct survey *survey = NULL;
	int r = lint_bytes(profile->file, profile->bytes, profile->size, &target, &found, &survey);

	expiry_dates_init(&step->content.dates);
	if (survey) {
		step->content = library_content_of(survey);
		tell(&found, step, problems);
		if (!step->library)
			step->life.download.lasts = step->content.lasts;
	}
	survey_free(survey);
	problems_done(&found);
	return r == -ENOMEM ? r : 0;
}

/* A device that is to enroll needs its network before: it accepts the file without one, and then
 * cannot reach the service. */
static void advise_wifi(const struct blueprint *blueprint, struct problems *problems)
{
	const struct blueprint_step *enrolls = NULL;

	for (size_t i = 0; i < blueprint->step_count; i++) {
		const struct blueprint_step *step = &blueprint->steps[i];

		if (!step->profile)
			continue;
		if (enrolls && step->content.joins_wifi)
			problems_add_rule(
				problems, RULE_WIFI_FIRST,
				&(struct problem_place){ blueprint->file, enrolls->line,
							 enrolls->column },
				"enrolls before the Wi-Fi profile of line %u: a device without a "
				"network takes the file and then fails; put that step first",
				step->line);
		if (step->content.joins_wifi)
			return;
		if (step->profile->enrolls && !enrolls)
			enrolls = step;
	}
}

int blueprint_advise(struct blueprint *blueprint, int64_t now, struct problems *problems)
{
	int r = 0;

	for (size_t i = 0; i < blueprint->step_count && r == 0; i++)
		if (blueprint->steps[i].profile)
			r = advise_step(blueprint, &blueprint->steps[i], now, problems);
	if (r == 0)
		advise_wifi(blueprint, problems);
	return r;
}
