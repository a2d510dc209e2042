/* SPDX-License-Identifier: Apache-2.0 */
/* Starting a process of ours: its descriptors, its limits, and the news when it cannot be. */
#include "config.h"

#include "station/tools/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child's descriptor of the conversation, and the one that reports a failed exec. */
#define TALK 3
#define NEWS 4
/* Descriptors below this are the ones that are put in their places. */
#define FIRST_FREE 5

/* Moves the descriptors that the child will get out of the way of the places they will have. */
static int lift(int fd)
{
	return fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FREE);
}

/* Puts FD, or /dev/null, at PLACE. */
static int place(int fd, int place)
{
	int null;

	if (fd >= 0)
		return dup2(fd, place) < 0 ? -errno : 0;
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0)
		return -errno;
	if (null != place && dup2(null, place) < 0)
		return -errno;
	return fcntl(place, F_SETFD, 0) < 0 ? -errno : 0;
}

static int place_standard(const struct child_order *order)
{
	int in = lift(order->in), out = lift(order->out), err = lift(order->err);
	int r;

	if ((order->in >= 0 && in < 0) || (order->out >= 0 && out < 0) ||
	    (order->err >= 0 && err < 0))
		return -EMFILE;
	r = place(in, STDIN_FILENO);
	if (r == 0)
		r = place(out, STDOUT_FILENO);
	if (r == 0)
		r = place(err, STDERR_FILENO);
	return r;
}

/* Puts every descriptor in its place and closes all others, close-on-exec or not. NEWS is where the
 * report goes, and moves too. */
static int place_descriptors(const struct child_order *order, int *news)
{
	int talk = lift(order->talk), r;

	if (order->talk >= 0 && talk < 0)
		return -EMFILE;
	r = place_standard(order);
	if (r < 0)
		return r;
	if (talk >= 0 && dup2(talk, TALK) < 0)
		return -errno;
	if (talk < 0)
		close(TALK);
	if (dup3(*news, NEWS, O_CLOEXEC) < 0)
		return -errno;
	*news = NEWS;
	return close_range(FIRST_FREE, ~0U, 0) < 0 ? -errno : 0;
}

static int set_limits(const struct child_order *order)
{
	const struct rlimit no_core = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &no_core) < 0)
		return -errno;
	for (unsigned i = 0; i < order->limit_count; i++) {
		struct rlimit limit = { order->limits[i].value, order->limits[i].value };

		if (setrlimit(order->limits[i].resource, &limit) < 0)
			return -errno;
	}
	errno = 0;
	if (order->nice && nice(order->nice) == -1 && errno != 0)
		return -errno;
	return 0;
}

static void default_signals(void)
{
	sigset_t none;

	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child: becomes the program; returns negative errno when it cannot. */
static int become(const struct child_order *order, int *news, pid_t parent)
{
	int r;

	if (!order->on_terminal && setpgid(0, 0) < 0)
		return -errno;
	if (prctl(PR_SET_PDEATHSIG, order->on_terminal ? SIGTERM : SIGKILL) < 0)
		return -errno;
	/* The parent may have ended before the kernel knew that it matters. */
	if (getppid() != parent)
		return -ESRCH;
	default_signals();
	r = place_descriptors(order, news);
	if (r == 0)
		r = set_limits(order);
	if (r < 0)
		return r;
	execve(order->argv[0], (char *const *)order->argv,
	       order->environment ? order->environment : environ);
	return -errno;
}

/* Waits for the child's news: nothing when its program runs, else why it does not. */
static int read_news(int news)
{
	int error = 0;
	ssize_t n;

	do
		n = read(news, &error, sizeof error);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof error ? error : 0;
}

/* Its memory is ours, and we wait, until it is another program or has ended (vfork). */
_Noreturn static void be_child(const struct child_order *order, int news, pid_t parent)
{
	int report = lift(news);
	int r = report < 0 ? -EMFILE : become(order, &report, parent);

	_exit(write(report, &r, sizeof r) < 0 ? 126 : 127);
}

/* A copy of our memory, as fork(2) makes it, would be thrown away at once. No handler of ours may
 * run in the child: signals wait until it has none. Returns the child's pid or negative errno. */
static pid_t split(const struct child_order *order, int news)
{
	sigset_t all, old;
	pid_t parent = getpid(), pid;
	int error;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &old);
	pid = vfork();
	if (pid == 0)
		be_child(order, news, parent);
	error = errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid < 0 ? -error : pid;
}

int child_start(const struct child_order *order, pid_t *ret_pid)
{
	int news[2], r;
	pid_t pid;

	if (pipe2(news, O_CLOEXEC) < 0)
		return -errno;
	pid = split(order, news[1]);
	close(news[1]);
	r = pid < 0 ? pid : read_news(news[0]);
	close(news[0]);
	if (r < 0) {
		while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
		return r;
	}
	*ret_pid = pid;
	return 0;
}

void child_signal(pid_t pid, int signal_number)
{
	kill(-pid, signal_number);
}

bool child_await(pid_t pid, int limit)
{
	struct pollfd gone = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	int r = gone.fd < 0 ? 0 : poll(&gone, 1, limit > 0 ? limit : 0);

	if (gone.fd >= 0)
		close(gone.fd);
	return r > 0;
}

void child_end(pid_t pid, int limit)
{
	(void)child_await(pid, limit);
	child_signal(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}
