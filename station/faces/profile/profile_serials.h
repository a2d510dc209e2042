/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile serials: serial numbers for Intune, as files or uploaded. */
#ifndef STATION_FACES_PROFILE_SERIALS_H
#define STATION_FACES_PROFILE_SERIALS_H

/* ARGV[0] is "serials"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int profile_serials(const char *state_option, int argc, char **argv);

#endif
