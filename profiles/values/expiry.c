/* SPDX-License-Identifier: Apache-2.0 */
/* When a profile stops being of use: the earliest of all dates that bear on it. */
#include "profiles/values/expiry.h"

/* One row a source; ends: a device or its server refuses the profile from then on. */
static const struct {
	const char *text, *sentence;
	bool ends;
} sources[EXPIRY_SOURCES] = {
	[EXPIRY_DOWNLOAD] = { "download", "its download lasts until", true },
	[EXPIRY_REMOVAL_DATE] = { "removal-date", "devices remove it on", true },
	[EXPIRY_IDENTITY] = { "identity", "the identity in it lasts until", true },
	[EXPIRY_CERTIFICATE] = { "certificate", "a certificate in it lasts until", false },
	[EXPIRY_PAYLOAD_DATE] = { "payload-date", "devices show that it expires on", false },
	[EXPIRY_SIGNER] = { "signer", "its signer's certificate lasts until", false },
	[EXPIRY_REMOVAL_DURATION] = { "removal-duration", "installed now, devices remove it on",
				      false },
};

static const char *const states[] = {
	[EXPIRY_UNLIMITED] = "unlimited", [EXPIRY_UNKNOWN] = "unknown", [EXPIRY_FRESH] = "fresh",
	[EXPIRY_SOON] = "soon",		  [EXPIRY_PAST] = "expired",
};

const char *expiry_source_to_text(enum expiry_source source)
{
	return sources[source].text;
}

const char *expiry_source_sentence(enum expiry_source source)
{
	return sources[source].sentence;
}

bool expiry_source_ends(enum expiry_source source)
{
	return sources[source].ends;
}

const char *expiry_state_to_text(enum expiry_state state)
{
	return states[state];
}

void expiry_dates_init(struct expiry_dates *dates)
{
	for (int i = 0; i < EXPIRY_SOURCES; i++)
		dates->at[i] = EXPIRY_NEVER;
	dates->stays = EXPIRY_NEVER;
}

void expiry_dates_add(struct expiry_dates *dates, enum expiry_source source, int64_t at)
{
	if (at < dates->at[source])
		dates->at[source] = at;
}

/* BEGIN and LENGTH later, but never past what a number holds. */
static int64_t later(int64_t begin, int64_t length)
{
	int64_t at;

	if (begin == EXPIRY_NEVER || length == EXPIRY_NEVER ||
	    __builtin_add_overflow(begin, length, &at))
		return EXPIRY_NEVER;
	return at;
}

static void keep_earlier(struct expiry_date *date, enum expiry_source source, int64_t at)
{
	if (at < date->at)
		*date = (struct expiry_date){ source, at };
}

static enum expiry_state judge(int64_t end, const struct expiry_download *download, int64_t now)
{
	bool dark = download->at == EXPIRY_NEVER && download->lasts != EXPIRY_NEVER;

	if (end <= now)
		return EXPIRY_PAST;
	if (end != EXPIRY_NEVER && end < later(now, EXPIRY_WARNING))
		return EXPIRY_SOON;
	if (dark)
		return EXPIRY_UNKNOWN;
	return end == EXPIRY_NEVER ? EXPIRY_UNLIMITED : EXPIRY_FRESH;
}

struct profile_expiry profile_expiry(const struct expiry_dates *dates,
				     const struct expiry_download *download, int64_t now)
{
	struct profile_expiry expiry = { .end.at = EXPIRY_NEVER, .first.at = EXPIRY_NEVER };

	for (int i = 0; i < EXPIRY_SOURCES; i++) {
		enum expiry_source source = (enum expiry_source)i;
		int64_t at = dates->at[source];

		if (source == EXPIRY_DOWNLOAD)
			at = later(download->at, download->lasts);
		else if (source == EXPIRY_REMOVAL_DURATION)
			at = later(now, dates->stays);
		keep_earlier(&expiry.first, source, at);
		if (sources[source].ends)
			keep_earlier(&expiry.end, source, at);
	}
	expiry.state = judge(expiry.end.at, download, now);
	return expiry;
}

int64_t expiry_days_left(int64_t at, int64_t now)
{
	int64_t left;

	/* Only dates that no calendar has are so far apart. */
	if (__builtin_sub_overflow(at, now, &left))
		left = at > now ? INT64_MAX : INT64_MIN;
	return left / EXPIRY_DAY - (left % EXPIRY_DAY < 0);
}
