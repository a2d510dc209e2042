/* SPDX-License-Identifier: Apache-2.0 */
/* Handovers in the ledger: each a result, each report once, and ledgers from before there were any.
 */
#include "station/ledger/ledger_handover.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/ledger/ledger_store.h"
#include "station/ledger/result.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static char dir[SCRATCH_PATH], path[SCRATCH_PATH];

static struct ledger *reopen(struct ledger *ledger)
{
	struct ledger *again = NULL;
	unsigned interrupted = 7;

	ledger_close(ledger);
	is_number(ledger_open(path, 1000, &again, &interrupted), 0, "the ledger opens");
	is_number(interrupted, 0, "nothing was interrupted");
	return again;
}

static int64_t count(struct ledger *ledger, const char *table)
{
	char sql[64];
	int64_t number = -1;

	snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
	(void)schema_pragma(ledger->db, sql, &number);
	return number;
}

static struct handover example(enum handover_standing standing, const char *report)
{
	struct handover out = { .way = HANDOVER_STICK,
				.standing = standing,
				.serial = "C02XL0THJGH5",
				.product = "Mac14,2",
				.profile = "school",
				.profile_sha256 = DIGEST,
				.asset = "A7",
				.note = "by Kim",
				.batch = "Macs",
				.operator= "kim" };

	snprintf(out.report_sha256, sizeof out.report_sha256, "%s", report);
	return out;
}

struct seen {
	unsigned count;
	struct result last;
};

static int look(const struct result *result, void *userdata)
{
	struct seen *seen = userdata;
	const enum handover_standing standing = (enum handover_standing)seen->count;
	const bool fault = handover_fault(standing) != FAULT_NONE;

	is_number(result->outcome, handover_outcome(standing), "its outcome");
	is_string(result->notes[NOTE_SERIAL], "C02XL0THJGH5", "its serial number");
	is_string(result->notes[NOTE_PRODUCT], "Mac14,2", "its product");
	is_string(result->notes[NOTE_OS], "", "what is not known is not there");
	is_string(result->notes[NOTE_UDID], "", "a Mac has no UDID");
	is_string(result->blueprint, HANDOVER_BLUEPRINT, "in a blueprint's place");
	is_string(result->way, "stick", "its way");
	is_string(result->profile, "school", "its profile");
	is_string(result->asset, "A7", "its asset tag");
	is_string(result->remark, "by Kim", "its note");
	is_string(result->batch, "Macs", "its batch");
	is_number(result->step_count, 1, "one step");
	ok(step_equal(result->steps[0].id, (struct step_id){ STEP_HANDOVER, 1 }), "the handover");
	is_number(result->steps[0].outcome, fault ? STEP_FAILED : STEP_DONE, "how it ended");
	ok(result->steps[0].verified == handover_is_verified(standing), "whether it is verified");
	is_string(result->steps[0].detail, handover_standing_sentence(standing), "in words");
	is_number(result->fault.kind, handover_fault(standing), "its fault");
	seen->count++;
	return 0;
}

static void check_results(struct ledger *ledger)
{
	struct result_filter filter = { .device = "c02xl0thjgh5" };
	struct seen seen = { 0 };
	int64_t job = 0, last = 0;
	char report[8];

	for (unsigned i = 0; i < HANDOVER_STANDINGS; i++) {
		struct handover handover;

		snprintf(report, sizeof report, "%u", i);
		handover = example((enum handover_standing)i, report);
		is_number(ledger_add_handover(ledger, &handover, 2000 + i, &job), 0, "is written");
		ok(job > last, "as a job of its own");
		last = job;
	}
	is_number(ledger_commit(ledger), 0, "durably");
	is_number(results_each(ledger, &filter, look, &seen), 0, "all are read");
	is_number(seen.count, HANDOVER_STANDINGS, "each is a result");
}

static void check_once(struct ledger *ledger)
{
	struct handover again = example(HANDOVER_NOT, "1"), other = example(HANDOVER_NOT, "");
	const int64_t jobs = count(ledger, "job"), steps = count(ledger, "step_ended");
	int64_t job = 0;

	again.standing = HANDOVER_ENROLLED;
	is_number(ledger_add_handover(ledger, &again, 3000, &job), -EEXIST, "a report again");
	ok(!ledger_has_uncommitted(ledger), "writes nothing");
	is_number(job, 0, "and is no job");
	is_number(count(ledger, "job"), jobs, "no job more");
	is_number(count(ledger, "step_ended"), steps, "no step more");
	is_number(ledger_add_handover(ledger, &other, 3000, &job), 0, "without a report");
	is_number(ledger_add_handover(ledger, &other, 3001, &job), 0, "as often as it happens");
	is_number(ledger_commit(ledger), 0, "is written");
}

/* What the ledger does of itself when a handover's writer has left: nothing. */
static struct ledger *check_again(struct ledger *ledger)
{
	struct handover again = example(HANDOVER_NOT, "1");
	const int64_t jobs = count(ledger, "job");
	int64_t job;

	ledger = reopen(ledger);
	is_number(ledger_add_handover(ledger, &again, 4000, &job), -EEXIST,
		  "also when it is opened again");
	is_number(count(ledger, "job"), jobs, "all are there");
	ok(sqlite3_exec(ledger->db, "DELETE FROM handover", NULL, NULL, NULL) != SQLITE_OK &&
		   sqlite3_exec(ledger->db, "UPDATE handover SET asset = ''", NULL, NULL, NULL) !=
			   SQLITE_OK,
	   "and stay as they are");
	return ledger;
}

/* A ledger of the version before: readers say so, a writer brings it up to date. */
static void check_older(struct ledger *ledger)
{
	struct ledger *older = NULL;
	int64_t version = 0;
	char sql[64], why[LEDGER_WHY_MAX];

	(void)schema_pragma(ledger->db, "PRAGMA user_version", &version);
	is_number(sqlite3_exec(ledger->db, "DROP TABLE handover", NULL, NULL, NULL), SQLITE_OK,
		  "what is new is taken away");
	snprintf(sql, sizeof sql, "PRAGMA user_version = %d", (int)version - 1);
	is_number(sqlite3_exec(ledger->db, sql, NULL, NULL, NULL), SQLITE_OK, "and the version");
	ledger_close(ledger);
	is_number(ledger_open_readonly(path, &older), -ESTALE, "a reader does not read it");
	ledger_explain(path, -ESTALE, why);
	ok(strstr(why, "older muster"), "and says why");
	ledger = reopen(NULL);
	is_number(count(ledger, "handover"), 0, "a writer brings it up to date");
	ledger_close(ledger);
	is_number(ledger_open_readonly(path, &older), 0, "then it is read");
	ledger_close(older);
}

int main(void)
{
	struct ledger *ledger;

	scratch_make(dir);
	scratch_path(path, dir, "ledger.sqlite");
	ledger = reopen(NULL);
	check_results(ledger);
	check_once(ledger);
	ledger = check_again(ledger);
	check_older(ledger);
	scratch_remove(dir);
	return tap_done();
}
