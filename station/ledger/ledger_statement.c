/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's statements, how one of them runs, and what SQLite's errors mean to us. */
#include "station/ledger/ledger_store.h"

#include <errno.h>
#include <stdio.h>

static const char *const texts[SQL_COUNT] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_COUNT_INTERRUPTED] =
		"SELECT count(*) FROM ("
		" SELECT job FROM attachment WHERE NOT EXISTS"
		"  (SELECT 1 FROM attachment_ended WHERE attachment_ended.attachment = attachment.id)"
		" UNION SELECT job FROM step_begun AS b WHERE NOT EXISTS"
		"  (SELECT 1 FROM step_ended AS e"
		"   WHERE e.job = b.job AND e.step = b.step AND e.attempt = b.attempt)"
		") AS open WHERE NOT EXISTS"
		" (SELECT 1 FROM job_ended WHERE job_ended.job = open.job)",
	[SQL_INTERRUPT_ATTACHMENTS] =
		"INSERT INTO attachment_ended (attachment, how, ended)"
		" SELECT id, 'interrupted', ?1 FROM attachment WHERE NOT EXISTS"
		"  (SELECT 1 FROM attachment_ended WHERE attachment_ended.attachment = attachment.id)",
	[SQL_INTERRUPT_STEPS] =
		"INSERT INTO step_ended (job, step, attempt, outcome, verified, detail, ended)"
		" SELECT job, step, attempt, 'unknown', 0, '', ?1 FROM step_begun AS b WHERE NOT EXISTS"
		"  (SELECT 1 FROM step_ended AS e"
		"   WHERE e.job = b.job AND e.step = b.step AND e.attempt = b.attempt)",
	[SQL_INSERT_WRITER] = "INSERT INTO writer (version, opened) VALUES (?1, ?2)",
	[SQL_INSERT_JOB] =
		"INSERT INTO job (udid, batch, blueprint, blueprint_sha256, operator, began)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[SQL_INSERT_ATTACHMENT] = "INSERT INTO attachment (job, writer, slot, port, speed, began)"
				  " VALUES (?1, (SELECT max(id) FROM writer), ?2, ?3, ?4, ?5)",
	[SQL_INSERT_REENUMERATION] = "INSERT INTO reenumeration (writer, port, udid, happened)"
				     " VALUES ((SELECT max(id) FROM writer), ?1, ?2, ?3)",
	[SQL_INSERT_ATTACHMENT_END] =
		"INSERT INTO attachment_ended (attachment, how, ended) VALUES (?1, ?2, ?3)",
	[SQL_INSERT_STEP_BEGIN] = "INSERT INTO step_begun (job, step, attempt, sha256, began)"
				  " VALUES (?1, ?2, ?3, ?4, ?5)",
	[SQL_INSERT_STEP_END] =
		"INSERT INTO step_ended (job, step, attempt, outcome, verified, detail, ended)"
		" SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?4 = 'skipped' OR EXISTS"
		"  (SELECT 1 FROM step_begun WHERE job = ?1 AND step = ?2 AND attempt = ?3)",
	[SQL_INSERT_FAULT] = "INSERT INTO fault (job, step_end, name, step, domain, code, text)"
			     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[SQL_INSERT_FAULT_LINK] = "INSERT INTO fault_link (fault, position, domain, code, text)"
				  " VALUES (?1, ?2, ?3, ?4, ?5)",
	[SQL_INSERT_NOTE] = "INSERT INTO note (job, key, value, noted) SELECT ?1, ?2, ?3, ?4"
			    " WHERE ?3 IS NOT (SELECT value FROM note WHERE job = ?1 AND key = ?2"
			    "  ORDER BY id DESC LIMIT 1)",
	[SQL_INSERT_JOB_END] = "INSERT INTO job_ended (job, outcome, ended) VALUES (?1, ?2, ?3)",
	[SQL_INSERT_HANDOVER] = "INSERT INTO handover (job, way, profile, report, asset, note)"
				" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[SQL_FIND_REPORT] = "SELECT job FROM handover WHERE report = ?1 AND report <> ''",
	[SQL_HANDOVER_OF_JOB] = "SELECT way, profile, asset, note FROM handover WHERE job = ?1",
	[SQL_FIND_JOB] = "SELECT job.id, coalesce(job_ended.outcome, ''), job_ended.ended"
			 " FROM job LEFT JOIN job_ended ON job_ended.job = job.id"
			 " WHERE udid = ?1 AND batch = ?2 AND blueprint = ?3"
			 " ORDER BY job.id DESC LIMIT 1",
	/* Attempts in the order in which they began; then the steps that never did. */
	[SQL_STEPS_OF_JOB] =
		"SELECT b.step, coalesce(e.outcome, 'begun'), e.verified, b.attempt, b.began, e.ended,"
		" e.detail, EXISTS (SELECT 1 FROM fault WHERE fault.job = ?1 AND step_end = e.id),"
		" b.sha256, 0 AS never, b.id AS place"
		" FROM step_begun AS b LEFT JOIN step_ended AS e"
		"  ON e.job = b.job AND e.step = b.step AND e.attempt = b.attempt"
		" WHERE b.job = ?1"
		" UNION ALL SELECT step, outcome, verified, attempt, 0, ended, detail, 0, '', 1, id"
		" FROM step_ended WHERE job = ?1 AND attempt = 0"
		" ORDER BY never, place",
	[SQL_NOTES_OF_JOB] = "SELECT key, value FROM note WHERE job = ?1 ORDER BY id",
	[SQL_FAULT_BY_ID] = "SELECT name, step, domain, code, text FROM fault WHERE id = ?1",
	[SQL_LINKS_OF_FAULT] =
		"SELECT domain, code, text FROM fault_link WHERE fault = ?1 ORDER BY position",
	/* ?1 batch, ?2 outcome, ?3 a station runs, ?4 above this job, ?5 began at or after, ?6 the
	 * device as typed, ?7 as a UDID; read as a hexadecimal ECID: ?8 as it is
	 * written, ?9 in 16 digits; read as a decimal one: ?10 as it is written, ?11 in 16 digits.
	 */
	[SQL_RESULTS] =
		"SELECT job, slot, port, udid, batch, blueprint, blueprint_sha256, operator,"
		" iif(outcome = '' AND NOT ?3, 'interrupted', outcome) AS stands,"
		" fault_id, began, ended FROM result"
		" WHERE job > ?4 AND began >= ?5 AND (?1 IS NULL OR batch = ?1)"
		" AND (?2 IS NULL OR stands = ?2)"
		" AND (?6 IS NULL OR udid = ?7 OR udid LIKE '________-' || ?9"
		"  OR udid LIKE '________-' || ?11 OR EXISTS"
		"  (SELECT 1 FROM note WHERE note.job = result.job AND"
		"   (key = 'serial' AND value = ?6 COLLATE NOCASE OR"
		"    key = 'ecid' AND value IN (?8, ?10))))"
		" ORDER BY job",
	/* ?1: since when. The newest attachment of each port: SQLite gives the columns of the row
	 * with the greatest id. */
	[SQL_PORTS] = "SELECT port, slot, speed, max(id) FROM attachment WHERE began >= ?1"
		      " GROUP BY port",
	/* ?1: since when. What each device did on each port; a job's end belongs to the port where
	 * it was attached last. */
	[SQL_PORT_COUNTS] =
		"SELECT port, udid, what, count(*) FROM ("
		" SELECT DISTINCT port, udid, 'job' AS what, job FROM attachment"
		"  JOIN job ON job.id = attachment.job WHERE attachment.began >= ?1"
		" UNION ALL SELECT port, udid, how, attachment.id FROM attachment"
		"  JOIN job ON job.id = attachment.job"
		"  JOIN attachment_ended ON attachment_ended.attachment = attachment.id"
		"  WHERE attachment.began >= ?1 AND how = 'left'"
		" UNION ALL SELECT port, udid, 'anew', id FROM reenumeration WHERE happened >= ?1"
		" UNION ALL SELECT last.port, udid, fault.name, job.id FROM job"
		"  JOIN fault ON fault.job = job.id AND fault.step_end = 0"
		"  JOIN attachment AS last ON last.id ="
		"   (SELECT max(id) FROM attachment WHERE attachment.job = job.id)"
		"  WHERE last.began >= ?1"
		") GROUP BY port, udid, what ORDER BY port, udid",
};

const char *statement_text(enum statement statement)
{
	return texts[statement];
}

int ledger_errno(sqlite3 *db, int rc)
{
	int system = db ? sqlite3_system_errno(db) : 0;

	switch (rc & 0xff) {
	case SQLITE_OK:
		return 0;
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_NOMEM:
		return -ENOMEM;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return -EBUSY;
	case SQLITE_READONLY:
		return rc == SQLITE_READONLY_DIRECTORY ? -EACCES : -EROFS;
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return -EACCES;
	case SQLITE_ERROR: /* no such table: not our schema */
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return -EUCLEAN;
	case SQLITE_CANTOPEN:
		return system ? -system : -EACCES;
	case SQLITE_IOERR:
		if (rc == SQLITE_IOERR_NOMEM)
			return -ENOMEM;
		return system == ENOSPC || system == EDQUOT || system == EFBIG ? -ENOSPC : -EIO;
	default:
		return -EIO;
	}
}

int ledger_fail(struct ledger *ledger, int rc)
{
	int system = sqlite3_system_errno(ledger->db);

	if (ledger->failed)
		return ledger->failed;
	ledger->failed = ledger_errno(ledger->db, rc);
	snprintf(ledger->text, sizeof ledger->text, "%s (SQLite %d, errno %d)",
		 sqlite3_errmsg(ledger->db), rc, system);
	/* Fails when SQLite has rolled back by itself. */
	if (!sqlite3_get_autocommit(ledger->db))
		(void)sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
	return ledger->failed;
}

struct query query_new(struct ledger *ledger, enum statement statement)
{
	return (struct query){ .ledger = ledger, .stmt = ledger->statements[statement] };
}

static void keep_first(struct query *query, int rc)
{
	if (query->rc == SQLITE_OK)
		query->rc = rc;
}

void query_put_number(struct query *query, int64_t number)
{
	keep_first(query, sqlite3_bind_int64(query->stmt, ++query->puts, number));
}

void query_put_text(struct query *query, const char *text)
{
	keep_first(query, sqlite3_bind_text(query->stmt, ++query->puts, text, -1, SQLITE_STATIC));
}

void query_end(struct query *query)
{
	(void)sqlite3_reset(query->stmt); /* repeats what sqlite3_step said */
	(void)sqlite3_clear_bindings(query->stmt);
}

/* Whether RC is a contradiction to what is there, which leaves the transaction whole. */
static int refusal(int rc)
{
	switch (rc) {
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_ROWID:
		return -EEXIST;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return -ENOENT;
	default:
		return 0;
	}
}

/* Begins the transaction that the first write since the last commit needs. */
static int begin(struct ledger *ledger)
{
	sqlite3_stmt *stmt = ledger->statements[SQL_BEGIN];
	int rc;

	if (!sqlite3_get_autocommit(ledger->db))
		return SQLITE_OK;
	rc = sqlite3_step(stmt);
	(void)sqlite3_reset(stmt);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

int query_run(struct query *query)
{
	struct ledger *ledger = query->ledger;
	int rc = query->rc, r;

	if (ledger->failed) {
		query_end(query);
		return ledger->failed;
	}
	if (rc == SQLITE_OK)
		rc = begin(ledger);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(query->stmt);
	r = refusal(rc);
	if (rc == SQLITE_DONE)
		r = sqlite3_changes(ledger->db);
	else if (r == 0)
		r = ledger_fail(ledger, rc);
	query_end(query);
	return r;
}

int query_next(struct query *query)
{
	int rc = query->rc == SQLITE_OK ? sqlite3_step(query->stmt) : query->rc;
	int r;

	if (rc == SQLITE_ROW)
		return 1;
	/* Also a failed read may have undone the transaction that it stood in. */
	r = rc == SQLITE_DONE ? 0 : ledger_fail(query->ledger, rc);
	query_end(query);
	return r;
}

int64_t query_number(const struct query *query, int column)
{
	return sqlite3_column_int64(query->stmt, column);
}

const char *query_text(const struct query *query, int column)
{
	const unsigned char *text = sqlite3_column_text(query->stmt, column);

	return text ? (const char *)text : "";
}
