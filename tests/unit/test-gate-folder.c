/* SPDX-License-Identifier: Apache-2.0 */
/* The gates' directory is private, goes away, and those of killed processes go with the next. */
#include "device/mux/gate_folder.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static char dir[SCRATCH_PATH];

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* Puts a socket into the directory, as a gate does. */
static void put_socket(const char *folder)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%.90s/1", folder);
	ok(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0, "a socket");
	close(fd);
}

/* Makes a directory and dies. RET_PATH is what it left. */
static void make_and_die(char ret_path[static GATE_PATH_MAX])
{
	char path[GATE_PATH_MAX] = "";
	struct gate_folder folder;
	int ends[2], status;
	pid_t pid;

	if (pipe(ends) < 0)
		return;
	pid = fork();
	if (pid == 0) {
		if (gate_folder_make(dir, &folder) < 0)
			_exit(1);
		snprintf(path, sizeof path, "%s", folder.path);
		if (write(ends[1], path, sizeof path) < 0)
			_exit(1);
		raise(SIGKILL);
	}
	ok(read(ends[0], ret_path, GATE_PATH_MAX) == GATE_PATH_MAX &&
		   waitpid(pid, &status, 0) == pid && WIFSIGNALED(status),
	   "a process made a directory and was killed");
	close(ends[0]);
	close(ends[1]);
}

static void test_one(void)
{
	struct gate_folder folder, other;
	struct stat st;

	is_number(gate_folder_make(dir, &folder), 0, "it is made");
	ok(strncmp(folder.path, dir, strlen(dir)) == 0 && stat(folder.path, &st) == 0 &&
		   (st.st_mode & 07777) == 0700,
	   "below what was named, for its owner only");
	is_number(gate_folder_make(dir, &other), 0, "another is made beside it");
	ok(exists(folder.path), "which leaves the first alone");
	is_number(gate_folder_remove(&other), 0, "it goes");
	put_socket(folder.path);
	is_number(gate_folder_remove(&folder), -ENOTEMPTY, "one that is not empty stays");
	is_number(gate_folder_make(dir, &other), 0, "the next");
	ok(!exists(folder.path), "takes it away, sockets and all");
	is_number(gate_folder_remove(&other), 0, "all are gone");
}

static void test_killed(void)
{
	struct gate_folder folder;
	char left[GATE_PATH_MAX] = "", foreign[SCRATCH_PATH], file[SCRATCH_PATH + 32];

	make_and_die(left);
	ok(exists(left), "a killed process leaves its directory");
	put_socket(left);
	scratch_path(foreign, dir, "muster-mux.somebody-else");
	ok(mkdir(foreign, 0700) == 0, "a directory with a longer name");
	is_number(gate_folder_make(dir, &folder), 0, "the next process");
	ok(!exists(left), "removes what the killed one left");
	ok(exists(foreign), "and nothing else");
	is_number(gate_folder_remove(&folder), 0, "it goes");
	make_and_die(left);
	snprintf(file, sizeof file, "%.90s/kept", left);
	scratch_write_text(file, "");
	is_number(gate_folder_make(dir, &folder), 0, "one that has a file in it");
	ok(exists(file), "is none of ours to remove");
	is_number(gate_folder_remove(&folder), 0, "it goes");
}

static void test_refused(void)
{
	struct gate_folder folder;
	char deep[200];

	is_number(gate_folder_make(NULL, &folder), -EINVAL, "no base");
	is_number(gate_folder_make("tmp", &folder), -EINVAL, "a relative base");
	is_number(gate_folder_make("/nowhere/at/all", &folder), -ENOENT,
		  "a base that is not there");
	memset(deep, 'a', sizeof deep - 1);
	deep[0] = '/';
	deep[sizeof deep - 1] = '\0';
	is_number(gate_folder_make(deep, &folder), -ENAMETOOLONG, "no room for a socket's name");
}

int main(void)
{
	scratch_make(dir);
	test_one();
	test_killed();
	test_refused();
	scratch_remove(dir);
	return tap_done();
}
