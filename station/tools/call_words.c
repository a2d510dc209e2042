/* SPDX-License-Identifier: Apache-2.0 */
/* Why the station did not answer, in words for who asked. */
#include "station/tools/call_words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/tools/call.h"

void call_explain(const struct state *state, int error, char out[static CALL_WHY_MAX])
{
	bool nobody = error == -ENOENT || error == -ECONNREFUSED;

	if (nobody && !state_is_held(state))
		snprintf(out, CALL_WHY_MAX,
			 "no station runs on %s; start one with: muster run --blueprint FILE",
			 state->dir);
	else if (nobody)
		snprintf(out, CALL_WHY_MAX,
			 "a muster works on %s, but does not listen: it is starting, ending, or no "
			 "station",
			 state->dir);
	else if (error == -ETIMEDOUT)
		snprintf(out, CALL_WHY_MAX, "the station on %s did not answer within %d seconds",
			 state->dir, CALL_LIMIT / 1000);
	else if (error == -EPROTO)
		snprintf(
			out, CALL_WHY_MAX,
			"the station at %s does not tell what was asked for; is it another version?",
			state->socket);
	else
		snprintf(out, CALL_WHY_MAX, "cannot ask the station at %s: %s", state->socket,
			 strerror(-error));
}
