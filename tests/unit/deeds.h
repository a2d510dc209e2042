/* SPDX-License-Identifier: Apache-2.0 */
/* A station's deeds in the ledger, numbered, so that a test can tell which ones are in it. */
#ifndef TESTS_UNIT_DEEDS_H
#define TESTS_UNIT_DEEDS_H

#include <stdbool.h>

#include "station/ledger/ledger.h"

/* Transactions of one run: two a job, its begin and its end. */
#define DEEDS 4

/* Writes deed number DEED (from 0) without committing it. Returns 0 or negative errno. */
int deed_write(struct ledger *ledger, unsigned deed);

/*
 * Opens the ledger at PATH, which a crash or a failure left after TOLD deeds were acknowledged, and
 * checks it: those are there, none is torn, what was begun has one end, the interrupted jobs are
 * counted, and a second opening finds nothing to recover. Returns whether all is so; what is not is
 * printed as a remark of TAP.
 */
bool deeds_are_whole(const char *path, unsigned told);

#endif
