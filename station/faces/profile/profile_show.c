/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile show: what is known of one profile of the library. */
#include "config.h"

#include "station/faces/profile/profile_show.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/values/expiry_text.h"
#include "profiles/values/moment.h"
#include "profiles/survey/survey.h"
#include "station/faces/json_text.h"
#include "station/faces/profile/library_face.h"
#include "station/faces/result_json.h"
#include "station/faces/profile/survey_words.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define VERB "muster profile show"

static const char usage[] =
	"usage: muster profile show [--json] NAME|DIGEST\n"
	"\n"
	"Says what is known of a profile of the library: where it came from, when it was\n"
	"downloaded and who says so, how long it lasts, and what is in it.\n"
	"\n"
	"  --json      as JSON\n"
	"  -h, --help  this\n"
	"\n"
	"Exit status: 0, 2 usage, 3 no such profile, 4 the library cannot be read.\n";

static void print_line(const char *what, const char *text)
{
	if (text[0] != '\0')
		printf("%-12s %s\n", what, text);
}

static const char *who_says(enum library_witness witness)
{
	switch (witness) {
	case LIBRARY_SERVER:
		return "says the server";
	case LIBRARY_OPERATOR:
		return "says who added it";
	case LIBRARY_FILE:
		return "the file's time; it may have been earlier";
	}
	return "";
}

static void print_life(const struct library_look *look)
{
	char text[MOMENT_TEXT_MAX], left[EXPIRY_TEXT_MAX];
	const struct library_life *life = &look->entry->life;

	printf("%-12s %s (%s)\n", "downloaded", moment_to_text(life->download.at, text),
	       who_says(life->witness));
	print_line("left", expiry_to_text(&look->expiry, clock_wall() / 1000, left));
	if (look->expiry.end.at != EXPIRY_NEVER)
		printf("%-12s %s %s\n", "", expiry_source_sentence(look->expiry.end.source),
		       moment_to_text(look->expiry.end.at, text));
}

/* What muster profile inspect says of the file. */
static void print_content(const struct library_look *look)
{
	const struct profile *profile = look->profile;
	int64_t now = clock_wall() / 1000;
	struct problems problems = { 0 };
	struct survey *survey = NULL;

	if (survey_bytes(profile->file, profile->bytes, profile->size, now, &problems, &survey) ==
	    0)
		(void)survey_print(survey, now, look->entry->life.download.at, stdout);
	survey_free(survey);
	problems_done(&problems);
}

static void print(const struct library_look *look)
{
	const struct library_entry *entry = look->entry;
	char added[MOMENT_TEXT_MAX];

	print_line("name", entry->name);
	print_line("digest", entry->sha256);
	print_line("from", entry->from);
	print_line("added", moment_to_text(entry->added, added));
	print_life(look);
	if (!look->profile) {
		print_line("content", "damaged: the bytes in the library were changed");
		return;
	}
	putchar('\n');
	print_content(look);
}

static int print_json(const struct library_look *look)
{
	char *line = json_to_line(json_pack("{s:s, s:[o]}", "schema", JSON_SCHEMA, "profiles",
					    library_look_to_json(look)));

	if (line)
		fputs(line, stdout);
	free(line);
	return line ? EXIT_PASSED : EXIT_TROUBLE;
}

static int show(const char *state_option, const char *word, bool as_json)
{
	const struct library_entry *entry;
	struct library_look look;
	struct library library;
	struct state state;
	int status = library_open(VERB, state_option, &state, &library);

	if (status >= 0)
		return status;
	status = library_mean(VERB, &library, word, &entry);
	if (status < 0 && library_look(state.profiles, entry, &look) < 0) {
		fputs(VERB ": no memory\n", stderr);
		status = EXIT_TROUBLE;
	} else if (status < 0) {
		status = as_json ? print_json(&look) : EXIT_PASSED;
		if (!as_json)
			print(&look);
		library_unlook(&look);
	}
	library_done(&library);
	return status;
}

int profile_show(const char *state_option, int argc, char **argv)
{
	bool as_json;
	int status = option_flag(VERB, usage, "json", argc, argv, &as_json);

	if (status >= 0)
		return status;
	if (argc - optind == 1)
		return show(state_option, argv[optind], as_json);
	fputs(VERB ": which profile? It takes one name or digest\n", stderr);
	return EXIT_USAGE;
}
