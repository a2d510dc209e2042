/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that is wrong with a profile, or may surprise whoever installs it. */
#ifndef PROFILES_LINT_LINT_H
#define PROFILES_LINT_LINT_H

#include <stddef.h>
#include <stdint.h>

#include "profiles/values/platform.h"
#include "profiles/values/problem.h"
#include "profiles/survey/survey.h"

/* What a profile is judged for. */
struct lint_target {
	int64_t now;		/* seconds since 1970 */
	int64_t downloaded;	/* when the file was; EXPIRY_NEVER when it is not known */
	enum platform platform; /* of the devices that it is for; PLATFORMS when not known */
	const char *os;		/* which versions of their system (os_range.h); "" for any */
};

/*
 * Judges the SIZE BYTES of a profile that is called FILE by the rules of rules.h. PROBLEMS get all
 * that breaks one, with its place where the container has lines; when they are full
 * (PROBLEMS_MAX), the rest is not judged.
 * Returns 0 and RET_SURVEY (survey_free) when it could be read, however bad it is; -EINVAL when
 * PROBLEMS tell why not, or -ENOMEM.
 */
int lint_bytes(const char *file, const unsigned char *bytes, size_t size,
	       const struct lint_target *target, struct problems *problems,
	       struct survey **ret_survey);

/* The same for FILE itself. */
int lint_file(const char *file, const struct lint_target *target, struct problems *problems,
	      struct survey **ret_survey);

#endif
