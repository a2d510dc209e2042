/* SPDX-License-Identifier: Apache-2.0 */
/* Namespaces of a test's own, also for who is not root. */
#define _GNU_SOURCE /* unshare */
#include "tests/unit/namespaces.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool wrote = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return wrote;
}

/* Makes the user or group ID the root of the user namespace. */
static bool write_map(const char *path, unsigned id)
{
	char text[32];

	snprintf(text, sizeof text, "0 %u 1", id);
	return write_file(path, text);
}

bool namespaces_leave(int kinds)
{
	unsigned user = geteuid(), group = getegid();

	if (unshare(kinds) == 0)
		return true;
	return unshare(CLONE_NEWUSER | kinds) == 0 && write_file("/proc/self/setgroups", "deny") &&
	       write_map("/proc/self/uid_map", user) && write_map("/proc/self/gid_map", group);
}
