/* SPDX-License-Identifier: Apache-2.0 */
/* Where our own programs are. */
#ifndef STATION_PROGRAMS_H
#define STATION_PROGRAMS_H

#include <limits.h>

/*
 * The path of NAME: beside the running program (a build tree, a copy), else in libexecdir.
 * Returns 0; -ENOENT when it is in neither, or another negative errno.
 */
int program_find(const char *name, char ret_path[static PATH_MAX]);
/* The path of the running program. */
int program_self(char ret_path[static PATH_MAX]);

#endif
