/* SPDX-License-Identifier: Apache-2.0 */
/* What an MDM says of devices, which a verb tells a running station to write into its ledger. */
#include "station/station_enrollments.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/enrollment_json.h"
#include "station/ledger/ledger_enrollment.h"
#include "station/bench/outbox.h"
#include "station/station_commit.h"
#include "station/tools/clock.h"

static char *answer(unsigned status, const char *json, unsigned *ret_status)
{
	*ret_status = status;
	return strdup(json);
}

/* Writes them, durably. Returns 0, -ENOENT, or the ledger's error, which is told. */
static int write_all(struct station *station, const struct enrollments *enrollments)
{
	int r = station->in_trouble
			? -EIO
			: ledger_add_enrollments(station->ledger, enrollments, clock_wall());

	if (r < 0 && r != -ENOENT)
		return station->in_trouble ? r : station_wrote(station, r);
	station_commit(station);
	return station->in_trouble ? -EIO : r;
}

char *station_take_enrollments(void *userdata, const char *body, size_t size, unsigned *ret_status)
{
	struct enrollments *enrollments = malloc(sizeof *enrollments);
	int r = enrollments ? enrollments_from_json(body, size, enrollments) : -ENOMEM;

	if (r == 0)
		r = write_all(userdata, enrollments);
	free(enrollments);
	if (r == 0)
		return answer(200, "{\"enrollments\":\"kept\"}\n", ret_status);
	if (r == -EINVAL)
		return answer(400, "{\"error\":\"these are no enrollments\"}\n", ret_status);
	if (r == -ENOENT)
		return answer(404, "{\"error\":\"the ledger has no such job\"}\n", ret_status);
	return answer(503, "{\"error\":\"the station's ledger is in trouble\"}\n", ret_status);
}
