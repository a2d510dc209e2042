/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger: each write, what it refuses, what it knows of a device that comes again. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "station/ledger/ledger_store.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static const struct step_id pair = { STEP_PAIR, 1 };
static const struct step_id install = { STEP_INSTALL, 2 };
static const struct step_id verify = { STEP_VERIFY, 1 };

static char dir[SCRATCH_PATH], path[SCRATCH_PATH];

/* A number that SQL finds, through the ledger's own connection. */
static int64_t ask(struct ledger *ledger, const char *sql)
{
	int64_t number = -1;

	(void)schema_pragma(ledger->db, sql, &number);
	return number;
}

static struct job_opening opening(const char *udid, const char *batch)
{
	struct job_opening out = { .batch = batch,
				   .blueprint = "classroom",
				   .blueprint_sha256 = "abc",
				   .operator= "anna" };

	(void)udid_parse(udid, &out.udid);
	return out;
}

#define UDID_A "00008110-001A2B3C4D5E6F70"
#define UDID_B "0123456789abcdef0123456789abcdef01234567"

static struct ledger *reopen(struct ledger *ledger, wall_t now, unsigned *ret_interrupted)
{
	struct ledger *again = NULL;

	ledger_close(ledger);
	is_number(ledger_open(path, now, &again, ret_interrupted), 0, "the ledger opens");
	return again;
}

static void check_new_file(void)
{
	struct ledger *ledger = NULL;
	unsigned interrupted = 99;
	struct stat st;

	is_number(ledger_open_readonly(path, &ledger), -ENOENT, "no ledger to read yet");
	ledger = reopen(NULL, 1000, &interrupted);
	is_number(interrupted, 0, "a new ledger has nothing interrupted");
	ok(stat(path, &st) == 0 && (st.st_mode & 07777) == 0600, "the file is the owner's only");
	is_number(ask(ledger, "PRAGMA synchronous"), 2, "synchronous is FULL");
	is_number(ask(ledger, "PRAGMA foreign_keys"), 1, "foreign keys are on");
	is_number(ask(ledger, "PRAGMA mmap_size"), 0, "nothing is mapped");
	is_number(ask(ledger, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1,
		  "the journal is a write-ahead log");
	is_number(ask(ledger, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND"
			      " type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'"),
		  0, "every table is strict");
	ok(!ledger_has_uncommitted(ledger), "opening leaves nothing to commit");
	is_number(ledger_commit(ledger), 0, "a commit of nothing is well");
	is_number(ledger_check_room(ledger), 0, "there is room here");
	is_string(ledger_error_text(ledger), "", "no error yet");
	ledger_close(ledger);
	ledger_close(NULL);
}

/* One whole job; returns its number. */
static int64_t write_job(struct ledger *ledger, const char *udid)
{
	struct job_opening what = opening(udid, "monday");
	struct step_end done = { .outcome = STEP_DONE, .verified = true, .detail = "read back" };
	struct fault fault = fault_new(FAULT_PROFILE_REFUSED, "no %s", "room");
	struct step_end failed = { .outcome = STEP_FAILED, .detail = "", .fault = &fault };
	struct step_end skipped = { .outcome = STEP_SKIPPED, .detail = "" };
	int64_t job = 0, attachment = 0;

	fault_add_link(&fault, "MCInstallationErrorDomain", 4001, "refused");
	fault_add_link(&fault, "MCProfileErrorDomain", -1000, "why");
	is_number(ledger_open_job(ledger, &what, 2000, &job), 0, "a job opens");
	is_number(ledger_begin_attachment(ledger, job, "3", "1-2.3", 480, 2001, &attachment), 0,
		  "an attachment begins");
	is_number(ledger_begin_step(ledger, job, pair, 1, "", 2002), 0, "a step begins");
	is_number(ledger_end_step(ledger, job, pair, 1, &done, 2003), 0, "a step ends");
	is_number(ledger_begin_step(ledger, job, install, 1, "d1", 2004), 0, "an install begins");
	is_number(ledger_end_step(ledger, job, install, 1, &failed, 2005), 0, "it fails");
	is_number(ledger_begin_step(ledger, job, install, 2, "d2", 2006), 0, "it begins again");
	is_number(ledger_end_step(ledger, job, install, 2, &failed, 2007), 0, "it fails again");
	is_number(ledger_end_step(ledger, job, verify, 7, &skipped, 2008), 0,
		  "a step is skipped without a begin");
	is_number(ledger_end_attachment(ledger, attachment, "ended", 2009), 0,
		  "an attachment ends");
	is_number(ledger_end_job(ledger, job, OUTCOME_FAILED, &fault, 2010), 0, "the job ends");
	return job;
}

static void check_past(const struct job_past *past)
{
	is_number(past->outcome, OUTCOME_FAILED, "its outcome");
	is_number(past->ended, 2010, "its end");
	is_number(past->step_count, 3, "its steps");
	ok(step_equal(past->steps[0].id, pair) && step_equal(past->steps[1].id, install) &&
		   step_equal(past->steps[2].id, verify),
	   "in the order in which they began, the skipped last");
	is_number(past->steps[0].outcome, STEP_DONE, "pair was done");
	is_number(past->steps[1].outcome, STEP_FAILED, "install failed");
	is_number(past->steps[1].attempts, 2, "in two attempts");
	is_number(past->steps[1].faults, 2, "each with a fault");
	is_string(past->steps[1].sha256, "d2", "with the profile of the second");
	is_number(past->steps[0].faults, 0, "pair had none");
	is_number(past->steps[2].outcome, STEP_SKIPPED, "verify was skipped");
	is_number(past->steps[2].attempts, 0, "without an attempt");
	is_string(past->steps[2].sha256, "", "or a profile");
}

static void check_job(void)
{
	struct job_opening what = opening(UDID_A, "monday");
	unsigned interrupted;
	struct ledger *ledger = reopen(NULL, 1500, &interrupted);
	struct job_past past = { .job = 77 };
	int64_t job;

	is_number(ledger_find_job(ledger, &what.udid, "monday", "classroom", &past), -ENOENT,
		  "an unknown device has no job");
	is_number(past.job, 77, "and nothing is written to the result");
	job = write_job(ledger, UDID_A);
	ok(ledger_has_uncommitted(ledger), "writes wait for their commit");
	is_number(ledger_commit(ledger), 0, "they are committed");
	ok(!ledger_has_uncommitted(ledger), "then nothing waits");
	ledger = reopen(ledger, 3000, &interrupted);
	is_number(interrupted, 0, "an ended job is not interrupted");
	is_number(ledger_find_job(ledger, &what.udid, "monday", "classroom", &past), 0,
		  "the job is found again");
	is_number(past.job, job, "by its number");
	check_past(&past);
	is_number(ledger_find_job(ledger, &what.udid, "tuesday", "classroom", &past), -ENOENT,
		  "not in another batch");
	is_number(ledger_find_job(ledger, &what.udid, "monday", "kiosk", &past), -ENOENT,
		  "nor for another blueprint");
	is_number(ledger_open_job(ledger, &what, 4000, &job), 0, "the device gets a second job");
	is_number(ledger_find_job(ledger, &what.udid, "monday", "classroom", &past), 0, "found");
	ok(past.job == job && past.outcome == OUTCOME_NONE && past.step_count == 0,
	   "the newest job is found, open and without steps");
	is_number(ask(ledger, "SELECT count(*) FROM fault_link"), 6, "each fault has its chain");
	ledger_close(ledger);
}

/* What contradicts the past is refused, alone: the rest of its transaction stands. */
static void check_refusals(void)
{
	struct job_opening what = opening(UDID_B, "");
	struct step_end done = { .outcome = STEP_DONE, .detail = "" };
	struct fault fault = fault_new(FAULT_DEADLINE, "slow");
	unsigned interrupted;
	struct ledger *ledger = reopen(NULL, 5000, &interrupted);
	int64_t faults = ask(ledger, "SELECT count(*) FROM fault");
	int64_t job, attachment, other = 5;

	is_number(ledger_open_job(ledger, &what, 5001, &job), 0, "a job opens");
	is_number(ledger_begin_attachment(ledger, job + 9, "1", "p", 480, 1, &other), -ENOENT,
		  "no attachment to a job that is not there");
	is_number(other, 5, "and no number of one");
	is_number(ledger_begin_attachment(ledger, job, "1", "p", 480, 1, &attachment), 0,
		  "to ours");
	is_number(ledger_end_attachment(ledger, attachment, "left", 2), 0, "it ends");
	is_number(ledger_end_attachment(ledger, attachment, "died", 3), -EEXIST, "only once");
	is_number(ledger_end_attachment(ledger, 9999, "died", 3), -ENOENT, "an unknown one never");
	is_number(ledger_end_step(ledger, job, pair, 1, &done, 4), -ENOENT,
		  "a step that was not begun does not end");
	is_number(ledger_begin_step(ledger, job, pair, 1, "", 5), 0, "it begins");
	is_number(ledger_begin_step(ledger, job, pair, 1, "", 6), -EEXIST, "only once an attempt");
	is_number(ledger_end_step(ledger, job, pair, 1, &done, 7), 0, "it ends");
	done.fault = &fault;
	is_number(ledger_end_step(ledger, job, pair, 1, &done, 8), -EEXIST, "only once");
	is_number(ledger_end_job(ledger, job, OUTCOME_PASSED, NULL, 9), 0, "the job ends");
	is_number(ledger_end_job(ledger, job, OUTCOME_FAILED, &fault, 10), -EEXIST, "only once");
	is_number(ledger_end_job(ledger, 9999, OUTCOME_FAILED, &fault, 10), -ENOENT,
		  "an unknown job never");
	is_number(ledger_note(ledger, 9999, NOTE_NAME, "x", 11), -ENOENT, "nor is it noted");
	is_number(ledger_commit(ledger), 0, "the refusals do not spoil the commit");
	is_string(ledger_error_text(ledger), "", "nor count as a failure");
	ledger = reopen(ledger, 6000, &interrupted);
	is_number(ask(ledger, "SELECT outcome = 'passed' FROM job_ended ORDER BY job DESC"), 1,
		  "the first end stands");
	is_number(ask(ledger, "SELECT count(*) FROM fault"), faults,
		  "a refused end leaves no fault behind");
	ledger_close(ledger);
}

static void check_notes(void)
{
	struct job_opening what = opening(UDID_B, "notes");
	unsigned interrupted;
	struct ledger *ledger = reopen(NULL, 7000, &interrupted);
	int64_t before = ask(ledger, "SELECT count(*) FROM note"), job;

	ledger_open_job(ledger, &what, 7001, &job);
	is_number(ledger_note(ledger, job, NOTE_NAME, "one", 1), 0, "a note");
	is_number(ledger_note(ledger, job, NOTE_NAME, "one", 2), 0, "the same again");
	is_number(ledger_note(ledger, job, NOTE_NAME, "two", 3), 0, "another value");
	is_number(ledger_note(ledger, job, NOTE_NAME, "one", 4), 0, "the first value again");
	is_number(ledger_note(ledger, job, NOTE_OS, "one", 5), 0, "another key");
	is_number(ledger_commit(ledger), 0, "committed");
	is_number(ask(ledger, "SELECT count(*) FROM note") - before, 4,
		  "what was known already is not written twice");
	ledger_close(ledger);
}

/* Nothing is changed or removed, whoever tries; by table. */
static void check_append_only(void)
{
	static const char *const tables[] = {
		"writer",     "job",	   "attachment", "attachment_ended", "step_begun", "note",
		"step_ended", "job_ended", "fault",	 "fault_link",
	};
	unsigned interrupted;
	struct ledger *ledger = reopen(NULL, 8000, &interrupted);

	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		char sql[96];

		snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
		ok(ask(ledger, sql) > 0, "%s has rows", tables[i]);
		snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
		is_number(sqlite3_exec(ledger->db, sql, NULL, NULL, NULL),
			  SQLITE_CONSTRAINT_TRIGGER, "that cannot be removed");
		snprintf(sql, sizeof sql, "UPDATE %s SET rowid = 1", tables[i]);
		if (strcmp(tables[i], "fault_link") == 0)
			strcpy(sql, "UPDATE fault_link SET code = 1");
		is_number(sqlite3_exec(ledger->db, sql, NULL, NULL, NULL),
			  SQLITE_CONSTRAINT_TRIGGER, "nor changed");
	}
	ledger_close(ledger);
}

/* Readers stand beside the writer, and see what is committed. */
static void check_reader(void)
{
	struct job_opening what = opening(UDID_A, "reader");
	unsigned interrupted;
	struct ledger *ledger = reopen(NULL, 9000, &interrupted), *reader = NULL;
	struct job_past past;
	int64_t job;

	is_number(ledger_open_readonly(path, &reader), 0, "a reader opens beside the writer");
	ledger_open_job(ledger, &what, 9001, &job);
	is_number(ledger_find_job(reader, &what.udid, "reader", "classroom", &past), -ENOENT,
		  "it does not see what is not committed");
	ledger_commit(ledger);
	is_number(ledger_find_job(reader, &what.udid, "reader", "classroom", &past), 0,
		  "it sees what is");
	is_number(ledger_open_job(reader, &what, 9002, &job), -EROFS, "it cannot write");
	ok(strstr(ledger_error_text(reader), "readonly"), "and says why");
	ledger_open_job(ledger, &what, 9003, &job);
	ok(ledger_has_uncommitted(ledger), "a write waits");
	ledger_close(ledger);
	ledger_close(reader);
	ledger = reopen(NULL, 9004, &interrupted);
	is_number(ask(ledger, "SELECT count(*) FROM job WHERE batch = 'reader'"), 1,
		  "what was not committed is gone with its writer");
	ledger_close(ledger);
}

int main(void)
{
	scratch_make(dir);
	scratch_path(path, dir, "ledger.sqlite");
	check_new_file();
	check_job();
	check_refusals();
	check_notes();
	check_append_only();
	check_reader();
	scratch_remove(dir);
	return tap_done();
}
