/* SPDX-License-Identifier: Apache-2.0 */
/* The ports' history in the ledger: what counts for which port, and what does not. */
#include "station/ledger/port_history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/ledger/ledger_store.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static char dir[SCRATCH_PATH], path[SCRATCH_PATH];
static struct ledger *ledger;

static struct udid udid_of(unsigned device)
{
	struct udid udid;

	snprintf(udid.text, sizeof udid.text, "%040x", device);
	return udid;
}

static int64_t begin_job(unsigned device, wall_t now)
{
	const struct job_opening opening = {
		.udid = udid_of(device),
		.batch = "",
		.blueprint = "b",
		.blueprint_sha256 = "",
		.operator= "",
	};
	int64_t job = 0;

	(void)ledger_open_job(ledger, &opening, now, &job);
	return job;
}

static void attach(int64_t job, const char *slot, const char *port, unsigned speed, const char *how,
		   wall_t now)
{
	int64_t attachment = 0;

	(void)ledger_begin_attachment(ledger, job, slot, port, speed, now, &attachment);
	if (how)
		(void)ledger_end_attachment(ledger, attachment, how, now + 1);
}

static void end_job(int64_t job, enum fault_kind kind, wall_t now)
{
	const struct fault fault = fault_new(kind, "%s", "");

	(void)ledger_end_job(ledger, job, kind ? fault_outcome(kind) : OUTCOME_PASSED,
			     kind ? &fault : NULL, now);
}

/* Device 1 is pulled on 1-2 and goes on on 1-10, where it fails; 2 passes there; 3 is on no port.
 */
static void write_history(void)
{
	const struct udid one = udid_of(1), two = udid_of(2);
	int64_t job = begin_job(1, 1000);

	attach(job, "2", "1-2", 480, "left", 1000);
	attach(job, "old", "1-10", 480, "left", 2000);
	attach(job, "10", "1-10", 12, "ended", 3000);
	end_job(job, FAULT_LINK_LOST, 3001);
	job = begin_job(2, 4000);
	attach(job, "ten", "1-10", 480, "ended", 4000);
	end_job(job, FAULT_NONE, 4001);
	job = begin_job(3, 5000);
	attach(job, "1", "usb3-7", 0, "left", 5000);
	attach(job, "1", "network", 0, NULL, 5000);
	attach(job, "1", "", 0, NULL, 5000);
	(void)ledger_reenumeration(ledger, "1-10", &two, 4500);
	(void)ledger_reenumeration(ledger, "1-10", &one, 500);
	(void)ledger_commit(ledger);
}

static const struct slot_health *find(const struct slot_health *list, size_t count,
				      const char *port)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].port, port) == 0)
			return &list[i];
	return NULL;
}

static void test_counts(void)
{
	const struct slot_health *ten, *two;
	struct slot_health *list = NULL;
	size_t count = 0;

	is_number(ledger_read_ports(ledger, 900, &list, &count), 0, "the ports are read");
	is_number(count, 2, "those that are ports");
	ten = find(list, count, "1-10");
	two = find(list, count, "1-2");
	if (!ok(ten && two, "both are there"))
		return;
	is_string(ten->slot, "ten", "a port is called as it was last");
	is_number(ten->speed, 480, "and has the speed that it had last");
	is_number(ten->jobs, 2, "a job counts once for its port");
	is_number(ten->devices, 2, "and so does its device");
	is_number(ten->disconnects, 1, "what left in mid-job is told apart from what ended");
	is_number(ten->reenumerations, 1, "only what happened since counts");
	is_number(ten->fault_count, 1, "the job's fault is told");
	is_number(ten->faults[0].kind, FAULT_LINK_LOST, "by its kind");
	is_number(two->fault_count, 0, "for the port where the job was last");
	is_number(two->disconnects, 1, "the disconnect for the port where it was");
	is_number(ten->troubles, 3, "troubles add up");
	is_number(ten->troubled, 2, "over the devices that had them");
	free(list);
}

static void test_since(void)
{
	struct slot_health *list = NULL;
	size_t count = 0;

	is_number(ledger_read_ports(ledger, 3500, &list, &count), 0, "later ones are read");
	ok(count == 1 && list[0].jobs == 1 && list[0].fault_count == 0,
	   "nothing of what happened before");
	free(list);
	list = NULL;
	is_number(ledger_read_ports(ledger, 9000, &list, &count), 0, "none is no error");
	ok(count == 0 && !list, "and gives nothing");
}

/* A fault that this muster does not know, as a later one may write. */
static void test_newer_words(void)
{
	struct slot_health *list = NULL;
	int64_t job = begin_job(4, 6000);
	size_t count = 0;

	attach(job, "2", "1-2", 480, "ended", 6000);
	(void)ledger_commit(ledger);
	is_number(sqlite3_exec(ledger->db,
			       "INSERT INTO fault (job, step_end, name, step, domain, code, text)"
			       " VALUES (4, 0, 'no-such-fault', '', '', 0, '')",
			       NULL, NULL, NULL),
		  SQLITE_OK, "a fault of a later muster");
	is_number(ledger_read_ports(ledger, 5900, &list, &count), 0, "does not hinder");
	ok(count == 1 && list[0].jobs == 1 && list[0].fault_count == 0, "and is passed over");
	free(list);
}

/* A ledger of the first version gets what it lacks, and keeps what it has. */
static void test_migration(void)
{
	struct slot_health *list = NULL;
	unsigned interrupted;
	size_t count = 0;

	is_number(
		sqlite3_exec(
			ledger->db,
			"DROP TABLE handover; DROP TABLE reenumeration; DROP INDEX attachment_of_port;"
			"ALTER TABLE attachment DROP COLUMN speed; PRAGMA user_version = 1",
			NULL, NULL, NULL),
		SQLITE_OK, "a ledger as the first muster made it");
	ledger_close(ledger);
	is_number(ledger_open(path, 7000, &ledger, &interrupted), 0, "is opened");
	is_number(ledger_read_ports(ledger, 900, &list, &count), 0, "and read");
	ok(count == 2 && list[0].speed == 0 && list[0].reenumerations == 0,
	   "what it never knew is unknown");
	free(list);
}

int main(void)
{
	unsigned interrupted;

	scratch_make(dir);
	is_number(ledger_open(scratch_path(path, dir, "ledger.sqlite"), 1, &ledger, &interrupted),
		  0, "a ledger");
	write_history();
	test_counts();
	test_since();
	test_newer_words();
	test_migration();
	ledger_close(ledger);
	scratch_remove(dir);
	return tap_done();
}
