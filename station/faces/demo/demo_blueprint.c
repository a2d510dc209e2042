/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint of the operator's own for a demonstration, with the profiles of their library. */
#include "config.h"

#include "station/faces/demo/demo_blueprint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profiles/blueprint/blueprint.h"
#include "profiles/library/library_profile.h"
#include "station/faces/shelf_gate.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"

/* As muster run judges it at its start. */
static int judge(const char *verb, const char *file, const struct demo_blueprint *own)
{
	static const struct shelf_allowed none = { .count = 0 };
	const struct library_source source = {
		.folder = own->library[0] ? own->library : NULL,
		.now = clock_wall() / 1000,
	};
	struct problems problems = { 0 };
	struct blueprint *blueprint = NULL;
	int r = blueprint_load_from(file, &source, &problems, &blueprint);

	if (r == 0)
		shelf_gate(blueprint, &none, source.now, &problems);
	problems_print(&problems, stderr);
	if (r < 0 && r != -EINVAL)
		fprintf(stderr, "%s: %s\n", verb, strerror(-r));
	r = r < 0 && r != -EINVAL ? EXIT_TROUBLE : problems.errors > 0 ? EXIT_FILE : -1;
	blueprint_free(blueprint);
	problems_done(&problems);
	return r;
}

int demo_blueprint_open(const char *verb, const char *file, const char *state_option,
			struct demo_blueprint *ret_blueprint)
{
	struct demo_blueprint own = { .library = "" };
	char library[PATH_MAX];
	struct state state;
	int status;

	if (!realpath(file, own.file)) {
		fprintf(stderr, "%s: cannot be opened: %s\n", file, strerror(errno));
		return EXIT_FILE;
	}
	/* A longer path than any state directory's is none of ours. */
	if (state_locate(state_option, &state) == 0 && realpath(state.profiles, library) &&
	    strlen(library) < sizeof own.library)
		memcpy(own.library, library, strlen(library) + 1);
	status = judge(verb, file, &own);
	if (status < 0)
		*ret_blueprint = own;
	return status;
}

int demo_blueprint_lend(const struct demo_blueprint *blueprint, const struct state *state)
{
	if (blueprint->library[0] == '\0' || symlink(blueprint->library, state->profiles) == 0)
		return 0;
	return -errno;
}
