/* SPDX-License-Identifier: Apache-2.0 */
/* Why the station did not answer, in words for who asked. */
#ifndef STATION_TOOLS_CALL_WORDS_H
#define STATION_TOOLS_CALL_WORDS_H

#include "station/tools/state.h"

/* Room for one sentence with what to do. */
#define CALL_WHY_MAX (2 * STATE_WHY_MAX)

/* Writes one sentence about ERROR, a negative errno that a call to the station of STATE returned.
 */
void call_explain(const struct state *state, int error, char out[static CALL_WHY_MAX]);

#endif
