/* SPDX-License-Identifier: Apache-2.0 */
/* muster identity new|import|export|list|remove: keys with certificates that sign and supervise. */
#ifndef STATION_FACES_IDENTITY_VERB_H
#define STATION_FACES_IDENTITY_VERB_H

/* ARGV[0] is "identity"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int identity_verb(const char *state_option, int argc, char **argv);

#endif
