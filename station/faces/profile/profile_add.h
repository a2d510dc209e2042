/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile add: takes a profile into the library, with the clock of its download. */
#ifndef STATION_FACES_PROFILE_ADD_H
#define STATION_FACES_PROFILE_ADD_H

/* ARGV[0] is "add"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int profile_add(const char *state_option, int argc, char **argv);

#endif
