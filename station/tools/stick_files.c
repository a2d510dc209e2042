/* SPDX-License-Identifier: Apache-2.0 */
/* Files written to a stick so that they are on it, and read back from it. */
#include "station/tools/stick_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device/facts/whole.h"

/* Room for a file's name with ".new" behind and its end: what FAT takes. */
#define NAME_ROOM 256

int stick_open_folder(int dir, const char *name)
{
	int fd;

	if (mkdirat(dir, name, 0755) < 0 && errno != EEXIST)
		return -errno;
	fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	return errno == ELOOP ? -ENOTDIR : -errno;
}

int stick_write(int dir, const struct stick_file *file)
{
	char new[NAME_ROOM];
	int fd, r;

	if (snprintf(new, sizeof new, "%s.new", file->name) >= (int)sizeof new)
		return -ENAMETOOLONG;
	if (unlinkat(dir, new, 0) < 0 && errno != ENOENT)
		return -errno;
	fd = openat(dir, new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    file->program ? 0755 : 0644);
	if (fd < 0)
		return -errno;
	r = whole_write_durable(fd, file->bytes, file->size);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r == 0 && renameat(dir, new, dir, file->name) < 0)
		r = -errno;
	if (r == 0 && fsync(dir) < 0)
		r = -errno;
	if (r < 0)
		(void)unlinkat(dir, new, 0); /* what was there before stays, and is told */
	return r;
}

/* Opens NAME for reading if it is a regular file. Returns the descriptor or negative errno. */
static int open_regular(int dir, const char *name, off_t *ret_size)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	int r = 0;

	if (fd < 0)
		return errno == ELOOP ? -EINVAL : -errno;
	if (fstat(fd, &st) < 0)
		r = -errno;
	else if (!S_ISREG(st.st_mode))
		r = -EINVAL;
	if (r < 0) {
		close(fd);
		return r;
	}
	*ret_size = st.st_size;
	return fd;
}

int stick_read(int dir, const char *name, size_t most, char **ret_bytes, size_t *ret_size)
{
	char *bytes = NULL;
	ssize_t n = -ENOMEM;
	off_t size = 0;
	int fd = open_regular(dir, name, &size);

	if (fd < 0)
		return fd;
	/* What is not in memory comes from the medium. */
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	if ((unsigned long long)size > most)
		n = -EFBIG;
	else if ((bytes = malloc(most + 2)))
		n = whole_read(fd, bytes, most + 1);
	close(fd);
	if (n > (ssize_t)most)
		n = -EFBIG;
	if (n < 0) {
		free(bytes);
		return (int)n;
	}
	bytes[n] = '\0';
	*ret_bytes = bytes;
	*ret_size = (size_t)n;
	return 0;
}

int stick_read_back(int dir, const struct stick_file *file)
{
	char *bytes = NULL;
	size_t size = 0;
	int r = stick_read(dir, file->name, file->size, &bytes, &size);

	if (r < 0)
		return r == -EFBIG ? -EIO : r;
	if (size != file->size || memcmp(bytes, file->bytes, size) != 0)
		r = -EIO;
	free(bytes);
	return r;
}
