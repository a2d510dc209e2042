/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger after kill -9: what was acknowledged is there, all else whole or gone. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/ledger/ledger_store.h"
#include "tests/unit/deeds.h"
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
		ok(deeds_are_whole(path, told), "killed after %u acknowledgements", told);
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
	is_number(interrupted, 1, "the job that it committed is interrupted");
	is_number(deed_write(ledger, 1), -EEXIST, "its step has the end that recovery gave it");
	ledger_close(ledger);
	scratch_remove(dir);
}

int main(void)
{
	check_kill();
	check_uncommitted();
	return tap_done();
}
