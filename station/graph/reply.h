/* SPDX-License-Identifier: Apache-2.0 */
/* What Microsoft answers: JSON within limits, and what its errors mean for the operator. */
#ifndef STATION_GRAPH_REPLY_H
#define STATION_GRAPH_REPLY_H

#include <jansson.h>

#include "device/facts/exchange.h"
#include "station/graph/refusal.h"

/* The JSON object that ANSWER's body is: a new reference, or NULL when it is none, or its texts
 * hold a NUL or a key twice. */
json_t *reply_read(const struct exchange_answer *answer);

/* The text at KEY, "" when it is something else or not there. OBJECT's own; not cleaned. */
const char *reply_text(const json_t *object, const char *key);

/*
 * Says in REFUSAL why ANSWER, which is not what WHAT ("list the profiles") asked for, is not: the
 * exchange's failure, or the service's own words with their id for its support. Returns -1.
 */
int reply_refuse(const struct exchange_answer *answer, const char *what, struct refusal *refusal);

/* Says that the answer to WHAT was not of the form that is known. Returns -1. */
int reply_refuse_form(const char *what, struct refusal *refusal);

#endif
