/* SPDX-License-Identifier: Apache-2.0 */
/* A result as JSON, the form that scripts and the page read (doc/ledger.md, "A result as JSON"). */
#ifndef STATION_FACES_RESULT_JSON_H
#define STATION_FACES_RESULT_JSON_H

#include <jansson.h>

#include "station/ledger/result.h"

/* The value of the key "schema" in every document of ours. */
#define JSON_SCHEMA "muster/1"

/* A new reference, or NULL without memory. */
json_t *result_to_json(const struct result *result);

#endif
