/* SPDX-License-Identifier: Apache-2.0 */
/* One source asked for a new download, which becomes part of the library when it is proved. */
#ifndef STATION_FACES_REFRESH_H
#define STATION_FACES_REFRESH_H

#include <jansson.h>
#include <stdio.h>

#include "profiles/library/library.h"
#include "station/graph/delivery.h"

enum refresh_outcome {
	REFRESH_DONE,	   /* a new download is in the library */
	REFRESH_UNCHANGED, /* the server gave what the library had */
	REFRESH_CURRENT,   /* what there is lasts long enough: nobody was asked */
	REFRESH_WOULD,	   /* only looked: it would be done */
	REFRESH_REFUSED,   /* REFUSAL says why; what there was stays */
};
#define REFRESH_OUTCOMES 5
/* "refreshed", "unchanged", "current", "would-refresh", "refused". */
const char *refresh_outcome_to_text(enum refresh_outcome outcome);

struct refresh {
	const struct source *source;
	enum refresh_outcome outcome;
	struct delivery delivery;   /* without its bytes */
	struct library_entry entry; /* the one to use now; its name is "" without one */
	struct refusal refusal;
};

/* How it is to be done. */
struct refresh_manner {
	bool only_due;	/* not when what there is lasts longer than EXPIRY_WARNING */
	bool only_look; /* ask, but change nothing here or there */
	bool may_ask;	/* a person is there to sign in */
};

/* Does it for SOURCE and the library in the folder PROFILES, at NOW. Fills RET_REFRESH. */
void refresh_source(const struct source *source, const char *profiles,
		    const struct refresh_manner *manner, int64_t now, struct refresh *ret_refresh);

/* Whether devices would do without trouble what REFRESH left: it was not refused, and nothing that
 * was found is an error. */
bool refresh_is_well(const struct refresh *refresh);

/* Says it: what was got on OUT, what is wrong on ERR. */
void refresh_print(const struct refresh *refresh, int64_t now, FILE *out, FILE *err);
/* A new reference, or NULL without memory. */
json_t *refresh_to_json(const struct refresh *refresh);

#endif
