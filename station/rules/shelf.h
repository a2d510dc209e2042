/* SPDX-License-Identifier: Apache-2.0 */
/* What the age of a profile means for a station: whether it starts, and whether a job is begun. */
#ifndef STATION_RULES_SHELF_H
#define STATION_RULES_SHELF_H

#include <stdbool.h>
#include <stdint.h>

#include "device/facts/clean.h"
#include "device/facts/step.h"
#include "profiles/blueprint/blueprint.h"
#include "profiles/values/expiry.h"

/* A profile that a station installs. */
struct shelf_profile {
	char name[CLEAN_MAX + 1]; /* the library's, or the file's without its folder */
	char sha256[65];
	bool library; /* it is from the library, where there may be a newer one */
	enum expiry_state state;
	int64_t ends; /* seconds since 1970, or EXPIRY_NEVER */
	bool allowed; /* somebody said that it is used also when it has expired */
};

/* What is to be known of the profile of STEP, an installation, at NOW; not allowed. */
void shelf_describe(const struct blueprint_step *step, int64_t now,
		    struct shelf_profile *ret_profile);

/* What a station that is to start does about a profile. */
enum shelf_start {
	SHELF_FINE,
	SHELF_WARN,   /* starts, and says so: it ends soon, or nobody knows when */
	SHELF_LOG,    /* starts, since that was allowed, and records it */
	SHELF_REFUSE, /* does not start */
};
enum shelf_start shelf_at_start(const struct shelf_profile *profile);

/* May a job be begun that is to install PROFILE? A job that has begun goes on in any case. */
bool shelf_may_begin(const struct shelf_profile *profile);

/* The one of COUNT PROFILES that somebody has to see to first: it has expired, or will soonest in
 * less than EXPIRY_WARNING. NULL when there is none. */
const struct shelf_profile *shelf_most_urgent(const struct shelf_profile *profiles, unsigned count);

/* The sentence about the most urgent of PROFILES at NOW: "intune: 47 h left"; "" when there is
 * none. Fills OUT. */
void shelf_notice(const struct shelf_profile *profiles, unsigned count, int64_t now,
		  char out[static CLEAN_MAX + 1]);

/* In how many milliseconds PROFILES have to be looked at again, since a state or the notice
 * changes: never more than an hour, as the clock may be set; 0 when none has an end. */
msec_t shelf_look_again(const struct shelf_profile *profiles, unsigned count, int64_t now);

#endif
