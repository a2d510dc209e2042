/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what the age of a profile means: texts, start, new jobs, notices, with a moved clock. */
#include "config.h"

#include "station/rules/shelf.h"

#include <stdio.h>
#include <string.h>

#include "profiles/values/expiry_text.h"
#include "tests/unit/tap.h"

#define MINUTE 60LL
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define NEVER  EXPIRY_NEVER
/* The first second after the profile's life. */
#define END (1000 * DAY)

/* How long before END it is, what is said, and in how many seconds that is another text. */
static const struct {
	int64_t left;
	const char *want;
	int64_t stays;
} texts[] = {
	{ 14 * DAY, "14 days left", 1 },
	{ 14 * DAY - 1, "13 days left", DAY },
	{ 3 * DAY, "3 days left", 1 },
	{ 3 * DAY - 1, "71 h left", HOUR },
	{ 47 * HOUR + 59 * MINUTE, "47 h left", HOUR - MINUTE + 1 },
	{ 2 * HOUR, "2 h left", 1 },
	{ 2 * HOUR - 1, "119 min left", MINUTE },
	{ MINUTE, "1 min left", 1 },
	{ 1, "0 min left", 2 },
	{ 0, "expired 0 min ago", 0 },
	{ -MINUTE, "expired 1 min ago", 0 },
	{ -3 * HOUR, "expired 3 h ago", 0 },
	{ -DAY, "expired 1 day ago", 0 },
	{ -20 * DAY, "expired 20 days ago", 0 },
};

static void check_texts(void)
{
	char text[EXPIRY_TEXT_MAX];

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		is_string(expiry_left_to_text(END, END - texts[i].left, text), texts[i].want,
			  "what is left");
		is_number(expiry_text_lasts(END, END - texts[i].left), texts[i].stays,
			  texts[i].want);
	}
	is_string(expiry_left_to_text(NEVER, 5, text), "no limit", "without an end");
	is_number(expiry_text_lasts(NEVER, 5), 0, "which stays");
	expiry_left_to_text(INT64_MIN, INT64_MAX, text);
	ok(strncmp(text, "expired", 7) == 0 || strstr(text, "left"), "no overflow: %s", text);
}

/* The life of an Intune download, day by day: it is quiet for eleven days, then warns, then stops.
 */
static const struct {
	int64_t age;
	enum expiry_state state;
	bool allowed;
	enum shelf_start start;
	bool begins;
	const char *notice;
} life[] = {
	{ 0, EXPIRY_FRESH, false, SHELF_FINE, true, "" },
	{ 11 * DAY, EXPIRY_FRESH, false, SHELF_FINE, true, "" },
	{ 11 * DAY + 1, EXPIRY_SOON, false, SHELF_WARN, true, "The profile intune: 71 h left" },
	{ 13 * DAY, EXPIRY_SOON, false, SHELF_WARN, true, "The profile intune: 24 h left" },
	{ 14 * DAY - 1, EXPIRY_SOON, false, SHELF_WARN, true, "The profile intune: 0 min left" },
	{ 14 * DAY, EXPIRY_PAST, false, SHELF_REFUSE, false,
	  "The profile intune: expired 0 min ago; no new job is begun with it" },
	{ 14 * DAY, EXPIRY_PAST, true, SHELF_LOG, true, "The profile intune: expired 0 min ago" },
	{ 13 * DAY, EXPIRY_SOON, true, SHELF_WARN, true, "The profile intune: 24 h left" },
	{ 40 * DAY, EXPIRY_PAST, false, SHELF_REFUSE, false,
	  "The profile intune: expired 26 days ago; no new job is begun with it" },
};

static struct shelf_profile profile_at(int64_t now, bool allowed)
{
	char file[] = "/srv/library/intune";
	struct profile profile = { .file = file, .sha256 = "abc" };
	struct blueprint_step step = {
		.profile = &profile,
		.library = file,
		.life = { .download = { END - EXPIRY_INTUNE_LIFE, EXPIRY_INTUNE_LIFE } },
	};
	struct shelf_profile shown;

	expiry_dates_init(&step.content.dates);
	shelf_describe(&step, now, &shown);
	shown.allowed = allowed;
	return shown;
}

static void check_life(void)
{
	char notice[CLEAN_MAX + 1];

	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++) {
		int64_t now = END - EXPIRY_INTUNE_LIFE + life[i].age;
		struct shelf_profile profile = profile_at(now, life[i].allowed);

		is_number(profile.state, life[i].state, "state");
		is_number(shelf_at_start(&profile), life[i].start, "start");
		is_number(shelf_may_begin(&profile), life[i].begins, "a new job");
		shelf_notice(&profile, 1, now, notice);
		is_string(notice, life[i].notice, "notice");
		is_string(profile.name, "intune", "its name");
		ok(profile.library, "from the library");
	}
}

static struct shelf_profile shelf_profile(const char *name, enum expiry_state state, int64_t ends)
{
	struct shelf_profile profile = { .state = state, .ends = ends };

	snprintf(profile.name, sizeof profile.name, "%s", name);
	return profile;
}

static void check_urgent(void)
{
	const struct shelf_profile all[] = {
		shelf_profile("none", EXPIRY_UNLIMITED, NEVER),
		shelf_profile("dark", EXPIRY_UNKNOWN, NEVER),
		shelf_profile("fresh", EXPIRY_FRESH, END - 9 * DAY),
		shelf_profile("soon", EXPIRY_SOON, END),
		shelf_profile("sooner", EXPIRY_SOON, END - HOUR),
		shelf_profile("past", EXPIRY_PAST, END - 4 * DAY),
	};

	ok(!shelf_most_urgent(all, 0), "of none");
	ok(!shelf_most_urgent(all, 3), "of those that are well");
	ok(shelf_most_urgent(all, 4) == &all[3], "the only one");
	ok(shelf_most_urgent(all, 5) == &all[4], "the sooner one");
	ok(shelf_most_urgent(all, 6) == &all[5], "the one that has expired");
	is_number(shelf_at_start(&all[1]), SHELF_WARN, "nobody knows: a warning");
	ok(shelf_may_begin(&all[1]), "and jobs are begun");
}

/* When the station looks again: at the change, but within an hour. */
static const struct {
	enum expiry_state state;
	int64_t left, want;
} looks[] = {
	{ EXPIRY_UNLIMITED, NEVER, 0 },
	{ EXPIRY_UNKNOWN, NEVER, 0 },
	{ EXPIRY_FRESH, 14 * DAY, HOUR },
	{ EXPIRY_FRESH, 3 * DAY + HOUR, HOUR },
	{ EXPIRY_FRESH, 3 * DAY + 100, 101 },
	{ EXPIRY_FRESH, 3 * DAY, 1 },
	{ EXPIRY_SOON, 3 * DAY - 1, HOUR },
	{ EXPIRY_SOON, 90 * MINUTE + 10, 11 },
	{ EXPIRY_SOON, 30, 30 },
	{ EXPIRY_SOON, 1, 1 },
	{ EXPIRY_PAST, 0, HOUR },
	{ EXPIRY_PAST, -DAY, HOUR },
};

static void check_looks(void)
{
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
		bool never = looks[i].left == NEVER;
		struct shelf_profile profile =
			shelf_profile("p", looks[i].state, never ? NEVER : END);

		ok(shelf_look_again(&profile, 1, never ? 5 : END - looks[i].left) ==
			   looks[i].want * 1000,
		   "look %zu again in %lld s", i, (long long)looks[i].want);
	}
	ok(shelf_look_again(NULL, 0, END) == 0, "nothing to look at");
}

int main(void)
{
	check_texts();
	check_life();
	check_urgent();
	check_looks();
	return tap_done();
}
