/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the rule of expiry: which date ends a profile, and on which second. */
#include "profiles/values/expiry.h"

#include <string.h>

#include "tests/unit/tap.h"

#define NOW   1000000000LL
#define DAY   EXPIRY_DAY
#define NEVER EXPIRY_NEVER

static const struct {
	const char *what;
	int64_t downloaded, lasts;
	int64_t removal, identity, shown, signer, stays;
	enum expiry_state state;
	int64_t end, first;
} rows[] = {
	{ "nothing is known to end it", NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER,
	  EXPIRY_UNLIMITED, NEVER, NEVER },
	{ "a download without a limit", NOW, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER,
	  EXPIRY_UNLIMITED, NEVER, NEVER },
	{ "a limit, and no download", NEVER, EXPIRY_INTUNE_LIFE, NEVER, NEVER, NEVER, NEVER, NEVER,
	  EXPIRY_UNKNOWN, NEVER, NEVER },
	{ "just downloaded", NOW, EXPIRY_INTUNE_LIFE, NEVER, NEVER, NEVER, NEVER, NEVER,
	  EXPIRY_FRESH, NOW + 14 * DAY, NOW + 14 * DAY },
	{ "eleven quiet days", NOW - 11 * DAY, EXPIRY_INTUNE_LIFE, NEVER, NEVER, NEVER, NEVER,
	  NEVER, EXPIRY_FRESH, NOW + 3 * DAY, NOW + 3 * DAY },
	{ "a second after them", NOW - 11 * DAY - 1, EXPIRY_INTUNE_LIFE, NEVER, NEVER, NEVER, NEVER,
	  NEVER, EXPIRY_SOON, NOW + 3 * DAY - 1, NOW + 3 * DAY - 1 },
	{ "its last second", NOW - 14 * DAY + 1, EXPIRY_INTUNE_LIFE, NEVER, NEVER, NEVER, NEVER,
	  NEVER, EXPIRY_SOON, NOW + 1, NOW + 1 },
	{ "on the very second", NOW - 14 * DAY, EXPIRY_INTUNE_LIFE, NEVER, NEVER, NEVER, NEVER,
	  NEVER, EXPIRY_PAST, NOW, NOW },
	{ "a removal date before the download's end", NOW, EXPIRY_INTUNE_LIFE, NOW + 5 * DAY, NEVER,
	  NEVER, NEVER, NEVER, EXPIRY_FRESH, NOW + 5 * DAY, NOW + 5 * DAY },
	{ "an identity that is expired", NOW, EXPIRY_INTUNE_LIFE, NEVER, NOW - DAY, NEVER, NEVER,
	  NEVER, EXPIRY_PAST, NOW - DAY, NOW - DAY },
	{ "a date that devices only show", NEVER, NEVER, NEVER, NEVER, NOW - DAY, NEVER, NEVER,
	  EXPIRY_UNLIMITED, NEVER, NOW - DAY },
	{ "a signer that is expired", NOW, EXPIRY_INTUNE_LIFE, NEVER, NEVER, NEVER, NOW - DAY,
	  NEVER, EXPIRY_FRESH, NOW + 14 * DAY, NOW - DAY },
	{ "a stay of an hour", NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, 3600, EXPIRY_UNLIMITED,
	  NEVER, NOW + 3600 },
	{ "an unknown download, and a date that is near", NEVER, EXPIRY_INTUNE_LIFE, NOW + DAY,
	  NEVER, NEVER, NEVER, NEVER, EXPIRY_SOON, NOW + DAY, NOW + DAY },
	{ "an unknown download, and a date that is far", NEVER, EXPIRY_INTUNE_LIFE, NOW + 99 * DAY,
	  NEVER, NEVER, NEVER, NEVER, EXPIRY_UNKNOWN, NOW + 99 * DAY, NOW + 99 * DAY },
	{ "a download in times to come overflows to never", INT64_MAX - 5, EXPIRY_INTUNE_LIFE,
	  NEVER, NEVER, NEVER, NEVER, NEVER, EXPIRY_UNLIMITED, NEVER, NEVER },
};

static void check_rows(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct expiry_download download = { rows[i].downloaded, rows[i].lasts };
		struct profile_expiry expiry;
		struct expiry_dates dates;

		expiry_dates_init(&dates);
		expiry_dates_add(&dates, EXPIRY_REMOVAL_DATE, rows[i].removal);
		expiry_dates_add(&dates, EXPIRY_IDENTITY, rows[i].identity);
		expiry_dates_add(&dates, EXPIRY_PAYLOAD_DATE, rows[i].shown);
		expiry_dates_add(&dates, EXPIRY_SIGNER, rows[i].signer);
		dates.stays = rows[i].stays;
		expiry = profile_expiry(&dates, &download, NOW);
		is_string(expiry_state_to_text(expiry.state), expiry_state_to_text(rows[i].state),
			  rows[i].what);
		is_number(expiry.end.at, rows[i].end, "its end");
		is_number(expiry.first.at, rows[i].first, "its first date");
	}
}

static void check_days(void)
{
	is_number(expiry_days_left(NOW + DAY, NOW), 1, "a whole day");
	is_number(expiry_days_left(NOW + DAY - 1, NOW), 0, "a second less is no day");
	is_number(expiry_days_left(NOW, NOW), 0, "now");
	is_number(expiry_days_left(NOW - 1, NOW), -1, "a second ago");
	is_number(expiry_days_left(NOW - DAY, NOW), -1, "a day ago");
	is_number(expiry_days_left(NOW - DAY - 1, NOW), -2, "a little more");
	ok(expiry_days_left(INT64_MAX, -5) > 0, "the end of all numbers");
	ok(expiry_days_left(INT64_MIN, 5) < 0, "their beginning");
}

static void check_texts(void)
{
	struct expiry_dates dates;

	expiry_dates_init(&dates);
	for (int i = 0; i < EXPIRY_SOURCES; i++) {
		enum expiry_source source = (enum expiry_source)i;

		is_number(dates.at[i], NEVER, "no date at first");
		ok(strlen(expiry_source_to_text(source)) > 0, "a name for each source");
		ok(strlen(expiry_source_sentence(source)) > 0, "and a sentence");
	}
	expiry_dates_add(&dates, EXPIRY_SIGNER, NOW);
	expiry_dates_add(&dates, EXPIRY_SIGNER, NOW + 1);
	is_number(dates.at[EXPIRY_SIGNER], NOW, "the earlier one is kept");
	ok(expiry_source_ends(EXPIRY_DOWNLOAD) && expiry_source_ends(EXPIRY_IDENTITY) &&
		   expiry_source_ends(EXPIRY_REMOVAL_DATE),
	   "what a device or a server refuses ends it");
	ok(!expiry_source_ends(EXPIRY_SIGNER) && !expiry_source_ends(EXPIRY_PAYLOAD_DATE) &&
		   !expiry_source_ends(EXPIRY_CERTIFICATE) &&
		   !expiry_source_ends(EXPIRY_REMOVAL_DURATION),
	   "what is only shown does not");
}

int main(void)
{
	check_rows();
	check_days();
	check_texts();
	return tap_done();
}
