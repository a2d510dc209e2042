/* SPDX-License-Identifier: Apache-2.0 */
/* A handover brought into the ledger, by whoever holds the state directory. */
#include "station/faces/handover/handover_write.h"

#include <errno.h>
#include <pwd.h>
#include <unistd.h>

#include "station/faces/handover/handover_json.h"
#include "station/ledger/ledger_handover.h"
#include "station/tools/call_tell.h"
#include "station/tools/clock.h"

static int write_into(const char *path, const struct handover *handover,
		      char why[static CALL_WHY_MAX])
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
		   char why[static CALL_WHY_MAX])
{
	struct state mine = *state;
	int r = state_make(&mine);

	if (r == 0)
		r = state_lock(&mine);
	if (r == -EBUSY)
		return call_tell(state, HANDOVER_PATH, handover_to_json(handover), why);
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
