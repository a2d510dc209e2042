/* SPDX-License-Identifier: Apache-2.0 */
/* A fault as JSON: the one form of it in boards, events and results. */
#ifndef STATION_FAULT_JSON_H
#define STATION_FAULT_JSON_H

#include <jansson.h>

#include "device/facts/fault.h"

/*
 * {"name", "step", "domain", "code", "text", "sentence", "remedy", "chain": [{"domain", "code",
 * "text"}]}; the domain is "" and the code 0 when nobody gave a code. JSON's null for no fault.
 * Returns a new reference, or NULL without memory.
 */
json_t *fault_to_json(const struct fault *fault);

#endif
