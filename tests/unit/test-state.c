/* SPDX-License-Identifier: Apache-2.0 */
/* The state directory: where it is found, how it is made, who holds its lock, what is said. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/tools/state.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static char dir[SCRATCH_PATH];

/* 98 bytes: with "/ledger.sqlite" too long by far, with "/lock" not. */
#define LONG_HOME \
	"/h123456789h123456789h123456789h123456789h123456789h123456789h123456789h123456789"

static void check_locate(void)
{
	static const struct {
		const char *option, *xdg, *home;
		int result;
		const char *dir;
	} table[] = {
		{ "/x/y", "/s", "/h", 0, "/x/y" },
		{ "rel", "/s", "/h", 0, "rel" },
		{ NULL, "/s", "/h", 0, "/s/muster" },
		{ NULL, NULL, "/h", 0, "/h/.local/state/muster" },
		{ NULL, "", "/h", 0, "/h/.local/state/muster" },
		{ NULL, "relative", "/h", 0, "/h/.local/state/muster" },
		{ NULL, NULL, NULL, -ENOENT, "" },
		{ NULL, "relative", "h", -ENOENT, "" },
		{ "", "/s", "/h", -EINVAL, "" },
		{ NULL, NULL, LONG_HOME LONG_HOME, -ENAMETOOLONG, NULL },
		{ LONG_HOME "/0123456789012345", NULL, NULL, -ENAMETOOLONG, NULL },
		{ LONG_HOME LONG_HOME, NULL, NULL, -ENAMETOOLONG, NULL },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct state state;

		unsetenv("XDG_STATE_HOME");
		unsetenv("HOME");
		if (table[i].xdg)
			setenv("XDG_STATE_HOME", table[i].xdg, 1);
		if (table[i].home)
			setenv("HOME", table[i].home, 1);
		is_number(state_locate(table[i].option, &state), table[i].result, "it is located");
		if (table[i].dir)
			is_string(state.dir, table[i].dir, "where it should be");
		is_number(state.lock_fd, -1, "and not locked");
	}
}

static void check_paths(void)
{
	struct state state;

	is_number(state_locate("/s", &state), 0, "a directory");
	is_string(state.ledger, "/s/ledger.sqlite", "the ledger in it");
	is_string(state.socket, "/s/muster.sock", "the control socket");
	is_string(state.pair_keys, "/s/pair-keys", "the pair keys");
	is_string(state.lock, "/s/lock", "the lock");
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_mode & 07777 : 0;
}

static void check_make(void)
{
	char deep[SCRATCH_PATH], path[SCRATCH_PATH];
	struct state state;

	(void)state_locate(scratch_path(deep, dir, "a/b/state"), &state);
	is_number(state_make(&state), 0, "it is made with its parents");
	is_number(mode_of(state.dir), 0700, "for the owner only");
	is_number(mode_of(scratch_path(path, dir, "a")), 0700, "its parents too");
	is_number(mode_of(state.pair_keys), 0700, "with a directory for pair keys");
	is_number(state_make(&state), 0, "a second time is well");
	chmod(state.dir, 0750);
	is_number(state_make(&state), 0, "one that is there");
	is_number(mode_of(state.dir), 0750, "keeps its mode");
	(void)state_locate(scratch_path(deep, dir, "a/b/slash/"), &state);
	is_number(state_make(&state), 0, "a slash at the end is well");
	if (chdir(dir) == 0) {
		(void)state_locate("here", &state);
		is_number(state_make(&state), 0, "a relative one is made");
		is_number(mode_of(scratch_path(path, dir, "here")), 0700, "where we are");
	}
}

/* Directories that cannot be, and the words for it. */
static void check_obstacles(void)
{
	char file[SCRATCH_PATH], under[SCRATCH_PATH], why[STATE_WHY_MAX];
	struct state state;

	scratch_write(scratch_path(file, dir, "file"), "x", 1);
	(void)state_locate(file, &state);
	is_number(state_make(&state), -ENOTDIR, "a file is no directory");
	state_explain(&state, -ENOTDIR, why);
	ok(strstr(why, file) && strstr(why, "not a directory"), "it says: %s", why);
	(void)state_locate(scratch_path(under, dir, "file/x"), &state);
	is_number(state_make(&state), -ENOTDIR, "nor is anything in it");
	(void)state_locate("/proc/muster-test", &state);
	ok(state_make(&state) < 0, "nothing can be made in /proc");
	ok(state_lock(&state) < 0, "nor locked");
	ok(!state_is_held(&state), "nor held");
	is_number(state.lock_fd, -1, "and no descriptor is left");
}

/* What only shows for somebody who is not root. */
static void check_without_rights(void)
{
	char closed[SCRATCH_PATH], path[SCRATCH_PATH], deep[SCRATCH_PATH];
	int status = 0;
	pid_t child;

	scratch_path(deep, dir, "closed/.local/state/muster");
	mkdir(scratch_path(closed, dir, "closed"), 0755);
	mkdir(scratch_path(path, closed, "there"), 0500);
	chmod(closed, 0555);
	chmod(dir, 0755);
	child = fork();
	if (child == 0) {
		struct state state;
		int r = 0;

		if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
			_exit(9);
		(void)state_locate(path, &state);
		if (state_make(&state) != -EACCES)
			r |= 1;
		if (state_lock(&state) != -EACCES)
			r |= 2;
		(void)state_locate(closed, &state);
		if (state_make(&state) != -EACCES)
			r |= 4;
		(void)state_locate(deep, &state);
		if (state_make(&state) != -EACCES)
			r |= 8;
		_exit(r);
	}
	waitpid(child, &status, 0);
	chmod(closed, 0700);
	is_number(WEXITSTATUS(status), 0, "what may not be written is refused");
}

static void check_explain(void)
{
	static const struct {
		struct state state;
		int error;
		const char *says;
	} table[] = {
		{ { .dir = "" }, -EINVAL, "is empty" },
		{ { .dir = "" }, -ENOENT, "--state" },
		{ { .dir = "/s" }, -ENOENT, "/s" },
		{ { .dir = "/s" }, -ENAMETOOLONG, "107 bytes" },
		{ { .dir = "/s" }, -EBUSY, "another station works in /s" },
		{ { .dir = "/s", .holder = 71 }, -EBUSY, "(process 71)" },
		{ { .dir = "/s" }, -EACCES, "Permission denied" },
		{ { .dir = "/s" }, -EROFS, "Read-only file system" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char why[STATE_WHY_MAX];

		state_explain(&table[i].state, table[i].error, why);
		ok(strstr(why, table[i].says), "%d is explained: %s", table[i].error, why);
	}
}

/* A process that holds the lock until it is killed; 0 when it did not get it. */
static pid_t hold(const char *path)
{
	int pipes[2];
	char byte = 0;
	pid_t child;

	if (pipe(pipes) < 0)
		return 0;
	child = fork();
	if (child == 0) {
		struct state state;

		(void)state_locate(path, &state);
		byte = state_lock(&state) == 0 ? 'y' : 'n';
		if (write(pipes[1], &byte, 1) == 1 && byte == 'y')
			pause();
		_exit(0);
	}
	close(pipes[1]);
	if (read(pipes[0], &byte, 1) != 1 || byte != 'y') {
		waitpid(child, NULL, 0);
		child = 0;
	}
	close(pipes[0]);
	return child;
}

static void check_lock(void)
{
	char path[SCRATCH_PATH];
	struct state state, again;
	pid_t other;

	(void)state_locate(scratch_path(path, dir, "locked"), &state);
	again = state;
	ok(!state_is_held(&state), "nobody holds a lock that does not exist");
	is_number(state_make(&state), 0, "a directory");
	other = hold(path);
	ok(other > 0, "another process takes its lock");
	ok(state_is_held(&state), "it is held");
	is_number(state_lock(&state), -EBUSY, "we do not get it");
	is_number(state.holder, other, "and know who has it");
	is_number(state.lock_fd, -1, "no descriptor is left");
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	ok(!state_is_held(&state), "a killed holder holds no more");
	is_number(state_lock(&state), 0, "we get it");
	is_number(mode_of(state.lock), 0600, "its file is the owner's only");
	ok(state_is_held(&state), "and hold it");
	is_number(state_lock(&again), -EBUSY, "also against ourselves");
	is_number(again.holder, getpid(), "who are the holder");
	is_number(hold(path), 0, "no other gets it now");
	ok(state_is_held(&state), "asking and trying did not drop it");
	state_unlock(&state);
	ok(!state_is_held(&state), "until we let go");
	state_unlock(&state);
	is_number(mode_of(state.lock), 0600, "the file stays");
}

int main(void)
{
	scratch_make(dir);
	check_locate();
	check_paths();
	check_make();
	check_obstacles();
	check_without_rights();
	check_explain();
	check_lock();
	scratch_remove(dir);
	return tap_done();
}
