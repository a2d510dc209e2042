/* SPDX-License-Identifier: Apache-2.0 */
/* What a blueprint's steps mean for each other: what would fail though each by itself is right. */
#include "profiles/blueprint_advice.h"

#include <stddef.h>

static const struct profile *profile_of(const struct blueprint *blueprint, size_t at)
{
	return blueprint->steps[at].profile;
}

/* A device that is to enroll needs its network before: it accepts the file without one, and then
 * cannot reach the service. */
static void advise_wifi(const struct blueprint *blueprint, struct problems *problems)
{
	const struct blueprint_step *enrolls = NULL;

	for (size_t i = 0; i < blueprint->step_count; i++) {
		const struct profile *profile = profile_of(blueprint, i);
		const struct blueprint_step *step = &blueprint->steps[i];

		if (!profile)
			continue;
		if (enrolls && profile->joins_wifi) {
			problems_add_rule(
				problems, RULE_WIFI_FIRST,
				&(struct problem_place){ blueprint->file, enrolls->line,
							 enrolls->column },
				"enrolls before the Wi-Fi profile of line %u: a device without a "
				"network takes the file and then fails; put that step first",
				step->line);
			return;
		}
		if (profile->joins_wifi)
			return;
		if (profile->enrolls && !enrolls)
			enrolls = step;
	}
}

void blueprint_advise(const struct blueprint *blueprint, struct problems *problems)
{
	advise_wifi(blueprint, problems);
}
