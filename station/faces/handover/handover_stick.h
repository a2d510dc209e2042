/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover stick: the profile, its instructions and Enroll.command on a USB stick. */
#ifndef STATION_FACES_HANDOVER_STICK_H
#define STATION_FACES_HANDOVER_STICK_H

#include "station/tools/mounts.h"

/* ARGV[0] is "stick"; STATE_OPTION is that of --state, or NULL. Returns the exit status. */
int handover_stick(const char *state_option, int argc, char **argv);

/* The same on HOST: a test's computer has sticks of its own. */
int handover_stick_on(const struct mounts_host *host, const char *state_option, int argc,
		      char **argv);

#endif
