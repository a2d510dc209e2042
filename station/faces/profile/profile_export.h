/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile export: writes the very bytes of a profile of the library. */
#ifndef STATION_FACES_PROFILE_EXPORT_H
#define STATION_FACES_PROFILE_EXPORT_H

/* ARGV[0] is "export"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int profile_export(const char *state_option, int argc, char **argv);

#endif
