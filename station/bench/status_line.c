/* SPDX-License-Identifier: Apache-2.0 */
/* The station in one line, for the service manager. */
#include "station/bench/status_line.h"

#include <stdio.h>
#include <string.h>

#include "station/tools/service.h"

/* As the board has it: what needs somebody comes first. */
static void describe(const struct station *station, char *out, size_t room)
{
	const struct board *board = &station->board;
	unsigned attached = 0, waiting = 0;

	for (unsigned i = 0; i < station->slot_count; i++) {
		attached += station->slots[i].present;
		waiting += board->slots[i].state == SLOT_WAITING;
	}
	if (board->trouble[0])
		snprintf(out, room, "%s", board->trouble);
	else if (!board->usbmuxd_up)
		snprintf(out, room, "usbmuxd is away: %s", board->usbmuxd_why);
	else
		snprintf(out, room,
			 "%u devices, %u wait for a person; %u passed, %u failed, %u set aside, %u "
			 "removed",
			 attached, waiting, board->passed, board->failed, board->set_aside,
			 board->removed);
}

void station_tell_service(struct station *station)
{
	char status[sizeof station->status];

	if (!service_is_watched())
		return;
	describe(station, status, sizeof status);
	if (strcmp(status, station->status) == 0)
		return;
	memcpy(station->status, status, sizeof status);
	service_status(status);
}
