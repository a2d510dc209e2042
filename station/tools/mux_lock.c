/* SPDX-License-Identifier: Apache-2.0 */
/* One station for one usbmuxd: two would fight for the same devices. */
#include "config.h"

#include "station/tools/mux_lock.h"

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
#define UNIX_PREFIX  "UNIX:"

/* FNV-1a: an abstract name has 107 bytes, a path may have more. */
#define DIGEST_BEGIN 14695981039346656037ULL

static uint64_t digest(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211ULL;
	return hash;
}

/* The digest of a UNIX socket's path without links, the same before the socket is there and after.
 */
static uint64_t digest_path(const char *path)
{
	char folder[PATH_MAX], real[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	size_t len = (size_t)(name - path);

	if (realpath(path, real))
		return digest(DIGEST_BEGIN, real);
	if (len >= sizeof folder)
		return digest(DIGEST_BEGIN, path);
	memcpy(folder, path, len);
	folder[len] = '\0';
	if (!realpath(slash ? folder : ".", real))
		return digest(DIGEST_BEGIN, path);
	return digest(digest(digest(DIGEST_BEGIN, real), "/"), name);
}

static uint64_t digest_address(const char *address)
{
	if (!address || !*address)
		return digest_path(DEFAULT_PATH);
	if (strncmp(address, UNIX_PREFIX, strlen(UNIX_PREFIX)) == 0)
		return digest_path(address + strlen(UNIX_PREFIX));
	return digest(DIGEST_BEGIN, address);
}

static socklen_t name_of(const char *address, struct sockaddr_un *ret_name)
{
	int len;

	*ret_name = (struct sockaddr_un){ .sun_family = AF_UNIX };
	len = snprintf(ret_name->sun_path + 1, sizeof ret_name->sun_path - 1,
		       "muster-usbmuxd-%016llx", (unsigned long long)digest_address(address));
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
	/* Nobody accepts: whoever asks for the holder stays in the queue. */
	if (bind(fd, (struct sockaddr *)&name, len) == 0 && listen(fd, SOMAXCONN) == 0)
		return fd;
	r = -errno;
	close(fd);
	if (r == -EADDRINUSE)
		*ret_holder = ask_holder(&name, len);
	return r;
}
