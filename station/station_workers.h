/* SPDX-License-Identifier: Apache-2.0 */
/* Gates and worker processes: opened, started, told, ended. */
#ifndef STATION_STATION_WORKERS_H
#define STATION_STATION_WORKERS_H

#include "station/bench.h"

void slot_open_gate(struct slot *slot);
void slot_close_gate(struct slot *slot);
void slot_start_worker(struct slot *slot);
void slot_tell_stop(struct slot *slot);

#endif
