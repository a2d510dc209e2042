/* SPDX-License-Identifier: Apache-2.0 */
/* A handover as JSON: what verbs tell a running station to write. */
#ifndef STATION_FACES_HANDOVER_JSON_H
#define STATION_FACES_HANDOVER_JSON_H

#include <stddef.h>

#include "station/values/handover.h"

/* Where the station takes one. */
#define HANDOVER_PATH "/v1/handover"

/* Largest text: eleven texts of CLEAN_MAX bytes, each of which JSON may write as \uXXXX. */
#define HANDOVER_JSON_MAX (32U << 10)

/* Returns the caller's text (free), or NULL without memory. */
char *handover_to_json(const struct handover *handover);

/* Reads what handover_to_json wrote, cleaned: every key there, none that is unknown. Returns 0 and
 * RET_HANDOVER, or -EINVAL. */
int handover_from_json(const char *text, size_t size, struct handover *ret_handover);

#endif
