/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile show: what is known of one profile of the library. */
#ifndef STATION_FACES_PROFILE_SHOW_H
#define STATION_FACES_PROFILE_SHOW_H

/* ARGV[0] is "show"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int profile_show(const char *state_option, int argc, char **argv);

#endif
