/* SPDX-License-Identifier: Apache-2.0 */
/* muster view: the station's child that shows its events, so that a terminal never stalls it. */
#ifndef STATION_FACES_VIEW_VERB_H
#define STATION_FACES_VIEW_VERB_H

/*
 * Runs the verb; ARGV[0] is "view", ARGV[1] "plain" or "json". Reads events (event_json.h), one a
 * line, from stdin until its end, and shows them on stdout. Ignores SIGINT: the station decides
 * when it is over.
 * Returns the exit status: 0, 2 usage, 4 when stdin cannot be read or stdout cannot be written.
 */
int view_verb(int argc, char **argv);

#endif
