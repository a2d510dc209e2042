/* SPDX-License-Identifier: Apache-2.0 */
/* muster slot list|name|learn: what the bench's ports are called, and how well each does. */
#ifndef STATION_FACES_SLOT_VERB_H
#define STATION_FACES_SLOT_VERB_H

/* The verb: ARGV[0] is "slot". STATE_OPTION is the argument of --state, or NULL. Returns the exit
 * status. */
int slot_verb(const char *state_option, int argc, char **argv);

#endif
