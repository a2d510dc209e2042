/* SPDX-License-Identifier: Apache-2.0 */
/* muster run: reads the command line and the operator's files, then runs the station. */
#include "station/run_verb.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device/facts/clean.h"
#include "station/board.h"
#include "station/exit_status.h"
#include "station/log.h"
#include "station/log_file.h"
#include "station/mux_lock.h"
#include "station/option.h"
#include "station/programs.h"
#include "station/station.h"
#include "station/watch_child.h"

#define VERB "muster run"

/* Blueprints of one station: a bench for every model of a school has fewer. */
#define BLUEPRINTS_MAX 64
/* Defaults and bounds of the times, in seconds. */
#define GRACE_DEFAULT 5
#define HOLD_DEFAULT  120
#define SECONDS_MAX   3600
/* A device re-enumerates within this time after a mode switch or on a bad contact. */
#define SETTLE_TIME 300
/* With more workers than this at once two processors have no use for the rest. */
#define WORKERS_DEFAULT 64

static const char help[] =
	"muster run - the station: serves every device that is plugged in\n"
	"\n"
	"usage: muster run --blueprint FILE [OPTION]...\n"
	"\n"
	"What a device goes through stands in a blueprint (muster blueprint new FILE writes\n"
	"one to begin with). Of several, the first that is for a device is used. Without any,\n"
	"devices are only paired, identified and recorded.\n"
	"\n"
	"  --blueprint FILE    what to do; may be given several times\n"
	"  --batch NAME        these devices belong together: in a batch, a device that passed\n"
	"                      is not done again\n"
	"  --again             do devices again that passed in the last 12 hours\n"
	"  --expect N          end by itself when N different devices have ended\n"
	"  --view HOW          what is shown: plain, json (one object a line), none;\n"
	"                      auto (the default) is the board of muster watch on a terminal,\n"
	"                      else plain\n"
	"  --max-workers N     work on at most N devices at the same time (64); those that\n"
	"                      wait for a person do not count\n"
	"  --hold SECONDS      how long a device may be unplugged in mid-job (120)\n"
	"  --grace SECONDS     how long jobs may take to stop when the station ends (5)\n"
	"  --sources mux       where arrivals come from; only mux in this version\n"
	"  --ready-fd N        write a newline to file descriptor N once devices are watched\n"
	"  --worker PATH       the program that works on a device (muster-worker)\n"
	"  --mux PATH          the program that talks to usbmuxd (muster-mux)\n"
	"  --verbose           log each step of the machinery\n"
	"  -h, --help          this\n"
	"\n"
	"Events go to standard output, the log to standard error; while the board has the\n"
	"terminal, the log goes to station.log in the state directory. Ctrl-C or SIGTERM ends the\n"
	"station: running jobs are stopped at a safe point and go on at the next start; a\n"
	"second one ends it at once.\n"
	"\n"
	"Exit status: 0 all passed, 1 some device did not, 2 wrong command line, 3 a blueprint\n"
	"or profile is wrong, 4 this host or the station is in trouble, 5 no device came.\n";

/* The command line. */
struct request {
	const char *files[BLUEPRINTS_MAX];
	size_t file_count;
	const char *batch, *view, *worker, *mux;
	unsigned expect, max_workers, grace, hold, ready_fd;
	bool screen, again, verbose, has_ready_fd;
};

static const struct option longs[] = {
	{ "blueprint", required_argument, NULL, 'b' },
	{ "batch", required_argument, NULL, 'B' },
	{ "again", no_argument, NULL, 'a' },
	{ "expect", required_argument, NULL, 'e' },
	{ "view", required_argument, NULL, 'v' },
	{ "max-workers", required_argument, NULL, 'w' },
	{ "hold", required_argument, NULL, 'H' },
	{ "grace", required_argument, NULL, 'g' },
	{ "sources", required_argument, NULL, 's' },
	{ "ready-fd", required_argument, NULL, 'r' },
	{ "worker", required_argument, NULL, 'W' },
	{ "mux", required_argument, NULL, 'M' },
	{ "verbose", no_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static bool read_number(const char *name, unsigned least, unsigned most, unsigned *ret_number)
{
	if (option_number(optarg, least, most, ret_number) == 0)
		return true;
	fprintf(stderr, VERB ": --%s must be a number from %u to %u, not \"%s\"\n", name, least,
		most, optarg);
	return false;
}

/* On a terminal the board, else lines. */
static void choose_view(struct request *request)
{
	request->screen = watch_child_can_show();
	request->view = request->screen ? NULL : "plain";
}

static bool read_view(struct request *request)
{
	static const char *const words[] = { "auto", "plain", "json", "none" };
	static const char *const views[] = { NULL, "plain", "json", NULL };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(optarg, words[i]) != 0)
			continue;
		request->screen = false;
		request->view = views[i];
		if (i == 0)
			choose_view(request);
		return true;
	}
	option_unknown_word(VERB, "view", optarg, words, sizeof words / sizeof words[0]);
	return false;
}

static bool read_sources(void)
{
	if (strcmp(optarg, "mux") == 0)
		return true;
	fprintf(stderr, VERB ": --sources %s: only \"mux\" is in this version\n", optarg);
	return false;
}

static bool add_file(struct request *request)
{
	if (request->file_count == BLUEPRINTS_MAX) {
		fprintf(stderr, VERB ": more than %d blueprints\n", BLUEPRINTS_MAX);
		return false;
	}
	request->files[request->file_count++] = optarg;
	return true;
}

static bool read_batch(struct request *request)
{
	char cleaned[CLEAN_MAX + 1];

	clean_string(optarg, cleaned);
	request->batch = optarg;
	if (*optarg && strcmp(cleaned, optarg) == 0)
		return true;
	fputs(VERB ": --batch must be a name that can be printed\n", stderr);
	return false;
}

static bool read_ready_fd(struct request *request)
{
	request->has_ready_fd = true;
	if (!read_number("ready-fd", 1, 1023, &request->ready_fd))
		return false;
	if (fcntl((int)request->ready_fd, F_SETFD, FD_CLOEXEC) == 0)
		return true;
	fprintf(stderr, VERB ": --ready-fd %u is not open\n", request->ready_fd);
	return false;
}

static bool read_option(struct request *request, int option)
{
	switch (option) {
	case 'b':
		return add_file(request);
	case 'B':
		return read_batch(request);
	case 'a':
		return request->again = true;
	case 'e':
		return read_number("expect", 1, 1000000, &request->expect);
	case 'v':
		return read_view(request);
	case 'w':
		return read_number("max-workers", 1, SLOTS_MAX, &request->max_workers);
	case 'H':
		return read_number("hold", 0, SECONDS_MAX, &request->hold);
	case 'g':
		return read_number("grace", 0, SECONDS_MAX, &request->grace);
	case 's':
		return read_sources();
	case 'r':
		return read_ready_fd(request);
	case 'W':
		request->worker = optarg;
		return true;
	case 'M':
		request->mux = optarg;
		return true;
	case 'd':
		return request->verbose = true;
	default: /* a wrong one, which has been told */
		return false;
	}
}

/* Returns -1 to go on, or the exit status. */
static int read_request(int argc, char **argv, struct request *request)
{
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_PASSED;
		}
		if (!read_option(request, option))
			return EXIT_USAGE;
	}
	if (optind < argc) {
		fprintf(stderr, VERB ": \"%s\" is no option; a blueprint is given by --blueprint\n",
			argv[optind]);
		return EXIT_USAGE;
	}
	return -1;
}

/* Everything of the operator's, read before anything else is touched. */
struct files {
	struct blueprint *blueprints[BLUEPRINTS_MAX];
	size_t count;
};

/* Two blueprints of one name would be one and the same to the ledger. */
static void check_names(const struct files *files, const struct request *request,
			struct problems *problems)
{
	for (size_t i = 0; i < files->count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(files->blueprints[i]->name, files->blueprints[k]->name) == 0)
				problems_add(problems, request->files[i], 0, 0,
					     "has the same name, \"%s\", as %s",
					     files->blueprints[i]->name, request->files[k]);
}

static int load_files(const struct request *request, struct files *ret_files)
{
	struct problems problems = { 0 };
	int r = 0, status = -1;

	for (size_t i = 0; i < request->file_count && r != -ENOMEM; i++) {
		r = blueprint_load(request->files[i], &problems,
				   &ret_files->blueprints[ret_files->count]);
		ret_files->count += r == 0;
	}
	if (problems.count == 0 && r == 0)
		check_names(ret_files, request, &problems);
	if (r == -ENOMEM)
		fputs(VERB ": no memory\n", stderr);
	problems_print(&problems, stderr);
	if (problems.count > 0)
		status = EXIT_FILE;
	else if (r < 0)
		status = EXIT_TROUBLE;
	problems_done(&problems);
	return status;
}

static void free_files(struct files *files)
{
	for (size_t i = 0; i < files->count; i++)
		blueprint_free(files->blueprints[i]);
}

/* Where our programs are. */
struct paths {
	char muster[PATH_MAX], worker[PATH_MAX], mux[PATH_MAX];
};

static bool find_program(const char *given, const char *name, char ret_path[static PATH_MAX])
{
	int r = 0;

	if (given)
		snprintf(ret_path, PATH_MAX, "%s", given);
	else
		r = program_find(name, ret_path);
	if (r == 0 && access(ret_path, X_OK) < 0)
		r = -errno;
	if (r < 0)
		fprintf(stderr, VERB ": %s: %s\n", given ? given : name, strerror(-r));
	return r == 0;
}

static bool find_programs(const struct request *request, struct paths *ret_paths)
{
	if (program_self(ret_paths->muster) < 0) {
		fputs(VERB ": cannot find itself in /proc\n", stderr);
		return false;
	}
	return find_program(request->worker, "muster-worker", ret_paths->worker) &&
	       find_program(request->mux, "muster-mux", ret_paths->mux);
}

static const char *operator_name(void)
{
	const struct passwd *user = getpwuid(getuid());

	return user ? user->pw_name : "";
}

/* Signals as the station wants them: read in its loop. */
static void prepare_signals(void)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* On one terminal with the plain view, notes would only repeat its lines, and break its table. */
static enum log_level choose_log_level(const struct request *request)
{
	bool shared = isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);

	if (request->verbose)
		return LEVEL_DEBUG;
	return shared && request->view ? LEVEL_WARN : LEVEL_NOTE;
}

/* What the log says would break the board. */
static int run_below_screen(const struct station_options *options)
{
	struct log_file log;
	int r = log_file_begin(options->state->dir, &log), status;

	if (r < 0) {
		log_file_end(&log);
		fprintf(stderr, VERB ": %s: %s\n", log.path, strerror(-r));
		return EXIT_TROUBLE;
	}
	status = (int)station_run(options);
	log_file_end(&log);
	if (status == EXIT_TROUBLE)
		log_file_tell(log.path);
	return status;
}

static int run_station(const struct request *request, const struct files *files,
		       const struct state *state, const struct paths *paths)
{
	struct station_options options = {
		.state = state,
		.blueprints = files->blueprints,
		.blueprint_count = files->count,
		.batch = request->batch,
		.operator= operator_name(),
		.view = request->view,
		.screen = request->screen,
		.muster = paths->muster,
		.worker = paths->worker,
		.mux = paths->mux,
		.expect = request->expect,
		.max_workers = request->max_workers,
		.again = request->again,
		.ready_fd = request->has_ready_fd ? (int)request->ready_fd : -1,
		.grace = request->grace * 1000LL,
		.hold = request->hold * 1000LL,
		.settle = SETTLE_TIME,
	};

	log_set_level(choose_log_level(request));
	prepare_signals();
	if (request->screen && isatty(STDERR_FILENO))
		return run_below_screen(&options);
	return (int)station_run(&options);
}

/* One station a state directory, and one a usbmuxd. */
static int lock_and_run(const struct request *request, const struct files *files,
			struct state *state, const struct paths *paths)
{
	char why[STATE_WHY_MAX];
	pid_t holder = 0;
	int r = state_make(state), lock, status;

	if (r == 0)
		r = state_lock(state);
	if (r < 0) {
		state_explain(state, r, why);
		fprintf(stderr, VERB ": %s\n", why);
		return EXIT_TROUBLE;
	}
	lock = mux_lock_take(getenv("USBMUXD_SOCKET_ADDRESS"), &holder);
	if (lock < 0) {
		if (lock == -EADDRINUSE)
			fprintf(stderr,
				VERB ": another station (process %d) works with this usbmuxd\n",
				(int)holder);
		else
			fprintf(stderr, VERB ": the lock of usbmuxd: %s\n", strerror(-lock));
		state_unlock(state);
		return EXIT_TROUBLE;
	}
	status = run_station(request, files, state, paths);
	close(lock);
	state_unlock(state);
	return status;
}

int run_verb(const char *state_option, int argc, char **argv)
{
	struct request request = { .batch = "",
				   .max_workers = WORKERS_DEFAULT,
				   .grace = GRACE_DEFAULT,
				   .hold = HOLD_DEFAULT };
	struct files files = { .count = 0 };
	char why[STATE_WHY_MAX];
	struct state state;
	struct paths paths;
	int status, r;

	choose_view(&request);
	status = read_request(argc, argv, &request);
	if (status >= 0)
		return status;
	status = load_files(&request, &files);
	r = status < 0 ? state_locate(state_option, &state) : 0;
	if (r < 0) {
		state_explain(&state, r, why);
		fprintf(stderr, VERB ": %s\n", why);
		status = EXIT_TROUBLE;
	}
	if (status < 0 && !find_programs(&request, &paths))
		status = EXIT_TROUBLE;
	if (status < 0)
		status = lock_and_run(&request, &files, &state, &paths);
	free_files(&files);
	return status;
}
