/* SPDX-License-Identifier: Apache-2.0 */
/* Whose turn it is: by arrival, within the places, those who wait for a person aside. */
#include "station/rules/queue.h"

#include "tests/unit/tap.h"

#define NOBODY 4

static const struct {
	const char *what;
	unsigned places;
	size_t next;
	struct queue_entry entries[4];
} rows[] = {
	{ "an empty bench has nobody waiting", 1, NOBODY, { { SLOT_EMPTY, 0 } } },
	{ "the only one waiting is next", 1, 1, { { SLOT_ENDED, 1 }, { SLOT_QUEUED, 2 } } },
	{ "who came first is first",
	  1,
	  2,
	  { { SLOT_QUEUED, 9 }, { SLOT_QUEUED, 7 }, { SLOT_QUEUED, 3 }, { SLOT_QUEUED, 8 } } },
	{ "no place is free while one works",
	  1,
	  NOBODY,
	  { { SLOT_WORKING, 1 }, { SLOT_QUEUED, 2 } } },
	{ "nor while one starts", 1, NOBODY, { { SLOT_STARTING, 1 }, { SLOT_QUEUED, 2 } } },
	{ "nor while one stops", 1, NOBODY, { { SLOT_STOPPING, 1 }, { SLOT_QUEUED, 2 } } },
	{ "who waits for a person takes no place",
	  1,
	  1,
	  { { SLOT_WAITING, 1 }, { SLOT_QUEUED, 2 } } },
	{ "who is away takes no place", 1, 1, { { SLOT_ABSENT, 1 }, { SLOT_QUEUED, 2 } } },
	{ "who rests before another try takes no place",
	  1,
	  1,
	  { { SLOT_RESTING, 1 }, { SLOT_QUEUED, 2 } } },
	{ "who settles is not in the queue yet",
	  2,
	  NOBODY,
	  { { SLOT_SETTLING, 1 }, { SLOT_WORKING, 2 } } },
	{ "two places hold two",
	  2,
	  1,
	  { { SLOT_WORKING, 1 }, { SLOT_QUEUED, 2 }, { SLOT_QUEUED, 3 } } },
	{ "two places hold no third",
	  2,
	  NOBODY,
	  { { SLOT_WORKING, 1 }, { SLOT_STARTING, 2 }, { SLOT_QUEUED, 3 } } },
	{ "after a return more may work than there are places: nobody is next",
	  1,
	  NOBODY,
	  { { SLOT_WORKING, 1 }, { SLOT_WORKING, 2 }, { SLOT_QUEUED, 3 } } },
};

int main(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		is_number((long long)queue_next(rows[i].entries, 4, rows[i].places),
			  (long long)rows[i].next, rows[i].what);
	is_number((long long)queue_next(NULL, 0, 1), 0, "no slots, nobody");
	return tap_done();
}
