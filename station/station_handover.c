/* SPDX-License-Identifier: Apache-2.0 */
/* Handovers of profiles to Macs, which verbs tell a running station to write into its ledger. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/bench.h"
#include "station/faces/handover_json.h"
#include "station/ledger/ledger_handover.h"
#include "station/tools/clock.h"

char *station_take_handover(void *userdata, const char *body, size_t size, unsigned *ret_status)
{
	struct station *station = userdata;
	struct handover handover;
	int64_t job;
	int r;

	if (handover_from_json(body, size, &handover) < 0) {
		*ret_status = 400;
		return strdup("{\"error\":\"this is no handover\"}\n");
	}
	r = station->in_trouble
		    ? -EIO
		    : ledger_add_handover(station->ledger, &handover, clock_wall(), &job);
	if (r == -EEXIST)
		return strdup("{\"handover\":\"known\"}\n");
	if (r == 0) {
		station_say(station, "%s %s: %s", handover_way_to_text(handover.way),
			    handover.serial[0] ? handover.serial : "a Mac",
			    handover_standing_sentence(handover.standing));
		/* What is answered is durable. */
		station_commit(station);
		if (!station->in_trouble)
			return strdup("{\"handover\":\"written\"}\n");
	} else if (r != -EIO && r != -ENOSPC) {
		station_wrote(station, r);
	}
	*ret_status = 503;
	return strdup(r == -ENOSPC ? "{\"error\":\"too little free space for the ledger\"}\n"
				   : "{\"error\":\"the station's ledger is in trouble\"}\n");
}
