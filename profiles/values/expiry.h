/* SPDX-License-Identifier: Apache-2.0 */
/* When a profile stops being of use: the earliest of all dates that bear on it. */
#ifndef PROFILES_VALUES_EXPIRY_H
#define PROFILES_VALUES_EXPIRY_H

#include <stdbool.h>
#include <stdint.h>

/* All times are seconds since 1970, UTC. Never: no such date. */
#define EXPIRY_NEVER INT64_MAX

#define EXPIRY_DAY (24LL * 60 * 60)

/* How long a download of Intune's direct enrollment lasts, each by its own clock (doc/profiles.md,
 * "Expiry"). */
#define EXPIRY_INTUNE_LIFE (14 * EXPIRY_DAY)

/* From when on a person is warned: a download ordered on Friday is still good on Monday. */
#define EXPIRY_WARNING (3 * EXPIRY_DAY)

enum expiry_source {
	EXPIRY_DOWNLOAD,     /* the source's own limit, counted from the download */
	EXPIRY_REMOVAL_DATE, /* RemovalDate: a device refuses the profile afterwards */
	EXPIRY_IDENTITY,     /* a certificate that devices are to show to the MDM or a network */
	EXPIRY_CERTIFICATE,  /* any other certificate in it: a server's, an authority's */
	EXPIRY_PAYLOAD_DATE, /* PayloadExpirationDate: a device shows it, and keeps it */
	EXPIRY_SIGNER,	     /* the signer's certificate: devices show "Not Verified" */
	EXPIRY_REMOVAL_DURATION, /* DurationUntilRemoval, counted from its installation: now */
	EXPIRY_SOURCES,
};

/* "download", "removal-date", "identity" … as JSON has it. */
const char *expiry_source_to_text(enum expiry_source source);

/* What a person is told of it, to be followed by a date: "its download lasts until". */
const char *expiry_source_sentence(enum expiry_source source);

/* Does a profile stop working on that date? The others are only told. */
bool expiry_source_ends(enum expiry_source source);

/* What a file itself says. expiry_dates_init makes it empty. */
struct expiry_dates {
	int64_t at[EXPIRY_SOURCES]; /* the earliest by source, or EXPIRY_NEVER; neither
				     * EXPIRY_DOWNLOAD nor EXPIRY_REMOVAL_DURATION */
	int64_t stays;		    /* DurationUntilRemoval, in seconds; EXPIRY_NEVER without it */
};
void expiry_dates_init(struct expiry_dates *dates);

/* Keeps AT for SOURCE when it is the earliest so far. */
void expiry_dates_add(struct expiry_dates *dates, enum expiry_source source, int64_t at);

/* What is known about the download of a file from elsewhere (the library; an operator). */
struct expiry_download {
	int64_t at;    /* EXPIRY_NEVER: unknown */
	int64_t lasts; /* how long it is good from then on; EXPIRY_NEVER: without limit */
};

enum expiry_state {
	EXPIRY_UNLIMITED, /* nothing that is known ends it */
	EXPIRY_UNKNOWN,	  /* its source limits it, and when it was downloaded is not known */
	EXPIRY_FRESH,
	EXPIRY_SOON, /* in less than EXPIRY_WARNING */
	EXPIRY_PAST,
};

/* "unlimited", "unknown", "fresh", "soon", "expired". */
const char *expiry_state_to_text(enum expiry_state state);

struct expiry_date {
	enum expiry_source source;
	int64_t at; /* EXPIRY_NEVER: there is none, and SOURCE says nothing */
};

struct profile_expiry {
	enum expiry_state state;  /* by END alone */
	struct expiry_date end;	  /* the earliest that ends its use */
	struct expiry_date first; /* the earliest of all */
};

/* The rule: what DATES and DOWNLOAD say of a profile at NOW. On the very second of a date it is
 * past. EXPIRY_UNKNOWN only when no other date ends it in less than EXPIRY_WARNING. */
struct profile_expiry profile_expiry(const struct expiry_dates *dates,
				     const struct expiry_download *download, int64_t now);

/* Whole days from NOW to AT, rounded down: 0 within the last day, negative when it is past. AT is
 * no EXPIRY_NEVER. */
int64_t expiry_days_left(int64_t at, int64_t now);

#endif
