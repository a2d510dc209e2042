/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint of the operator's own for a demonstration, with the profiles of their library. */
#ifndef STATION_FACES_DEMO_BLUEPRINT_H
#define STATION_FACES_DEMO_BLUEPRINT_H

#include <limits.h>

#include "station/tools/state.h"

struct demo_blueprint {
	char file[PATH_MAX];	      /* absolute */
	char library[STATE_PATH_MAX]; /* absolute; "" when there is none */
};

/*
 * Finds FILE, and the library in the state directory that STATE_OPTION (or NULL) means, and judges
 * the blueprint as muster run would: what is wrong is told in the name of VERB.
 * Returns -1 and RET_BLUEPRINT, or the exit status.
 */
int demo_blueprint_open(const char *verb, const char *file, const char *state_option,
			struct demo_blueprint *ret_blueprint);

/* Gives the library, if there is one, to the demonstration's own STATE, whose directory is there
 * and has none: by a symbolic link, since nothing is written to it. Returns 0 or negative errno. */
int demo_blueprint_lend(const struct demo_blueprint *blueprint, const struct state *state);

#endif
