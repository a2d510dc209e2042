/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile WORD: finds the word that was asked for, one file each (profile_check.c, …). */
#ifndef STATION_FACES_PROFILE_VERB_H
#define STATION_FACES_PROFILE_VERB_H

/* ARGV[0] is "profile"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int profile_verb(const char *state_option, int argc, char **argv);

#endif
