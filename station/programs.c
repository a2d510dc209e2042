/* SPDX-License-Identifier: Apache-2.0 */
/* Where our own programs are. */
#include "station/programs.h"

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

/* FOLDER/NAME if it can be run. */
static int try_folder(const char *folder, const char *name, char ret_path[static PATH_MAX])
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
		return -ENAMETOOLONG;
	if (access(path, X_OK) < 0)
		return -errno;
	strcpy(ret_path, path);
	return 0;
}

int program_find(const char *name, char ret_path[static PATH_MAX])
{
	char self[PATH_MAX];
	int r = program_self(self);

	if (r < 0)
		return r;
	*strrchr(self, '/') = '\0';
	if (try_folder(self, name, ret_path) == 0)
		return 0;
	return try_folder(MUSTER_LIBEXECDIR, name, ret_path);
}
