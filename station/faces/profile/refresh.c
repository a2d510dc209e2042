/* SPDX-License-Identifier: Apache-2.0 */
/* One source asked for a new download, which becomes part of the library when it is proved. */
#include "station/faces/profile/refresh.h"

#include <errno.h>
#include <string.h>

#include "profiles/values/moment.h"
#include "station/faces/fault_json.h"
#include "station/faces/result_json.h"

const char *refresh_outcome_to_text(enum refresh_outcome outcome)
{
	static const char *const words[REFRESH_OUTCOMES] = {
		[REFRESH_DONE] = "refreshed",  [REFRESH_UNCHANGED] = "unchanged",
		[REFRESH_CURRENT] = "current", [REFRESH_WOULD] = "would-refresh",
		[REFRESH_REFUSED] = "refused",
	};

	return words[outcome];
}

/* The end of ENTRY's download, or EXPIRY_NEVER. */
static int64_t end_of(const struct library_entry *entry)
{
	const struct expiry_download *download = &entry->life.download;

	if (download->at == EXPIRY_NEVER || download->lasts == EXPIRY_NEVER)
		return EXPIRY_NEVER;
	return download->at + download->lasts;
}

/* Whether ENTRY does not last beyond the days in which a person would be warned. */
static bool is_due(const struct library_entry *entry, int64_t now)
{
	struct expiry_dates dates;

	if (entry->name[0] == '\0')
		return true;
	expiry_dates_init(&dates);
	switch (profile_expiry(&dates, &entry->life.download, now).state) {
	case EXPIRY_UNLIMITED:
	case EXPIRY_FRESH:
		return false;
	case EXPIRY_UNKNOWN:
	case EXPIRY_SOON:
	case EXPIRY_PAST:
		break;
	}
	return true;
}

/* The entry of the library to use now; one without a name when there is none. */
static int read_newest(const char *profiles, const char *name, int64_t now,
		       struct library_entry *ret_entry)
{
	const struct library_entry *found;
	struct library library;
	int r = library_read(profiles, &library);

	if (r < 0)
		return r;
	found = library_find(&library, name, now);
	*ret_entry = found ? *found : (struct library_entry){ .name = "" };
	library_done(&library);
	return 0;
}

/* What was delivered becomes part of the library. */
static int add(struct refresh *refresh, const char *profiles, int64_t now)
{
	const struct source *source = refresh->source;
	struct delivery *delivery = &refresh->delivery;
	int64_t at = delivery->date >= 0 ? delivery->date : now;
	struct library_entry entry = {
		.added = now,
		.life = {
			.download = { .at = at, .lasts = source_lasts(&source->validity, at) },
			.witness = delivery->date >= 0 ? LIBRARY_SERVER : LIBRARY_FILE,
		},
	};
	int r;

	/* In the library it would stay so, whatever is said of the source later. */
	if (entry.life.download.lasts == 0)
		return refuse(&refresh->refusal, REFUSAL_FILE,
			      "%s: what came has expired already by \"valid\" in the file of "
			      "sources: it is not used",
			      source->name);
	snprintf(entry.name, sizeof entry.name, "%s", source->name);
	snprintf(entry.from, sizeof entry.from, "%s", delivery->from);
	r = library_add(profiles, &entry, delivery->bytes, delivery->size);
	if (r < 0 && r != -EEXIST)
		return refuse(&refresh->refusal, REFUSAL_HOST,
			      "%s: the download cannot be kept in %s: %s", source->name, profiles,
			      r == -EDQUOT ? "the library is full; remove what is expired"
					   : strerror(-r));
	if (r == -EEXIST && end_of(&entry) <= now)
		findings_add(&delivery->findings, FINDING_ERROR,
			     "the server still gives a file that has expired; have it make a new "
			     "one, or take this one out of the library");
	refresh->entry = entry;
	refresh->outcome = r == 0 ? REFRESH_DONE : REFRESH_UNCHANGED;
	return 0;
}

/* Asks the source. Returns 0, or -1 with the refusal. */
static int ask_source(struct refresh *refresh, const struct refresh_manner *manner)
{
	const struct source *source = refresh->source;

	if (source->kind->graph)
		return delivery_export(source, manner->only_look, manner->may_ask,
				       &refresh->delivery, &refresh->refusal);
	return delivery_get(source, manner->only_look, &refresh->delivery, &refresh->refusal);
}

void refresh_source(const struct source *source, const char *profiles,
		    const struct refresh_manner *manner, int64_t now, struct refresh *ret_refresh)
{
	struct refresh *refresh = ret_refresh;
	int r;

	*refresh = (struct refresh){ .source = source, .outcome = REFRESH_REFUSED };
	r = read_newest(profiles, source->name, now, &refresh->entry);
	if (r < 0) {
		refuse(&refresh->refusal, REFUSAL_HOST, "%s: the library in %s cannot be read: %s",
		       source->name, profiles, strerror(-r));
		return;
	}
	if (manner->only_due && !is_due(&refresh->entry, now)) {
		refresh->outcome = REFRESH_CURRENT;
		return;
	}
	if (ask_source(refresh, manner) < 0)
		return;
	if (manner->only_look)
		refresh->outcome = REFRESH_WOULD;
	else if (delivery_judge(&refresh->delivery, source->name, now, &refresh->refusal) == 0)
		add(refresh, profiles, now);
	delivery_done(&refresh->delivery);
}

bool refresh_is_well(const struct refresh *refresh)
{
	return refresh->outcome != REFRESH_REFUSED &&
	       !findings_have_error(&refresh->delivery.findings);
}

/* "lasts until 2026-12-07 13:00 +0100 (14 days left)" and the like. */
#define LASTS_MAX 96
static const char *lasts(const struct library_entry *entry, int64_t now, char out[static LASTS_MAX])
{
	int64_t end = end_of(entry);
	char when[MOMENT_TEXT_MAX];

	if (entry->name[0] == '\0')
		snprintf(out, LASTS_MAX, "there is no other download");
	else if (end == EXPIRY_NEVER)
		snprintf(out, LASTS_MAX, "no end of it is known");
	else if (end <= now)
		snprintf(out, LASTS_MAX, "expired on %s", moment_to_text(end, when));
	else
		snprintf(out, LASTS_MAX, "lasts until %s (%lld days left)",
			 moment_to_text(end, when), (long long)expiry_days_left(end, now));
	return out;
}

void refresh_print(const struct refresh *refresh, int64_t now, FILE *out, FILE *err)
{
	const struct findings *findings = &refresh->delivery.findings;
	const char *name = refresh->source->name;
	const char *made = refresh->delivery.made ? "; the profile in Intune was made for it" : "";
	char text[LASTS_MAX];

	lasts(&refresh->entry, now, text);
	for (size_t i = 0; i < findings->count; i++)
		fprintf(err, "%s: %s: %s\n", name, finding_level_to_text(findings->list[i].level),
			findings->list[i].text);
	switch (refresh->outcome) {
	case REFRESH_REFUSED:
		fprintf(err, "%s: not refreshed: %s\n", name, refresh->refusal.text);
		fprintf(err, "%s: what the library has stays: %s\n", name, text);
		return;
	case REFRESH_WOULD:
		fprintf(out, "%s: would be downloaded from %s%s; what the library has: %s\n", name,
			refresh->delivery.from,
			refresh->delivery.made ? ", where it would be made first" : "", text);
		return;
	case REFRESH_UNCHANGED:
		fprintf(out, "%s: the server gave the same file as before, which %s%s\n", name,
			text, made);
		return;
	case REFRESH_DONE:
	case REFRESH_CURRENT:
		break;
	}
	fprintf(out, "%s: %s, %s%s\n", name, refresh_outcome_to_text(refresh->outcome), text, made);
}

/* A time in RFC 3339, or null. */
static json_t *when(int64_t seconds)
{
	char out[WALL_TEXT_MAX];

	if (seconds <= 0 || seconds == EXPIRY_NEVER)
		return json_null();
	return text_to_json(wall_to_text((wall_t)seconds * 1000, out));
}

static json_t *findings_to_json(const struct findings *findings)
{
	json_t *list = json_array();

	for (size_t i = 0; list && i < findings->count; i++)
		json_array_append_new(list,
				      json_pack("{s:s, s:s}", "level",
						finding_level_to_text(findings->list[i].level),
						"text", findings->list[i].text));
	return list;
}

json_t *refresh_to_json(const struct refresh *refresh)
{
	const struct library_entry *entry = &refresh->entry;
	bool refused = refresh->outcome == REFRESH_REFUSED, any = entry->name[0] != '\0';
	json_t *refusal = refused ? json_pack("{s:s, s:s}", "kind",
					      refusal_kind_to_text(refresh->refusal.kind), "text",
					      refresh->refusal.text)
				  : json_null();

	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:b, s:o, s:o}", "source",
			 refresh->source->name, "kind", refresh->source->kind->word, "outcome",
			 refresh_outcome_to_text(refresh->outcome), "from", refresh->delivery.from,
			 "sha256", any ? json_string(entry->sha256) : json_null(), "downloaded",
			 when(any ? entry->life.download.at : 0), "expires",
			 when(any ? end_of(entry) : 0), "made", refresh->delivery.made, "findings",
			 findings_to_json(&refresh->delivery.findings), "refusal", refusal);
}
