/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover record: a Mac's result by a person's word. */
#ifndef STATION_FACES_HANDOVER_RECORD_H
#define STATION_FACES_HANDOVER_RECORD_H

/* ARGV[0] is "record"; STATE_OPTION is that of --state, or NULL. Returns the exit status. */
int handover_record(const char *state_option, int argc, char **argv);

#endif
