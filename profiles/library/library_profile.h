/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles as blueprints name them: by the library's name, or a file; with what limits their use.
 */
#ifndef PROFILES_LIBRARY_LIBRARY_PROFILE_H
#define PROFILES_LIBRARY_LIBRARY_PROFILE_H

#include <stdbool.h>

#include "profiles/library/library.h"
#include "profiles/values/problem.h"
#include "profiles/profile/profile.h"
#include "profiles/survey/survey.h"

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

/* What a profile itself says of its life, and what it is for. */
struct library_content {
	struct expiry_dates dates;
	int64_t lasts; /* how long a download of it does, by its vendor; or EXPIRY_NEVER */
	bool joins_wifi;
	char vendor[CLEAN_MAX + 1]; /* which service it enrolls into, as far as it looks so; "" */
};

/* Looks into PROFILE at NOW, whose certificates are judged. Returns 0 or -ENOMEM. */
int library_look_into(const struct profile *profile, int64_t now,
		      struct library_content *ret_content);
/* The same of a survey that was made. */
struct library_content library_content_of(const struct survey *survey);

/* When PROFILE, which was opened from its file, was downloaded at the latest: the file's time, or
 * NOW when that is still to come, as a wrong clock leaves it; or EXPIRY_NEVER. */
int64_t library_file_time(const struct profile *profile, int64_t now);

#endif
