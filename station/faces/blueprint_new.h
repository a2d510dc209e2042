/* SPDX-License-Identifier: Apache-2.0 */
/* A commented blueprint to begin with. */
#ifndef STATION_FACES_BLUEPRINT_NEW_H
#define STATION_FACES_BLUEPRINT_NEW_H

/*
 * Writes the blueprint to FILE, which must not be there yet; "-" is standard output. It passes the
 * check as it is: what needs the operator's own files is commented out.
 * Returns the exit status of new_file_publish, which speaks in the name of VERB.
 */
int blueprint_new(const char *verb, const char *file);

#endif
