/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile list: what is in the library, and how long each still lasts. */
#ifndef STATION_FACES_PROFILE_LIST_H
#define STATION_FACES_PROFILE_LIST_H

/* ARGV[0] is "list"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int profile_list(const char *state_option, int argc, char **argv);

#endif
