/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile list: what is in the library, and how long each still lasts. */
#include "config.h"

#include "station/faces/profile/profile_list.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/values/expiry_text.h"
#include "profiles/values/moment.h"
#include "station/faces/json_text.h"
#include "station/faces/profile/library_face.h"
#include "station/faces/result_json.h"
#include "station/faces/table.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define VERB "muster profile list"

/* Digits of a digest that are shown: enough to mean one entry. */
#define DIGITS 12

static const char usage[] =
	"usage: muster profile list [--json] [NAME]\n"
	"\n"
	"Shows the profiles of the library, or the downloads of one, the latest first: when each\n"
	"was downloaded and how long it still lasts. A download whose time is only that of its\n"
	"file has a ~ before it.\n"
	"\n"
	"  --json      all that is known, as JSON\n"
	"  -h, --help  this\n"
	"\n"
	"Exit status: 0, 2 usage, 4 the library cannot be read, 5 nothing is in it.\n"
	"\n"
	"Example: muster profile list --json | jq -r '.profiles[] | [.name, .days_left] | @tsv'\n";

static enum table_tone tone_of(const struct library_look *look)
{
	switch (look->expiry.state) {
	case EXPIRY_UNLIMITED:
	case EXPIRY_FRESH:
		return TONE_PLAIN;
	case EXPIRY_UNKNOWN:
	case EXPIRY_SOON:
		return TONE_WAIT;
	case EXPIRY_PAST:
		return TONE_BAD;
	}
	return TONE_PLAIN;
}

static int add_row(struct table *table, const struct library_look *look)
{
	const struct library_entry *entry = look->entry;
	const enum table_tone tones[6] = { [2] = tone_of(look) };
	char downloaded[MOMENT_TEXT_MAX + 1] = "~", digest[DIGITS + 1], left[EXPIRY_TEXT_MAX];
	bool guessed = entry->life.witness == LIBRARY_FILE;
	const char *const cells[6] = {
		entry->name,
		guessed ? downloaded : downloaded + 1,
		look->profile ? left : "damaged",
		look->profile ? look->profile->display_name : "",
		digest,
		entry->from,
	};

	moment_to_text(entry->life.download.at, downloaded + 1);
	expiry_to_text(&look->expiry, clock_wall() / 1000, left);
	snprintf(digest, sizeof digest, "%.12s", entry->sha256);
	return table_add_row(table, cells, tones);
}

/* What is shown of an entry: a row of TABLE or an element of LIST. */
struct list {
	struct table *table;
	json_t *json;
	size_t count;
};

static int show(struct list *list, const char *folder, const struct library_entry *entry)
{
	struct library_look look;
	int r = library_look(folder, entry, &look);

	if (r < 0)
		return r;
	list->count++;
	if (list->table)
		r = add_row(list->table, &look);
	else if (json_array_append_new(list->json, library_look_to_json(&look)) < 0)
		r = -ENOMEM;
	library_unlook(&look);
	return r;
}

static int print(struct list *list)
{
	char *line;

	if (list->table) {
		table_print(list->table, stdout, table_width_of(stdout),
			    table_wants_colour(stdout));
		return 0;
	}
	line = json_to_line(json_pack("{s:s, s:O}", "schema", JSON_SCHEMA, "profiles", list->json));
	if (line)
		fputs(line, stdout);
	free(line);
	return line ? 0 : -ENOMEM;
}

/* Shows the entries of NAME, or all. */
static int show_all(const struct state *state, const struct library *library, const char *name,
		    bool as_json)
{
	static const char *const headings[] = { "NAME",	 "DOWNLOADED", "LEFT",
						"TITLE", "DIGEST",     "FROM" };
	struct list list = { .count = 0 };
	int r = 0;

	if (as_json)
		list.json = json_array();
	else
		list.table = table_new(headings, 6);
	if (!list.json && !list.table)
		r = -ENOMEM;
	for (size_t i = 0; i < library->count && r == 0; i++)
		if (!name || strcmp(name, library->entries[i].name) == 0)
			r = show(&list, state->profiles, &library->entries[i]);
	if (r == 0)
		r = print(&list);
	table_free(list.table);
	json_decref(list.json);
	if (r < 0) {
		fprintf(stderr, VERB ": %s\n", strerror(-r));
		return EXIT_TROUBLE;
	}
	if (list.count == 0)
		fprintf(stderr, VERB ": %s%s; muster profile add takes one in\n",
			name ? "nothing in the library is called " : "the library is empty",
			name ? name : "");
	return list.count == 0 ? EXIT_NOTHING : EXIT_PASSED;
}

int profile_list(const char *state_option, int argc, char **argv)
{
	struct library library;
	struct state state;
	bool as_json;
	int status = option_flag(VERB, usage, "json", argc, argv, &as_json);

	if (status >= 0)
		return status;
	if (argc - optind > 1) {
		fprintf(stderr, VERB ": takes one name, not also \"%s\"\n", argv[optind + 1]);
		return EXIT_USAGE;
	}
	status = library_open(VERB, state_option, &state, &library);
	if (status >= 0)
		return status;
	status = show_all(&state, &library, argv[optind], as_json);
	library_done(&library);
	return status;
}
