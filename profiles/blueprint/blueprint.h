/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint: for which devices it is, and the steps that they go through. */
#ifndef PROFILES_BLUEPRINT_BLUEPRINT_H
#define PROFILES_BLUEPRINT_BLUEPRINT_H

#include <stdbool.h>
#include <stddef.h>

#include "device/facts/step.h"
#include "profiles/files/digest.h"
#include "profiles/blueprint/assets.h"
#include "profiles/library/library_profile.h"
#include "profiles/values/problem.h"
#include "profiles/profile/profile.h"

/* Largest blueprint file, in bytes; how much it may hold is in yaml_file.h. */
#define BLUEPRINT_SIZE_MAX (1U << 20)

struct blueprint_step {
	struct step_id id;
	struct step_limits limits; /* the step's defaults, or what the file says */
	struct profile *profile;   /* install */
	char *library;		   /* install: the profile's name in the library; NULL: a file */
	bool template;		   /* install: the profile is filled for each device */
	struct library_life life;  /* install: what is known of its download */
	struct library_content content; /* install: what the profile itself says */
	char *name;			/* name: as written, with {serial}, {udid} … */
	unsigned line, column;		/* in the file */
};

struct blueprint {
	char *file;
	char *name;
	char *product; /* shell pattern for ProductType, "*" when the file says nothing */
	char *os;      /* requirement on ProductVersion as written, e.g. ">=16"; "" for any */
	char sha256[DIGEST_TEXT_MAX]; /* of the file's bytes */
	struct assets *assets;	      /* NULL without any */
	/* pair first and verify last, whether the file names them or not. */
	size_t step_count;
	struct blueprint_step steps[STEPS_MAX];
};

/*
 * Reads FILE with everything it names (profiles and assets, relative to the blueprint's folder, and
 * profiles of SOURCE). All that is wrong in any of them goes to PROBLEMS, in one go; warnings
 * (rules.h) do not keep it from being used. That a profile has expired is the caller's to judge.
 * Returns 0 and RET_BLUEPRINT (the caller's, blueprint_free), -EINVAL when PROBLEMS tell why not,
 * or -ENOMEM.
 */
int blueprint_load_from(const char *file, const struct library_source *source,
			struct problems *problems, struct blueprint **ret_blueprint);
void blueprint_free(struct blueprint *blueprint);

/* Is BLUEPRINT for a device of PRODUCT ("iPad11,6") with system OS ("17.5.1")? */
bool blueprint_fits(const struct blueprint *blueprint, const char *product, const char *os);

/* The facts of a device that names are filled from; NULL for unknown. */
struct blueprint_facts {
	const char *serial;
	const char *udid;
	const char *product;
	const char *ecid;
	const struct assets *assets; /* where variables that are none of these are columns */
};

/*
 * Fills the {…} of TEMPLATE from FACTS. Returns 0 and RET_TEXT (the caller's, free), -ENODATA when
 * a fact that it needs is unknown, -ENOKEY when the device is not in the assets, -E2BIG when the
 * text would be longer than CLEAN_MAX (the facts are a device's own words), or -ENOMEM. A blueprint
 * that loaded has no unknown variables.
 */
int blueprint_fill(const char *template, const struct blueprint_facts *facts, char **ret_text);

#endif
