/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of the age of a blueprint's profiles before any device is touched. */
#include "station/faces/shelf_gate.h"

#include <string.h>

#include "profiles/values/expiry_text.h"
#include "profiles/values/moment.h"
#include "station/rules/shelf.h"

static bool is_allowed(const struct shelf_allowed *allowed, const char *name)
{
	for (size_t i = 0; i < allowed->count; i++)
		if (strcmp(allowed->names[i], name) == 0)
			return true;
	return false;
}

/* What to do about a profile that is, or will be, too old. */
static const char *remedy(const struct blueprint_step *step)
{
	return step->library ? "download it anew, and take it in with muster profile add"
			     : "download it anew";
}

/* How sure the end is: a file's time tells when it was downloaded at the latest. */
static const char *doubt(const struct blueprint_step *step)
{
	bool counts =
		step->life.download.at != EXPIRY_NEVER && step->life.download.lasts != EXPIRY_NEVER;

	return counts && step->life.witness == LIBRARY_FILE ? " at the latest, by its file's time"
							    : "";
}

static void judge(const struct blueprint *blueprint, const struct blueprint_step *step,
		  const struct shelf_profile *profile, int64_t now, struct problems *problems)
{
	const struct problem_place place = { blueprint->file, step->line, step->column };
	char left[EXPIRY_TEXT_MAX], when[MOMENT_TEXT_MAX];

	expiry_left_to_text(profile->ends, now, left);
	moment_to_text(profile->ends, when);
	switch (shelf_at_start(profile)) {
	case SHELF_FINE:
	case SHELF_LOG: /* the station says so when it starts, on its log */
		break;
	case SHELF_WARN:
		if (profile->state == EXPIRY_UNKNOWN)
			problems_add_rule(problems, RULE_DOWNLOAD_UNKNOWN, &place,
					  "nobody knows when %.80s was downloaded, and so how long "
					  "it lasts",
					  profile->name);
		else
			problems_add_rule(problems, RULE_SOON, &place, "%.80s: %s, until %s%s; %s",
					  profile->name, left, when, doubt(step), remedy(step));
		break;
	case SHELF_REFUSE:
		problems_add_rule(problems, RULE_DOWNLOAD_PAST, &place,
				  "%.80s %s, on %s%s; %s, or start with --allow-expired %.80s",
				  profile->name, left, when, doubt(step), remedy(step),
				  profile->name);
		break;
	}
}

void shelf_gate(const struct blueprint *blueprint, const struct shelf_allowed *allowed, int64_t now,
		struct problems *problems)
{
	struct shelf_profile profile;

	for (size_t i = 0; i < blueprint->step_count; i++) {
		if (!blueprint->steps[i].profile)
			continue;
		shelf_describe(&blueprint->steps[i], now, &profile);
		profile.allowed = is_allowed(allowed, profile.name);
		judge(blueprint, &blueprint->steps[i], &profile, now, problems);
	}
}

/* Does BLUEPRINT install a profile called NAME? */
static bool installs(const struct blueprint *blueprint, const char *name)
{
	struct shelf_profile profile;

	for (size_t i = 0; i < blueprint->step_count; i++) {
		if (!blueprint->steps[i].profile)
			continue;
		shelf_describe(&blueprint->steps[i], 0, &profile);
		if (strcmp(profile.name, name) == 0)
			return true;
	}
	return false;
}

void shelf_gate_names(struct blueprint *const *blueprints, size_t count,
		      const struct shelf_allowed *allowed, struct problems *problems)
{
	for (size_t i = 0; i < allowed->count; i++) {
		bool found = false;

		for (size_t k = 0; k < count && !found; k++)
			found = installs(blueprints[k], allowed->names[i]);
		if (!found)
			problems_add(problems, "--allow-expired", 0, 0,
				     "no blueprint installs a profile called %.80s",
				     allowed->names[i]);
	}
}
