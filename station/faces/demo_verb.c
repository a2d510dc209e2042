/* SPDX-License-Identifier: Apache-2.0 */
/* muster demo: simulated devices and a station in front of them, with nothing plugged in. */
#include "config.h"

#include "station/faces/demo_verb.h"

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

#include "station/faces/demo_blueprint.h"
#include "station/rules/board.h"
#include "station/tools/child.h"
#include "station/tools/demo_folder.h"
#include "station/tools/exit_status.h"
#include "station/tools/log_file.h"
#include "station/tools/option.h"
#include "station/tools/programs.h"
#include "station/faces/results_verb.h"
#include "station/tools/watch_child.h"

#define VERB "muster demo"

#define DEVICES_DEFAULT 8
/* Most --fault options; there are fewer sorts of faults. */
#define FAULTS_MAX 32
/* How long the simulator may take to make its devices' keys and listen, and to end. */
#define READY_LIMIT 60000
#define END_LIMIT   5000

static const char help[] =
	"muster demo - simulated devices, and a station that serves them\n"
	"\n"
	"usage: muster demo [N] [OPTION]...\n"
	"\n"
	"Shows a whole run on N simulated devices (8; at most 256) and ends with the table of\n"
	"results. Needs no device, no root and no network, and leaves nothing behind. A simulated\n"
	"person taps Trust and confirms profiles; what the station does is what it would do to\n"
	"real devices.\n"
	"\n"
	"  --blueprint FILE          rehearse your own blueprint, with the profiles of your\n"
	"                            library (muster profile list); --state DIR says where\n"
	"  --fault NAME[=ARG]=COUNT  something is wrong with COUNT of the devices; may be given\n"
	"                            several times. muster-sim --help lists the names\n"
	"  --view HOW                auto, plain, json or none, as for muster run\n"
	"  --hold                    keep the station running until Ctrl-C, to look at it\n"
	"  --keep                    keep the state directory\n"
	"  -h, --help                this\n"
	"\n"
	"Examples\n"
	"  muster demo 32\n"
	"  muster demo 8 --fault trust-denied=2 --fault passcode-locked=1\n"
	"  muster demo 2 --blueprint lab.yaml\n"
	"\n"
	"Exit status: 0 all passed, 1 some device did not, 2 wrong command line, 3 the blueprint\n"
	"is wrong, 4 this host is in trouble.\n";

struct demo {
	unsigned devices;
	const char *view;
	const char *faults[FAULTS_MAX];
	unsigned fault_count;
	bool hold, keep;
	bool screen; /* the station shows its board on our terminal, and is in our group */

	char self[PATH_MAX], simulator[PATH_MAX], worker[PATH_MAX];
	const char *file; /* of a blueprint; NULL the one that is shipped */
	struct demo_blueprint blueprint;
	struct demo_folder folder;
	int signals;	     /* signalfd: Ctrl-C, TERM, HUP */
	pid_t simulator_pid; /* 0: not started */
	pid_t station_pid;
};

static int tell_trouble(const char *what, int error)
{
	fprintf(stderr, VERB ": %s: %s\n", what, strerror(-error));
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

static int open_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0)
		return -errno;
	return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Whether a signal has come that the station has not got itself, as it gets the terminal's Ctrl-C
 * when it is in our group. */
static bool read_signal(const struct demo *demo)
{
	struct signalfd_siginfo signal;

	if (read(demo->signals, &signal, sizeof signal) <= 0)
		return false;
	return !demo->screen || signal.ssi_code != SI_KERNEL;
}

static void signal_station(const struct demo *demo, int signal)
{
	if (demo->screen)
		kill(demo->station_pid, signal);
	else
		child_signal(demo->station_pid, signal);
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

/* Ends PID, which must be a child that was not reaped. */
static void end_child(pid_t pid)
{
	child_signal(pid, SIGTERM);
	if (!child_await(pid, END_LIMIT))
		child_signal(pid, SIGKILL);
	(void)reap(pid); /* how does not matter any more */
}

/* Waits until the simulator listens. Returns -1 to go on, or the exit status. */
static int await_simulator(struct demo *demo, int ready)
{
	const int fds[] = { ready, demo->signals };
	int r = wait_any(fds, 2, READY_LIMIT);
	pid_t pid = demo->simulator_pid;
	char byte;

	if (r == 1)
		return EXIT_NOT_PASSED; /* Ctrl-C */
	if (r < 0)
		return tell_trouble("muster-sim", r);
	if (read(ready, &byte, 1) == 1)
		return -1;
	/* It ended, and has said why: the command line is all that can be wrong with it. */
	demo->simulator_pid = 0;
	return reap(pid) == EXIT_USAGE ? EXIT_USAGE : EXIT_TROUBLE;
}

/* Has the pairing keys made that an idle station makes for its next devices: while devices are
 * there nobody should be busy with that. Returns -1 to go on, or the exit status. */
static int make_keys(struct demo *demo)
{
	struct state state;
	char count[16];
	const char *argv[] = { demo->worker, "--make-keys", state.pair_keys, count, NULL };
	struct child_order order = {
		.argv = argv, .in = -1, .out = -1, .err = STDERR_FILENO, .talk = -1
	};
	pid_t maker;
	int fds[2] = { -1, demo->signals }, r;

	(void)snprintf(count, sizeof count, "%u", demo->devices);
	fprintf(stderr,
		VERB ": pairing keys for %u devices are made first, as an idle station does\n",
		demo->devices);
	r = state_locate(demo->folder.state, &state);
	if (r == 0)
		r = state_make(&state);
	if (r == 0)
		r = demo_blueprint_lend(&demo->blueprint, &state);
	if (r < 0)
		return tell_trouble(demo->folder.state, r);
	r = child_start(&order, &maker);
	if (r < 0)
		return tell_trouble(demo->worker, r);
	fds[0] = pidfd_open(maker, 0);
	r = wait_any(fds, 2, -1);
	if (fds[0] >= 0)
		close(fds[0]);
	if (r != 0) {
		end_child(maker);
		return EXIT_NOT_PASSED; /* Ctrl-C */
	}
	return reap(maker) == EXIT_PASSED ? -1 : EXIT_TROUBLE;
}

static int start_simulator(struct demo *demo)
{
	const char *argv[8 + 2 * FAULTS_MAX] = {
		demo->simulator, "--socket", demo->folder.socket, "--bench", demo->folder.bench,
		"--ready-fd",	 "3"
	};
	struct child_order order = { .argv = argv, .in = -1, .out = -1, .err = STDERR_FILENO };
	unsigned argc = 7;
	int ready[2], r;

	for (unsigned i = 0; i < demo->fault_count; i++) {
		argv[argc++] = "--fault";
		argv[argc++] = demo->faults[i];
	}
	if (pipe2(ready, O_CLOEXEC) < 0)
		return tell_trouble("pipe", -errno);
	order.talk = ready[1];
	r = child_start(&order, &demo->simulator_pid);
	close(ready[1]);
	r = r < 0 ? tell_trouble(demo->simulator, r) : await_simulator(demo, ready[0]);
	close(ready[0]);
	return r;
}

static int start_station(struct demo *demo)
{
	char expect[16], address[STATE_PATH_MAX + 8];
	const char *argv[] = { demo->self, "--state",	  demo->folder.state,
			       "run",	   "--blueprint", demo->blueprint.file,
			       "--view",   demo->view,	  "--sources",
			       "mux",	   "--expect",	  expect,
			       NULL };
	struct child_order order = { .argv = argv,
				     .in = demo->screen ? STDIN_FILENO : -1,
				     .out = STDOUT_FILENO,
				     .talk = -1,
				     .on_terminal = demo->screen };
	int r;

	(void)snprintf(expect, sizeof expect, "%u", demo->devices);
	(void)snprintf(address, sizeof address, "UNIX:%s", demo->folder.socket);
	if (demo->hold)
		argv[10] = NULL; /* it does not end by itself */
	if (setenv("USBMUXD_SOCKET_ADDRESS", address, 1) < 0)
		return tell_trouble("environment", -errno);
	order.err = open(demo->folder.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (order.err < 0)
		return tell_trouble(demo->folder.log, -errno);
	r = child_start(&order, &demo->station_pid);
	close(order.err);
	return r < 0 ? tell_trouble(demo->self, r) : -1;
}

/* Waits for the station's end; a signal ends it, a second one at once. Returns its exit status. */
static int await_station(struct demo *demo)
{
	int station = pidfd_open(demo->station_pid, 0);
	int simulator = pidfd_open(demo->simulator_pid, 0);
	const int fds[] = { station, demo->signals, simulator };
	bool told = false, trouble = station < 0 || simulator < 0;
	int r, status;

	if (trouble)
		signal_station(demo, SIGKILL);
	while (!trouble && (r = wait_any(fds, trouble ? 2 : 3, -1)) != 0) {
		if (r == 1 && read_signal(demo)) {
			signal_station(demo, told ? SIGKILL : SIGTERM);
			told = true;
		}
		trouble = r == 2 || r < 0;
	}
	if (trouble) {
		fputs(VERB ": the simulator ended before the station\n", stderr);
		signal_station(demo, SIGTERM);
	}
	status = reap(demo->station_pid);
	demo->station_pid = 0;
	if (station >= 0)
		close(station);
	if (simulator >= 0)
		close(simulator);
	return trouble ? EXIT_TROUBLE : status;
}

static void show_results(struct demo *demo)
{
	static char verb[] = "results", json[] = "--json";
	char *argv[] = { verb, strcmp(demo->view, "json") == 0 ? json : NULL, NULL };

	putchar('\n');
	/* Whether all passed the station has told already. */
	(void)results_verb(demo->folder.state, argv[1] ? 2 : 1, argv);
	fflush(stdout);
}

static int run_station(struct demo *demo)
{
	int status;

	fprintf(stderr, VERB ": %u simulated devices; each waits a second for every tap\n",
		demo->devices);
	if (demo->hold)
		fprintf(stderr,
			VERB ": look at it with: %s --state %s devices\n" VERB ": Ctrl-C ends it\n",
			demo->self, demo->folder.state);
	status = start_station(demo);
	if (status >= 0)
		return status;
	status = await_station(demo);
	if (status != EXIT_PASSED && status != EXIT_NOT_PASSED && status != EXIT_NOTHING)
		log_file_tell(demo->folder.log);
	else
		show_results(demo);
	return status;
}

/* In the folder, until everything that was started has ended. */
static int run_in_folder(struct demo *demo)
{
	int status;

	demo->signals = open_signals();
	if (demo->signals < 0)
		return tell_trouble("signals", demo->signals);
	status = make_keys(demo);
	if (status < 0)
		status = start_simulator(demo);
	if (status < 0)
		status = run_station(demo);
	if (demo->simulator_pid > 0)
		end_child(demo->simulator_pid);
	close(demo->signals);
	return status;
}

static int find_parts(struct demo *demo, const char *state_option)
{
	int r = program_self(demo->self);

	if (r < 0)
		return tell_trouble("/proc/self/exe", r);
	r = program_find("muster-sim", demo->simulator);
	if (r < 0)
		return tell_trouble("muster-sim, the simulator", r);
	r = program_find("muster-worker", demo->worker);
	if (r < 0)
		return tell_trouble("muster-worker", r);
	if (demo->file)
		return demo_blueprint_open(VERB, demo->file, state_option, &demo->blueprint);
	r = program_example("demo.yaml", demo->blueprint.file);
	return r < 0 ? tell_trouble("demo.yaml, the blueprint", r) : -1;
}

static int run_demo(struct demo *demo, const char *state_option)
{
	int status = find_parts(demo, state_option), r;

	if (status >= 0)
		return status;
	r = demo_folder_make(demo->devices, &demo->folder);
	if (r < 0)
		return tell_trouble("temporary folder", r);
	status = run_in_folder(demo);
	if (demo->keep)
		fprintf(stderr, VERB ": everything is kept in %s\n", demo->folder.path);
	else
		demo_folder_remove(&demo->folder);
	return status;
}

static bool take_fault(struct demo *demo)
{
	if (demo->fault_count == FAULTS_MAX) {
		fprintf(stderr, VERB ": more than %d faults\n", FAULTS_MAX);
		return false;
	}
	demo->faults[demo->fault_count++] = optarg;
	return true;
}

/* What stands beside the options: the number of devices. */
static bool take_operands(struct demo *demo, int argc, char **argv)
{
	if (argc - optind > 1) {
		fprintf(stderr, VERB ": one number of devices is enough; what is \"%s\"?\n",
			argv[optind + 1]);
		return false;
	}
	if (argc == optind || option_number(argv[optind], 1, SLOTS_MAX, &demo->devices) == 0)
		return true;
	fprintf(stderr, VERB ": the number of devices must be 1 to %d, not \"%s\"\n", SLOTS_MAX,
		argv[optind]);
	return false;
}

/* Returns -1 to go on, or the exit status. */
static int read_request(struct demo *demo, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "fault", required_argument, NULL, 'f' },
		{ "view", required_argument, NULL, 'v' },
		{ "hold", no_argument, NULL, 'o' },
		{ "keep", no_argument, NULL, 'k' },
		{ "blueprint", required_argument, NULL, 'b' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_PASSED;
		}
		if (option == OPTION_WRONG || (option == 'f' && !take_fault(demo)))
			return EXIT_USAGE;
		demo->view = option == 'v' ? optarg : demo->view;
		demo->file = option == 'b' ? optarg : demo->file;
		demo->hold |= option == 'o';
		demo->keep |= option == 'k';
	}
	demo->screen = strcmp(demo->view, "auto") == 0 && watch_child_can_show();
	return take_operands(demo, argc, argv) ? -1 : EXIT_USAGE;
}

int demo_verb(const char *state_option, int argc, char **argv)
{
	struct demo demo = { .devices = DEVICES_DEFAULT, .view = "auto" };
	int status;

	status = read_request(&demo, argc, argv);
	if (status >= 0)
		return status;
	if (state_option && !demo.file) {
		fputs(VERB
		      ": makes a state directory of its own; --state says where the library is "
		      "for --blueprint FILE\n",
		      stderr);
		return EXIT_USAGE;
	}
	return run_demo(&demo, state_option);
}
