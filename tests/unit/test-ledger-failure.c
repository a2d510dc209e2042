/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger on a disk that fails, fills or loses power: the first failure is final, and what was
 * acknowledged before it is there. */
#include "config.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/ledger/ledger_store.h"
#include "tests/unit/deeds.h"
#include "tests/unit/disk.h"
#include "tests/unit/namespaces.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

#define CHECKPOINT_PAGES 8

static char dir[SCRATCH_PATH], path[SCRATCH_PATH];

/* Whether each write after a failure gets that failure, and so does a commit. */
static bool is_final(struct ledger *ledger, int error)
{
	struct job_opening what = {
		.batch = "", .blueprint = "", .blueprint_sha256 = "", .operator= "" };
	struct step_end done = { .outcome = STEP_DONE, .detail = "" };
	struct step_id pair = { STEP_PAIR, 1 };
	int64_t number;

	/* The disk may be sound again: that changes nothing. */
	disk_plan(DISK_SOUND, 0);
	return ledger_open_job(ledger, &what, 1, &number) == error &&
	       ledger_begin_attachment(ledger, 1, "", "", 480, 1, &number) == error &&
	       ledger_end_attachment(ledger, 1, "", 1) == error &&
	       ledger_begin_step(ledger, 1, pair, 9, "", 1) == error &&
	       ledger_end_step(ledger, 1, pair, 9, &done, 1) == error &&
	       ledger_note(ledger, 1, NOTE_OS, "9", 1) == error &&
	       ledger_end_job(ledger, 1, OUTCOME_PASSED, NULL, 1) == error &&
	       ledger_commit(ledger) == error && !ledger_has_uncommitted(ledger) &&
	       ledger_error_text(ledger)[0] != '\0';
}

/* One life on the planned disk, to its end or its first failure. Returns that, or 0; RET_TOLD is
 * how many deeds were acknowledged before, RET_LEDGER still open, or NULL. */
static int live(unsigned *ret_told, struct ledger **ret_ledger)
{
	struct ledger *ledger = NULL;
	unsigned told = 0;
	int r = ledger_open(path, 10, &ledger, &(unsigned){ 0 });

	if (r == 0)
		sqlite3_wal_autocheckpoint(ledger->db, CHECKPOINT_PAGES);
	while (r == 0 && told < DEEDS) {
		r = deed_write(ledger, told);
		if (r == 0)
			r = ledger_commit(ledger);
		told += r == 0;
	}
	*ret_told = told;
	*ret_ledger = ledger;
	return r;
}

static void begin_directory(void)
{
	scratch_make(dir);
	scratch_path(path, dir, "ledger.sqlite");
}

/* A life with EVENT at operation AT, and what it left. Returns whether it went as it must;
 * RET_PASSED: nothing failed, and it had fewer operations than AT. */
static bool live_with(enum disk_event event, unsigned at, int error, bool *ret_passed)
{
	struct ledger *ledger;
	unsigned told;
	bool good;
	int got;

	begin_directory();
	disk_plan(event, at);
	got = live(&told, &ledger);
	good = got == 0 || (got == error && (!ledger || is_final(ledger, got)));
	ledger_close(ledger);
	*ret_passed = got == 0 && disk_operations() < at;
	disk_plan(DISK_SOUND, 0);
	good = deeds_are_whole(path, told) && good;
	scratch_remove(dir);
	return good;
}

/* EVENT at the first operation, the second, … until a life passes untouched. */
static void check_each_operation(enum disk_event event, int error, const char *what)
{
	unsigned at = 0, bad = 0;
	bool passed = false;

	while (!passed && at < 1000) {
		if (live_with(event, ++at, error, &passed))
			continue;
		bad++;
		printf("# %s at operation %u\n", what, at);
	}
	ok(bad == 0, "%s is final, and loses nothing that was acknowledged", what);
	ok(passed && at > 100, "tried at %u operations", at);
}

/* A life whose power fails at operation AT, and what the next start finds. */
static bool live_until_cut(unsigned at, bool first_start, bool *ret_passed)
{
	struct ledger *ledger = NULL;
	unsigned told;
	bool good = true;

	begin_directory();
	disk_plan(DISK_SOUND, 0);
	if (!first_start)
		good = ledger_open(path, 1, &ledger, &(unsigned){ 0 }) == 0;
	ledger_close(ledger);
	disk_remember(dir);
	disk_plan(DISK_POWER_CUT, at);
	(void)live(&told, &ledger);
	ledger_close(ledger);
	*ret_passed = disk_operations() < at;
	disk_plan(DISK_SOUND, 0);
	if (!first_start)
		disk_forget_unsynced(dir);
	good = deeds_are_whole(path, told) && good;
	scratch_remove(dir);
	return good;
}

/* The power fails at each operation in turn. FIRST_START: there is no ledger yet, and all that was
 * written reached the disk; otherwise there is one, and the disk forgets what was not synced. */
static void check_power_cuts(bool first_start, const char *what)
{
	unsigned at = 0, bad = 0;
	bool passed = false;

	while (!passed && at < 1000) {
		if (live_until_cut(++at, first_start, &passed))
			continue;
		bad++;
		printf("# %s at operation %u\n", what, at);
	}
	ok(bad == 0, "%s loses nothing that was acknowledged", what);
	ok(passed && at > 80, "tried at %u operations", at);
}

/* A row that SQLite refuses for a reason that no caller can mean is a failure, not a refusal. */
static void check_spoilt(void)
{
	struct ledger *ledger = NULL;
	unsigned interrupted = 9;
	int r;

	begin_directory();
	is_number(ledger_open(path, 1, &ledger, &(unsigned){ 0 }), 0, "a ledger");
	is_number(deed_write(ledger, 0), 0, "a deed");
	r = ledger_begin_step(ledger, 1, (struct step_id){ STEP_NAME, 1 }, 1, NULL, 1);
	is_number(r, -EIO, "a step without its evidence");
	ok(is_final(ledger, r), "is final");
	ledger_close(ledger);
	is_number(ledger_open(path, 1, &ledger, &interrupted), 0, "opened again");
	is_number(interrupted, 0, "it took its whole transaction with it");
	ledger_close(ledger);
	scratch_remove(dir);
}

/* A file system of less than LEDGER_ROOM_MIN, or one that just has it: in a child, which has a
 * name space of its own. Exit status: 0 good, 77 not possible here, else what went wrong. */
static int live_on_small_disk(void)
{
	char mount_data[32];
	struct ledger *ledger = NULL;
	struct job_opening what = {
		.batch = "", .blueprint = "", .blueprint_sha256 = "", .operator= "" };
	char filler[SCRATCH_PATH];
	static char bytes[1 << 20];
	int64_t job;

	if (!namespaces_leave(CLONE_NEWNS))
		return 77;
	snprintf(mount_data, sizeof mount_data, "size=%lld", LEDGER_ROOM_MIN + (1 << 20));
	if (mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("tmpfs", dir, "tmpfs", 0, mount_data) < 0)
		return 77;
	if (ledger_open(path, 1, &ledger, &(unsigned){ 0 }) != 0)
		return 1;
	if (ledger_check_room(ledger) != 0 || ledger_open_job(ledger, &what, 1, &job) != 0)
		return 2;
	scratch_write(scratch_path(filler, dir, "filler"), bytes, sizeof bytes);
	if (ledger_check_room(ledger) != -ENOSPC)
		return 3;
	if (ledger_open_job(ledger, &what, 1, &job) != -ENOSPC)
		return 4;
	/* What runs can still end. */
	if (ledger_end_job(ledger, job, OUTCOME_PASSED, NULL, 2) != 0 || ledger_commit(ledger) != 0)
		return 5;
	ledger_close(ledger);
	if (ledger_open(path, 1, &ledger, &(unsigned){ 0 }) != -ENOSPC)
		return 6;
	return 0;
}

static void check_small_disk(void)
{
	int status = 0;
	pid_t child;

	begin_directory();
	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(live_on_small_disk());
	waitpid(child, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		tap_skip("no file system may be mounted here");
	else
		is_number(status, 0, "with too little room no job begins, and those that run end");
	scratch_remove(dir);
}

int main(void)
{
	disk_install();
	check_each_operation(DISK_ERROR, -EIO, "an error");
	check_each_operation(DISK_BROKEN, -EIO, "a broken disk");
	check_each_operation(DISK_FULL, -ENOSPC, "a full disk");
	check_power_cuts(false, "a power cut");
	check_power_cuts(true, "a power cut in the first start");
	check_spoilt();
	check_small_disk();
	return tap_done();
}
