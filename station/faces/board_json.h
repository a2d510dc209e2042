/* SPDX-License-Identifier: Apache-2.0 */
/* The board as JSON: what the control socket answers, and "muster devices --json" prints. */
#ifndef STATION_FACES_BOARD_JSON_H
#define STATION_FACES_BOARD_JSON_H

#include <jansson.h>

#include "station/rules/board.h"

/*
 * {"schema", "station": {"usbmuxd": {"up", "why"}, "batch", "trouble", "expect", "totals"},
 * "devices": […]}: one device for each slot that is not empty. What is not known is null.
 * Returns a new reference, or NULL without memory.
 */
json_t *board_to_json(const struct board *board);
/* The same as one line of text with its newline, the caller's (free); NULL without memory. */
char *board_to_json_text(const struct board *board);

/*
 * What is pushed (doc/station.md) when it changes, as a line: {"event": "board", "station"} with
 * what the board says of the station, {"event": "slot", …} with what it says of a device at NOW,
 * also when the slot is empty. Returns the caller's string (free), or NULL without memory.
 */
char *board_station_to_json_line(const struct board *board);
char *board_slot_to_json_line(const struct board_slot *slot, msec_t now);

/*
 * What boards and events both say of a slot and its device: {"slot", "port", "state", "udid",
 * "serial", "ecid", "product", "os", "build", "name", "blueprint", "job", "sentence"}.
 * Returns a new reference, or NULL without memory.
 */
json_t *board_slot_to_json(const struct board_slot *slot);

#endif
