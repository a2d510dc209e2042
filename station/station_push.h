/* SPDX-License-Identifier: Apache-2.0 */
/* What is pushed to the faces: the board once, then what changes on it, and the events. */
#ifndef STATION_STATION_PUSH_H
#define STATION_STATION_PUSH_H

#include "station/bench.h"

/* What an answer of events begins with: the board, as lines. The caller's, or NULL. */
char *station_begin_events(void *userdata);
void station_push_event(struct station *station, const char *line);
/* Pushes what has changed on the board; to be called only when all of it is durable. */
void station_push_changes(struct station *station);
/* Whether anybody is there to be pushed to. */
bool station_is_watched(const struct station *station);

#endif
