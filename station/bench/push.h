/* SPDX-License-Identifier: Apache-2.0 */
/* What is pushed to the faces: what changes on the board, and the events. */
#ifndef STATION_BENCH_PUSH_H
#define STATION_BENCH_PUSH_H

#include "station/bench/bench.h"

/* Pushes LINE, an event that is durable. */
void station_push_event(struct station *station, const char *line);
/* Pushes what has changed on the board; to be called only when all of it is durable. */
void station_push_changes(struct station *station);
/* Whether anybody is there to be pushed to. */
bool station_is_watched(const struct station *station);

#endif
