/* SPDX-License-Identifier: Apache-2.0 */
/* Stream sockets in the file system: one end listens, the other connects. */
#include "station/tools/unix_socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* Clients that may wait to be accepted: a bench of screens and scripts starting at once. */
#define BACKLOG 128
/* How long the listener of a socket that stands in the way may take to show that it lives. */
#define PROBE_LIMIT 1000

static int address_of(const char *path, struct sockaddr_un *ret_address)
{
	size_t len = strlen(path);

	if (len >= sizeof ret_address->sun_path)
		return -ENAMETOOLONG;
	memset(ret_address, 0, sizeof *ret_address);
	ret_address->sun_family = AF_UNIX;
	memcpy(ret_address->sun_path, path, len);
	return 0;
}

int unix_connect(const char *path, msec_t limit, int *ret_fd)
{
	struct timeval wait = { .tv_sec = limit / 1000, .tv_usec = limit % 1000 * 1000 };
	struct sockaddr_un address;
	int fd, r = address_of(path, &address);

	if (r < 0)
		return r;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	/* On a UNIX socket connect(2) waits only while the listener's queue is full. */
	if (setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) < 0 ||
	    connect(fd, (const struct sockaddr *)&address, sizeof address) < 0) {
		r = -errno;
		close(fd);
		return r;
	}
	*ret_fd = fd;
	return 0;
}

/* Removes a socket at PATH that nobody listens on. */
static int clear_path(const char *path)
{
	struct stat status;
	int fd, r;

	if (lstat(path, &status) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (!S_ISSOCK(status.st_mode))
		return -EEXIST;
	r = unix_connect(path, PROBE_LIMIT, &fd);
	if (r == 0)
		close(fd);
	if (r == 0 || r == -EAGAIN)
		return -EADDRINUSE;
	if (r != -ECONNREFUSED)
		return r;
	return unlink(path) < 0 && errno != ENOENT ? -errno : 0;
}

/* Binds FD with mode 0600 from the first moment. */
static int bind_private(int fd, const struct sockaddr_un *address)
{
	mode_t before = umask(0177);
	int r = bind(fd, (const struct sockaddr *)address, sizeof *address) < 0 ? -errno : 0;

	umask(before);
	return r;
}

int unix_listen(const char *path, int *ret_fd)
{
	struct sockaddr_un address;
	int fd, r = address_of(path, &address);

	if (r < 0)
		return r;
	r = clear_path(path);
	if (r < 0)
		return r;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	r = bind_private(fd, &address);
	if (r == 0 && listen(fd, BACKLOG) < 0) {
		r = -errno;
		(void)unlink(path); /* ours, and of no use to anybody */
	}
	if (r < 0) {
		close(fd);
		return r;
	}
	*ret_fd = fd;
	return 0;
}
