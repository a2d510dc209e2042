/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile remove: takes a profile out of the library, unless a station works with it. */
#ifndef STATION_FACES_PROFILE_REMOVE_H
#define STATION_FACES_PROFILE_REMOVE_H

/* ARGV[0] is "remove"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int profile_remove(const char *state_option, int argc, char **argv);

#endif
