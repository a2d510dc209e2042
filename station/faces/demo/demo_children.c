/* SPDX-License-Identifier: Apache-2.0 */
/* The processes of a demonstration: keys made first, the simulated devices, the station. */
#include "config.h"

#include "station/faces/demo/demo_children.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/tools/child.h"
#include "station/tools/exit_status.h"
#include "station/tools/programs.h"

/* How long the simulator may take to make its devices' keys and listen, and any child to end, in
 * milliseconds. */
#define READY_LIMIT 60000
#define END_LIMIT   5000

static int tell_trouble(const char *what, int error)
{
	fprintf(stderr, DEMO_VERB ": %s: %s\n", what, strerror(-error));
	return EXIT_TROUBLE;
}

/* Waits at most LIMIT milliseconds (-1: for ever) until one of the FDS can be read.
 * Returns its index, or -ETIMEDOUT, or another negative errno. */
static int wait_any(const int *fds, unsigned count, int limit)
{
	struct pollfd polls[3];
	int r;

	for (unsigned i = 0; i < count; i++)
		polls[i] = (struct pollfd){ .fd = fds[i], .events = POLLIN };
	do
		r = poll(polls, count, limit);
	while (r < 0 && errno == EINTR);
	if (r <= 0)
		return r < 0 ? -errno : -ETIMEDOUT;
	for (unsigned i = 0; i < count; i++)
		if (polls[i].revents)
			return (int)i;
	return -EIO;
}

/* Returns a signalfd for what ends us, or negative errno. */
static int take_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	/* Who does not read what we print must not keep us from clearing up. */
	if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return -errno;
	return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int demo_children_begin(const struct demo_request *request, struct demo_children *ret_children)
{
	struct demo_children children = { .request = request };
	int r = program_self(children.muster);

	if (r < 0)
		return tell_trouble("/proc/self/exe", r);
	r = program_find("muster-sim", children.simulator);
	if (r < 0)
		return tell_trouble("muster-sim, the simulator", r);
	r = program_find("muster-worker", children.worker);
	if (r < 0)
		return tell_trouble("muster-worker", r);
	children.signals = take_signals();
	if (children.signals < 0)
		return tell_trouble("signals", children.signals);
	*ret_children = children;
	return -1;
}

/* Whether a signal has come that the station has not got itself, as it gets the terminal's Ctrl-C
 * when it is in our group. */
static bool read_signal(const struct demo_children *children)
{
	struct signalfd_siginfo signal;

	if (read(children->signals, &signal, sizeof signal) <= 0)
		return false;
	return !children->request->view.screen || signal.ssi_code != SI_KERNEL;
}

/* Reaps PID. Returns its exit status; EXIT_TROUBLE when a signal ended it. */
static int reap(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return EXIT_TROUBLE;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_TROUBLE;
}

/* Ends PID, which must be a child with a group of its own that was not reaped. */
static void end_child(pid_t pid)
{
	child_signal(pid, SIGTERM);
	child_end(pid, END_LIMIT);
}

int demo_children_make_keys(struct demo_children *children, const struct state *state)
{
	char count[16];
	const char *argv[] = { children->worker, "--make-keys", state->pair_keys, count, NULL };
	struct child_order order = {
		.argv = argv, .in = -1, .out = -1, .err = STDERR_FILENO, .talk = -1
	};
	int fds[] = { -1, children->signals }, r;
	pid_t maker;

	(void)snprintf(count, sizeof count, "%u", children->request->devices);
	r = child_start(&order, &maker);
	if (r < 0)
		return tell_trouble(children->worker, r);
	fds[0] = pidfd_open(maker, 0);
	r = fds[0] < 0 ? -errno : wait_any(fds, 2, -1);
	if (fds[0] >= 0)
		close(fds[0]);
	if (r == 0)
		return reap(maker) == EXIT_PASSED ? -1 : EXIT_TROUBLE;
	end_child(maker);
	return r < 0 ? tell_trouble(children->worker, r) : EXIT_NOT_PASSED; /* Ctrl-C */
}

/* Waits until the simulator listens. */
static int await_simulator(struct demo_children *children, int ready)
{
	const int fds[] = { ready, children->signals };
	int r = wait_any(fds, 2, READY_LIMIT);
	pid_t pid = children->simulator_pid;
	char byte;

	if (r == 1)
		return EXIT_NOT_PASSED; /* Ctrl-C */
	if (r < 0)
		return tell_trouble(children->simulator, r);
	if (read(ready, &byte, 1) == 1)
		return -1;
	/* It ended, and has said why: the command line is all that can be wrong with it. */
	children->simulator_pid = 0;
	return reap(pid) == EXIT_USAGE ? EXIT_USAGE : EXIT_TROUBLE;
}

int demo_children_simulate(struct demo_children *children)
{
	const struct demo_request *request = children->request;
	const char *argv[8 + 2 * DEMO_FAULTS_MAX] = { children->simulator,
						      "--socket",
						      children->folder->socket,
						      "--bench",
						      children->folder->bench,
						      "--ready-fd",
						      "3" };
	struct child_order order = { .argv = argv, .in = -1, .out = -1, .err = STDERR_FILENO };
	unsigned argc = 7;
	int ready[2], r;

	for (unsigned i = 0; i < request->fault_count; i++) {
		argv[argc++] = "--fault";
		argv[argc++] = request->faults[i];
	}
	if (pipe2(ready, O_CLOEXEC) < 0)
		return tell_trouble("pipe", -errno);
	order.talk = ready[1];
	r = child_start(&order, &children->simulator_pid);
	close(ready[1]);
	r = r < 0 ? tell_trouble(children->simulator, r) : await_simulator(children, ready[0]);
	close(ready[0]);
	return r;
}

/* How many of the devices will not say who they are, or say what another says: they are shown, but
 * count for nobody. */
static unsigned nameless(const struct demo_request *request)
{
	unsigned count = 0;

	for (unsigned i = 0; i < request->fault_count; i++) {
		const char *fault = request->faults[i], *number = strrchr(fault, '=');

		if (strncmp(fault, "serial-", 7) == 0 && number)
			count += (unsigned)strtoul(number + 1, NULL, 10);
	}
	return count;
}

static int start_station(struct demo_children *children, const char *blueprint)
{
	const struct demo_request *request = children->request;
	const struct demo_folder *folder = children->folder;
	bool screen = request->view.screen;
	const unsigned unnamed = nameless(request);
	char devices[16], address[STATE_PATH_MAX + 8];
	/* With --hold it does not end by itself; nor can it when nobody has a name. */
	const char *expect = request->hold || unnamed >= request->devices ? NULL : "--expect";
	const char *argv[] = { children->muster,
			       "--state",
			       folder->state,
			       "run",
			       "--blueprint",
			       blueprint,
			       "--view",
			       request->view_word,
			       "--sources",
			       "mux",
			       expect,
			       devices,
			       NULL };
	struct child_order order = { .argv = argv,
				     .in = screen ? STDIN_FILENO : -1,
				     .out = STDOUT_FILENO,
				     .talk = -1,
				     .on_terminal = screen };
	int r;

	(void)snprintf(devices, sizeof devices, "%u", request->devices - unnamed);
	(void)snprintf(address, sizeof address, "UNIX:%s", folder->socket);
	if (setenv("USBMUXD_SOCKET_ADDRESS", address, 1) < 0)
		return tell_trouble("environment", -errno);
	order.err = open(folder->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (order.err < 0)
		return tell_trouble(folder->log, -errno);
	r = child_start(&order, &children->station_pid);
	close(order.err);
	return r < 0 ? tell_trouble(children->muster, r) : -1;
}

static void signal_station(const struct demo_children *children, int signal)
{
	/* On the terminal it has no group of its own. */
	if (children->request->view.screen)
		kill(children->station_pid, signal);
	else
		child_signal(children->station_pid, signal);
}

/* Reaps the station, which ends. Returns its exit status. */
static int reap_station(struct demo_children *children)
{
	int status = reap(children->station_pid);

	children->station_pid = 0;
	return status;
}

/* The station cannot go on without what has failed. */
static int give_up(struct demo_children *children)
{
	signal_station(children, SIGTERM);
	if (!child_await(children->station_pid, END_LIMIT))
		signal_station(children, SIGKILL);
	(void)reap_station(children);
	return EXIT_TROUBLE;
}

/* Waits for the station's end, with the pidfds of both. */
static int await_station(struct demo_children *children, int station, int simulator)
{
	const int fds[] = { station, children->signals, simulator };
	bool told = false;
	int r;

	while ((r = wait_any(fds, 3, -1)) == 1) {
		if (!read_signal(children))
			continue;
		signal_station(children, told ? SIGKILL : SIGTERM);
		told = true;
	}
	if (r == 0)
		return reap_station(children);
	if (r < 0)
		(void)tell_trouble("poll", r);
	else
		fputs(DEMO_VERB ": the simulator ended before the station\n", stderr);
	return give_up(children);
}

int demo_children_run_station(struct demo_children *children, const char *blueprint)
{
	int status = start_station(children, blueprint), station, simulator;

	if (status >= 0)
		return status;
	station = pidfd_open(children->station_pid, 0);
	simulator = pidfd_open(children->simulator_pid, 0);
	if (station < 0 || simulator < 0) {
		(void)tell_trouble("pidfd", -errno);
		status = give_up(children);
	} else {
		status = await_station(children, station, simulator);
	}
	if (station >= 0)
		close(station);
	if (simulator >= 0)
		close(simulator);
	return status;
}

void demo_children_end(struct demo_children *children)
{
	if (children->simulator_pid > 0)
		end_child(children->simulator_pid);
	close(children->signals);
}
