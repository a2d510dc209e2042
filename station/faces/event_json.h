/* SPDX-License-Identifier: Apache-2.0 */
/* An event as a line of JSON: what "muster run --view json" prints, and the plain view reads. */
#ifndef STATION_FACES_EVENT_JSON_H
#define STATION_FACES_EVENT_JSON_H

#include "station/rules/event.h"

/*
 * {"time": RFC 3339 in UTC with milliseconds, "event", …} and a newline. With a slot: what
 * board_slot_to_json says of it. Then by kind:
 *   step     "step", "what" (the profile's file), "outcome" ("begun", "done", "already", "failed",
 *            "unknown"), "verified", "seconds" (null while begun), "detail", "fault"
 *   wait     "step", "wait" (the reason), "waiting" (true when it begins)
 *   outcome  "outcome", "seconds", "held", "fault"
 *   station  "text"
 * Returns the caller's string (free), or NULL without memory.
 */
char *event_to_json_line(const struct event *event);

#endif
