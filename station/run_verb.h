/* SPDX-License-Identifier: Apache-2.0 */
/* muster run: reads the command line and the operator's files, then runs the station. */
#ifndef STATION_RUN_VERB_H
#define STATION_RUN_VERB_H

/*
 * Runs the verb; ARGV[0] is "run". STATE_OPTION is the argument of --state, or NULL. Uses
 * getopt_long. Returns the exit status (exit_status.h).
 */
int run_verb(const char *state_option, int argc, char **argv);

#endif
