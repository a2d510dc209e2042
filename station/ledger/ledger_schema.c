/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's tables, as migrations from one version to the next (doc/ledger.md, "Tables"). */
#include "station/ledger/ledger_store.h"

#include <errno.h>
#include <stdio.h>

/* "mstr": tells a ledger from any other SQLite file. */
#define APPLICATION_ID 0x6d737472

/* What happened is never changed nor taken back, also not by a person with sqlite3. */
#define APPEND_ONLY(table)                                                \
	"CREATE TRIGGER " table "_is_not_changed BEFORE UPDATE ON " table \
	" BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;"       \
	"CREATE TRIGGER " table "_is_not_removed BEFORE DELETE ON " table \
	" BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;"

#define NEWEST_NOTE(word)                                                  \
	"(SELECT value FROM note WHERE note.job = job.id AND key = '" word \
	"' ORDER BY note.id DESC LIMIT 1) AS " word

/* What is a handover and no work of ours has a row here beside its job. REPORT is the digest of
 * the Mac's own report, which counts once. */
static const char handover_tables[] =
	"CREATE TABLE handover ("
	"  job INTEGER PRIMARY KEY REFERENCES job,"
	"  way TEXT NOT NULL,"
	"  profile TEXT NOT NULL,"
	"  report TEXT NOT NULL,"
	"  asset TEXT NOT NULL,"
	"  note TEXT NOT NULL"
	") STRICT;"
	"CREATE UNIQUE INDEX handover_of_report ON handover (report) WHERE report <> '';" APPEND_ONLY(
		"handover");

/* One entry a version; what has been released is never edited, only followed by another. */
static const char *const migrations[] = {
	/* Who opened the ledger for writing: an open job is interrupted when its last attachment
	 * belongs to an earlier writer. */
	"CREATE TABLE writer ("
	"  id INTEGER PRIMARY KEY,"
	"  version TEXT NOT NULL,"
	"  opened INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE job ("
	"  id INTEGER PRIMARY KEY,"
	"  udid TEXT NOT NULL,"
	"  batch TEXT NOT NULL,"
	"  blueprint TEXT NOT NULL,"
	"  blueprint_sha256 TEXT NOT NULL,"
	"  operator TEXT NOT NULL,"
	"  began INTEGER NOT NULL"
	") STRICT;"
	"CREATE INDEX job_of_device ON job (udid, batch, blueprint);"
	"CREATE TABLE attachment ("
	"  id INTEGER PRIMARY KEY,"
	"  job INTEGER NOT NULL REFERENCES job,"
	"  writer INTEGER NOT NULL REFERENCES writer,"
	"  slot TEXT NOT NULL,"
	"  port TEXT NOT NULL,"
	"  began INTEGER NOT NULL"
	") STRICT;"
	"CREATE INDEX attachment_of_job ON attachment (job);"
	"CREATE TABLE attachment_ended ("
	"  attachment INTEGER PRIMARY KEY REFERENCES attachment,"
	"  how TEXT NOT NULL,"
	"  ended INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE step_begun ("
	"  id INTEGER PRIMARY KEY,"
	"  job INTEGER NOT NULL REFERENCES job,"
	"  step TEXT NOT NULL,"
	"  attempt INTEGER NOT NULL,"
	"  sha256 TEXT NOT NULL,"
	"  began INTEGER NOT NULL,"
	"  UNIQUE (job, step, attempt)"
	") STRICT;"
	"CREATE TABLE step_ended ("
	"  id INTEGER PRIMARY KEY,"
	"  job INTEGER NOT NULL REFERENCES job,"
	"  step TEXT NOT NULL,"
	"  attempt INTEGER NOT NULL,"
	"  outcome TEXT NOT NULL,"
	"  verified INTEGER NOT NULL,"
	"  detail TEXT NOT NULL,"
	"  ended INTEGER NOT NULL,"
	"  UNIQUE (job, step, attempt)"
	") STRICT;"
	"CREATE TABLE note ("
	"  id INTEGER PRIMARY KEY,"
	"  job INTEGER NOT NULL REFERENCES job,"
	"  key TEXT NOT NULL,"
	"  value TEXT NOT NULL,"
	"  noted INTEGER NOT NULL"
	") STRICT;"
	"CREATE INDEX note_of_job ON note (job, key);"
	"CREATE TABLE job_ended ("
	"  job INTEGER PRIMARY KEY REFERENCES job,"
	"  outcome TEXT NOT NULL,"
	"  ended INTEGER NOT NULL"
	") STRICT;"
	/* What a step's end, or with 0 the job's, was due to. */
	"CREATE TABLE fault ("
	"  id INTEGER PRIMARY KEY,"
	"  job INTEGER NOT NULL REFERENCES job,"
	"  step_end INTEGER NOT NULL,"
	"  name TEXT NOT NULL,"
	"  step TEXT NOT NULL,"
	"  domain TEXT NOT NULL,"
	"  code INTEGER NOT NULL,"
	"  text TEXT NOT NULL,"
	"  UNIQUE (job, step_end)"
	") STRICT;"
	"CREATE TABLE fault_link ("
	"  fault INTEGER NOT NULL REFERENCES fault,"
	"  position INTEGER NOT NULL,"
	"  domain TEXT NOT NULL,"
	"  code INTEGER NOT NULL,"
	"  text TEXT NOT NULL,"
	"  PRIMARY KEY (fault, position)"
	") STRICT, WITHOUT ROWID;"
	/* The present: one row a job. The outcome is '' while the newest writer may work on it. */
	"CREATE VIEW result AS SELECT"
	"  job.id AS job, last.slot, job.udid, " NEWEST_NOTE("serial") ", " NEWEST_NOTE("name") ", " NEWEST_NOTE("product") ", " NEWEST_NOTE(
		"os") ","
		      "  job.batch, job.blueprint,"
		      "  coalesce(job_ended.outcome, iif(last.writer = (SELECT max(id) FROM writer),"
		      "    '', 'interrupted')) AS outcome,"
		      "  fault.name AS fault,"
		      "  job.began, job_ended.ended, job.operator, last.port, job.blueprint_sha256,"
		      "  fault.id AS fault_id "
		      "FROM job LEFT JOIN job_ended ON job_ended.job = job.id"
		      "  LEFT JOIN fault ON fault.job = job.id AND fault.step_end = 0"
		      "  LEFT JOIN attachment AS last ON last.id ="
		      "    (SELECT max(id) FROM attachment WHERE attachment.job = job.id);" APPEND_ONLY(
			      "writer") APPEND_ONLY("job") APPEND_ONLY("attachment")
			      APPEND_ONLY("attachment_ended") APPEND_ONLY("fault")
				      APPEND_ONLY("fault_link") APPEND_ONLY("step_begun")
					      APPEND_ONLY("step_ended") APPEND_ONLY("note")
						      APPEND_ONLY("job_ended"),
	/* How well the ports do: what each negotiated, in Mbit/s (0 unknown), and the times when a
	 * device on it was enumerated anew. */
	"ALTER TABLE attachment ADD COLUMN speed INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX attachment_of_port ON attachment (port, began);"
	"CREATE TABLE reenumeration ("
	"  id INTEGER PRIMARY KEY,"
	"  writer INTEGER NOT NULL REFERENCES writer,"
	"  port TEXT NOT NULL,"
	"  udid TEXT NOT NULL,"
	"  happened INTEGER NOT NULL"
	") STRICT;"
	"CREATE INDEX reenumeration_of_port ON reenumeration (port, happened);" APPEND_ONLY(
		"reenumeration"),
	handover_tables,
};
#define NEWEST_VERSION ((int64_t)(sizeof migrations / sizeof migrations[0]))

int schema_pragma(sqlite3 *db, const char *sql, int64_t *ret_number)
{
	sqlite3_stmt *stmt;
	int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);

	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*ret_number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW ? SQLITE_OK : rc == SQLITE_DONE ? SQLITE_ERROR : rc;
}

/* The step from VERSION to the one after it. */
static int migrate_one(sqlite3 *db, int64_t version)
{
	char stamp[96];
	int rc = sqlite3_exec(db, migrations[version], NULL, NULL, NULL);

	if (rc != SQLITE_OK)
		return rc;
	snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %lld",
		 APPLICATION_ID, (long long)version + 1);
	return sqlite3_exec(db, stamp, NULL, NULL, NULL);
}

int schema_migrate(sqlite3 *db)
{
	int64_t version = 0;
	int rc = schema_pragma(db, "PRAGMA user_version", &version);

	if (rc != SQLITE_OK || version == NEWEST_VERSION)
		return rc;
	rc = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	for (; rc == SQLITE_OK && version < NEWEST_VERSION; version++)
		rc = migrate_one(db, version);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	return rc;
}

int schema_check(sqlite3 *db)
{
	int64_t application = 0, version = 0;
	int rc = schema_pragma(db, "PRAGMA application_id", &application);

	if (rc == SQLITE_OK)
		rc = schema_pragma(db, "PRAGMA user_version", &version);
	if (rc != SQLITE_OK)
		return ledger_errno(db, rc);
	if (application != APPLICATION_ID || version < 1)
		return -EUCLEAN;
	if (version > NEWEST_VERSION)
		return -EPROTONOSUPPORT;
	return version < NEWEST_VERSION;
}
