/* SPDX-License-Identifier: Apache-2.0 */
/* What the station asks of root's few units: a file is touched, a path unit sees it
 * (doc/station.md). */
#include "config.h"

#include "station/tools/requests.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

int request_ask(const char *folder, const char *name)
{
	char path[PATH_MAX];
	int fd, r = 0;

	if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
		return -ENAMETOOLONG;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
	if (fd < 0)
		return -errno;
	/* What the path unit waits for is a file that was written and closed. */
	if (write(fd, "\n", 1) < 0)
		r = -errno;
	if (close(fd) < 0 && r == 0)
		r = -errno;
	return r;
}
