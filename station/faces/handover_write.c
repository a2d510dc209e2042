/* SPDX-License-Identifier: Apache-2.0 */
/* A handover brought into the ledger, by whoever holds the state directory. */
#include "station/faces/handover_write.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/faces/handover_json.h"
#include "station/ledger/ledger_handover.h"
#include "station/tools/call.h"
#include "station/tools/call_words.h"
#include "station/tools/clock.h"

/* What the station answered. */
static int judge_answer(const struct call_answer *answer, char why[static HANDOVER_WHY_MAX])
{
	if (answer->status == 200)
		return strstr(answer->body, "\"known\"") ? -EEXIST : 0;
	if (answer->status == 503)
		snprintf(why, HANDOVER_WHY_MAX,
			 "the station that runs could not write it; see its log");
	else
		snprintf(why, HANDOVER_WHY_MAX,
			 "the station that runs does not take it; is it another version?");
	return -EIO;
}

static int tell_station(const struct state *state, const struct handover *handover,
			char why[static HANDOVER_WHY_MAX])
{
	char *text = handover_to_json(handover);
	struct call_answer answer;
	int r = text ? call_post(state->socket, HANDOVER_PATH, text, CALL_LIMIT, &answer) : -ENOMEM;

	free(text);
	if (r < 0) {
		call_explain(state, r, why);
		return r;
	}
	r = judge_answer(&answer, why);
	free(answer.body);
	return r;
}

static int write_into(const char *path, const struct handover *handover,
		      char why[static HANDOVER_WHY_MAX])
{
	struct ledger *ledger;
	unsigned interrupted;
	int64_t job;
	int r = ledger_open(path, clock_wall(), &ledger, &interrupted);

	if (r == 0) {
		r = ledger_add_handover(ledger, handover, clock_wall(), &job);
		if (r == 0)
			r = ledger_commit(ledger);
		ledger_close(ledger);
	}
	if (r < 0 && r != -EEXIST)
		ledger_explain(path, r, why);
	return r;
}

int handover_write(const struct state *state, const struct handover *handover,
		   char why[static HANDOVER_WHY_MAX])
{
	struct state mine = *state;
	int r = state_make(&mine);

	if (r == 0)
		r = state_lock(&mine);
	if (r == -EBUSY)
		return tell_station(state, handover, why);
	if (r < 0) {
		state_explain(&mine, r, why);
		return r;
	}
	r = write_into(mine.ledger, handover, why);
	state_unlock(&mine);
	return r;
}

void handover_sign(struct handover *handover)
{
	const struct passwd *user = getpwuid(getuid());

	clean_string(user ? user->pw_name : "", handover->operator);
}
