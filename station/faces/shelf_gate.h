/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of the age of a blueprint's profiles before any device is touched. */
#ifndef STATION_FACES_SHELF_GATE_H
#define STATION_FACES_SHELF_GATE_H

#include "profiles/blueprint/blueprint.h"
#include "profiles/values/problem.h"

/* Names of profiles that are used also when they have expired; the caller's. */
struct shelf_allowed {
	const char *const *names;
	size_t count;
};

/*
 * Adds, at its step's place, what is to be said of each profile of BLUEPRINT at NOW (seconds since
 * 1970): that it has expired, an error unless ALLOWED names it; that it will soon, a warning; that
 * nobody knows when, a note.
 */
void shelf_gate(const struct blueprint *blueprint, const struct shelf_allowed *allowed, int64_t now,
		struct problems *problems);

/* Adds an error for each of ALLOWED that none of the COUNT BLUEPRINTS installs. */
void shelf_gate_names(struct blueprint *const *blueprints, size_t count,
		      const struct shelf_allowed *allowed, struct problems *problems);

#endif
