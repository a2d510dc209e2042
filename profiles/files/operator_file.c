/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of an operator's file, read whole within a limit, or replaced whole. */
#include "config.h"

#include "profiles/files/operator_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device/facts/whole.h"

int operator_file_open(const char *file, struct problems *problems)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd >= 0)
		return fd;
	problems_add(problems, file, 0, 0, "cannot be opened: %s", strerror(errno));
	return -EINVAL;
}

/* Says what FD is instead of a file that can be taken. Returns 0 and RET_SIZE when it can: 0 is not
 * believed, kernels say so of files that they make up. */
static int judge_kind(int fd, const char *file, size_t most, struct problems *problems,
		      size_t *ret_size)
{
	struct stat st;

	if (fstat(fd, &st) < 0) {
		problems_add(problems, file, 0, 0, "cannot be read: %s", strerror(errno));
		return -EINVAL;
	}
	if (S_ISDIR(st.st_mode)) {
		problems_add(problems, file, 0, 0, "is a folder, not a file");
		return -EINVAL;
	}
	if (!S_ISREG(st.st_mode)) {
		problems_add(problems, file, 0, 0, "is not a regular file");
		return -EINVAL;
	}
	if ((unsigned long long)st.st_size > most) {
		problems_add(problems, file, 0, 0,
			     "is too large: %lld bytes, and at most %zu are taken",
			     (long long)st.st_size, most);
		return -EINVAL;
	}
	*ret_size = st.st_size > 0 ? (size_t)st.st_size : most;
	return 0;
}

int operator_file_take(int fd, const char *file, size_t most, struct problems *problems,
		       unsigned char **ret_bytes, size_t *ret_size)
{
	unsigned char *bytes;
	ssize_t size;
	size_t room;
	int r;

	r = judge_kind(fd, file, most, problems, &room);
	if (r < 0)
		return r;
	/* One more than it has, to see a file that grew meanwhile; it is where the NUL goes. The
	 * room fits: bytes that move, as in a realloc, would leave a secret behind. */
	bytes = malloc(room + 1);
	if (!bytes)
		return -ENOMEM;
	size = whole_read(fd, bytes, room + 1);
	if (size < 0)
		problems_add(problems, file, 0, 0, "cannot be read: %s", strerror((int)-size));
	else if (size == 0)
		problems_add(problems, file, 0, 0, "is empty");
	else if ((size_t)size > room && room < most)
		problems_add(problems, file, 0, 0, "was changed while it was read; try again");
	else if ((size_t)size > room)
		problems_add(problems, file, 0, 0, "is too large: at most %zu bytes are taken",
			     most);
	if (size <= 0 || (size_t)size > room) {
		explicit_bzero(bytes, room + 1);
		free(bytes);
		return -EINVAL;
	}
	bytes[size] = '\0';
	*ret_bytes = bytes;
	*ret_size = (size_t)size;
	return 0;
}

int operator_file_read(const char *file, size_t most, struct problems *problems,
		       unsigned char **ret_bytes, size_t *ret_size)
{
	int fd = operator_file_open(file, problems), r;

	if (fd < 0)
		return fd;
	r = operator_file_take(fd, file, most, problems, ret_bytes, ret_size);
	close(fd);
	return r;
}

/* Makes the name of FILE's last change durable. */
static int sync_folder(const char *file)
{
	char *folder = operator_file_beside(file, ".");
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	int r = 0;

	if (!folder)
		r = -ENOMEM;
	else if (fd < 0 || fsync(fd) < 0)
		r = -errno;
	if (fd >= 0)
		close(fd);
	free(folder);
	return r;
}

/* Writes a new file at PATH that is to take FILE's place, with its permissions. */
static int write_new(const char *path, const char *file, const void *bytes, size_t size)
{
	struct stat st;
	int fd, r;

	/* What an interrupted writer left. */
	if (unlink(path) < 0 && errno != ENOENT)
		return -errno;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	r = stat(file, &st) == 0 && fchmod(fd, st.st_mode & 0777) < 0 ? -errno : 0;
	if (r == 0)
		r = whole_write_durable(fd, bytes, size);
	close(fd);
	return r;
}

int operator_file_replace(const char *file, const void *bytes, size_t size)
{
	char *path;
	int r;

	if (asprintf(&path, "%s.new", file) < 0)
		return -ENOMEM;
	r = write_new(path, file, bytes, size);
	if (r == 0 && rename(path, file) < 0)
		r = -errno;
	if (r < 0)
		unlink(path);
	free(path);
	return r < 0 ? r : sync_folder(file);
}

char *operator_file_beside(const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');
	char *path;

	if (name[0] == '/' || !slash)
		return strdup(name);
	return asprintf(&path, "%.*s/%s", (int)(slash - file), file, name) < 0 ? NULL : path;
}
