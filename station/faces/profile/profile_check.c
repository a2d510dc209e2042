/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile check: everything that is wrong in profiles, with its place and what to do. */
#include "station/faces/profile/profile_check.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "profiles/blueprint/blueprint.h"
#include "profiles/lint/lint.h"
#include "station/faces/profile/profile_options.h"
#include "station/faces/profile/survey_json.h"
#include "station/tools/exit_status.h"
#include "station/tools/state.h"

#define VERB "muster profile check"

static const char usage[] =
	"usage: muster profile check [--json] [--strict] [--for BLUEPRINT] [--at DATE]\n"
	"                            [--downloaded DATE] FILE...\n"
	"       muster profile check --rules\n"
	"\n"
	"Says all that is wrong in configuration profiles (.mobileconfig), each with its line,\n"
	"the rule that it breaks, and what to do.\n"
	"\n"
	"  --json             as JSON\n"
	"  --strict           warnings are errors\n"
	"  --for BLUEPRINT    judge for the devices that this blueprint is for\n"
	"  --at DATE          judge as if it was then: 2026-11-23, 2026-11-23T14:05Z\n"
	"  --downloaded DATE  when the file was downloaded; Intune's last 14 days from then\n"
	"  --rules            list the rules\n"
	"  -h, --help         this\n"
	"\n"
	"Exit status: 0 no error, 2 usage, 3 errors (with --strict: or warnings).\n";

/* How many of PROBLEMS are of LEVEL. */
static size_t count_level(const struct problems *problems, enum rule_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < problems->count; i++)
		count += rule_level(problems->list[i].rule) == level;
	return count;
}

/* Was the remedy of problem INDEX told with one before it? */
static bool is_told(const struct problems *problems, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (problems->list[i].rule == problems->list[index].rule)
			return true;
	return false;
}

static void print_problem(const struct problems *problems, size_t index)
{
	const struct problem *problem = &problems->list[index];
	const struct rule_text *rule = rule_text(problem->rule);

	fprintf(stderr, "%s:", problem->file);
	if (problem->line > 0)
		fprintf(stderr, "%u:%u:", problem->line, problem->column);
	fprintf(stderr, " %s: %s [%s]\n", rule_level_to_text(rule->level), problem->text, rule->id);
	if (!is_told(problems, index))
		fprintf(stderr, "    %s\n", rule->remedy);
}

static void print_verdict(const char *file, const struct problems *problems)
{
	size_t errors = count_level(problems, RULE_ERROR);
	size_t warnings = count_level(problems, RULE_WARNING);
	size_t notes = count_level(problems, RULE_NOTE);

	for (size_t i = 0; i < problems->count; i++)
		print_problem(problems, i);
	if (problems->count == PROBLEMS_MAX)
		fprintf(stderr, "These are the first %d problems; there may be more.\n",
			PROBLEMS_MAX);
	fflush(stderr);
	printf("%s: %s", file, errors + warnings == 0 ? "ok" : "");
	if (errors + warnings > 0)
		printf("%zu error%s, %zu warning%s", errors, errors == 1 ? "" : "s", warnings,
		       warnings == 1 ? "" : "s");
	if (notes > 0)
		printf(" (%zu note%s)", notes, notes == 1 ? "" : "s");
	puts("");
}

/* Is FILE with PROBLEMS not to be used? A list that is full may have left errors out. */
static bool is_bad(const struct problems *problems, bool strict)
{
	return problems->errors > 0 || problems->count == PROBLEMS_MAX ||
	       (strict && count_level(problems, RULE_WARNING) > 0);
}

static json_t *verdict_to_json(const char *file, const struct problems *problems, bool bad)
{
	return json_pack("{s:o, s:b, s:I, s:I, s:I, s:o}", "file", path_to_json(file), "ok", !bad,
			 "errors", (json_int_t)count_level(problems, RULE_ERROR), "warnings",
			 (json_int_t)count_level(problems, RULE_WARNING), "notes",
			 (json_int_t)count_level(problems, RULE_NOTE), "problems",
			 problems_to_json(problems));
}

/* Checks FILE. Returns the exit status. */
static int check(const char *file, const struct profile_options *options,
		 const struct lint_target *target, json_t *list)
{
	struct problems problems = { 0 };
	struct survey *survey = NULL;
	int r = lint_file(file, target, &problems, &survey);
	bool bad = is_bad(&problems, options->strict);
	int status = bad ? EXIT_FILE : EXIT_PASSED;

	if (r == -ENOMEM) {
		fprintf(stderr, VERB ": %s\n", strerror(ENOMEM));
		status = EXIT_TROUBLE;
	} else if (list) {
		json_array_append_new(list, verdict_to_json(file, &problems, bad));
	} else {
		print_verdict(file, &problems);
	}
	survey_free(survey);
	problems_done(&problems);
	return status;
}

static int check_all(char **files, const struct profile_options *options,
		     const struct lint_target *target)
{
	json_t *list = options->json ? json_array() : NULL;
	int status = EXIT_PASSED;

	for (; *files; files++) {
		int one = check(*files, options, target, list);

		status = one > status ? one : status;
	}
	if (list && print_profiles_json(list) < 0)
		status = EXIT_TROUBLE;
	return status;
}

static int print_rules(void)
{
	for (int i = RULE_NONE + 1; i < RULES; i++) {
		const struct rule_text *rule = rule_text((enum rule)i);

		printf("%-20s %-8s %s\n", rule->id, rule_level_to_text(rule->level),
		       rule->sentence);
	}
	return EXIT_PASSED;
}

/* Reads the blueprint of OPTIONS, with the library's profiles. Returns as blueprint_load_from. */
static int load_blueprint(const char *state_option, const struct profile_options *options,
			  struct problems *problems, struct blueprint **ret_blueprint)
{
	struct library_source source = { .now = options->now };
	struct state state;

	/* Without a state directory there is no library, which one that needs it is told. */
	if (state_locate(state_option, &state) == 0)
		source.folder = state.profiles;
	return blueprint_load_from(options->blueprint, &source, problems, ret_blueprint);
}

int profile_check_files(const char *state_option, int argc, char **argv)
{
	struct problems problems = { 0 };
	struct blueprint *blueprint = NULL;
	struct profile_options options;
	struct lint_target target;
	int status, at;

	at = profile_options_read(VERB, usage, argc, argv, &options, &status);
	if (at == 0)
		return status;
	if (options.rules)
		return print_rules();
	target = (struct lint_target){ options.now, options.downloaded, PLATFORMS, "" };
	if (options.blueprint &&
	    load_blueprint(state_option, &options, &problems, &blueprint) < 0) {
		problems_print(&problems, stderr);
		problems_done(&problems);
		return EXIT_FILE;
	}
	if (blueprint) {
		target.platform = platform_of_product(blueprint->product);
		target.os = blueprint->os;
	}
	status = check_all(argv + at, &options, &target);
	blueprint_free(blueprint);
	problems_done(&problems);
	return status;
}
