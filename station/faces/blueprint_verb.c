/* SPDX-License-Identifier: Apache-2.0 */
/* muster blueprint check|show|new: looks at the operator's blueprints, away from any device. */
#include "station/faces/blueprint_verb.h"

#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "profiles/blueprint/blueprint.h"
#include "station/faces/blueprint_json.h"
#include "station/faces/blueprint_new.h"
#include "station/faces/blueprint_show.h"
#include "station/faces/shelf_gate.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/tools/output.h"
#include "station/tools/state.h"

static const char usage[] =
	"usage: muster blueprint check [--json] FILE...\n"
	"       muster blueprint show [--json] FILE...\n"
	"       muster blueprint new FILE|-\n"
	"\n"
	"check  says all that is wrong in the files and in the profiles they name\n"
	"show   says what would be done to a device, in order\n"
	"new    writes a commented blueprint to begin with; - is standard output\n"
	"\n"
	"The format of the files is in muster-blueprint(5).\n";

static int tell_usage(void)
{
	fputs(usage, stdout);
	return output_finish("muster blueprint", EXIT_PASSED);
}

static size_t count_profiles(const struct blueprint *blueprint)
{
	size_t count = 0;

	for (size_t i = 0; i < blueprint->step_count; i++)
		count += blueprint->steps[i].profile ? 1 : 0;
	return count;
}

static void print_fine(const struct blueprint *blueprint)
{
	size_t profiles = count_profiles(blueprint);

	printf("%s: ok (%zu steps, %zu profile%s)\n", blueprint->file, blueprint->step_count,
	       profiles, profiles == 1 ? "" : "s");
}

/*
 * Tells one FILE that was read, in words or as an element of LIST; BLUEPRINT is NULL when PROBLEMS
 * tell why not. Returns 0 or -ENOMEM.
 */
typedef int tell_file(const char *file, const struct blueprint *blueprint,
		      const struct problems *problems, json_t *list);

static int tell_check(const char *file, const struct blueprint *blueprint,
		      const struct problems *problems, json_t *list)
{
	if (list)
		return json_array_append_new(list, blueprint_check_to_json(file, problems)) < 0
			       ? -ENOMEM
			       : 0;
	problems_print(problems, stderr);
	if (blueprint && problems->errors == 0)
		print_fine(blueprint);
	return 0;
}

static int tell_show(const char *file, const struct blueprint *blueprint,
		     const struct problems *problems, json_t *list)
{
	if (!blueprint)
		return tell_check(file, blueprint, problems, list);
	if (list)
		return json_array_append_new(list, blueprint_to_json(blueprint)) < 0 ? -ENOMEM : 0;
	problems_print(problems, stderr);
	blueprint_show(blueprint, stdout);
	return 0;
}

/* Reads FILE, with profiles from SOURCE, and tells it. Returns the exit status. */
static int read_and_tell(const char *file, const struct library_source *source, tell_file *tell,
			 json_t *list)
{
	static const struct shelf_allowed none = { .count = 0 };
	struct problems problems = { 0 };
	struct blueprint *blueprint = NULL;
	int r, status;

	r = blueprint_load_from(file, source, &problems, &blueprint);
	if (r == 0)
		shelf_gate(blueprint, &none, source->now, &problems);
	status = problems.errors == 0 ? EXIT_PASSED : EXIT_FILE;
	if (r == 0 || r == -EINVAL)
		r = tell(file, blueprint, &problems, list);
	if (r < 0) {
		fprintf(stderr, "muster blueprint: %s\n", strerror(-r));
		status = EXIT_TROUBLE;
	}
	blueprint_free(blueprint);
	problems_done(&problems);
	return status;
}

/* Prints {"schema", "blueprints": LIST}. Takes LIST. */
static int print_json(json_t *list)
{
	json_t *document = json_pack("{s:s, s:o}", "schema", "muster/1", "blueprints", list);
	int r = document ? json_dumpf(document, stdout, JSON_INDENT(2)) : -1;

	json_decref(document);
	printf("\n");
	return r < 0 ? -EIO : 0;
}

/* Reads "[--json] FILE..." behind the word ARGV[0]. Returns the index of the first file, or 0 when
 * nothing is left to do with RET_STATUS. */
static int read_options(int argc, char **argv, bool *ret_json, int *ret_status)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	*ret_status = EXIT_USAGE;
	while ((option = option_next("muster blueprint", argc, argv, OPTION_SHORTS, options)) !=
	       -1) {
		if (option == OPTION_WRONG)
			return 0;
		if (option == 'h') {
			*ret_status = tell_usage();
			return 0;
		}
		*ret_json = true;
	}
	if (optind < argc)
		return optind;
	fprintf(stderr, "muster blueprint %s: which file?\n", argv[0]);
	return 0;
}

/* Tells every file that ARGV names; none is left out because of one before it. Returns the worst of
 * their exit statuses. */
static int tell_all(const char *state_option, int argc, char **argv, tell_file *tell)
{
	struct library_source source = { .now = clock_wall() / 1000 };
	struct state state;
	bool json = false;
	json_t *list = NULL;
	int status, at = read_options(argc, argv, &json, &status);

	if (at == 0)
		return status;
	/* Without a state directory there is no library: a blueprint that needs one is told so. */
	if (state_locate(state_option, &state) == 0)
		source.folder = state.profiles;
	status = EXIT_PASSED;
	if (json)
		list = json_array();
	for (; at < argc; at++) {
		int one = read_and_tell(argv[at], &source, tell, list);

		if (one > status)
			status = one;
	}
	if (json && print_json(list) < 0)
		status = EXIT_TROUBLE;
	return output_finish("muster blueprint", status);
}

static int run_new(int argc, char **argv)
{
	static const char verb[] = "muster blueprint new";
	static const struct option options[] = { { "help", no_argument, NULL, 'h' }, { 0 } };
	int option;

	optind = 0;
	option = option_next(verb, argc, argv, OPTION_SHORTS, options);
	if (option == 'h')
		return tell_usage();
	if (option != -1)
		return EXIT_USAGE;
	if (argc - optind != 1) {
		fprintf(stderr, "%s: needs one FILE, or - for standard output\n", verb);
		return EXIT_USAGE;
	}
	return blueprint_new(verb, argv[optind]);
}

int blueprint_verb(const char *state_option, int argc, char **argv)
{
	static const char *const words[] = { "check", "show", "new" };

	if (argc < 2) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)
		return tell_usage();
	if (strcmp(argv[1], "check") == 0)
		return tell_all(state_option, argc - 1, argv + 1, tell_check);
	if (strcmp(argv[1], "show") == 0)
		return tell_all(state_option, argc - 1, argv + 1, tell_show);
	if (strcmp(argv[1], "new") == 0)
		return run_new(argc - 1, argv + 1);
	option_unknown_word("muster blueprint", "word", argv[1], words,
			    sizeof words / sizeof words[0]);
	return EXIT_USAGE;
}
