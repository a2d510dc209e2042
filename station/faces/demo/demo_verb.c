/* SPDX-License-Identifier: Apache-2.0 */
/* muster demo: simulated devices and a station in front of them, with nothing plugged in. */
#include "config.h"

#include "station/faces/demo/demo_verb.h"

#include <stdio.h>
#include <string.h>

#include "station/faces/demo/demo_blueprint.h"
#include "station/faces/demo/demo_children.h"
#include "station/faces/demo/demo_request.h"
#include "station/faces/results_verb.h"
#include "station/tools/demo_folder.h"
#include "station/tools/exit_status.h"
#include "station/tools/log_file.h"
#include "station/tools/programs.h"

struct demo {
	struct demo_request request;
	struct demo_blueprint blueprint;
	struct demo_folder folder;
	struct demo_children children;
};

static int tell_trouble(const char *what, int error)
{
	fprintf(stderr, DEMO_VERB ": %s: %s\n", what, strerror(-error));
	return EXIT_TROUBLE;
}

static const char *plural(const struct demo *demo)
{
	return demo->request.devices == 1 ? "" : "s";
}

/* Shows what became of the devices after a station that ended with STATUS. */
static int show_results(const struct demo *demo, int status)
{
	static char verb[] = "results", json[] = "--json";
	bool is_json = strcmp(demo->request.view_word, "json") == 0;
	char *argv[] = { verb, is_json ? json : NULL, NULL };

	putchar('\n');
	/* Whether all passed the station has told already. */
	return results_verb(demo->folder.state, is_json ? 2 : 1, argv) == EXIT_TROUBLE
		       ? EXIT_TROUBLE
		       : status;
}

static int run_station(struct demo *demo)
{
	int status;

	fprintf(stderr, DEMO_VERB ": %u simulated device%s; each waits a second for every tap\n",
		demo->request.devices, plural(demo));
	if (demo->request.hold)
		fprintf(stderr,
			DEMO_VERB ": look at it with: %s --state %s devices\n" DEMO_VERB
				  ": Ctrl-C ends it\n",
			demo->children.muster, demo->folder.state);
	status = demo_children_run_station(&demo->children, demo->blueprint.file);
	if (status == EXIT_PASSED || status == EXIT_NOT_PASSED || status == EXIT_NOTHING)
		return show_results(demo, status);
	log_file_tell(demo->folder.log);
	return status;
}

/* Makes the station's state directory, with the keys that it will need. */
static int prepare_state(struct demo *demo)
{
	struct state state;
	int r = state_locate(demo->folder.state, &state);

	if (r == 0)
		r = state_make(&state);
	if (r == 0)
		r = demo_blueprint_lend(&demo->blueprint, &state);
	if (r < 0)
		return tell_trouble(demo->folder.state, r);
	fprintf(stderr,
		DEMO_VERB
		": pairing keys for %u device%s are made first, as an idle station does\n",
		demo->request.devices, plural(demo));
	return demo_children_make_keys(&demo->children, &state);
}

static int run_in_folder(struct demo *demo)
{
	int status = prepare_state(demo);

	if (status < 0)
		status = demo_children_simulate(&demo->children);
	return status < 0 ? run_station(demo) : status;
}

static int find_blueprint(struct demo *demo, const char *state_option)
{
	int r;

	if (demo->request.blueprint)
		return demo_blueprint_open(DEMO_VERB, demo->request.blueprint, state_option,
					   &demo->blueprint);
	r = program_example("demo.yaml", demo->blueprint.file);
	return r < 0 ? tell_trouble("demo.yaml, the blueprint", r) : -1;
}

static int run_demo(struct demo *demo)
{
	int status = demo_children_begin(&demo->request, &demo->children), r;

	if (status >= 0)
		return status;
	demo->children.folder = &demo->folder;
	r = demo_folder_make(demo->request.devices, &demo->folder);
	status = r < 0 ? tell_trouble("temporary folder", r) : run_in_folder(demo);
	demo_children_end(&demo->children);
	if (r == 0 && demo->request.keep)
		fprintf(stderr, DEMO_VERB ": everything is kept in %s\n", demo->folder.path);
	else if (r == 0)
		demo_folder_remove(&demo->folder);
	return status;
}

int demo_verb(const char *state_option, int argc, char **argv)
{
	struct demo demo = { .folder = { .path = "" } };
	int status = demo_request_read(argc, argv, &demo.request);

	if (status >= 0)
		return status;
	if (state_option && !demo.request.blueprint) {
		fputs(DEMO_VERB ": makes a state directory of its own; --state says where the "
				"library is for --blueprint FILE\n",
		      stderr);
		return EXIT_USAGE;
	}
	status = find_blueprint(&demo, state_option);
	return status < 0 ? run_demo(&demo) : status;
}
