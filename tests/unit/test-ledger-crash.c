/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger after kill -9 and after power cuts: what was acknowledged is there, all else whole or
 * gone, and recovery happens once. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/ledger_store.h"
#include "tests/unit/deeds.h"
#include "tests/unit/disk.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* After this many pages of log SQLite writes them back: small, so that crashes meet it. */
#define CHECKPOINT_PAGES 8

static char dir[SCRATCH_PATH], path[SCRATCH_PATH];

static void begin_directory(void)
{
	scratch_make(dir);
	scratch_path(path, dir, "ledger.sqlite");
}

/* The station: deeds one by one, each told on FD once it is committed. */
static void live(int fd)
{
	struct ledger *ledger;

	if (ledger_open(path, 10, &ledger, &(unsigned){ 0 }) < 0)
		_exit(1);
	sqlite3_wal_autocheckpoint(ledger->db, CHECKPOINT_PAGES);
	for (unsigned deed = 0; deed < DEEDS; deed++) {
		char told = (char)deed;

		if (deed_write(ledger, deed) < 0 || ledger_commit(ledger) < 0)
			_exit(2);
		if (write(fd, &told, 1) != 1)
			_exit(3);
	}
	ledger_close(ledger);
	_exit(0);
}

/* Starts PLAY in a process of its own; RET_FD reads what it tells. */
static pid_t start(void (*play)(int fd), int *ret_fd)
{
	int pipes[2];
	pid_t child;

	fflush(stdout);
	if (pipe(pipes) < 0 || (child = fork()) < 0) {
		perror("start");
		exit(99);
	}
	if (child == 0) {
		close(pipes[0]);
		play(pipes[1]);
		_exit(0);
	}
	close(pipes[1]);
	*ret_fd = pipes[0];
	return child;
}

/* Reads what was told until LIMIT deeds or the end. Returns their number. */
static unsigned listen_to(int fd, unsigned limit)
{
	unsigned told = 0;
	char byte;

	while (told < limit && read(fd, &byte, 1) == 1)
		told++;
	return told;
}

/* Opens what a crash left, after TOLD deeds were acknowledged. */
static void check_left(unsigned told)
{
	struct ledger *ledger = NULL;
	unsigned interrupted = 0, again = 9, open_jobs = 0;
	long long ends, attachments;

	if (!is_number(ledger_open(path, 20, &ledger, &interrupted), 0, "the ledger opens"))
		return;
	for (unsigned deed = 0; deed < DEEDS; deed++) {
		enum deed_part part = deed_part(ledger, deed);

		if (part == DEED_TORN || (deed < told && part == DEED_MISSING))
			ok(false, "deed %u of %u told is %s", deed, told,
			   part == DEED_TORN ? "torn" : "lost");
		if (part == DEED_WHOLE)
			open_jobs += deed % 2 == 0 ? 1 : -1U;
	}
	ok(interrupted == open_jobs, "%u told: nothing lost, %u interrupted", told, interrupted);
	ends = deed_rows(ledger, "step_ended");
	attachments = deed_rows(ledger, "attachment_ended");
	is_number(ends, deed_rows(ledger, "step_begun"), "each begun step has one end");
	is_number(attachments, deed_rows(ledger, "attachment"), "each attachment too");
	ledger_close(ledger);
	ledger = NULL;
	is_number(ledger_open(path, 30, &ledger, &again), 0, "it opens again");
	ok(again == 0 && deed_rows(ledger, "step_ended") == ends &&
		   deed_rows(ledger, "attachment_ended") == attachments,
	   "and recovers nothing twice");
	ledger_close(ledger);
}

/* Killed after each number of acknowledgements. */
static void check_kill(void)
{
	for (unsigned limit = 0; limit <= DEEDS; limit++) {
		unsigned told;
		pid_t child;
		int fd;

		begin_directory();
		child = start(live, &fd);
		told = listen_to(fd, limit);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		told += listen_to(fd, DEEDS); /* told before it died, not yet heard */
		close(fd);
		check_left(told);
		scratch_remove(dir);
	}
}

/* Writes a deed, tells it was written but not committed, and waits for its end. */
static void live_without_commit(int fd)
{
	struct ledger *ledger;

	if (ledger_open(path, 10, &ledger, &(unsigned){ 0 }) == 0 && deed_write(ledger, 0) == 0 &&
	    ledger_commit(ledger) == 0 && deed_write(ledger, 1) == 0 && write(fd, "w", 1) == 1)
		pause();
}

static void check_uncommitted(void)
{
	struct ledger *ledger = NULL;
	unsigned interrupted = 0;
	pid_t child;
	int fd;

	begin_directory();
	child = start(live_without_commit, &fd);
	is_number(listen_to(fd, 1), 1, "a station has written, and not committed");
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(fd);
	is_number(ledger_open(path, 20, &ledger, &interrupted), 0, "after it was killed");
	is_number(deed_part(ledger, 0), DEED_WHOLE, "what it committed is there");
	is_number(deed_part(ledger, 1), DEED_MISSING, "what it did not is not");
	is_number(interrupted, 1, "its job is interrupted");
	ledger_close(ledger);
	scratch_remove(dir);
}

/* Where the next power cut comes. */
static unsigned cut_at;

static void live_until_cut(int fd)
{
	disk_plan(DISK_POWER_CUT, cut_at);
	live(fd);
}

/* A whole life, cut at operation cut_at. Returns what it told, and whether it came to its end. */
static unsigned live_and_die(bool *ret_ended)
{
	unsigned told;
	char end;
	int fd, status = 0;
	pid_t child = start(live_until_cut, &fd);

	told = listen_to(fd, DEEDS);
	ok(read(fd, &end, 1) == 0, "cut at operation %u", cut_at);
	waitpid(child, &status, 0);
	is_number(WEXITSTATUS(status), 0, "nothing failed before");
	close(fd);
	*ret_ended = told == DEEDS;
	return told;
}

/* The power fails at each operation in turn, until the station has closed its ledger untouched.
 * FORGETS: the disk loses what was not synced; otherwise all writes had reached it. */
static void check_power_cuts(bool forgets)
{
	unsigned closed = 0;

	/* The last deed is told before the close, whose operations are cut too. */
	for (cut_at = 1; closed < 16 && cut_at < 1000; cut_at++) {
		struct ledger *ledger = NULL;
		unsigned told;
		bool ended;

		begin_directory();
		is_number(ledger_open(path, 1, &ledger, &(unsigned){ 0 }), 0, "a ledger");
		ledger_close(ledger);
		disk_remember(dir);
		told = live_and_die(&ended);
		closed += ended;
		if (forgets)
			disk_forget_unsynced(dir);
		check_left(told);
		scratch_remove(dir);
	}
	ok(cut_at > 40, "%u operations were cut", cut_at);
}

/* The first start of all, cut at each operation: the next start must find nothing in its way. */
static void check_first_start(void)
{
	bool ended = false;

	for (cut_at = 1; !ended && cut_at < 1000; cut_at++) {
		unsigned told;

		begin_directory();
		told = live_and_die(&ended);
		check_left(told);
		scratch_remove(dir);
	}
	ok(cut_at > 40, "%u operations of a first start were cut", cut_at);
}

int main(void)
{
	disk_install();
	check_kill();
	check_uncommitted();
	check_power_cuts(true);
	check_power_cuts(false);
	check_first_start();
	return tap_done();
}
