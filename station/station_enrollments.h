/* SPDX-License-Identifier: Apache-2.0 */
/* What an MDM says of devices, which a verb tells a running station to write into its ledger. */
#ifndef STATION_STATION_ENROLLMENTS_H
#define STATION_STATION_ENROLLMENTS_H

#include <stddef.h>

/* Takes the SIZE bytes of BODY (enrollment_json.h) for the station USERDATA; see http_route.
 * Answers 200 when all is durable, 400 for what is no such list, 404 when the ledger lacks a job,
 * 503 when it cannot write. */
char *station_take_enrollments(void *userdata, const char *body, size_t size, unsigned *ret_status);

#endif
