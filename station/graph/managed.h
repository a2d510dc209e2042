/* SPDX-License-Identifier: Apache-2.0 */
/* A device as Intune manages it: asked for by its serial number, as proof of its enrollment. */
#ifndef STATION_GRAPH_MANAGED_H
#define STATION_GRAPH_MANAGED_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "device/facts/clean.h"

struct managed {
	char id[CLEAN_MAX + 1];
	char profile[CLEAN_MAX + 1]; /* enrollmentProfileName; "" when it is not told */
	char type[CLEAN_MAX + 1];    /* deviceEnrollmentType */
	int64_t enrolled;	     /* seconds since 1970; 0 never */
};

/* The path below Graph's URL: the caller's (free), or NULL. SERIAL is any text. */
char *managed_path(const char *serial);

/*
 * Reads one page of the answer for the devices called SERIAL; of several, records of earlier
 * enrollments among them, RET_MANAGED becomes the newest: it must be zeroed before the first page.
 * Returns 0, or -1 when JSON is no list of devices.
 */
int managed_read(const json_t *json, const char *serial, struct managed *ret_managed);

/* Whether MANAGED proves that a device whose work began at BEGAN (seconds since 1970) enrolled by
 * it: an older record is of an earlier life. */
bool managed_proves(const struct managed *managed, int64_t began);

#endif
