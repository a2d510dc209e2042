/* SPDX-License-Identifier: Apache-2.0 */
/* The profiles that devices get: sealed, filled for one of them, and how long they may be begun. */
#ifndef STATION_BENCH_PROFILE_SHELF_H
#define STATION_BENCH_PROFILE_SHELF_H

#include "station/bench/bench.h"

/* Returns 0 or -ENOMEM; station_close_shelf in any case. */
int station_open_shelf(struct station *station);
/* Says what was allowed, and begins to count down. */
void station_begin_shelf(struct station *station);
void station_close_shelf(struct station *station);
/* The name of an expired profile that keeps a job with BLUEPRINT (or NULL) from being begun now; or
 * NULL. A newer download in the library is taken first. */
const char *station_expired_profile(struct station *station, const struct blueprint *blueprint);
/* Plans which profile the installation at the place AT of the slot's blueprint is about, for as
 * long as its worker is there: the download with SHA256, by which an earlier worker did it (""
 * none), or the newest. The station's. */
const struct profile *slot_plan_profile(struct slot *slot, unsigned at, const char *sha256);
/* The bytes that the slot's device gets for that installation, which is planned: filled if it is a
 * template, with their digest (that of the template when they cannot be made). Returns a sealed
 * descriptor, the caller's, or what profile_template_fill or the system failed with. */
int slot_open_profile(struct slot *slot, unsigned at, char ret_sha256[static 65]);

#endif
