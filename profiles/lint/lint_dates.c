/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for the signature of a profile, and for its dates. */
#include <stdio.h>
#include <time.h>

#include "profiles/lint/lint_rules.h"
#include "profiles/values/moment.h"

/* Adds a problem of the whole file. */
static void say(struct linting *linting, enum rule rule, const char *before, const char *text)
{
	const struct problem_place place = { .file = linting->reading.keys.file };

	problems_add_rule(linting->reading.keys.problems, rule, &place, "%s%s", before, text);
}

void lint_signature(struct linting *linting)
{
	const struct survey_signature *signature = &linting->survey->signature;

	if (!signature->there || !signature->intact || signature->now == CMS_TRUSTED)
		return;
	say(linting, signature->now == CMS_EXPIRED ? RULE_CMS_EXPIRED : RULE_CMS_TRUST,
	    "its signer is ", cms_trust_sentence(signature->now));
}

/* Adds a problem at KEY of the profile, with the date AT. */
static void say_date(struct linting *linting, enum rule rule, const char *key, int64_t at,
		     const char *text)
{
	struct plist_spot spot =
		profile_keys_member(&linting->reading.keys, &linting->reading.top, key);
	time_t time = (time_t)at;
	char date[32] = "";
	struct tm tm;

	if (gmtime_r(&time, &tm))
		strftime(date, sizeof date, "%Y-%m-%d", &tm);
	profile_keys_wrong(&linting->reading.keys, rule, &spot, "%s is %s, %s", key, date, text);
}

/* Adds that END, whose date is less than three days ahead, ends the profile's use. */
static void say_soon(struct linting *linting, const struct expiry_date *end)
{
	char text[128], when[MOMENT_TEXT_MAX];

	snprintf(text, sizeof text, "%s %s", expiry_source_sentence(end->source),
		 moment_to_text(end->at, when));
	say(linting, RULE_SOON, "it lasts for less than three days more: ", text);
}

static void judge_download(struct linting *linting, const struct profile_expiry *expiry)
{
	if (expiry->state == EXPIRY_UNKNOWN)
		say(linting, RULE_DOWNLOAD_UNKNOWN, "",
		    "its downloads are good for 14 days, and when this one was made is not known");
	else if (expiry->state == EXPIRY_PAST && expiry->end.source == EXPIRY_DOWNLOAD)
		say(linting, RULE_DOWNLOAD_PAST, "",
		    "it was downloaded more than 14 days ago, and enrolls nothing any more");
	else if (expiry->state == EXPIRY_SOON)
		say_soon(linting, &expiry->end);
}

void lint_dates(struct linting *linting)
{
	const struct survey *survey = linting->survey;
	const struct expiry_download download =
		survey_download(survey, linting->target->downloaded);
	int64_t now = linting->target->now;
	struct profile_expiry expiry = profile_expiry(&survey->dates, &download, now);

	if (survey->dates.at[EXPIRY_REMOVAL_DATE] <= now)
		say_date(linting, RULE_REMOVAL_DATE, "RemovalDate",
			 survey->dates.at[EXPIRY_REMOVAL_DATE],
			 "and devices refuse the profile since");
	if (survey->dates.at[EXPIRY_PAYLOAD_DATE] <= now)
		say_date(linting, RULE_PAYLOAD_DATE, "PayloadExpirationDate",
			 survey->dates.at[EXPIRY_PAYLOAD_DATE],
			 "and devices show the profile as expired");
	judge_download(linting, &expiry);
}
