/* SPDX-License-Identifier: Apache-2.0 */
/* One station for one usbmuxd: two would fight for the same devices. */
#include "config.h"

#include "station/mux_lock.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define DEFAULT_PATH "/var/run/usbmuxd"

/* The address as one text: a UNIX socket's path without links, even if it is not there yet. */
static void resolve(const char *address, char out[static PATH_MAX])
{
	char folder[PATH_MAX], real[PATH_MAX];
	const char *path, *slash;

	if (!address || !*address)
		address = "UNIX:" DEFAULT_PATH;
	snprintf(out, PATH_MAX, "%s", address);
	if (strncmp(address, "UNIX:", 5) != 0)
		return;
	path = address + 5;
	slash = strrchr(path, '/');
	snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path + 1) : 1,
		 slash ? path : ".");
	if (realpath(path, real))
		snprintf(out, PATH_MAX, "%s", real);
	else if (realpath(folder, real) && strlen(real) + strlen(path) + 1 < PATH_MAX)
		snprintf(out, PATH_MAX, "%.*s/%s", PATH_MAX / 2, real, slash ? slash + 1 : path);
}

/* FNV-1a: an abstract name has 107 bytes, a path may have more. */
static uint64_t digest(const char *text)
{
	uint64_t hash = 14695981039346656037ULL;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211ULL;
	return hash;
}

static socklen_t name_of(const char *address, struct sockaddr_un *ret_name)
{
	char resolved[PATH_MAX];
	int len;

	resolve(address, resolved);
	*ret_name = (struct sockaddr_un){ .sun_family = AF_UNIX };
	len = snprintf(ret_name->sun_path + 1, sizeof ret_name->sun_path - 1,
		       "muster-usbmuxd-%016llx", (unsigned long long)digest(resolved));
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)len);
}

static pid_t ask_holder(const struct sockaddr_un *name, socklen_t len)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct ucred holder = { 0 };
	socklen_t size = sizeof holder;

	if (fd < 0)
		return 0;
	if (connect(fd, (const struct sockaddr *)name, len) < 0 ||
	    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &holder, &size) < 0)
		holder.pid = 0;
	close(fd);
	return holder.pid;
}

int mux_lock_take(const char *address, pid_t *ret_holder)
{
	struct sockaddr_un name;
	socklen_t len = name_of(address, &name);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), r;

	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&name, len) == 0 && listen(fd, 1) == 0)
		return fd;
	r = -errno;
	close(fd);
	if (r == -EADDRINUSE)
		*ret_holder = ask_holder(&name, len);
	return r;
}
