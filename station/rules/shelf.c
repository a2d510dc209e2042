/* SPDX-License-Identifier: Apache-2.0 */
/* What the age of a profile means for a station: whether it starts, and whether a job is begun. */
#include "station/rules/shelf.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "profiles/values/expiry_text.h"

/* Longest time between two looks, in seconds. */
#define LOOK_MOST (60LL * 60)

void shelf_describe(const struct blueprint_step *step, int64_t now,
		    struct shelf_profile *ret_profile)
{
	struct shelf_profile profile = { .library = step->library != NULL };
	const char *slash = strrchr(step->profile->file, '/');
	struct profile_expiry expiry;

	clean_string(slash ? slash + 1 : step->profile->file, profile.name);
	memcpy(profile.sha256, step->profile->sha256, sizeof profile.sha256);
	expiry = profile_expiry(&step->content.dates, &step->life.download, now);
	profile.state = expiry.state;
	profile.ends = expiry.end.at;
	*ret_profile = profile;
}

enum shelf_start shelf_at_start(const struct shelf_profile *profile)
{
	switch (profile->state) {
	case EXPIRY_UNLIMITED:
	case EXPIRY_FRESH:
		return SHELF_FINE;
	case EXPIRY_UNKNOWN:
	case EXPIRY_SOON:
		return SHELF_WARN;
	case EXPIRY_PAST:
		return profile->allowed ? SHELF_LOG : SHELF_REFUSE;
	}
	return SHELF_REFUSE;
}

bool shelf_may_begin(const struct shelf_profile *profile)
{
	return profile->state != EXPIRY_PAST || profile->allowed;
}

const struct shelf_profile *shelf_most_urgent(const struct shelf_profile *profiles, unsigned count)
{
	const struct shelf_profile *first = NULL;

	for (unsigned i = 0; i < count; i++) {
		if (profiles[i].state != EXPIRY_SOON && profiles[i].state != EXPIRY_PAST)
			continue;
		if (!first || profiles[i].ends < first->ends)
			first = &profiles[i];
	}
	return first;
}

void shelf_notice(const struct shelf_profile *profiles, unsigned count, int64_t now,
		  char out[static CLEAN_MAX + 1])
{
	const struct shelf_profile *first = shelf_most_urgent(profiles, count);
	char left[EXPIRY_TEXT_MAX];

	out[0] = '\0';
	if (!first)
		return;
	snprintf(out, CLEAN_MAX + 1, "The profile %.*s: %s%s", CLEAN_MAX / 2, first->name,
		 expiry_left_to_text(first->ends, now, left),
		 shelf_may_begin(first) ? "" : "; no new job is begun with it");
}

msec_t shelf_look_again(const struct shelf_profile *profiles, unsigned count, int64_t now)
{
	int64_t least = 0;

	for (unsigned i = 0; i < count; i++) {
		int64_t ends = profiles[i].ends, next;

		if (ends == EXPIRY_NEVER)
			continue;
		next = LOOK_MOST;
		if (profiles[i].state == EXPIRY_FRESH && ends - EXPIRY_WARNING < now + LOOK_MOST)
			next = ends - EXPIRY_WARNING - now + 1;
		if (profiles[i].state == EXPIRY_SOON && expiry_text_lasts(ends, now) > 0)
			next = expiry_text_lasts(ends, now);
		/* The text of the last minute stays until its end. */
		if (ends > now && ends - now < next)
			next = ends - now;
		next = next < 1 ? 1 : next;
		least = least == 0 || next < least ? next : least;
	}
	return (least < LOOK_MOST ? least : LOOK_MOST) * 1000;
}
