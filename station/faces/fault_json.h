/* SPDX-License-Identifier: Apache-2.0 */
/* A fault as JSON: the one form of it in boards, events and results. */
#ifndef STATION_FACES_FAULT_JSON_H
#define STATION_FACES_FAULT_JSON_H

#include <jansson.h>

#include "device/facts/fault.h"

/*
 * {"name", "step", "domain", "code", "detail", "sentence", "remedy", "chain": [{"domain", "code",
 * "text"}]}; JSON's null for no fault, and for a step, a domain, a code or a detail there is not.
 * Returns a new reference, or NULL without memory.
 */
json_t *fault_to_json(const struct fault *fault);

/* TEXT as a JSON string, cleaned (clean.h): JSON takes no other than valid UTF-8; null for "" and
 * NULL, when nothing is known. A new reference, or NULL without memory. */
json_t *text_to_json(const char *text);
/* A step as its text, null when there is none (!THERE). A new reference, or NULL without memory. */
json_t *step_to_json(bool there, struct step_id step);

#endif
