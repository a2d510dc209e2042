/* SPDX-License-Identifier: Apache-2.0 */
/* Handovers of profiles to Macs, which verbs tell a running station to write into its ledger. */
#ifndef STATION_STATION_HANDOVER_H
#define STATION_STATION_HANDOVER_H

#include <stddef.h>

/* Takes the SIZE bytes of BODY (handover_json.h) for the station USERDATA; see http_route. Answers
 * 200 when it is durable, 409 when the Mac's report was written before, 400 for what is no
 * handover, 503 when it cannot be written. */
char *station_take_handover(void *userdata, const char *body, size_t size, unsigned *ret_status);

#endif
