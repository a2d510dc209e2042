/* SPDX-License-Identifier: Apache-2.0 */
/* How many different devices ended, and how: what `--expect` and the exit status go by. */
#include "station/rules/tally.h"

#include <errno.h>
#include <stdlib.h>

static struct tally_entry *find(const struct tally *tally, const struct udid *udid)
{
	for (size_t i = 0; i < tally->count; i++)
		if (udid_equal(&tally->entries[i].udid, udid))
			return &tally->entries[i];
	return NULL;
}

static struct tally_entry *append(struct tally *tally, const struct udid *udid)
{
	if (tally->count == tally->room) {
		size_t room = tally->room ? 2 * tally->room : 64;
		struct tally_entry *more = reallocarray(tally->entries, room, sizeof *more);

		if (!more)
			return NULL;
		tally->entries = more;
		tally->room = room;
	}
	tally->entries[tally->count] = (struct tally_entry){ *udid, OUTCOME_NONE };
	return &tally->entries[tally->count++];
}

int tally_add(struct tally *tally, const struct udid *udid, enum outcome outcome)
{
	struct tally_entry *entry = find(tally, udid);

	if (!entry)
		entry = append(tally, udid);
	if (!entry)
		return -ENOMEM;
	if (outcome_is_final(outcome) || !outcome_is_final(entry->outcome))
		entry->outcome = outcome;
	return 0;
}

size_t tally_ended(const struct tally *tally)
{
	size_t ended = 0;

	for (size_t i = 0; i < tally->count; i++)
		ended += outcome_is_final(tally->entries[i].outcome);
	return ended;
}

size_t tally_of(const struct tally *tally, enum outcome outcome)
{
	size_t count = 0;

	for (size_t i = 0; i < tally->count; i++)
		count += tally->entries[i].outcome == outcome;
	return count;
}

void tally_done(struct tally *tally)
{
	free(tally->entries);
	*tally = (struct tally){ 0 };
}
