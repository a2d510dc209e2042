/* SPDX-License-Identifier: Apache-2.0 */
/* What an MDM says of the devices of jobs: when each enrolled, and by which profile. */
#ifndef STATION_VALUES_ENROLLMENT_H
#define STATION_VALUES_ENROLLMENT_H

#include <stddef.h>
#include <stdint.h>

#include "device/facts/clean.h"
#include "station/values/wall.h"

struct enrollment {
	int64_t job;		     /* in the ledger */
	wall_t at;		     /* when the device enrolled */
	char profile[CLEAN_MAX + 1]; /* as the MDM calls it (enrollmentProfileName); "" not told */
};

/* Most that a running station is told at once: each is a few writes, and the loop goes on after
 * them. */
#define ENROLLMENTS_MAX 64

struct enrollments {
	char source[CLEAN_MAX + 1]; /* which of our sources is the witness (sources.yaml) */
	size_t count;
	struct enrollment list[ENROLLMENTS_MAX];
};

#endif
