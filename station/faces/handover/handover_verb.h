/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover WORD: finds the word that was asked for, one file each (handover_stick.c, …). */
#ifndef STATION_FACES_HANDOVER_VERB_H
#define STATION_FACES_HANDOVER_VERB_H

/* ARGV[0] is "handover"; STATE_OPTION is that of --state, or NULL. Returns the exit status. */
int handover_verb(const char *state_option, int argc, char **argv);

#endif
