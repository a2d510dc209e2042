/* SPDX-License-Identifier: Apache-2.0 */
/* muster doctor: is this host fit for a station; each thing a line, with the remedy. */
#ifndef STATION_FACES_DOCTOR_VERB_H
#define STATION_FACES_DOCTOR_VERB_H

/* STATE_OPTION is the argument of --state or NULL; ARGV[0] is the verb's word. Returns the exit
 * status. */
int doctor_verb(const char *state_option, int argc, char **argv);

/* What a usbmuxd that is set up otherwise costs a station that begins on it: a line in the log for
 * each. ADDRESS is USBMUXD_SOCKET_ADDRESS or NULL; one that is elsewhere is not looked at. */
void doctor_warn_start(const char *address);

#endif
