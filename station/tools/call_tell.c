/* SPDX-License-Identifier: Apache-2.0 */
/* A running station told to write something into its ledger. */
#include "station/tools/call_tell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "station/tools/call.h"

static int judge_answer(unsigned status, char why[static CALL_WHY_MAX])
{
	switch (status) {
	case 200:
		return 0;
	case 409:
		return -EEXIST;
	case 503:
		snprintf(why, CALL_WHY_MAX,
			 "the station that runs could not write it; see its log");
		return -EIO;
	default:
		snprintf(why, CALL_WHY_MAX,
			 "the station that runs does not take it; is it another version?");
		return -EIO;
	}
}

int call_tell(const struct state *state, const char *path, char *text,
	      char why[static CALL_WHY_MAX])
{
	struct call_answer answer;
	int r = text ? call_post(state->socket, path, text, CALL_LIMIT, &answer) : -ENOMEM;

	free(text);
	if (r < 0) {
		call_explain(state, r, why);
		return r;
	}
	free(answer.body);
	return judge_answer(answer.status, why);
}
