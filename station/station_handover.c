/* SPDX-License-Identifier: Apache-2.0 */
/* Handovers of profiles to Macs, which verbs tell a running station to write into its ledger. */
#include "station/station_handover.h"

#include <errno.h>
#include <string.h>

#include "station/faces/handover/handover_json.h"
#include "station/ledger/ledger_handover.h"
#include "station/bench/outbox.h"
#include "station/station_commit.h"
#include "station/tools/clock.h"

static char *answer(unsigned status, const char *json, unsigned *ret_status)
{
	*ret_status = status;
	return strdup(json);
}

/* Writes HANDOVER, durably. Returns 0, -EEXIST, -ENOSPC, or the ledger's error, which is told. */
static int write_one(struct station *station, const struct handover *handover)
{
	int64_t job;
	int r = station->in_trouble
			? -EIO
			: ledger_add_handover(station->ledger, handover, clock_wall(), &job);

	if (r == -EEXIST || r == -ENOSPC || station->in_trouble)
		return r;
	if (station_wrote(station, r) < 0)
		return r;
	station_say(station, "%s %s: %s", handover_way_to_text(handover->way),
		    handover->serial[0] ? handover->serial : "a Mac",
		    handover_standing_sentence(handover->standing));
	station_commit(station);
	return station->in_trouble ? -EIO : 0;
}

char *station_take_handover(void *userdata, const char *body, size_t size, unsigned *ret_status)
{
	struct handover handover;
	int r = handover_from_json(body, size, &handover);

	if (r < 0)
		return answer(400, "{\"error\":\"this is no handover\"}\n", ret_status);
	r = write_one(userdata, &handover);
	if (r == 0)
		return answer(200, "{\"handover\":\"written\"}\n", ret_status);
	if (r == -EEXIST)
		return answer(409, "{\"handover\":\"known\"}\n", ret_status);
	return answer(503, "{\"error\":\"the station's ledger cannot take it\"}\n", ret_status);
}
