/* SPDX-License-Identifier: Apache-2.0 */
/* A directory of host key sets made ahead, so that no device waits for them. */
#include "device/key_pool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "device/host_keys.h"

/* The set that a maker writes, with the maker's number behind; one that was killed leaves it, and
 * the next writes over it. */
#define UNFINISHED ".unfinished"
#define SUFFIX	   ".pem"
/* Nanoseconds since 1970 in 20 digits, the maker's number, and the suffix. */
#define SET_NAME_MAX 40
/* Processes at a time: with more the disk and the reader of this gain nothing. */
#define MAKERS_MAX 16

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

/* Writes a new set to the file UNFINISHED in DIR. */
static int write_set(int dir, const char *unfinished)
{
	struct host_keys keys;
	int fd, r;

	fd = openat(dir, unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
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

/* Adds a set; MAKER tells ours from those that other makers add in the same moment. */
static int add_set(int dir, unsigned maker)
{
	char name[SET_NAME_MAX], unfinished[SET_NAME_MAX];
	struct timespec now;
	int r;

	snprintf(unfinished, sizeof unfinished, UNFINISHED "-%u", maker);
	r = write_set(dir, unfinished);
	if (r < 0) {
		unlinkat(dir, unfinished, 0);
		return r;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(name, sizeof name, "%020lld-%u%s", now.tv_sec * 1000000000LL + now.tv_nsec, maker,
		 SUFFIX);
	return renameat(dir, unfinished, dir, name) < 0 ? -errno : 0;
}

static __attribute__((noreturn)) void make_sets(int dir, unsigned maker, size_t count, pid_t parent)
{
	int r = prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent ? -ESRCH : 0;

	while (r == 0 && count-- > 0)
		r = add_set(dir, maker);
	_exit(-r);
}

static int await_maker(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

/* Makes COUNT sets, on every processor there is. Returns the first failure. */
static int make_on_all(int dir, size_t count)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t makers = processors < 1 ? 1 : (size_t)processors;
	pid_t pids[MAKERS_MAX], parent = getpid();
	unsigned started = 0;
	int r = 0, ended;

	makers = makers > MAKERS_MAX ? MAKERS_MAX : makers;
	makers = makers > count ? count : makers;
	for (; r == 0 && started < makers; started++) {
		size_t share = count * (started + 1) / makers - count * started / makers;

		pids[started] = fork();
		if (pids[started] == 0)
			make_sets(dir, started, share, parent);
		if (pids[started] < 0) {
			r = -errno;
			break;
		}
	}
	for (unsigned i = 0; i < started; i++) {
		ended = await_maker(pids[i]);
		r = r < 0 ? r : ended;
	}
	return r;
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
	if (r == 0)
		r = count_sets(directory, &have);
	if (r == 0 && have < count)
		r = make_on_all(dir, count - have);
	close(dir);
	return r;
}
