/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes read from and written to a file whole, however often the kernel stops in between. */
#include "device/facts/whole.h"

#include <errno.h>
#include <unistd.h>

ssize_t whole_read(int fd, void *bytes, size_t size)
{
	char *at = bytes;
	size_t used = 0;

	while (used < size) {
		ssize_t n = read(fd, at + used, size - used);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		used += (size_t)n;
	}
	return (ssize_t)used;
}

int whole_write(int fd, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t n = write(fd, at, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? -errno : -EIO;
		at += n;
		size -= (size_t)n;
	}
	return 0;
}

int whole_write_durable(int fd, const void *bytes, size_t size)
{
	int r = whole_write(fd, bytes, size);

	return r == 0 && fsync(fd) < 0 ? -errno : r;
}
