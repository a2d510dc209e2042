/* SPDX-License-Identifier: Apache-2.0 */
/* muster demo: simulated devices and a station in front of them, with nothing plugged in. */
#ifndef STATION_FACES_DEMO_VERB_H
#define STATION_FACES_DEMO_VERB_H

/*
 * Runs the verb; ARGV[0] is "demo". STATE_OPTION must be NULL: a demonstration has a state
 * directory of its own, which it removes.
 * Returns the exit status: muster run's, 2 usage, 4 this host is in trouble.
 */
int demo_verb(const char *state_option, int argc, char **argv);

#endif
