/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile refresh: new downloads of enrollment profiles, from where they come from. */
#ifndef STATION_FACES_PROFILE_REFRESH_H
#define STATION_FACES_PROFILE_REFRESH_H

/*
 * ARGV[0] is "refresh"; STATE_OPTION is the value of --state, or NULL. Returns the exit status: 0
 * all that was asked for is in the library, 3 sources or a credential are wrong, 4 one was refused
 * or devices would be, 5 nothing was due.
 */
int profile_refresh(const char *state_option, int argc, char **argv);

#endif
