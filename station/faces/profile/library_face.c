/* SPDX-License-Identifier: Apache-2.0 */
/* What the verbs of the library share: where it is, what a word means, an entry in words and JSON.
 */
#include "config.h"

#include "station/faces/profile/library_face.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/nearest.h"
#include "profiles/library/library_profile.h"
#include "profiles/values/moment.h"
#include "station/faces/fault_json.h"
#include "station/faces/result_json.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"

int library_locate(const char *verb, const char *state_option, struct state *ret_state)
{
	char why[STATE_WHY_MAX];
	int r = state_locate(state_option, ret_state);

	if (r == 0)
		return -1;
	state_explain(ret_state, r, why);
	fprintf(stderr, "%s: %s\n", verb, why);
	return EXIT_TROUBLE;
}

int library_open(const char *verb, const char *state_option, struct state *ret_state,
		 struct library *ret_library)
{
	int status = library_locate(verb, state_option, ret_state), r;

	if (status >= 0)
		return status;
	r = library_read(ret_state->profiles, ret_library);
	if (r < 0) {
		fprintf(stderr, "%s: %s: %s\n", verb, ret_state->profiles, strerror(-r));
		return EXIT_TROUBLE;
	}
	if (ret_library->damaged > 0)
		fprintf(stderr, "%s: %zu things in %s are damaged, or none of muster's\n", verb,
			ret_library->damaged, ret_state->profiles);
	return -1;
}

/* Says which entries WORD may mean. */
static void tell_several(const char *verb, const struct library *library, const char *word)
{
	char downloaded[MOMENT_TEXT_MAX];

	fprintf(stderr, "%s: %s is the name of several downloads; say which by its digest:\n", verb,
		word);
	for (size_t i = 0; i < library->count; i++) {
		const struct library_entry *entry = &library->entries[i];

		if (strcmp(entry->name, word) == 0)
			fprintf(stderr, "  %.12s  downloaded %s\n", entry->sha256,
				moment_to_text(entry->life.download.at, downloaded));
	}
}

static void tell_none(const char *verb, const struct library *library, const char *word)
{
	const char **names = calloc(library->count + 1, sizeof *names), *nearest;

	for (size_t i = 0; names && i < library->count; i++)
		names[i] = library->entries[i].name;
	nearest = names ? nearest_word(word, names, library->count) : NULL;
	if (nearest)
		fprintf(stderr, "%s: %s is not in the library; did you mean %s?\n", verb, word,
			nearest);
	else
		fprintf(stderr, "%s: %s is not in the library; muster profile list shows what is\n",
			verb, word);
	free(names);
}

int library_mean(const char *verb, const struct library *library, const char *word,
		 const struct library_entry **ret_entry)
{
	int r = library_pick(library, word, ret_entry);

	if (r == 0)
		return -1;
	if (r == -ENOTUNIQ)
		tell_several(verb, library, word);
	else
		tell_none(verb, library, word);
	return EXIT_FILE;
}

int library_look(const char *folder, const struct library_entry *entry,
		 struct library_look *ret_look)
{
	struct library_look look = { .entry = entry };
	struct problems problems = { 0 };
	int64_t now = clock_wall() / 1000;
	unsigned char *bytes = NULL;
	size_t size;
	int r = library_bytes(folder, entry, &bytes, &size);

	if (r == 0)
		r = profile_open_bytes(entry->name, bytes, size, &problems, &look.profile);
	free(bytes);
	problems_done(&problems);
	expiry_dates_init(&look.content.dates);
	if (r == 0)
		r = library_look_into(look.profile, now, &look.content);
	if (r == -ENOMEM) {
		profile_free(look.profile);
		return r;
	}
	look.expiry = profile_expiry(&look.content.dates, &entry->life.download, now);
	*ret_look = look;
	return 0;
}

void library_unlook(struct library_look *look)
{
	profile_free(look->profile);
	look->profile = NULL;
}

static json_t *time_to_json(int64_t time)
{
	char text[WALL_TEXT_MAX];

	return time == EXPIRY_NEVER ? json_null() : text_to_json(wall_to_text(time * 1000, text));
}

json_t *library_look_to_json(const struct library_look *look)
{
	const struct library_entry *entry = look->entry;
	const struct expiry_date *end = &look->expiry.end;
	int64_t now = clock_wall() / 1000, lasts = entry->life.download.lasts;
	bool ends = end->at != EXPIRY_NEVER;

	return json_pack(
		"{s:s, s:s, s:o, s:o, s:o, s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:b}", "name",
		entry->name, "sha256", entry->sha256, "from", text_to_json(entry->from), "added",
		time_to_json(entry->added), "downloaded", time_to_json(entry->life.download.at),
		"downloaded_says", library_witness_to_text(entry->life.witness), "lasts_days",
		lasts == EXPIRY_NEVER ? json_null() : json_integer(lasts / EXPIRY_DAY), "state",
		expiry_state_to_text(look->expiry.state), "expires", time_to_json(end->at),
		"expires_by", ends ? json_string(expiry_source_to_text(end->source)) : json_null(),
		"days_left", ends ? json_integer(expiry_days_left(end->at, now)) : json_null(),
		"identifier", text_to_json(look->profile ? look->profile->identifier : ""),
		"vendor", text_to_json(look->content.vendor), "damaged", look->profile == NULL);
}
