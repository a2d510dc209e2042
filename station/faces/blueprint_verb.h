/* SPDX-License-Identifier: Apache-2.0 */
/* muster blueprint check|show|new: looks at the operator's blueprints, away from any device. */
#ifndef STATION_FACES_BLUEPRINT_VERB_H
#define STATION_FACES_BLUEPRINT_VERB_H

/* The verb, ARGV[0] being "blueprint". Returns the exit status (station/tools/exit_status.h). */
int blueprint_verb(int argc, char **argv);

#endif
