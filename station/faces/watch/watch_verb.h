/* SPDX-License-Identifier: Apache-2.0 */
/* muster watch: the board of a running station on a terminal, in a process of its own. */
#ifndef STATION_FACES_WATCH_VERB_H
#define STATION_FACES_WATCH_VERB_H

/*
 * Runs the verb; ARGV[0] is "watch", STATE_OPTION the argument of --state or NULL. Returns the exit
 * status: 0 when the person quits, 2 usage (also when it is on no terminal), 4 when no station
 * answers.
 */
int watch_verb(const char *state_option, int argc, char **argv);

#endif
