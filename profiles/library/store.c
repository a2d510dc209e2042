/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of things, each a small folder of files that is there whole or not at all. */
#include "config.h"

#include "profiles/library/store.h"

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

#include "device/facts/whole.h"

/* What is on its way in, and on its way out: a leading dot makes it no thing. */
#define COMING ".coming"
#define GOING  ".going"

static bool is_name(const char *name)
{
	return name[0] != '\0' && name[0] != '.' && strlen(name) <= STORE_NAME_MAX &&
	       !strchr(name, '/');
}

static int sync_at(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;

	if (fd < 0)
		return -errno;
	if (fsync(fd) < 0)
		r = -errno;
	close(fd);
	return r;
}

/* Makes DIR if need be, and its name in its parent durable. */
static int make_folder(const char *dir)
{
	int above, r;

	if (mkdir(dir, 0700) < 0)
		return errno == EEXIST ? 0 : -errno;
	above = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (above < 0)
		return -errno;
	r = sync_at(above, "..");
	close(above);
	return r;
}

/* Removes the folder NAME in DIR with the files in it; it need not be there. */
static int clear(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW), r = 0;
	const struct dirent *entry;
	DIR *list;

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	list = fdopendir(fd);
	if (!list) {
		close(fd);
		return -ENOMEM;
	}
	while (r == 0 && (entry = readdir(list)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    unlinkat(dirfd(list), entry->d_name, 0) < 0)
			r = -errno;
	closedir(list);
	if (r == 0 && unlinkat(dir, name, AT_REMOVEDIR) < 0)
		r = -errno;
	return r;
}

/* Opens DIR for a change: one process at a time, and without what a crash left. Returns its fd,
 * whose closing ends the lock, or negative errno. */
static int open_locked(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;

	if (fd < 0)
		return -errno;
	/* Others hold it for as long as some files take to write. */
	while (r == 0 && flock(fd, LOCK_EX) < 0)
		if (errno != EINTR)
			r = -errno;
	if (r == 0)
		r = clear(fd, COMING);
	if (r == 0)
		r = clear(fd, GOING);
	if (r == 0)
		return fd;
	close(fd);
	return r;
}

static int write_file(int folder, const struct store_file *file)
{
	int fd = openat(folder, file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
			0600);
	int r;

	if (fd < 0)
		return -errno;
	r = whole_write_durable(fd, file->bytes, file->size);
	close(fd);
	return r;
}

static int write_coming(int dir, const struct store_file *files, size_t count)
{
	int folder, r = 0;

	if (mkdirat(dir, COMING, 0700) < 0)
		return -errno;
	folder = openat(dir, COMING, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (folder < 0)
		return -errno;
	for (size_t i = 0; i < count && r == 0; i++)
		r = write_file(folder, &files[i]);
	if (r == 0 && fsync(folder) < 0)
		r = -errno;
	close(folder);
	return r;
}

/* Renames FROM in DIR to TO, where nothing is, durably. */
static int move(int dir, const char *from, const char *to)
{
	if (renameat2(dir, from, dir, to, RENAME_NOREPLACE) < 0)
		return -errno;
	return fsync(dir) < 0 ? -errno : 0;
}

static int judge_room(int dir, const char *name)
{
	struct store_names names;
	char path[32];
	bool there = faccessat(dir, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	int r;

	if (there)
		return -EEXIST;
	snprintf(path, sizeof path, "/proc/self/fd/%d", dir);
	r = store_list(path, &names);
	if (r < 0)
		return r;
	free(names.list);
	return names.count < STORE_THINGS_MAX ? 0 : -EDQUOT;
}

int store_put(const char *dir, const char *name, const struct store_file *files, size_t count)
{
	int fd, r;

	if (!is_name(name))
		return -EINVAL;
	r = make_folder(dir);
	fd = r < 0 ? r : open_locked(dir);
	if (fd < 0)
		return fd;
	r = judge_room(fd, name);
	if (r == 0) {
		r = write_coming(fd, files, count);
		if (r == 0)
			r = move(fd, COMING, name);
		if (r < 0)
			(void)clear(fd, COMING);
	}
	close(fd);
	return r;
}

int store_drop(const char *dir, const char *name)
{
	int fd, r;

	if (!is_name(name))
		return -ENOENT;
	fd = open_locked(dir);
	if (fd < 0)
		return fd;
	r = move(fd, name, GOING);
	if (r == 0)
		r = clear(fd, GOING);
	close(fd);
	return r;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void collect(DIR *list, struct store_names *names)
{
	const struct dirent *entry;

	while ((entry = readdir(list))) {
		if (!is_name(entry->d_name))
			continue;
		if (names->count == STORE_THINGS_MAX)
			break;
		memcpy(names->list[names->count++], entry->d_name, strlen(entry->d_name) + 1);
	}
	qsort(names->list, names->count, sizeof names->list[0], compare_names);
}

int store_list(const char *dir, struct store_names *ret_names)
{
	struct store_names names = { 0 };
	DIR *list = opendir(dir);

	if (!list && errno != ENOENT)
		return -errno;
	if (list) {
		names.list = calloc(STORE_THINGS_MAX, sizeof names.list[0]);
		if (names.list)
			collect(list, &names);
		closedir(list);
		if (!names.list)
			return -ENOMEM;
	}
	*ret_names = names;
	return 0;
}

/* Reads FD, of SIZE bytes. */
static int read_file(int fd, size_t size, unsigned char **ret_bytes)
{
	unsigned char *bytes = malloc(size + 1);
	ssize_t n;

	if (!bytes)
		return -ENOMEM;
	n = whole_read(fd, bytes, size);
	if (n < 0 || (size_t)n < size) {
		free(bytes);
		return n < 0 ? (int)n : -EIO;
	}
	bytes[size] = '\0';
	*ret_bytes = bytes;
	return 0;
}

int store_read(const char *dir, const char *name, const char *file, size_t most,
	       unsigned char **ret_bytes, size_t *ret_size)
{
	char *path;
	struct stat st;
	int fd, r;

	if (!is_name(name))
		return -ENOENT;
	if (asprintf(&path, "%s/%s/%s", dir, name, file) < 0)
		return -ENOMEM;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	free(path);
	if (fd < 0)
		return -errno;
	r = fstat(fd, &st) < 0 ? -errno : 0;
	if (r == 0 && !S_ISREG(st.st_mode))
		r = -EINVAL;
	if (r == 0 && (unsigned long long)st.st_size > most)
		r = -EFBIG;
	if (r == 0)
		r = read_file(fd, (size_t)st.st_size, ret_bytes);
	if (r == 0)
		*ret_size = (size_t)st.st_size;
	close(fd);
	return r;
}
