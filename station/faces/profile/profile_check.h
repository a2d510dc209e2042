/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile check: everything that is wrong in profiles, with its place and what to do. */
#ifndef STATION_FACES_PROFILE_CHECK_H
#define STATION_FACES_PROFILE_CHECK_H

/* ARGV[0] is "check". Returns the exit status. */
int profile_check_files(const char *state_option, int argc, char **argv);

#endif
