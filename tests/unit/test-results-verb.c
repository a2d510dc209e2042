/* SPDX-License-Identifier: Apache-2.0 */
/* muster results: its three forms against golden files, hostile names, usage, exit status. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/tools/exit_status.h"
#include "station/ledger/ledger.h"
#include "station/faces/results_verb.h"
#include "station/tools/state.h"
#include "tests/unit/golden.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* 2024-05-06T07:08:09.123Z */
#define MORNING 1714979289123LL

static char dir[SCRATCH_PATH], ledger_path[SCRATCH_PATH];

/* What one run of the verb wrote. */
struct run {
	int status;
	char *out, *err;
};

/* Points FD at the file NAME; returns a copy of what it was. */
static int redirect(int fd, const char *name)
{
	char path[SCRATCH_PATH];
	int copy = dup(fd), file;

	file = open(scratch_path(path, dir, name), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	dup2(file, fd);
	close(file);
	return copy;
}

static void restore(int fd, int copy)
{
	dup2(copy, fd);
	close(copy);
}

/* Runs the verb with up to four words in the state directory STATE. */
static struct run run_in(const char *state, const char *const words[4])
{
	char *argv[6] = { (char *)"results" };
	char out[SCRATCH_PATH], err[SCRATCH_PATH];
	struct run run;
	int argc = 1, copies[2];

	while (argc <= 4 && words[argc - 1]) {
		argv[argc] = (char *)words[argc - 1];
		argc++;
	}
	fflush(stdout);
	copies[0] = redirect(STDOUT_FILENO, "out");
	copies[1] = redirect(STDERR_FILENO, "err");
	run.status = results_verb(state, argc, argv);
	fflush(stdout);
	restore(STDOUT_FILENO, copies[0]);
	restore(STDERR_FILENO, copies[1]);
	run.out = scratch_read(scratch_path(out, dir, "out"), NULL);
	run.err = scratch_read(scratch_path(err, dir, "err"), NULL);
	return run;
}

#define RUN(...) run_in(dir, (const char *const[4]){ __VA_ARGS__ })

static void run_done(struct run *run)
{
	free(run->out);
	free(run->err);
}

/* A job with what a table shows; returns its number. */
static int64_t open_job(struct ledger *ledger, const char *udid, const char *slot, const char *name,
			wall_t now)
{
	struct job_opening what = { .batch = "monday",
				    .blueprint = "Classroom iPads",
				    .blueprint_sha256 = "5e1f",
				    .operator= "anna" };
	int64_t job = 0, attachment;

	(void)udid_parse(udid, &what.udid);
	(void)ledger_open_job(ledger, &what, now, &job);
	(void)ledger_begin_attachment(ledger, job, slot, "1-2.3", 480, now, &attachment);
	(void)ledger_note(ledger, job, NOTE_UDID, udid, now);
	(void)ledger_note(ledger, job, NOTE_NAME, name, now);
	(void)ledger_end_attachment(ledger, attachment, "ended", now);
	return job;
}

static void note_ipad(struct ledger *ledger, int64_t job, const char *serial, wall_t now)
{
	(void)ledger_note(ledger, job, NOTE_SERIAL, serial, now);
	(void)ledger_note(ledger, job, NOTE_ECID, "0x1A2B3C4D5E6F70", now);
	(void)ledger_note(ledger, job, NOTE_PRODUCT, "iPad13,18", now);
	(void)ledger_note(ledger, job, NOTE_OS, "17.4.1", now);
	(void)ledger_note(ledger, job, NOTE_BUILD, "21E236", now);
}

static void run_step(struct ledger *ledger, int64_t job, enum step_kind kind,
		     const struct step_end *end, wall_t now)
{
	struct step_id step = { kind, 1 };

	(void)ledger_begin_step(ledger, job, step, 1, "", now);
	(void)ledger_end_step(ledger, job, step, 1, end, now + 500);
}

/* Four jobs: passed, failed with a chain, set aside, and one that nobody ended. */
static void write_bench(struct ledger *ledger)
{
	struct step_end done = { .outcome = STEP_DONE, .verified = true, .detail = "" };
	struct step_end already = { .outcome = STEP_ALREADY, .detail = "was there" };
	struct fault fault = fault_new(FAULT_PROFILE_REFUSED, "%s", "The profile was refused");
	struct step_end failed = { .outcome = STEP_FAILED, .detail = "", .fault = &fault };
	struct fault double_one = fault_new(FAULT_IDENTITY_DOUBLE, "%s", "");
	int64_t job = open_job(ledger, "00008110-001A2B3C4D5E6F70", "1", "LIB-0001", MORNING);

	note_ipad(ledger, job, "F2LX0001", MORNING);
	run_step(ledger, job, STEP_PAIR, &done, MORNING + 1000);
	run_step(ledger, job, STEP_INSTALL, &already, MORNING + 2000);
	run_step(ledger, job, STEP_VERIFY, &done, MORNING + 3000);
	(void)ledger_end_job(ledger, job, OUTCOME_PASSED, NULL, MORNING + 65000);
	(void)ledger_note(ledger, job, NOTE_ENROLLED, "2024-05-06T07:10:00.000Z", MORNING + 70000);
	(void)ledger_note(ledger, job, NOTE_ENROLLED_IN, "intune", MORNING + 70000);
	(void)ledger_note(ledger, job, NOTE_ENROLLED_BY, "=Bench, direct", MORNING + 70000);

	job = open_job(ledger, "0123456789abcdef0123456789abcdef01234567", "2", "会議室, \"3\"",
		       MORNING + 100);
	note_ipad(ledger, job, "F2LX0002", MORNING);
	fault.has_step = true;
	fault.step = (struct step_id){ STEP_INSTALL, 1 };
	fault.code = -5;
	strcpy(fault.domain, "mobile_config");
	fault_add_link(&fault, "MCInstallationErrorDomain", 4001, "Profile Failed to Install");
	fault_add_link(&fault, "MCProfileErrorDomain", 1009, "=HYPERLINK(\"x\")");
	run_step(ledger, job, STEP_INSTALL, &failed, MORNING + 3000);
	(void)ledger_end_job(ledger, job, OUTCOME_FAILED, &fault, MORNING + 3700000);

	job = open_job(ledger, "89abcdef0123456789abcdef0123456789abcdef", "3", "=1+1", MORNING);
	(void)ledger_end_job(ledger, job, OUTCOME_SET_ASIDE, &double_one, MORNING);
	(void)open_job(ledger, "fedcba9876543210fedcba9876543210fedcba98", "12", "", MORNING + 9);
}

static void check_golden(void)
{
	struct run run = RUN("--batch", "monday");

	is_number(run.status, EXIT_NOT_PASSED, "some did not pass");
	is_golden(run.out, "results.txt");
	is_string(run.err, "", "nothing to complain about");
	run_done(&run);
	run = RUN("--format", "csv");
	is_number(run.status, EXIT_NOT_PASSED, "nor in CSV");
	is_golden(run.out, "results.csv");
	run_done(&run);
	run = RUN("--json");
	is_number(run.status, EXIT_NOT_PASSED, "nor in JSON");
	is_golden(run.out, "results.json");
	run_done(&run);
}

static void check_status(void)
{
	struct run run = RUN("--outcome", "passed");

	is_number(run.status, EXIT_PASSED, "all that were asked for passed");
	run_done(&run);
	run = RUN("--device", "f2lx0002", "--json");
	is_number(run.status, EXIT_NOT_PASSED, "this device did not");
	ok(strstr(run.out, "F2LX0002") && !strstr(run.out, "F2LX0001"), "it and no other");
	run_done(&run);
	run = RUN("--batch", "sunday");
	is_number(run.status, EXIT_NOTHING, "no result");
	is_string(run.out, "", "an empty table is nothing");
	is_string(run.err, "muster results: no results\n", "and says so");
	run_done(&run);
	run = RUN("--batch", "sunday", "--json");
	is_number(run.status, EXIT_NOTHING, "no result in JSON");
	is_string(run.out, "{\n  \"schema\": \"muster/1\",\n  \"results\": []\n}\n",
		  "is a document without one");
	run_done(&run);
	run = RUN("--batch", "sunday", "--format", "csv");
	ok(strncmp(run.out, "slot,name,serial,udid", 21) == 0, "in CSV it has its heading");
	run_done(&run);
}

static void check_usage(void)
{
	static const struct {
		const char *words[4];
		const char *says;
	} table[] = {
		{ { "--frmat", "csv" }, "did you mean --format?" },
		{ { "--format", "jsn" }, "did you mean \"json\"?" },
		{ { "--format", "html" }, "not in this version" },
		{ { "--outcome", "pased" }, "did you mean \"passed\"?" },
		{ { "--outcome", "" }, "unknown outcome" },
		{ { "--batch" }, "needs an argument" },
		{ { "--json=yes" }, "takes no argument" },
		{ { "surplus\033" }, "takes no \"surplus \"" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct run run = run_in(dir, table[i].words);

		is_number(run.status, EXIT_USAGE, "a usage error");
		is_string(run.out, "", "writes no data");
		ok(strstr(run.err, table[i].says), "says: %s", table[i].says);
		ok(strchr(run.err, '\n') == strrchr(run.err, '\n'), "in one line");
		run_done(&run);
	}
}

static void check_help(void)
{
	static const char *const words[] = { "-h", "--help" };

	for (size_t i = 0; i < 2; i++) {
		struct run run = RUN(words[i]);

		is_number(run.status, EXIT_PASSED, "help is no error");
		ok(strncmp(run.out, "usage: muster results", 21) == 0, "and is on stdout");
		run_done(&run);
	}
}

static void check_trouble(void)
{
	char state[SCRATCH_PATH], path[SCRATCH_PATH], deep[300];
	struct run run;

	run = run_in(scratch_path(state, dir, "nowhere"), (const char *const[4]){ NULL });
	is_number(run.status, EXIT_NOTHING, "no state directory: no results");
	run_done(&run);
	mkdir(scratch_path(state, dir, "foreign"), 0700);
	scratch_write(scratch_path(path, state, "ledger.sqlite"),
		      "no database at all, but long enough to be looked at", 51);
	run = run_in(state, (const char *const[4]){ NULL });
	is_number(run.status, EXIT_TROUBLE, "a foreign file is trouble");
	ok(strstr(run.err, "is not a ledger of muster"), "and says so");
	run_done(&run);
	memset(deep, 'd', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	run = run_in(deep, (const char *const[4]){ NULL });
	is_number(run.status, EXIT_TROUBLE, "too long a path is trouble");
	ok(strstr(run.err, "too long"), "and says so");
	run_done(&run);
}

/* A job that a station works on: not interrupted, and without an outcome. */
static void check_running(void)
{
	struct state state;
	struct run run;
	pid_t holder;
	int ready[2];
	char byte;

	is_number(state_locate(dir, &state), 0, "the state directory");
	if (pipe(ready) < 0)
		return;
	holder = fork();
	if (holder == 0) {
		if (state_lock(&state) == 0 && write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	is_number(read(ready[0], &byte, 1), 1, "a station holds the lock");
	run = RUN("--device", "fedcba9876543210fedcba9876543210fedcba98");
	ok(strstr(run.out, "working"), "the table says that it is at work");
	run_done(&run);
	run = RUN("--device", "fedcba9876543210fedcba9876543210fedcba98", "--json");
	ok(strstr(run.out, "\"outcome\": null"), "JSON has no outcome yet");
	run_done(&run);
	kill(holder, SIGKILL);
	waitpid(holder, NULL, 0);
	run = RUN("--device", "fedcba9876543210fedcba9876543210fedcba98");
	ok(strstr(run.out, "interrupted"), "once the station is dead it is interrupted");
	run_done(&run);
	close(ready[0]);
	close(ready[1]);
}

static void check_full_device(void)
{
	int null = open("/dev/full", O_WRONLY | O_CLOEXEC), copy = dup(STDOUT_FILENO);
	char *argv[] = { (char *)"results", NULL };
	int status, err = redirect(STDERR_FILENO, "err");

	fflush(stdout);
	dup2(null, STDOUT_FILENO);
	status = results_verb(dir, 1, argv);
	clearerr(stdout);
	restore(STDOUT_FILENO, copy);
	restore(STDERR_FILENO, err);
	close(null);
	is_number(status, EXIT_TROUBLE, "what cannot be written is trouble");
}

int main(void)
{
	struct ledger *ledger = NULL;
	unsigned interrupted;

	scratch_make(dir);
	scratch_path(ledger_path, dir, "ledger.sqlite");
	is_number(ledger_open(ledger_path, 1, &ledger, &interrupted), 0, "the ledger opens");
	write_bench(ledger);
	is_number(ledger_commit(ledger), 0, "and is filled");
	ledger_close(ledger);
	check_golden();
	check_status();
	check_usage();
	check_help();
	check_trouble();
	check_running();
	check_full_device();
	scratch_remove(dir);
	return tap_done();
}
