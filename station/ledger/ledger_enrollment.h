/* SPDX-License-Identifier: Apache-2.0 */
/* Enrollments in the ledger: what an MDM says of jobs, beside what their devices said. */
#ifndef STATION_LEDGER_LEDGER_ENROLLMENT_H
#define STATION_LEDGER_LEDGER_ENROLLMENT_H

#include "station/ledger/ledger.h"
#include "station/values/enrollment.h"

/*
 * Writes ENROLLMENTS as notes of their jobs; the same once more changes nothing.
 * Returns 0; -ENOENT when a job is not there, then those before it are written; or the error that
 * the ledger failed with. What is written is durable with the next commit.
 */
int ledger_add_enrollments(struct ledger *ledger, const struct enrollments *enrollments,
			   wall_t now);

#endif
