/* SPDX-License-Identifier: Apache-2.0 */
/* muster devices: what is attached now, slot by slot, as the running station tells it. */
#ifndef STATION_FACES_DEVICES_VERB_H
#define STATION_FACES_DEVICES_VERB_H

/*
 * Runs the verb; ARGV[0] is "devices". STATE_OPTION is the argument of --state, or NULL.
 * Returns the exit status: 0, 2 usage, 4 no station answers, 5 no device is attached.
 */
int devices_verb(const char *state_option, int argc, char **argv);

#endif
