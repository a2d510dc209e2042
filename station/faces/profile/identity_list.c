/* SPDX-License-Identifier: Apache-2.0 */
/* muster identity list: which identities there are, and until when. */
#include "config.h"

#include "station/faces/profile/identity_list.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/values/expiry_text.h"
#include "profiles/library/identity_store.h"
#include "station/faces/fault_json.h"
#include "station/faces/json_text.h"
#include "station/faces/result_json.h"
#include "station/faces/table.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"

static json_t *to_json(const char *name, const struct identity_card *card)
{
	char begins[WALL_TEXT_MAX], ends[WALL_TEXT_MAX];

	return json_pack("{s:s, s:o, s:s, s:s, s:s}", "name", name, "subject",
			 text_to_json(card->subject), "sha256", card->sha256, "begins",
			 wall_to_text(card->begins * 1000, begins), "expires",
			 wall_to_text(card->ends * 1000, ends));
}

static int add_row(struct table *table, const char *name, const struct identity_card *card)
{
	char left[EXPIRY_TEXT_MAX], digest[13];
	const char *const cells[4] = { name, card->subject, left, digest };
	int64_t now = clock_wall() / 1000;
	const enum table_tone tones[4] = { [2] = card->ends <= now ? TONE_BAD : TONE_PLAIN };

	expiry_left_to_text(card->ends, now, left);
	snprintf(digest, sizeof digest, "%.12s", card->sha256);
	return table_add_row(table, cells, tones);
}

static int print_json(json_t *list)
{
	char *line =
		json_to_line(json_pack("{s:s, s:O}", "schema", JSON_SCHEMA, "identities", list));

	if (line)
		fputs(line, stdout);
	free(line);
	return line ? 0 : -ENOMEM;
}

/* Prints those called NAMES. Returns 0 or -ENOMEM. */
static int print(const char *dir, const struct store_names *names, bool as_json)
{
	static const char *const headings[] = { "NAME", "SUBJECT", "LEFT", "DIGEST" };
	struct table *table = table_new(headings, 4);
	json_t *list = json_array();
	int r = table && list ? 0 : -ENOMEM;

	for (size_t i = 0; i < names->count && r == 0; i++) {
		struct identity_card card;

		if (identity_store_look(dir, names->list[i], &card) < 0)
			fprintf(stderr, "muster identity list: %s is damaged\n", names->list[i]);
		else if (!as_json)
			r = add_row(table, names->list[i], &card);
		else if (json_array_append_new(list, to_json(names->list[i], &card)) < 0)
			r = -ENOMEM;
	}
	if (r == 0 && as_json)
		r = print_json(list);
	else if (r == 0)
		table_print(table, stdout, table_width_of(stdout), table_wants_colour(stdout));
	table_free(table);
	json_decref(list);
	return r;
}

int identity_list(const char *dir, bool as_json)
{
	struct store_names names;
	int r = store_list(dir, &names);
	bool none = false;

	if (r == 0) {
		r = print(dir, &names, as_json);
		none = names.count == 0;
		free(names.list);
	}
	if (r < 0) {
		fprintf(stderr, "muster identity list: %s: %s\n", dir, strerror(-r));
		return EXIT_TROUBLE;
	}
	if (none)
		fputs("muster identity list: there is none; muster identity new makes one\n",
		      stderr);
	return none ? EXIT_NOTHING : EXIT_PASSED;
}
