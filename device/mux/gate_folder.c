/* SPDX-License-Identifier: Apache-2.0 */
/* The private directory in which the gates' sockets stand. */
#include "device/mux/gate_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The name, and what mkdtemp makes of its last letters. */
#define PREFIX	"muster-mux."
#define PATTERN "XXXXXX"
/* Another process may take our directory for a dead one's before we have locked it. */
#define TRIES 5

static bool is_ours(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_uid == geteuid() && st.st_nlink > 0;
}

/* Removes the sockets that are left in the directory FD. */
static void empty(int fd)
{
	int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	const struct dirent *entry;
	struct stat st;

	while (dir && (entry = readdir(dir)))
		if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISSOCK(st.st_mode))
			(void)unlinkat(fd, entry->d_name, 0);
	if (dir)
		closedir(dir);
	else if (copy >= 0)
		close(copy);
}

/* Removes NAME in BASE if it is ours and nobody holds its lock. What cannot be removed stays: it is
 * in nobody's way. */
static void remove_if_dead(int base, const char *name)
{
	int fd = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	if (is_ours(fd) && flock(fd, LOCK_EX | LOCK_NB) == 0) {
		empty(fd);
		(void)unlinkat(base, name, AT_REMOVEDIR);
	}
	close(fd);
}

static void sweep(const char *base)
{
	DIR *dir = opendir(base);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 &&
		    strlen(entry->d_name) == strlen(PREFIX PATTERN))
			remove_if_dead(dirfd(dir), entry->d_name);
	if (dir)
		closedir(dir);
}

/* One that is locked and was not removed in the meantime; -EAGAIN when it was. */
static int make_locked(const char *base, struct gate_folder *folder)
{
	/* Room for the largest key's socket behind it. */
	size_t room = sizeof folder->path - sizeof "/18446744073709551615" + 1;
	int n = snprintf(folder->path, room, "%s/" PREFIX PATTERN, base);

	if (n < 0 || (size_t)n >= room)
		return -ENAMETOOLONG;
	if (!mkdtemp(folder->path))
		return -errno;
	folder->fd = open(folder->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder->fd < 0)
		return errno == ENOENT ? -EAGAIN : -errno;
	if (flock(folder->fd, LOCK_EX) == 0 && is_ours(folder->fd))
		return 0;
	close(folder->fd);
	return -EAGAIN;
}

int gate_folder_make(const char *base, struct gate_folder *ret_folder)
{
	struct gate_folder folder;
	int r = -EAGAIN;

	if (!base || base[0] != '/')
		return -EINVAL;
	sweep(base);
	for (unsigned i = 0; i < TRIES && r == -EAGAIN; i++)
		r = make_locked(base, &folder);
	if (r == 0)
		*ret_folder = folder;
	return r;
}

int gate_folder_remove(struct gate_folder *folder)
{
	int r = rmdir(folder->path) < 0 ? -errno : 0;

	close(folder->fd);
	folder->fd = -1;
	return r;
}
