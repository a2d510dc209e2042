/* SPDX-License-Identifier: Apache-2.0 */
/* The station: devices come, each gets a worker, each gets a result. */
#ifndef STATION_STATION_H
#define STATION_STATION_H

#include "station/bench/options.h"
#include "station/tools/exit_status.h"

/*
 * Runs the station until it is told to end (SIGTERM, SIGINT, SIGHUP), has seen the devices that are
 * expected, or is in trouble. These and SIGCHLD must be blocked, SIGPIPE ignored.
 * Says what is wrong on the log. Returns what `muster run` exits with.
 */
enum exit_status station_run(const struct station_options *options);

#endif
