/* SPDX-License-Identifier: Apache-2.0 */
/* The log in a file, while something else has the terminal. */
#ifndef STATION_TOOLS_LOG_FILE_H
#define STATION_TOOLS_LOG_FILE_H

#include "station/tools/state.h"

struct log_file {
	char path[STATE_PATH_MAX + 16];
	int terminal; /* where stderr was; -1: nothing was changed */
};

/* From now on stderr is DIR/station.log, which is begun anew; the one before is DIR/station.log.1.
 * Returns 0 or negative errno. */
int log_file_begin(const char *dir, struct log_file *ret_file);
/* stderr is what it was. */
void log_file_end(struct log_file *file);

/* Prints the end of the log at PATH to stderr, for a person who needs to know what went wrong. */
void log_file_tell(const char *path);

#endif
