/* SPDX-License-Identifier: Apache-2.0 */
/* Children: only the descriptors, limits and signals ordered, and the news when exec fails. */
#include "config.h"

#include "station/tools/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/tap.h"

#define SAID_MAX 4096

static const struct child_limit few[] = { { RLIMIT_NOFILE, 32 }, { RLIMIT_CPU, 7 } };

/* Runs SCRIPT in a shell with its output in SAID; returns its wait status, or negative errno. */
static int run(const char *script, struct child_order order, char said[static SAID_MAX])
{
	const char *argv[] = { "/bin/sh", "-c", script, NULL };
	int ends[2], status = -1, r;
	size_t used = 0;
	ssize_t n;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	order.argv = argv;
	order.out = order.err = ends[1];
	order.in = -1;
	r = child_start(&order, &pid);
	close(ends[1]);
	while (r == 0 && used < SAID_MAX - 1 &&
	       (n = read(ends[0], said + used, SAID_MAX - 1 - used)) > 0)
		used += (size_t)n;
	said[used] = '\0';
	close(ends[0]);
	if (r == 0 && waitpid(pid, &status, 0) < 0)
		return -errno;
	return r < 0 ? r : status;
}

static void test_descriptors(void)
{
	/* Left open on purpose, not even close-on-exec. */
	int leak = fcntl(STDERR_FILENO, F_DUPFD, 20), pair[2];
	char said[SAID_MAX];

	is_number(run("ls /proc/$$/fd", (struct child_order){ .talk = -1 }, said), 0,
		  "a child runs");
	is_string(said, "0\n1\n2\n", "it has the standard descriptors only");
	is_number(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0, "a socket pair");
	is_number(run("ls /proc/$$/fd; echo hello >&3", (struct child_order){ .talk = pair[1] },
		      said),
		  0, "a child with a conversation runs");
	is_string(said, "0\n1\n2\n3\n", "and has its descriptor too");
	is_number(read(pair[0], said, SAID_MAX), 6, "which is the other end of ours");
	close(pair[0]);
	close(pair[1]);
	close(leak);
}

/* The places that the child's descriptors go to may be ones that it needs from us. */
static void test_crossed_descriptors(void)
{
	char said[SAID_MAX];
	int spare = dup(STDERR_FILENO), pair[2];

	is_number(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0, "a socket pair");
	dup2(pair[1], STDERR_FILENO);
	is_number(run("echo crossed >&3; echo out", (struct child_order){ .talk = STDERR_FILENO },
		      said),
		  0, "the conversation may come from descriptor 2");
	dup2(spare, STDERR_FILENO);
	is_string(said, "out\n", "and its output goes where it should");
	is_number(recv(pair[0], said, SAID_MAX, MSG_DONTWAIT), 8, "as does what it says");
	close(spare);
	close(pair[0]);
	close(pair[1]);
}

static void test_limits(void)
{
	char said[SAID_MAX], home[] = "HOME=/nowhere", *environment[] = { home, NULL };

	run("ulimit -n; ulimit -t; ulimit -c",
	    (struct child_order){ .talk = -1, .limits = few, .limit_count = 2 }, said);
	is_string(said, "32\n7\n0\n", "limits are set, and no child leaves a core");
	run("echo $HOME $USER$LOGNAME",
	    (struct child_order){ .talk = -1, .environment = environment }, said);
	is_string(said, "/nowhere\n", "the environment is the one given");
	run("nice", (struct child_order){ .talk = -1, .nice = 3 }, said);
	ok(atoi(said) >= 3, "a child can be nicer");
}

static void test_signals(void)
{
	sigset_t mask, old;
	char said[SAID_MAX];
	int status;

	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigprocmask(SIG_BLOCK, &mask, &old);
	signal(SIGTERM, SIG_IGN);
	status = run("kill -TERM $$; echo alive", (struct child_order){ .talk = -1 }, said);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM,
	   "what we block and ignore, a child does not");
	signal(SIGTERM, SIG_DFL);
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static void test_failures(void)
{
	const char *nowhere[] = { "/nowhere/program", NULL }, *folder[] = { "/tmp", NULL };
	const struct child_limit absurd[] = { { (__rlimit_resource_t)99, 1 } };
	const char *shell[] = { "/bin/true", NULL };
	struct child_order order = { .argv = nowhere, .in = -1, .out = -1, .err = -1, .talk = -1 };
	pid_t pid = 77;

	is_number(child_start(&order, &pid), -ENOENT, "a program that is not there");
	order.argv = folder;
	is_number(child_start(&order, &pid), -EACCES, "one that cannot be run");
	order.argv = shell;
	order.limits = absurd;
	order.limit_count = 1;
	is_number(child_start(&order, &pid), -EINVAL, "a limit that does not exist");
	is_number(pid, 77, "no pid is given");
	is_number(waitpid(-1, NULL, WNOHANG), -1, "and nobody is left to wait for");
}

static void test_group(void)
{
	const char *argv[] = { "/bin/sh", "-c", "cat & cat; wait", NULL };
	int ends[2], status = 0;
	struct child_order order = { .argv = argv, .err = -1, .talk = -1 };
	char byte;
	pid_t pid;

	is_number(pipe2(ends, O_CLOEXEC), 0, "a pipe");
	order.in = open("/dev/tty", O_RDONLY | O_CLOEXEC);
	order.out = ends[1];
	is_number(child_start(&order, &pid), 0, "a child with children runs");
	close(ends[1]);
	is_number(getpgid(pid), pid, "in a group of its own");
	child_signal(pid, SIGKILL);
	is_number(read(ends[0], &byte, 1), 0, "a signal ends the whole group");
	waitpid(pid, &status, 0);
	close(ends[0]);
	if (order.in >= 0)
		close(order.in);
}

/* Of one that ends by itself, and one that does not, nothing is left. */
static void test_end(void)
{
	static const struct {
		const char *script;
		int limit;
	} rows[] = { { "tail -f /dev/null & exit 0", 60000 }, { "exec tail -f /dev/null", 0 } };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *argv[] = { "/bin/sh", "-c", rows[i].script, NULL };
		struct child_order order = { .argv = argv, .in = -1, .err = -1, .talk = -1 };
		int ends[2];
		char byte;
		pid_t pid;

		is_number(pipe2(ends, O_CLOEXEC), 0, "a pipe");
		order.out = ends[1];
		is_number(child_start(&order, &pid), 0, rows[i].script);
		close(ends[1]);
		child_end(pid, rows[i].limit);
		is_number(read(ends[0], &byte, 1), 0, "… its whole group has ended");
		ok(waitpid(pid, NULL, 0) < 0 && errno == ECHILD, "… and it was reaped");
		close(ends[0]);
	}
}

int main(void)
{
	test_descriptors();
	test_crossed_descriptors();
	test_limits();
	test_signals();
	test_failures();
	test_group();
	test_end();
	return tap_done();
}
