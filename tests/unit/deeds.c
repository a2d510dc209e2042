/* SPDX-License-Identifier: Apache-2.0 */
/* A station's deeds in the ledger, numbered, so that a test can tell which ones are in it. */
#include "tests/unit/deeds.h"

#include <stdio.h>

#include "station/ledger/ledger_store.h"

static const struct step_id install = { STEP_INSTALL, 1 };

/* A device of its own for each job. */
static struct udid udid_of(unsigned job)
{
	struct udid udid;

	snprintf(udid.text, sizeof udid.text, "%040x", job);
	return udid;
}

static int write_begin(struct ledger *ledger, unsigned job)
{
	struct job_opening what = { .udid = udid_of(job),
				    .batch = "deeds",
				    .blueprint = "p",
				    .blueprint_sha256 = "",
				    .operator= "o" };
	int64_t number, attachment;
	int r = ledger_open_job(ledger, &what, 1000 + job, &number);

	if (r == 0)
		r = ledger_begin_attachment(ledger, number, "1", "1-1", 480, 1000, &attachment);
	if (r == 0)
		r = ledger_note(ledger, number, NOTE_SERIAL, "F2LX", 1000);
	return r < 0 ? r : ledger_begin_step(ledger, number, install, 1, "d", 1000);
}

/* Attachments have the numbers of their jobs: each job here has one. */
static int write_end(struct ledger *ledger, unsigned job)
{
	struct fault fault = fault_new(FAULT_PROFILE_REFUSED, "no");
	struct step_end end = { .outcome = STEP_FAILED, .detail = "", .fault = &fault };
	struct udid udid = udid_of(job);
	struct job_past past;
	int r = ledger_find_job(ledger, &udid, "deeds", "p", &past);

	if (r == 0)
		r = ledger_end_step(ledger, past.job, install, 1, &end, 2000);
	if (r == 0)
		r = ledger_end_attachment(ledger, past.job, "ended", 2000);
	return r < 0 ? r : ledger_end_job(ledger, past.job, OUTCOME_FAILED, &fault, 2000);
}

int deed_write(struct ledger *ledger, unsigned deed)
{
	return deed % 2 == 0 ? write_begin(ledger, deed / 2) : write_end(ledger, deed / 2);
}

static long long ask(struct ledger *ledger, const char *sql)
{
	int64_t number = -1;

	(void)schema_pragma(ledger->db, sql, &number);
	return number;
}

/* The rows of TABLE. */
static long long rows_of(struct ledger *ledger, const char *table)
{
	char sql[96];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
	return ask(ledger, sql);
}

enum deed_part {
	DEED_MISSING,
	DEED_TORN, /* some of its rows, but not all */
	DEED_WHOLE,
};

/* How much of a deed the ledger holds. */
static enum deed_part part_of(struct ledger *ledger, unsigned deed)
{
	struct udid udid = udid_of(deed / 2);
	char sql[512];
	long long rows;

	if (deed % 2 == 0)
		snprintf(sql, sizeof sql,
			 "SELECT count(*) + (SELECT count(*) FROM attachment WHERE job = j.id)"
			 " + (SELECT count(*) FROM note WHERE job = j.id)"
			 " + (SELECT count(*) FROM step_begun WHERE job = j.id)"
			 " FROM job AS j WHERE udid = '%s'",
			 udid.text);
	else
		snprintf(sql, sizeof sql,
			 "SELECT (SELECT count(*) FROM job_ended WHERE job = j.id)"
			 " + (SELECT count(*) FROM step_ended WHERE job = j.id AND"
			 "    outcome = 'failed')"
			 " + (SELECT count(*) FROM attachment_ended WHERE attachment = j.id AND"
			 "    how = 'ended')"
			 " + (SELECT count(*) > 1 FROM fault WHERE job = j.id)"
			 " FROM job AS j WHERE udid = '%s'",
			 udid.text);
	rows = ask(ledger, sql);
	return rows <= 0 ? DEED_MISSING : rows == 4 ? DEED_WHOLE : DEED_TORN;
}

/* Prints WHAT unless it is so. */
static bool expect(bool so, const char *what)
{
	if (!so)
		printf("# not so: %s\n", what);
	return so;
}

/* Whether the deeds in LEDGER are whole; RET_OPEN is how many jobs were begun and not ended. */
static bool check_deeds(struct ledger *ledger, unsigned told, unsigned *ret_open)
{
	bool good = true;

	*ret_open = 0;
	for (unsigned deed = 0; deed < DEEDS; deed++) {
		enum deed_part part = part_of(ledger, deed);

		if (!expect(part != DEED_TORN, "no deed is torn"))
			good = false;
		if (!expect(deed >= told || part == DEED_WHOLE, "no acknowledged deed is lost"))
			good = false;
		if (part == DEED_WHOLE)
			*ret_open += deed % 2 == 0 ? 1 : -1U;
	}
	return good;
}

/* Whether another opening leaves what recovery wrote as it is. */
static bool check_again(const char *path, long long steps, long long attachments)
{
	struct ledger *ledger = NULL;
	unsigned again = 9;
	bool good;

	if (!expect(ledger_open(path, 30, &ledger, &again) == 0, "the ledger opens twice"))
		return false;
	good = expect(again == 0 && rows_of(ledger, "step_ended") == steps &&
			      rows_of(ledger, "attachment_ended") == attachments,
		      "nothing is recovered twice");
	ledger_close(ledger);
	return good;
}

bool deeds_are_whole(const char *path, unsigned told)
{
	struct ledger *ledger = NULL;
	unsigned interrupted = 0, open;
	long long steps, attachments;
	bool good;

	if (!expect(ledger_open(path, 20, &ledger, &interrupted) == 0, "the ledger opens"))
		return false;
	good = check_deeds(ledger, told, &open);
	steps = rows_of(ledger, "step_ended");
	attachments = rows_of(ledger, "attachment_ended");
	if (!expect(interrupted == open, "the interrupted jobs are counted"))
		good = false;
	if (!expect(steps == rows_of(ledger, "step_begun") &&
			    attachments == rows_of(ledger, "attachment"),
		    "what was begun has one end"))
		good = false;
	ledger_close(ledger);
	return check_again(path, steps, attachments) && good;
}
