/* SPDX-License-Identifier: Apache-2.0 */
/* Slots as a bench has them, one of each sort, for the tests of what faces show. */
#ifndef TESTS_UNIT_BENCH_SLOTS_H
#define TESTS_UNIT_BENCH_SLOTS_H

#include "station/rules/board.h"

/* The monotonic clock's time at which the slots are looked at. */
#define BENCH_NOW 100000

enum bench_slot {
	BENCH_EMPTY,
	BENCH_SETTLING, /* nothing is known but the UDID */
	BENCH_WORKING,	/* in install.2, slow */
	BENCH_WAITING,	/* for Trust */
	BENCH_FAILED,	/* profile-refused, with a chain */
	BENCH_PASSED,	/* held: done before */
	BENCH_HOSTILE,	/* a name that tries everything */
	BENCH_RESTING,	/* link-lost in install.2: it is tried again */
};
#define BENCH_SLOTS 8

/* Fills SLOTS. */
void bench_slots_fill(struct board_slot slots[static BENCH_SLOTS]);

#endif
