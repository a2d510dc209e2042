/* SPDX-License-Identifier: Apache-2.0 */
/* What a source delivered, judged before it becomes part of the library. */
#ifndef STATION_GRAPH_DELIVERY_H
#define STATION_GRAPH_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profiles/library/source.h"
#include "station/graph/preflight.h"
#include "station/graph/refusal.h"

/* Clocks that differ by more, in seconds, make certificates fail and expiry wrong. */
#define DELIVERY_CLOCKS_DIFFER 300

struct delivery {
	unsigned char *bytes; /* the file; NULL when only looked */
	size_t size;
	int64_t date;		   /* the server's, in seconds since 1970; -1 unknown */
	char from[CLEAN_MAX + 1];  /* where it came from, without secrets */
	char topic[CLEAN_MAX + 1]; /* what its MDM payload must name; "" unknown */
	bool made;		   /* the profile was made for it */
	struct findings findings;
};
void delivery_done(struct delivery *delivery);

/*
 * Judges the bytes: a profile that a device takes, an enrollment, and for this tenant as far as
 * that shows. What is only odd becomes a finding. NOW is ours, in seconds since 1970.
 * Returns 0, or -1 and REFUSAL: the bytes are not to be used.
 */
int delivery_judge(struct delivery *delivery, const char *name, int64_t now,
		   struct refusal *refusal);

/*
 * Gets the profile of SOURCE, of a kind that is asked by one GET. Returns 0 and RET_DELIVERY
 * (delivery_done), not judged; or -1 and REFUSAL. With ONLY_LOOK nothing is asked: its files are
 * read.
 */
int delivery_get(const struct source *source, bool only_look, struct delivery *ret_delivery,
		 struct refusal *refusal);

/*
 * The same by Graph, after a look at what would make the profile fail; makes the profile when it is
 * not there and the source says so. With ONLY_LOOK nothing is made nor exported. For MAY_ASK see
 * session.h.
 */
int delivery_export(const struct source *source, bool only_look, bool may_ask,
		    struct delivery *ret_delivery, struct refusal *refusal);

#endif
