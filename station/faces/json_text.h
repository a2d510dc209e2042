/* SPDX-License-Identifier: Apache-2.0 */
/* Small turns between JSON values and text. */
#ifndef STATION_FACES_JSON_TEXT_H
#define STATION_FACES_JSON_TEXT_H

#include <jansson.h>

#include "device/facts/step.h"

/* A length of time as a number of seconds. A new reference, or NULL without memory. */
json_t *json_from_msec(msec_t time);

/*
 * JSON on one line that ends with a newline; takes the reference, which may be NULL.
 * Returns the caller's string (free), or NULL without memory.
 */
char *json_to_line(json_t *json);

#endif
