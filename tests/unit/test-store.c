/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the store: whole or not at all, also when it is killed at any of its system calls. */
#include "config.h"

#include "profiles/library/store.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* More system calls than anything here makes. */
#define CALLS_MAX 2000

static char dir[SCRATCH_PATH], store[SCRATCH_PATH];

static const struct store_file two[] = { { "one", "first", 5 }, { "other", "second file", 11 } };

/* Whether the thing NAME is there with both files. */
static bool is_whole(const char *name)
{
	bool whole = true;

	for (size_t i = 0; i < 2; i++) {
		unsigned char *bytes = NULL;
		size_t size = 0;

		whole &= store_read(store, name, two[i].name, 100, &bytes, &size) == 0 &&
			 size == two[i].size && memcmp(bytes, two[i].bytes, size) == 0;
		free(bytes);
	}
	return whole;
}

static size_t count(void)
{
	struct store_names names = { 0 };
	int r = store_list(store, &names);

	free(names.list);
	return r < 0 ? 999 : names.count;
}

static mode_t mode_of(const char *name)
{
	char path[SCRATCH_PATH];
	struct stat st;

	return stat(scratch_path(path, store, name), &st) < 0 ? 0 : st.st_mode & 07777;
}

static void check_plain(void)
{
	unsigned char *bytes;
	size_t size;
	char path[SCRATCH_PATH];

	is_number((long long)count(), 0, "without a folder there is nothing");
	is_number(store_drop(store, "a"), -ENOENT, "and nothing to drop");
	umask(0);
	is_number(store_put(store, "a", two, 2), 0, "a thing is put");
	is_number(mode_of("."), 0700, "the folder's mode");
	is_number(mode_of("a"), 0700, "the thing's mode");
	is_number(mode_of("a/one"), 0600, "its files' mode");
	ok(is_whole("a"), "it is read back");
	is_number(store_put(store, "a", two, 1), -EEXIST, "one of the same name is refused");
	ok(is_whole("a"), "and changes nothing");
	is_number(store_put(store, "b", two, 2), 0, "another one");
	is_number((long long)count(), 2, "both are listed");
	is_number(store_read(store, "a", "other", 10, &bytes, &size), -EFBIG, "too large");
	is_number(store_read(store, "a", "none", 10, &bytes, &size), -ENOENT, "no such file");
	is_number(store_read(store, "../a", "one", 10, &bytes, &size), -ENOENT, "no way out");
	scratch_path(path, store, "a/link");
	ok(symlink("one", path) == 0, "a link");
	is_number(store_read(store, "a", "link", 10, &bytes, &size), -ELOOP, "is not followed");
	unlink(path);
	is_number(store_drop(store, "a"), 0, "it is dropped");
	is_number((long long)count(), 1, "and no longer listed");
	is_number(store_put(store, ".hidden", two, 2), -EINVAL, "a dot in front");
	is_number(store_put(store, "", two, 2), -EINVAL, "no name");
	is_number(store_put(store, "a/b", two, 2), -EINVAL, "a slash");
	is_number(store_drop(store, "b"), 0, "the last one is dropped");
}

static void check_full(void)
{
	char path[SCRATCH_PATH], name[16];

	for (unsigned i = 0; i < STORE_THINGS_MAX; i++) {
		snprintf(name, sizeof name, "%u", i);
		if (mkdir(scratch_path(path, store, name), 0700) < 0)
			break;
	}
	is_number(store_put(store, "more", two, 2), -EDQUOT, "a full store takes nothing");
	is_number((long long)count(), STORE_THINGS_MAX, "all are listed");
	scratch_remove(store);
}

static void put(void)
{
	_exit(store_put(store, "thing", two, 2) == 0 ? 0 : 1);
}

static void drop(void)
{
	_exit(store_drop(store, "thing") == 0 ? 0 : 1);
}

/* Runs DEED in a process that is killed at its system call number AT. Returns whether it got so
 * far. */
static bool kill_at(void (*deed)(void), unsigned at)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 && raise(SIGSTOP) == 0)
			deed();
		_exit(2);
	}
	waitpid(pid, &status, 0);
	/* Each call stops twice; killed at the beginning of one, it has not been made. */
	for (unsigned stops = 0; WIFSTOPPED(status) && stops < 2 * at; stops++) {
		ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
		waitpid(pid, &status, 0);
	}
	if (!WIFSTOPPED(status))
		return false;
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return true;
}

static void begin_empty(void)
{
	if (access(store, F_OK) == 0)
		scratch_remove(store);
}

static void begin_full(void)
{
	begin_empty();
	if (store_put(store, "thing", two, 2) < 0)
		abort();
}

/* Kills DEED at each of its calls: the thing is whole or gone, and the next change clears the
 * rest. */
static void check_crashes(const char *what, void (*begin)(void), void (*deed)(void), bool there)
{
	unsigned at = 0, torn = 0, untidy = 0, before = 0;

	for (bool killed = true; killed && at < CALLS_MAX; at++) {
		begin();
		killed = kill_at(deed, at);
		before += (count() == 1) != there;
		torn += count() == 1 ? !is_whole("thing") : count() != 0;
		untidy += store_put(store, "next", two, 2) != 0 || !is_whole("next") ||
			  mode_of(".coming") != 0 || mode_of(".going") != 0;
	}
	ok(at > 10 && at < CALLS_MAX, "%s: killed at each of %u system calls", what, at - 1);
	is_number(torn, 0, "half of it is never seen");
	is_number(untidy, 0, "the next change works and tidies up");
	ok(before > 3, "%u of the kills came before it was done", before);
}

int main(void)
{
	scratch_make(dir);
	scratch_path(store, dir, "store");
	check_plain();
	check_full();
	check_crashes("put", begin_empty, put, true);
	check_crashes("drop", begin_full, drop, false);
	scratch_remove(dir);
	return tap_done();
}
