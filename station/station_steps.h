/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation with a worker, step by step: heard, recorded, answered. */
#ifndef STATION_STATION_STEPS_H
#define STATION_STATION_STEPS_H

#include "station/bench/bench.h"

/* Hears the workers; a worker's userdata is its slot. */
extern const struct worker_listener station_listener;
/* What a worker wants is put off while another slot with the same device settles: hears what need
 * not wait any longer. */
void station_hear_put_off(struct station *station);

#endif
