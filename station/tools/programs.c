/* SPDX-License-Identifier: Apache-2.0 */
/* Where our own programs are, and the files that come with them. */
#include "station/tools/programs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int program_self(char ret_path[static PATH_MAX])
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

	if (n < 0)
		return -errno;
	path[n] = '\0';
	memcpy(ret_path, path, (size_t)n + 1);
	return 0;
}

/* FOLDER/NAME if it can be used as MODE says (access(2)). */
static int try_folder(const char *folder, const char *name, int mode,
		      char ret_path[static PATH_MAX])
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
		return -ENAMETOOLONG;
	if (access(path, mode) < 0)
		return -errno;
	strcpy(ret_path, path);
	return 0;
}

/* The same for the running program's own folder. */
static int try_beside(const char *name, int mode, char ret_path[static PATH_MAX])
{
	char self[PATH_MAX];
	int r = program_self(self);

	if (r < 0)
		return r;
	*strrchr(self, '/') = '\0';
	return try_folder(self, name, mode, ret_path);
}

int program_find(const char *name, char ret_path[static PATH_MAX])
{
	if (try_beside(name, X_OK, ret_path) == 0)
		return 0;
	return try_folder(MUSTER_LIBEXECDIR, name, X_OK, ret_path);
}

/* NAME in FOLDER of the build tree, else among the package's data. */
static int find_shipped(const char *folder, const char *name, char ret_path[static PATH_MAX])
{
	char in_tree[PATH_MAX];

	if (snprintf(in_tree, sizeof in_tree, "%s/%s", folder, name) < (int)sizeof in_tree &&
	    try_beside(in_tree, R_OK, ret_path) == 0)
		return 0;
	return try_folder(MUSTER_PKGDATADIR, name, R_OK, ret_path);
}

int program_example(const char *name, char ret_path[static PATH_MAX])
{
	return find_shipped("profiles/examples", name, ret_path);
}

int program_mac_file(const char *name, char ret_path[static PATH_MAX])
{
	return find_shipped("station/mac", name, ret_path);
}
