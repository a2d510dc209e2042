/* SPDX-License-Identifier: Apache-2.0 */
/* Results read from the ledger: what they hold, which ones a filter takes, how they stand. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/ledger/ledger_store.h"
#include "station/ledger/result.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static const struct step_id pair = { STEP_PAIR, 1 };
static const struct step_id install = { STEP_INSTALL, 1 };

static char dir[SCRATCH_PATH], path[SCRATCH_PATH];

#define UDID_NEW "00008110-001A2B3C4D5E6F70"
#define ECID_NEW "0x1A2B3C4D5E6F70"
#define UDID_OLD "0123456789abcdef0123456789abcdef01234567"

static int64_t open_job(struct ledger *ledger, const char *udid, const char *batch, wall_t now)
{
	struct job_opening what = {
		.batch = batch, .blueprint = "kiosk", .blueprint_sha256 = "ff", .operator= "anna" };
	int64_t job = 0, attachment;

	(void)udid_parse(udid, &what.udid);
	(void)ledger_open_job(ledger, &what, now, &job);
	(void)ledger_begin_attachment(ledger, job, "4", "1-4", 480, now, &attachment);
	return job;
}

/*
 * Jobs 1 to 4: passed, failed, set aside, still open. 1 and 3 are one device.
 */
static void write_jobs(struct ledger *ledger)
{
	struct fault refused = fault_new(FAULT_PROFILE_REFUSED, "it says no");
	struct fault lost = fault_new(FAULT_LINK_LOST, "%s", "");
	struct step_end done = { .outcome = STEP_DONE, .verified = true, .detail = "well" };
	struct step_end broken = { .outcome = STEP_FAILED, .detail = "", .fault = &lost };
	int64_t job = open_job(ledger, UDID_NEW, "monday", 1000);

	ledger_note(ledger, job, NOTE_SERIAL, "F2LX1", 1001);
	ledger_note(ledger, job, NOTE_ECID, ECID_NEW, 1001);
	ledger_note(ledger, job, NOTE_NAME, "before", 1001);
	ledger_note(ledger, job, NOTE_NAME, "after", 1002);
	ledger_begin_step(ledger, job, pair, 1, "", 1003);
	ledger_end_step(ledger, job, pair, 1, &broken, 1004);
	ledger_begin_step(ledger, job, pair, 2, "", 1005);
	ledger_end_step(ledger, job, pair, 2, &done, 1006);
	ledger_end_job(ledger, job, OUTCOME_PASSED, NULL, 1007);

	job = open_job(ledger, UDID_OLD, "monday", 2000);
	ledger_note(ledger, job, NOTE_SERIAL, "DMPXX", 2001);
	ledger_note(ledger, job, NOTE_ECID, "0x2B3C4D5E6F70", 2001);
	refused.has_step = true;
	refused.step = install;
	refused.code = -7;
	strcpy(refused.domain, "mobile_config");
	fault_add_link(&refused, "MCInstallationErrorDomain", 4001, "outer");
	fault_add_link(&refused, "MCProfileErrorDomain", 1000, "inner");
	ledger_end_job(ledger, job, OUTCOME_FAILED, &refused, 2002);

	job = open_job(ledger, UDID_NEW, "", 3000);
	ledger_end_job(ledger, job, OUTCOME_SET_ASIDE, NULL, 3001);
	job = open_job(ledger, UDID_OLD, "tuesday", 4000);
	ledger_begin_step(ledger, job, pair, 1, "", 4001);
	ledger_commit(ledger);
}

/* The jobs that came by, as "1 3 ". */
struct seen {
	char jobs[64];
	enum outcome last;
	int stop_with;
};

static int see(const struct result *result, void *userdata)
{
	struct seen *seen = userdata;
	size_t len = strlen(seen->jobs);

	snprintf(seen->jobs + len, sizeof seen->jobs - len, "%lld ", (long long)result->job);
	seen->last = result->outcome;
	return seen->stop_with;
}

static void check_filters(struct ledger *ledger)
{
	static const struct {
		struct result_filter filter;
		const char *jobs;
		const char *what;
	} table[] = {
		{ { 0 }, "1 2 3 4 ", "no filter" },
		{ { .batch = "monday" }, "1 2 ", "a batch" },
		{ { .batch = "" }, "3 ", "no batch" },
		{ { .batch = "never" }, "", "an unknown batch" },
		{ { .outcome = OUTCOME_PASSED }, "1 ", "passed" },
		{ { .outcome = OUTCOME_FAILED }, "2 ", "failed" },
		{ { .outcome = OUTCOME_SET_ASIDE }, "3 ", "set aside" },
		{ { .outcome = OUTCOME_REMOVED }, "", "removed" },
		{ { .outcome = OUTCOME_INTERRUPTED }, "4 ", "open without a station" },
		{ { .outcome = OUTCOME_INTERRUPTED, .station_runs = true },
		  "",
		  "open with one is not interrupted" },
		{ { .since_job = 2 }, "3 4 ", "above a number" },
		{ { .since = 3000 }, "3 4 ", "since a time" },
		{ { .batch = "monday", .outcome = OUTCOME_FAILED, .since = 1 }, "2 ", "several" },
		{ { .device = UDID_NEW }, "1 3 ", "a new UDID" },
		{ { .device = "00008110001a2b3c4d5e6f70" }, "1 3 ", "without dash, other case" },
		{ { .device = UDID_OLD }, "2 4 ", "an old UDID" },
		{ { .device = "0123456789ABCDEF0123456789ABCDEF01234567" }, "2 4 ", "in capitals" },
		{ { .device = "f2lx1" }, "1 ", "a serial number in another case" },
		{ { .device = "F2LX" }, "", "a part of a serial number" },
		{ { .device = "7365887390543728" }, "1 3 ", "a decimal ECID, also by the UDID" },
		{ { .device = "0x1a2b3c4d5e6f70" }, "1 3 ", "a hexadecimal ECID" },
		{ { .device = "001A2B3C4D5E6F70" }, "1 3 ", "with zeros in front" },
		{ { .device = "1A2B3C4D5E6F70" }, "1 3 ", "without" },
		{ { .device = "0x2b3c4d5e6f70" }, "2 ", "one that is no part of the UDID" },
		{ { .device = "2b3c4d5e6f70" }, "2 ", "as bare digits" },
		{ { .device = "00002B3C4D5E6F70" }, "2 ", "with zeros" },
		{ { .device = "47537996066672" }, "2 ", "in decimal" },
		{ { .device = "" }, "", "an empty name is nobody" },
		{ { .device = "%" }, "", "a pattern is no name" },
		{ { .device = "________________" }, "", "nor one of SQL's blanks" },
		{ { .device = "' OR 1=1 --" }, "", "nor an injection" },
		{ { .device = "-1" }, "", "nor a negative number" },
		{ { .device = "99999999999999999999999" }, "", "nor one too large" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct seen seen = { 0 };

		is_number(results_each(ledger, &table[i].filter, see, &seen), 0,
			  "results are read");
		is_string(seen.jobs, table[i].jobs, table[i].what);
	}
}

static void check_stop(struct ledger *ledger)
{
	struct result_filter all = { 0 };
	struct seen seen = { .stop_with = 42 };

	is_number(results_each(ledger, &all, see, &seen), 42, "a visitor's stop is returned");
	is_string(seen.jobs, "1 ", "after the first");
	seen = (struct seen){ .stop_with = -EPIPE };
	is_number(results_each(ledger, &all, see, &seen), -EPIPE, "a negative one too");
	seen = (struct seen){ 0 };
	is_number(results_each(ledger, &all, see, &seen), 0, "and the next reading is whole");
	is_string(seen.jobs, "1 2 3 4 ", "again");
}

static int look_at(const struct result *result, void *userdata)
{
	(void)userdata;
	if (result->job == 1) {
		is_string(result->notes[NOTE_UDID], UDID_NEW, "the UDID stands without a note");
		is_string(result->notes[NOTE_NAME], "after", "the newest note stands");
		is_string(result->notes[NOTE_IMEI], "", "what is unknown is empty");
		is_string(result->slot, "4", "the slot");
		is_string(result->port, "1-4", "the port");
		is_string(result->blueprint_sha256, "ff", "the evidence");
		is_string(result->operator, "anna", "the operator");
		is_number(result->step_count, 1, "one step");
		is_number(result->steps[0].attempts, 2, "of two attempts");
		is_number(result->steps[0].outcome, STEP_DONE, "ends as its last");
		ok(result->steps[0].verified, "verified");
		is_string(result->steps[0].detail, "well", "with its detail");
		ok(result->steps[0].began == 1003 && result->steps[0].ended == 1006,
		   "from the first begin to the last end");
		ok(result->began == 1000 && result->ended == 1007, "the job's times");
		ok(!fault_is_set(&result->fault),
		   "a passed job has no fault, its first try's least");
	} else if (result->job == 2) {
		const struct fault *fault = &result->fault;

		is_number(fault->kind, FAULT_PROFILE_REFUSED, "the fault");
		ok(fault->has_step && step_equal(fault->step, install), "its step");
		is_string(fault->domain, "mobile_config", "its domain");
		is_number(fault->code, -7, "its code");
		is_string(fault->text, "it says no", "its detail");
		is_number(fault->chain_len, 2, "its chain");
		is_string(fault->chain[0].domain, "MCInstallationErrorDomain", "outermost first");
		ok(fault->chain[1].code == 1000 && strcmp(fault->chain[1].text, "inner") == 0,
		   "to the innermost");
	} else if (result->job == 4) {
		is_number(result->steps[0].outcome, STEP_BEGUN, "a begun step");
		ok(result->steps[0].ended == 0 && result->ended == 0,
		   "has no end, nor has its job");
	}
	return 0;
}

/* An open job while its own station runs, after a clean end, after a crash, in the next run. */
static void check_open_jobs(struct ledger *ledger)
{
	struct result_filter four = { .since_job = 3, .station_runs = true };
	struct seen seen = { 0 };
	struct ledger *next = NULL;
	unsigned interrupted = 0;

	results_each(ledger, &four, see, &seen);
	is_number(seen.last, OUTCOME_NONE, "a running station works on its open job");
	four.station_runs = false;
	results_each(ledger, &four, see, &seen);
	is_number(seen.last, OUTCOME_INTERRUPTED, "no station does: interrupted");
	ledger_close(ledger);
	is_number(ledger_open(path, 5000, &next, &interrupted), 0, "the next station opens");
	is_number(interrupted, 1, "it finds one interrupted job");
	four.station_runs = true;
	results_each(next, &four, see, &seen);
	is_number(seen.last, OUTCOME_INTERRUPTED, "which is not its own until its device comes");
	is_number(ledger_begin_attachment(next, 4, "9", "1-9", 480, 5001, &(int64_t){ 0 }), 0,
		  "its device comes");
	ledger_commit(next);
	results_each(next, &four, see, &seen);
	is_number(seen.last, OUTCOME_NONE, "now it is worked on");
	ledger_close(next);
}

/* A word that no version of ours wrote is damage, not a guess; by what writes it. */
static void check_unknown_words(void)
{
	static const char *const sql[] = {
		"INSERT INTO note (job, key, value, noted) VALUES (4, 'nonsense', 'x', 1)",
		"INSERT INTO job_ended (job, outcome, ended) VALUES (4, 'vanished', 1)",
		"INSERT INTO fault (job, step_end, name, step, domain, code, text)"
		" VALUES (4, 0, 'no-such-fault', '', '', 0, '')",
		"INSERT INTO fault (job, step_end, name, step, domain, code, text)"
		" VALUES (4, 0, 'deadline', 'dance', '', 0, '')",
		"INSERT INTO step_begun (job, step, attempt, sha256, began)"
		" VALUES (4, 'dance', 1, '', 1)",
		"INSERT INTO step_ended (job, step, attempt, outcome, verified, detail, ended)"
		" VALUES (4, 'verify', 0, 'danced', 0, '', 1)",
	};
	struct result_filter four = { .since_job = 3 };

	for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
		struct seen seen = { 0 };
		struct ledger *ledger = NULL;

		ledger_open(path, 6000, &ledger, &(unsigned){ 0 });
		sqlite3_exec(ledger->db, "BEGIN", NULL, NULL, NULL);
		is_number(sqlite3_exec(ledger->db, sql[i], NULL, NULL, NULL), 0, "a strange row");
		is_number(results_each(ledger, &four, see, &seen), -EUCLEAN, sql[i]);
		is_string(seen.jobs, "", "is not shown");
		ledger_close(ledger);
	}
}

/* More steps than a job may have, as a damaged file could hold. */
static void check_too_many_steps(void)
{
	struct result_filter four = { .since_job = 3 };
	struct seen seen = { 0 };
	struct ledger *ledger = NULL;

	ledger_open(path, 7000, &ledger, &(unsigned){ 0 });
	for (unsigned i = 1; i <= STEPS_MAX; i++)
		ledger_begin_step(ledger, 4, (struct step_id){ STEP_INSTALL, i }, 1, "", 7001);
	is_number(results_each(ledger, &four, see, &seen), -EUCLEAN, "33 steps are damage");
	ledger_close(ledger);
}

int main(void)
{
	struct ledger *ledger = NULL;
	struct result_filter all = { 0 };
	unsigned interrupted;

	scratch_make(dir);
	scratch_path(path, dir, "ledger.sqlite");
	is_number(ledger_open(path, 1, &ledger, &interrupted), 0, "the ledger opens");
	write_jobs(ledger);
	check_filters(ledger);
	check_stop(ledger);
	results_each(ledger, &all, look_at, NULL);
	check_open_jobs(ledger);
	check_unknown_words();
	check_too_many_steps();
	scratch_remove(dir);
	return tap_done();
}
