/* SPDX-License-Identifier: Apache-2.0 */
/* A directory of host key sets made ahead, so that no device waits for them. */
#include "device/key_pool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "device/host_keys.h"

/* The set being written; a maker that was killed leaves one, the next writes over it. */
#define UNFINISHED ".unfinished"
#define SUFFIX	   ".pem"
/* Nanoseconds since 1970 in 20 digits, and the suffix. */
#define SET_NAME_MAX 32

static bool is_set(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > strlen(SUFFIX) &&
	       strcmp(name + len - strlen(SUFFIX), SUFFIX) == 0;
}

static int count_sets(const char *directory, size_t *ret_count)
{
	DIR *dir = opendir(directory);
	const struct dirent *entry;
	size_t count = 0;

	if (!dir)
		return -errno;
	while ((entry = readdir(dir)))
		count += is_set(entry->d_name);
	closedir(dir);
	*ret_count = count;
	return 0;
}

/* Writes a new set to the unfinished file in DIR. */
static int write_set(int dir)
{
	struct host_keys keys;
	int fd, r;

	fd = openat(dir, UNFINISHED, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -errno;
	r = host_keys_make(&keys);
	if (r == 0) {
		r = host_keys_write(fd, &keys);
		host_keys_free(&keys);
	}
	if (r == 0 && fsync(fd) < 0)
		r = -errno;
	close(fd);
	return r;
}

static int add_set(int dir)
{
	struct timespec now;
	char name[SET_NAME_MAX];
	int r = write_set(dir);

	if (r < 0) {
		unlinkat(dir, UNFINISHED, 0);
		return r;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(name, sizeof name, "%020lld%s", now.tv_sec * 1000000000LL + now.tv_nsec, SUFFIX);
	return renameat(dir, UNFINISHED, dir, name) < 0 ? -errno : 0;
}

int key_pool_fill(const char *directory, size_t count)
{
	int dir = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	size_t have = 0;
	int r = 0;

	if (dir < 0)
		return -errno;
	if (flock(dir, LOCK_EX) < 0)
		r = -errno;
	while (r == 0) {
		r = count_sets(directory, &have);
		if (r < 0 || have >= count)
			break;
		r = add_set(dir);
	}
	close(dir);
	return r;
}
