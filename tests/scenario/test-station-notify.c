/* SPDX-License-Identifier: Apache-2.0 */
/* The station as a service: the manager, played here, hears that it is ready, alive, how it is, and
 * that it ends. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* Longest wait for one message, in milliseconds, and most that may come before the one that is
 * waited for: the dog is fed all the time. */
#define LIMIT	     20000
#define MESSAGES_MAX 100

static char dir[SCRATCH_PATH];

/* The manager's socket, and its name in the environment of what is started. */
static int open_manager(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	snprintf(name.sun_path, sizeof name.sun_path, "%s/notify", dir);
	ok(fd >= 0 && bind(fd, (struct sockaddr *)&name, sizeof name) == 0, "a manager");
	setenv("NOTIFY_SOCKET", name.sun_path, 1);
	/* Of all processes only the station feeds the dog. */
	unsetenv("WATCHDOG_PID");
	setenv("WATCHDOG_USEC", "400000", 1);
	return fd;
}

static pid_t start_station(const char *mux)
{
	const char *build = getenv("MUSTER_BUILD");
	char program[4096], state[SCRATCH_PATH], usbmuxd[SCRATCH_PATH + 16];
	pid_t pid;

	snprintf(program, sizeof program, "%s/muster", build ? build : ".");
	pid = fork();
	if (pid != 0)
		return pid;
	snprintf(usbmuxd, sizeof usbmuxd, "UNIX:%s/usbmuxd", dir);
	setenv("USBMUXD_SOCKET_ADDRESS", usbmuxd, 1);
	setenv("MUSTER_TEST_FOLDER", dir, 1);
	dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
	if (mux)
		execl(program, program, "--state", scratch_path(state, dir, "state"), "run",
		      "--view", "none", "--mux", mux, NULL);
	else
		execl(program, program, "--state", scratch_path(state, dir, "state"), "run",
		      "--view", "none", NULL);
	_exit(127);
}

/* Waits until the manager is told WORDS; what it is told in between is of no interest. */
static void await(int manager, const char *words)
{
	struct pollfd ready = { .fd = manager, .events = POLLIN };
	char text[512] = "";

	for (int i = 0; i < MESSAGES_MAX && poll(&ready, 1, LIMIT) > 0; i++) {
		ssize_t n = recv(manager, text, sizeof text - 1, 0);

		text[n > 0 ? n : 0] = '\0';
		if (strstr(text, words)) {
			ok(true, "%s", text);
			return;
		}
	}
	ok(false, "%s; the last was %s", words, text);
}

static void test_life(void)
{
	const char *source = getenv("MUSTER_SOURCE");
	char mux[4096];
	int manager = open_manager(), status = -1;
	pid_t pid;

	snprintf(mux, sizeof mux, "%s/tests/workers/mux-none.sh", source ? source : ".");
	pid = start_station(access(mux, X_OK) == 0 ? mux : NULL);
	await(manager, "READY=1");
	await(manager, "STATUS=");
	await(manager, "WATCHDOG=1");
	await(manager, "WATCHDOG=1");
	kill(pid, SIGTERM);
	await(manager, "STOPPING=1");
	ok(waitpid(pid, &status, 0) == pid && WIFEXITED(status), "it ends");
	is_number(WEXITSTATUS(status), 5, "with nothing done");
	close(manager);
}

/* A loop that stands still does not feed the dog: that is what the dog is for. */
static void test_stopped(void)
{
	struct pollfd more;
	int manager, status = -1;
	char text[512];
	pid_t pid;

	unlink(getenv("NOTIFY_SOCKET"));
	manager = open_manager();
	more = (struct pollfd){ .fd = manager, .events = POLLIN };
	pid = start_station(NULL);
	await(manager, "READY=1");
	await(manager, "WATCHDOG=1");
	kill(pid, SIGSTOP);
	while (waitpid(pid, &status, WUNTRACED) == pid && !WIFSTOPPED(status))
		;
	while (recv(manager, text, sizeof text, MSG_DONTWAIT) > 0)
		;
	is_number(poll(&more, 1, 500), 0, "a station that stands still is silent");
	kill(pid, SIGKILL);
	ok(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status), "and is ended");
	close(manager);
}

int main(void)
{
	scratch_make(dir);
	test_life();
	test_stopped();
	scratch_remove(dir);
	return tap_done();
}
