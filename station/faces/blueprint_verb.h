/* SPDX-License-Identifier: Apache-2.0 */
/* muster blueprint check|show|new: looks at the operator's blueprints, away from any device. */
#ifndef STATION_FACES_BLUEPRINT_VERB_H
#define STATION_FACES_BLUEPRINT_VERB_H

/* The verb, ARGV[0] being "blueprint"; STATE_OPTION is the value of --state, or NULL: profiles are
 * looked for in the library there. Returns the exit status (station/tools/exit_status.h). */
int blueprint_verb(const char *state_option, int argc, char **argv);

#endif
