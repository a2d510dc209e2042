/* SPDX-License-Identifier: Apache-2.0 */
/* muster run: reads the operator's files, takes the locks, then runs the station. */
#include "station/run_verb.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/faces/doctor_verb.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/log.h"
#include "station/tools/log_file.h"
#include "station/tools/mux_lock.h"
#include "station/tools/programs.h"
#include "station/faces/shelf_gate.h"
#include "station/run_request.h"
#include "station/station.h"

/* A device re-enumerates within this time after a mode switch or on a bad contact, in
 * milliseconds. */
#define SETTLE_TIME 300
/* The news that it left another slot is rarely later than this, in milliseconds. */
#define SETTLE_TWIN_TIME 20

/* Everything of the operator's, read before anything else is touched. */
struct files {
	struct blueprint *blueprints[RUN_BLUEPRINTS_MAX];
	size_t count;
	struct slots_file *slots; /* NULL: there is none */
};

/* Two blueprints of one name would be one and the same to the ledger. */
static void check_names(const struct files *files, const struct run_request *request,
			struct problems *problems)
{
	for (size_t i = 0; i < files->count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(files->blueprints[i]->name, files->blueprints[k]->name) == 0)
				problems_add(problems, request->files[i], 0, 0,
					     "has the same name, \"%s\", as %s",
					     files->blueprints[i]->name, request->files[k]);
}

/* Looks whether a profile has expired; to be done when all files are well. */
static void check_ages(const struct files *files, const struct run_request *request, int64_t now,
		       struct problems *problems)
{
	const struct shelf_allowed allowed = { request->allowed, request->allowed_count };

	shelf_gate_names(files->blueprints, files->count, &allowed, problems);
	for (size_t i = 0; i < files->count; i++)
		shelf_gate(files->blueprints[i], &allowed, now, problems);
}

static int load_files(const struct run_request *request, const struct state *state,
		      struct files *ret_files)
{
	const struct library_source source = { .folder = state->profiles,
					       .now = clock_wall() / 1000 };
	struct problems problems = { 0 };
	int r = 0, status = -1;

	for (size_t i = 0; i < request->file_count && r != -ENOMEM; i++) {
		r = blueprint_load_from(request->files[i], &source, &problems,
					&ret_files->blueprints[ret_files->count]);
		ret_files->count += r == 0;
	}
	if (problems.errors == 0 && r == 0)
		check_names(ret_files, request, &problems);
	if (problems.errors == 0 && r == 0)
		check_ages(ret_files, request, source.now, &problems);
	if (r == -ENOMEM)
		fputs(RUN_VERB ": no memory\n", stderr);
	problems_print(&problems, stderr);
	if (problems.errors > 0)
		status = EXIT_FILE;
	else if (r < 0)
		status = EXIT_TROUBLE;
	problems_done(&problems);
	return status;
}

/* What the bench's ports are called. Returns as load_files. */
static int load_slots(const struct state *state, struct files *ret_files)
{
	struct problems problems = { 0 };
	int r = 0, status;

	if (access(state->slots, F_OK) == 0)
		r = slots_file_load(state->slots, &problems, &ret_files->slots);
	problems_print(&problems, stderr);
	problems_done(&problems);
	status = r == 0 ? -1 : r == -EINVAL ? EXIT_FILE : EXIT_TROUBLE;
	if (status == EXIT_TROUBLE)
		fprintf(stderr, RUN_VERB ": %s: %s\n", state->slots, strerror(-r));
	return status;
}

static void free_files(struct files *files)
{
	free(files->slots);
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
		fprintf(stderr, RUN_VERB ": %s: %s\n", given ? given : name, strerror(-r));
	return r == 0;
}

static bool find_programs(const struct run_request *request, struct paths *ret_paths)
{
	if (program_self(ret_paths->muster) < 0) {
		fputs(RUN_VERB ": cannot find itself in /proc\n", stderr);
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
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	/* A write that cannot be done is an error to be told, not the end of us. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

/* On one terminal with the plain view, notes would only repeat its lines, and break its table. */
static enum log_level choose_log_level(const struct run_request *request)
{
	bool shared = isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);

	if (request->verbose)
		return LEVEL_DEBUG;
	return shared && request->view.format ? LEVEL_WARN : LEVEL_NOTE;
}

/* What the log says would break the board. */
static int run_below_screen(const struct station_options *options)
{
	struct log_file log;
	int r = log_file_begin(options->state->dir, &log), status;

	if (r < 0) {
		log_file_end(&log);
		fprintf(stderr, RUN_VERB ": %s: %s\n", log.path, strerror(-r));
		return EXIT_TROUBLE;
	}
	status = (int)station_run(options);
	log_file_end(&log);
	if (status == EXIT_TROUBLE)
		log_file_tell(log.path);
	return status;
}

static int run_station(const struct run_request *request, const struct files *files,
		       const struct state *state, const struct paths *paths)
{
	struct station_options options = {
		.state = state,
		.blueprints = files->blueprints,
		.blueprint_count = files->count,
		.allowed = request->allowed,
		.allowed_count = request->allowed_count,
		.batch = request->batch,
		.operator= operator_name(),
		.view = request->view.format,
		.screen = request->view.screen,
		.muster = paths->muster,
		.worker = paths->worker,
		.mux = paths->mux,
		.requests = request->requests,
		.expect = request->expect,
		.max_workers = request->max_workers,
		.again = request->again,
		.ready_fd = request->ready_fd,
		.grace = request->grace * 1000LL,
		.hold = request->hold * 1000LL,
		.settle = SETTLE_TIME,
		.settle_twin = SETTLE_TWIN_TIME,
		.slots = files->slots,
		.udev = request->udev,
		.reach = request->reach * 1000LL,
	};

	log_set_level(choose_log_level(request));
	doctor_warn_start(getenv("USBMUXD_SOCKET_ADDRESS"));
	prepare_signals();
	if (request->view.screen && isatty(STDERR_FILENO))
		return run_below_screen(&options);
	return (int)station_run(&options);
}

static void tell_not_locked(int r, pid_t holder)
{
	char process[32] = "";

	if (holder > 0)
		snprintf(process, sizeof process, " (process %ld)", (long)holder);
	if (r == -EADDRINUSE)
		fprintf(stderr, RUN_VERB ": another station%s works with this usbmuxd\n", process);
	else
		fprintf(stderr, RUN_VERB ": the lock of usbmuxd: %s\n", strerror(-r));
}

/* One station a state directory, and one a usbmuxd. */
static int lock_and_run(const struct run_request *request, const struct files *files,
			struct state *state, const struct paths *paths)
{
	char why[STATE_WHY_MAX];
	pid_t holder = 0;
	int r = state_make(state), lock, status;

	if (r == 0)
		r = state_lock(state);
	if (r < 0) {
		state_explain(state, r, why);
		fprintf(stderr, RUN_VERB ": %s\n", why);
		return EXIT_TROUBLE;
	}
	lock = mux_lock_take(getenv("USBMUXD_SOCKET_ADDRESS"), &holder);
	if (lock < 0) {
		tell_not_locked(lock, holder);
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
	struct run_request request;
	struct files files = { .count = 0 };
	char why[STATE_WHY_MAX];
	struct state state;
	struct paths paths;
	int status = run_request_read(argc, argv, &request), r;

	if (status >= 0)
		return status;
	r = state_locate(state_option, &state);
	if (r < 0) {
		state_explain(&state, r, why);
		fprintf(stderr, RUN_VERB ": %s\n", why);
		return EXIT_TROUBLE;
	}
	status = load_files(&request, &state, &files);
	if (status < 0)
		status = load_slots(&state, &files);
	if (status < 0 && !find_programs(&request, &paths))
		status = EXIT_TROUBLE;
	if (status < 0)
		status = lock_and_run(&request, &files, &state, &paths);
	free_files(&files);
	return status;
}
