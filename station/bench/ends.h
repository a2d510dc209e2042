/* SPDX-License-Identifier: Apache-2.0 */
/* How jobs end: the worker's last attachment judged, one outcome recorded and told. */
#ifndef STATION_BENCH_ENDS_H
#define STATION_BENCH_ENDS_H

#include "station/bench/bench.h"

/* The worker is gone, HOW with NUMBER: judges it. Returns the cue that follows. */
enum slot_cue slot_judge(struct slot *slot, enum exit_kind how, int number);
/* There is no gate for a worker, because of FAULT. Returns the cue that follows. */
enum slot_cue slot_judge_ungated(struct slot *slot, struct fault fault);
/* Records the outcome in slot->verdict. */
void slot_end_job(struct slot *slot);
void slot_show_held(struct slot *slot);
void slot_refuse(struct slot *slot);
void slot_interrupt(struct slot *slot);
/* The last commit failed: outcomes that were to be in it did not happen. */
void station_take_back_ends(struct station *station);

#endif
