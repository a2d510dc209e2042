/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile inspect: what is in profiles, who signed them, how long they last. */
#ifndef STATION_FACES_PROFILE_INSPECT_H
#define STATION_FACES_PROFILE_INSPECT_H

/* ARGV[0] is "inspect". Returns the exit status. */
int profile_inspect(const char *state_option, int argc, char **argv);

#endif
