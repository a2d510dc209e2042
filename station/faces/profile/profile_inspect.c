/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile inspect: what is in profiles, who signed them, how long they last. */
#include "station/faces/profile/profile_inspect.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "profiles/survey/survey.h"
#include "station/faces/profile/profile_options.h"
#include "station/faces/result_json.h"
#include "station/faces/profile/survey_json.h"
#include "station/faces/profile/survey_words.h"
#include "station/tools/exit_status.h"

#define VERB "muster profile inspect"

static const char usage[] =
	"usage: muster profile inspect [--json] [--at DATE] [--downloaded DATE] FILE...\n"
	"\n"
	"Says what is in configuration profiles (.mobileconfig): payloads, what they enroll\n"
	"into, who signed them and who trusts that, for which devices they are, and until\n"
	"when they last. Passwords, challenges and keys are not shown, only that they are\n"
	"set. Nothing is sent anywhere.\n"
	"\n"
	"  --json             as JSON\n"
	"  --at DATE          judge as if it was then: 2026-11-23, 2026-11-23T14:05Z\n"
	"  --downloaded DATE  when the file was downloaded; Intune's last 14 days from then\n"
	"  -h, --help         this\n"
	"\n"
	"Exit status: 0, 2 usage, 3 a file cannot be read, or no device takes it as it is.\n";

/* Tells SURVEY, NULL when PROBLEMS tell why there is none. Returns 0 or -ENOMEM. */
static int tell(const char *file, const struct survey *survey, const struct problems *problems,
		const struct profile_options *options, json_t *list)
{
	json_t *json;

	if (!list) {
		problems_print(problems, stderr);
		return survey ? survey_print(survey, options->now, options->downloaded, stdout) : 0;
	}
	json = survey ? survey_to_json(survey, options->now, options->downloaded)
		      : json_pack("{s:o}", "file", path_to_json(file));
	json_object_set_new(json, "problems", problems_to_json(problems));
	return json_array_append_new(list, json) < 0 ? -ENOMEM : 0;
}

/* Inspects FILE. Returns the exit status. */
static int inspect(const char *file, const struct profile_options *options, json_t *list)
{
	struct problems problems = { .stage = RULE_FILE };
	struct survey *survey = NULL;
	int r, status;

	r = survey_file(file, options->now, &problems, &survey);
	status = problems.errors > 0 ? EXIT_FILE : EXIT_PASSED;
	if (r == 0 || r == -EINVAL)
		r = tell(file, survey, &problems, options, list);
	if (r < 0) {
		fprintf(stderr, VERB ": %s\n", strerror(-r));
		status = EXIT_TROUBLE;
	}
	survey_free(survey);
	problems_done(&problems);
	return status;
}

int profile_inspect(const char *state_option, int argc, char **argv)
{
	struct profile_options options;
	json_t *list;
	int status, at;

	(void)state_option; /* these are files of the operator's */
	at = profile_options_read(VERB, usage, argc, argv, &options, &status);
	if (at == 0)
		return status;
	status = EXIT_PASSED;
	list = options.json ? json_array() : NULL;
	for (int i = at; i < argc; i++) {
		int one = inspect(argv[i], &options, list);

		if (i + 1 < argc && !list)
			puts("");
		status = one > status ? one : status;
	}
	if (list && print_profiles_json(list) < 0)
		status = EXIT_TROUBLE;
	return status;
}
