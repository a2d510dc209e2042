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

/* Says what FD is instead of a file that can be taken; 0 when it can. */
static int judge_kind(int fd, const char *file, size_t most, struct problems *problems)
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
	return 0;
}

/* Reads FD to its end, but not past SIZE bytes. Returns how many, or a negative errno. */
static ssize_t read_whole(int fd, unsigned char *bytes, size_t size)
{
	size_t used = 0;

	while (used < size) {
		ssize_t n = read(fd, bytes + used, size - used);

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

/* As operator_file_read, of the open FD. */
static int read_open(int fd, const char *file, size_t most, struct problems *problems,
		     unsigned char **ret_bytes)
{
	unsigned char *bytes, *fitting;
	ssize_t size;
	int r;

	r = judge_kind(fd, file, most, problems);
	if (r < 0)
		return r;
	/* One more than it may have, to see a file that grew meanwhile; it is where the NUL goes.
	 */
	bytes = malloc(most + 1);
	if (!bytes)
		return -ENOMEM;
	size = read_whole(fd, bytes, most + 1);
	if (size < 0)
		problems_add(problems, file, 0, 0, "cannot be read: %s", strerror((int)-size));
	else if (size == 0)
		problems_add(problems, file, 0, 0, "is empty");
	else if ((size_t)size > most)
		problems_add(problems, file, 0, 0, "is too large: at most %zu bytes are taken",
			     most);
	if (size <= 0 || (size_t)size > most) {
		free(bytes);
		return -EINVAL;
	}
	bytes[size] = '\0';
	fitting = realloc(bytes, (size_t)size + 1);
	*ret_bytes = fitting ? fitting : bytes;
	return (int)size;
}

int operator_file_read(const char *file, size_t most, struct problems *problems,
		       unsigned char **ret_bytes, size_t *ret_size)
{
	int fd, r;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		problems_add(problems, file, 0, 0, "cannot be opened: %s", strerror(errno));
		return -EINVAL;
	}
	r = read_open(fd, file, most, problems, ret_bytes);
	close(fd);
	if (r < 0)
		return r;
	*ret_size = (size_t)r;
	return 0;
}

static int write_whole(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		bytes += n;
		size -= (size_t)n;
	}
	return fsync(fd) < 0 ? -errno : 0;
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
		r = write_whole(fd, bytes, size);
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
