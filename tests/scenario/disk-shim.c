/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into a station: the nth write or sync of its ledger's files fails, or is its last. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * MUSTER_DISK is one of
 *   eio:N      the Nth operation and all after it fail with EIO
 *   enospc:N   so do writes, with ENOSPC; syncs still succeed
 *   once:N     the Nth operation alone fails with EIO
 *   kill:N     the process is killed just before the Nth
 *   killed:N   … just after it
 * Operations on other files, and on the ledger's index, which is no file but shared memory, do not
 * count.
 */
enum mode {
	SOUND,
	EIO_FROM,
	ENOSPC_FROM,
	EIO_ONCE,
	KILL_BEFORE,
	KILL_AFTER
};

static enum mode mode;
static unsigned long at, operations;

__attribute__((constructor)) static void read_mode(void)
{
	static const struct {
		const char *word;
		enum mode mode;
	} modes[] = {
		{ "eio:", EIO_FROM },	  { "enospc:", ENOSPC_FROM }, { "once:", EIO_ONCE },
		{ "kill:", KILL_BEFORE }, { "killed:", KILL_AFTER },
	};
	const char *text = getenv("MUSTER_DISK");

	for (size_t i = 0; text && i < sizeof modes / sizeof modes[0]; i++) {
		size_t len = strlen(modes[i].word);

		if (strncmp(text, modes[i].word, len) != 0)
			continue;
		mode = modes[i].mode;
		at = strtoul(text + len, NULL, 10);
	}
}

static bool is_ledger(int fd)
{
	char link[64], path[4096];
	ssize_t len;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof path - 1);
	if (len < 0)
		return false;
	path[len] = '\0';
	return strstr(path, "/ledger.sqlite") && !strstr(path, "-shm");
}

/* Counts an operation on FD. Returns 0, or the errno that it is to fail with. */
static int before(int fd, bool writes)
{
	if (mode == SOUND || !is_ledger(fd))
		return 0;
	operations++;
	if (mode == KILL_BEFORE && operations == at)
		kill(getpid(), SIGKILL);
	if (mode == EIO_ONCE && operations == at)
		return EIO;
	if (mode == EIO_FROM && operations >= at)
		return EIO;
	if (mode == ENOSPC_FROM && operations >= at && writes)
		return ENOSPC;
	return 0;
}

static void after(int fd)
{
	if (mode == KILL_AFTER && operations == at && is_ledger(fd))
		kill(getpid(), SIGKILL);
}

static void *next(const char *name)
{
	void *function = dlsym(RTLD_NEXT, name);

	if (!function)
		abort();
	return function;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
	static ssize_t (*real)(int, const void *, size_t, off64_t);
	int error = before(fd, true);
	ssize_t n;

	if (!real)
		real = next("pwrite64");
	if (error) {
		errno = error;
		return -1;
	}
	n = real(fd, bytes, size, offset);
	after(fd);
	return n;
}

static int sync_by(int (*real)(int), int fd)
{
	int error = before(fd, false), r;

	if (error) {
		errno = error;
		return -1;
	}
	r = real(fd);
	after(fd);
	return r;
}

int fdatasync(int fd)
{
	static int (*real)(int);

	if (!real)
		real = next("fdatasync");
	return sync_by(real, fd);
}

int fsync(int fd)
{
	static int (*real)(int);

	if (!real)
		real = next("fsync");
	return sync_by(real, fd);
}
