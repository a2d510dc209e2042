/* SPDX-License-Identifier: Apache-2.0 */
/* muster results: what became of each device, as a table, JSON or CSV. */
#ifndef STATION_FACES_RESULTS_VERB_H
#define STATION_FACES_RESULTS_VERB_H

/*
 * Runs the verb; ARGV[0] is "results". STATE_OPTION is the argument of --state, or NULL.
 * Results go to stdout, everything else to stderr. Uses getopt_long.
 * Returns the exit status: 0 all passed, 1 some device did not, 2 usage, 4 the ledger cannot be
 * read or stdout not written, 5 no result.
 */
int results_verb(const char *state_option, int argc, char **argv);

#endif
