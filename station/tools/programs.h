/* SPDX-License-Identifier: Apache-2.0 */
/* Where our own programs are, and the files that come with them. */
#ifndef STATION_TOOLS_PROGRAMS_H
#define STATION_TOOLS_PROGRAMS_H

#include <limits.h>

/*
 * The path of NAME: beside the running program (a build tree, a copy), else in libexecdir.
 * Returns 0; -ENOENT when it is in neither, or another negative errno.
 */
int program_find(const char *name, char ret_path[static PATH_MAX]);
/* The path of the running program. */
int program_self(char ret_path[static PATH_MAX]);

/*
 * The path of the shipped example NAME: in the build tree of the running program, where configure
 * links profiles/examples to, else among the package's data.
 * Returns 0; -ENOENT when it is in neither, or another negative errno.
 */
int program_example(const char *name, char ret_path[static PATH_MAX]);
/* The same for what is shipped for Macs, from station/mac. */
int program_mac_file(const char *name, char ret_path[static PATH_MAX]);

#endif
