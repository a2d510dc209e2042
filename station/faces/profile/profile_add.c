/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile add: takes a profile into the library, with the clock of its download. */
#include "config.h"

#include "station/faces/profile/profile_add.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "profiles/values/expiry_text.h"
#include "profiles/library/library_profile.h"
#include "profiles/values/moment.h"
#include "station/faces/profile/library_face.h"
#include "station/faces/json_text.h"
#include "station/faces/result_json.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define VERB "muster profile add"

/* Longest time that a download may be said to last, in days: certificates do not last longer. */
#define DAYS_MAX 3650

static const char usage[] =
	"usage: muster profile add [--name NAME] [--downloaded DATE] [--valid-for DAYS]\n"
	"                          [--json] FILE\n"
	"\n"
	"Takes a profile into the library, for blueprints to name: \"install: { library: NAME }\".\n"
	"An enrollment file that Intune exports for direct enrollment is known by what is in it;\n"
	"it lasts two weeks from its download. Another download of it stands beside this one,\n"
	"each with its own clock; the latest that still lasts is used.\n"
	"\n"
	"  --name NAME        what the library calls it; without this the file's own name\n"
	"  --downloaded DATE  when it was downloaded: 2026-11-23, or \"2026-11-23 14:05\";\n"
	"                     without this the file's time is taken, and said so\n"
	"  --valid-for DAYS   how long the download lasts, where that is known otherwise;\n"
	"                     \"unlimited\" when it does not end\n"
	"  --json             the entry as JSON\n"
	"  -h, --help         this\n"
	"\n"
	"Exit status: 0, 2 usage, 3 the file is no profile that devices take, or its bytes are in\n"
	"the library with another name or clock, 4 the library cannot be written.\n";

struct request {
	const char *file, *name, *downloaded, *valid_for;
	bool json;
};

static int refuse(const char *what, const char *word, const char *why)
{
	fprintf(stderr, VERB ": %s \"%s\" %s\n", what, word, why);
	return EXIT_USAGE;
}

/* The name of FILE without its folder and ending. */
static bool name_after(const char *file, char out[static LIBRARY_NAME_MAX + 1])
{
	static const char ending[] = ".mobileconfig";
	const char *slash = strrchr(file, '/');
	const char *base = slash ? slash + 1 : file;
	size_t len = strlen(base), tail = sizeof ending - 1;

	if (len > tail && strcmp(base + len - tail, ending) == 0)
		len -= tail;
	return snprintf(out, LIBRARY_NAME_MAX + 1, "%.*s", (int)len, base) <= LIBRARY_NAME_MAX;
}

static int take_name(const struct request *request, struct library_entry *entry)
{
	static const char rule[] = "cannot be a name in the library: it has letters, digits, and "
				   "._- but not in front";
	bool fits = true;

	if (!request->name)
		fits = name_after(request->file, entry->name);
	else
		fits = snprintf(entry->name, sizeof entry->name, "%s", request->name) <=
		       LIBRARY_NAME_MAX;
	if (fits && library_judge_name(entry->name) == 0)
		return -1;
	if (request->name)
		return refuse("--name", request->name, rule);
	fprintf(stderr, VERB ": %s: the file's name %s; give one with --name\n", request->file,
		rule);
	return EXIT_USAGE;
}

static int take_date(const struct request *request, struct library_entry *entry)
{
	struct expiry_download *download = &entry->life.download;
	int r = moment_parse(request->downloaded, &download->at);

	entry->life.witness = LIBRARY_OPERATOR;
	if (r == -EINVAL)
		return refuse("--downloaded", request->downloaded,
			      "is no date such as 2026-11-23 or \"2026-11-23 14:05\"");
	if (r < 0)
		return refuse("--downloaded", request->downloaded, "is not in the calendar");
	if (download->at > clock_wall() / 1000)
		return refuse("--downloaded", request->downloaded, "is still to come");
	return -1;
}

static int take_length(const struct request *request, struct library_entry *entry)
{
	unsigned days;

	if (strcmp(request->valid_for, "unlimited") == 0) {
		entry->life.download.lasts = EXPIRY_NEVER;
		return -1;
	}
	if (option_number(request->valid_for, 1, DAYS_MAX, &days) < 0)
		return refuse("--valid-for", request->valid_for,
			      "is no number of days from 1 to 3650, nor \"unlimited\"");
	entry->life.download.lasts = days * EXPIRY_DAY;
	return -1;
}

/* What is said of ENTRY on the command line; the rest PROFILE and its file say. */
static int fill(const struct request *request, const struct profile *profile,
		struct library_entry *entry)
{
	char *path = realpath(request->file, NULL);
	struct library_content content;
	int status;

	if (library_look_into(profile, clock_wall() / 1000, &content) < 0) {
		free(path);
		return EXIT_TROUBLE;
	}
	entry->added = clock_wall() / 1000;
	entry->life = (struct library_life){
		.download = { library_file_time(profile, entry->added), content.lasts },
		.witness = LIBRARY_FILE,
	};
	clean_string(path ? path : request->file, entry->from);
	free(path);
	status = take_name(request, entry);
	if (status < 0 && request->downloaded)
		status = take_date(request, entry);
	if (status < 0 && request->valid_for)
		status = take_length(request, entry);
	return status;
}

static const char *what_lasts(const struct library_look *look)
{
	if (look->expiry.end.at == EXPIRY_NEVER)
		return "";
	return expiry_source_sentence(look->expiry.end.source);
}

static void print_words(const struct library_look *look, bool was_there)
{
	const struct library_entry *entry = look->entry;
	char downloaded[MOMENT_TEXT_MAX], until[MOMENT_TEXT_MAX], left[EXPIRY_TEXT_MAX];
	bool guessed = entry->life.witness == LIBRARY_FILE;

	printf("%s: %s, downloaded %s%s\n", entry->name,
	       was_there ? "is in the library already" : "is in the library",
	       moment_to_text(entry->life.download.at, downloaded),
	       guessed ? " (the file's time; --downloaded says it better)" : "");
	if (look->expiry.end.at == EXPIRY_NEVER)
		return;
	printf("%s: %s %s (%s)\n", entry->name, what_lasts(look),
	       moment_to_text(look->expiry.end.at, until),
	       expiry_to_text(&look->expiry, clock_wall() / 1000, left));
}

static int print(const struct request *request, const struct library_look *look, bool was_there)
{
	json_t *json;
	char *line;

	if (look->expiry.state == EXPIRY_PAST)
		fprintf(stderr, VERB ": %s has expired: no batch begins with it\n",
			look->entry->name);
	if (!request->json) {
		print_words(look, was_there);
		return EXIT_PASSED;
	}
	json = json_pack("{s:s, s:[o]}", "schema", JSON_SCHEMA, "profiles",
			 library_look_to_json(look));
	line = json_to_line(json);
	if (line)
		fputs(line, stdout);
	free(line);
	return line ? EXIT_PASSED : EXIT_TROUBLE;
}

static int tell_add(const struct state *state, int r)
{
	if (r == -EDQUOT)
		fprintf(stderr, VERB ": the library is full; muster profile remove makes room\n");
	else
		fprintf(stderr, VERB ": %s: %s\n", state->profiles, strerror(-r));
	return EXIT_TROUBLE;
}

/* May ENTRY, which has the same bytes, stand for what was ASKED for? Its clock is not changed: what
 * was said of it in vain must not go unnoticed. Returns -1, or, with a message, EXIT_FILE. */
static int judge_twin(const struct request *request, const struct library_entry *asked,
		      const struct library_entry *entry)
{
	const struct library_life *life = &entry->life;
	char downloaded[MOMENT_TEXT_MAX];

	if (strcmp(asked->name, entry->name) != 0) {
		fprintf(stderr, VERB ": these bytes are in the library already, as %s\n",
			entry->name);
		return EXIT_FILE;
	}
	if ((!request->downloaded || asked->life.download.at == life->download.at) &&
	    (!request->valid_for || asked->life.download.lasts == life->download.lasts))
		return -1;
	fprintf(stderr,
		VERB ": %s is in the library already, downloaded %s%s, and stays so; to say it "
		     "anew, take it out first: muster profile remove %.12s\n",
		entry->name, moment_to_text(life->download.at, downloaded),
		life->witness == LIBRARY_FILE ? " (the file's time)" : "", entry->sha256);
	return EXIT_FILE;
}

static int add(const char *state_option, const struct request *request,
	       const struct profile *profile, struct library_entry *entry)
{
	const struct library_entry asked = *entry;
	char why[STATE_WHY_MAX];
	struct library_look look;
	struct state state;
	int status = library_locate(VERB, state_option, &state), r;

	if (status >= 0)
		return status;
	r = state_make(&state);
	if (r < 0) {
		state_explain(&state, r, why);
		fprintf(stderr, VERB ": %s\n", why);
		return EXIT_TROUBLE;
	}
	r = library_add(state.profiles, entry, profile->bytes, profile->size);
	if (r < 0 && r != -EEXIST)
		return tell_add(&state, r);
	status = r == -EEXIST ? judge_twin(request, &asked, entry) : -1;
	if (status >= 0)
		return status;
	if (library_look(state.profiles, entry, &look) < 0)
		return EXIT_TROUBLE;
	status = print(request, &look, r == -EEXIST);
	library_unlook(&look);
	return status;
}

/* Returns -1 to go on, or the exit status. */
static int read_request(int argc, char **argv, struct request *request)
{
	static const struct option longs[] = {
		{ "name", required_argument, NULL, 'n' },
		{ "downloaded", required_argument, NULL, 'd' },
		{ "valid-for", required_argument, NULL, 'v' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (option == OPTION_WRONG)
			return EXIT_USAGE;
		request->name = option == 'n' ? optarg : request->name;
		request->downloaded = option == 'd' ? optarg : request->downloaded;
		request->valid_for = option == 'v' ? optarg : request->valid_for;
		request->json |= option == 'j';
	}
	if (argc - optind == 1) {
		request->file = argv[optind];
		return -1;
	}
	fputs(argc == optind ? VERB ": which file?\n"
			     : VERB ": takes one file; each has its own download\n",
	      stderr);
	return EXIT_USAGE;
}

int profile_add(const char *state_option, int argc, char **argv)
{
	struct library_entry entry = { .name = "" };
	struct request request = { .file = NULL };
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	int status = read_request(argc, argv, &request), r;

	if (status >= 0)
		return status;
	r = profile_open(request.file, &problems, &profile);
	problems_print(&problems, stderr);
	problems_done(&problems);
	if (r < 0)
		return r == -ENOMEM ? EXIT_TROUBLE : EXIT_FILE;
	status = fill(&request, profile, &entry);
	if (status < 0)
		status = add(state_option, &request, profile, &entry);
	profile_free(profile);
	return status;
}
