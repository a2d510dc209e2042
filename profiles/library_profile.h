/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles as blueprints name them: by the library's name, or a file; with what limits their use.
 */
#ifndef PROFILES_LIBRARY_PROFILE_H
#define PROFILES_LIBRARY_PROFILE_H

#include "profiles/library.h"
#include "profiles/problem.h"
#include "profiles/profile.h"

struct library_source {
	const char *folder; /* of the library; NULL: there is none */
	int64_t now;	    /* seconds since 1970: which download of a name still lasts */
};

/*
 * Opens the profile to use for NAME (library_find). In problems it is called by its name.
 * Returns 0, RET_PROFILE (the caller's, profile_free) and RET_LIFE; -ENOENT when the library has no
 * such name; -EINVAL when PROBLEMS tell why it cannot be used; or negative errno.
 */
int library_profile(const struct library_source *source, const char *name,
		    struct problems *problems, struct profile **ret_profile,
		    struct library_life *ret_life);

/* How long a download of PROFILE lasts, by what is in it: EXPIRY_INTUNE_LIFE or EXPIRY_NEVER. */
int64_t library_lasts(const struct profile *profile);

/* The dates in PROFILE itself that end its use or are worth to be known; none for NULL. */
void library_dates(const struct profile *profile, struct expiry_dates *ret_dates);

/* What is known of PROFILE, which was opened from its file: that it was downloaded no later than
 * the file's time. */
void library_life_of_file(const struct profile *profile, struct library_life *ret_life);

#endif
