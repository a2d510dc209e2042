/* SPDX-License-Identifier: Apache-2.0 */
/* A station's deeds in the ledger, numbered, so that a test can tell which ones are in it. */
#ifndef TESTS_UNIT_DEEDS_H
#define TESTS_UNIT_DEEDS_H

#include <stdbool.h>

#include "station/ledger.h"

/* Transactions of one run: two a job, its begin and its end. */
#define DEEDS 6

/* Writes deed number DEED (from 0) without committing it. Returns 0 or negative errno. */
int deed_write(struct ledger *ledger, unsigned deed);

/* How much of a deed the ledger holds. */
enum deed_part {
	DEED_MISSING,
	DEED_TORN, /* some of its rows, but not all */
	DEED_WHOLE,
};
enum deed_part deed_part(struct ledger *ledger, unsigned deed);

/* The rows of TABLE. */
long long deed_rows(struct ledger *ledger, const char *table);

#endif
