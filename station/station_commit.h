/* SPDX-License-Identifier: Apache-2.0 */
/* The end of each pass of the loop: the ledger commits, then what waited for that is told. */
#ifndef STATION_STATION_COMMIT_H
#define STATION_STATION_COMMIT_H

#include "station/bench/bench.h"

/* Commits now, then tells what waited. */
void station_commit(struct station *station);
/* Begins the end: no new jobs, workers are told to stop. */
void station_stop(struct station *station, const char *why);
/* Returns 0 or negative errno. */
int station_commit_open(struct station *station);
/* What still waits is dropped. */
void station_commit_close(struct station *station);

#endif
