/* SPDX-License-Identifier: Apache-2.0 */
/* Gates and worker processes: opened, started, told, ended. */
#ifndef STATION_BENCH_WORKERS_H
#define STATION_BENCH_WORKERS_H

#include "station/bench/bench.h"

/* Asks for a gate to the slot's device; the mux says when it is there. */
void slot_open_gate(struct slot *slot);
/* Closes it, with all that goes through it. Nothing when there is none. */
void slot_close_gate(struct slot *slot);
/* Starts a worker before the slot's gate, and lets it pass; the station's listener hears it.
 * Returns 0 or negative errno. */
int slot_start_worker(struct slot *slot);
/* Asks the worker to end. */
void slot_tell_stop(struct slot *slot);

#endif
