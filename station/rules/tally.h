/* SPDX-License-Identifier: Apache-2.0 */
/* How many different devices ended, and how: what `--expect` and the exit status go by. */
#ifndef STATION_RULES_TALLY_H
#define STATION_RULES_TALLY_H

#include <stddef.h>

#include "device/facts/outcome.h"
#include "device/facts/udid.h"

struct tally_entry {
	struct udid udid;
	enum outcome outcome; /* its last */
};

/* Zeroed is empty. It grows by one entry a device: a thousand devices are 45 KB. */
struct tally {
	struct tally_entry *entries;
	size_t count, room;
};

/* Counts the OUTCOME of a device; a later one replaces an earlier one, but nothing that is not
 * final (outcome.h) replaces what is. Returns 0 or -ENOMEM. */
int tally_add(struct tally *tally, const struct udid *udid, enum outcome outcome);
/* Devices with a final outcome. */
size_t tally_ended(const struct tally *tally);
/* Devices with that outcome. */
size_t tally_of(const struct tally *tally, enum outcome outcome);
void tally_done(struct tally *tally);

#endif
