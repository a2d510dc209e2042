/* SPDX-License-Identifier: Apache-2.0 */
/* Serial numbers for Intune: what is sent to import and assign them, and what is answered. */
#ifndef STATION_GRAPH_SERIALS_H
#define STATION_GRAPH_SERIALS_H

#include <jansson.h>

#include "device/facts/clean.h"

/* Longest serial number; Apple's have 8 to 14 letters and digits. */
#define SERIAL_MAX 24
/* Serial numbers of one request; and of one file, which is Microsoft's own limit. */
#define SERIALS_BATCH	 200
#define SERIALS_FILE_MAX 5000
/* Most that are taken at once: all that a tenant may have. */
#define SERIALS_MAX 75000

struct serial {
	char number[SERIAL_MAX + 1];
	char details[129]; /* 128 are Microsoft's limit */
};

/* Reads NUMBER, whose letters become capitals. Returns 0, or -EINVAL for no serial number. */
int serial_set(struct serial *serial, const char *number, const char *details);

char *serials_import_path(const char *account); /* the caller's, free */

/* What imports COUNT (at most SERIALS_BATCH) SERIALS for the profile PROFILE, ACCOUNT_PROFILE or
 * PROFILE alone. PLATFORM is "ios" or "macOS". A new reference, or NULL. */
json_t *serials_import_body(const struct serial *serials, size_t count, const char *profile,
			    const char *platform);

/* Counts the rows of the answer that were taken; calls EACH for one that was not. Returns -1 when
 * JSON is no such answer. */
int serials_read_import(const json_t *json, unsigned *taken,
			void (*each)(const char *serial, void *userdata), void *userdata);

#endif
