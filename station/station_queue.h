/* SPDX-License-Identifier: Apache-2.0 */
/* Who waits for a worker's place gets it, when one is free. */
#ifndef STATION_STATION_QUEUE_H
#define STATION_STATION_QUEUE_H

#include "station/bench/bench.h"

/* Gives free places to who waits for one, if the queue was called. */
void station_serve_queue(struct station *station);

#endif
