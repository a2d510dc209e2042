/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the ledger: its SQLite connection and prepared statements. For ledger*.c and result.c. */
#ifndef STATION_LEDGER_LEDGER_STORE_H
#define STATION_LEDGER_LEDGER_STORE_H

#include <sqlite3.h>

#include "station/ledger/ledger.h"

/* Every statement there is, prepared at open (ledger_statement.c). */
enum statement {
	SQL_BEGIN,
	SQL_COMMIT,
	SQL_COUNT_INTERRUPTED,
	SQL_INTERRUPT_ATTACHMENTS,
	SQL_INTERRUPT_STEPS,
	SQL_INSERT_WRITER,
	SQL_INSERT_JOB,
	SQL_INSERT_ATTACHMENT,
	SQL_INSERT_ATTACHMENT_END,
	SQL_INSERT_REENUMERATION,
	SQL_INSERT_STEP_BEGIN,
	SQL_INSERT_STEP_END,
	SQL_INSERT_FAULT,
	SQL_INSERT_FAULT_LINK,
	SQL_INSERT_NOTE,
	SQL_INSERT_JOB_END,
	SQL_INSERT_HANDOVER,
	SQL_FIND_REPORT,
	SQL_HANDOVER_OF_JOB,
	SQL_FIND_JOB,
	SQL_STEPS_OF_JOB,
	SQL_NOTES_OF_JOB,
	SQL_FAULT_BY_ID,
	SQL_LINKS_OF_FAULT,
	SQL_RESULTS,
	SQL_PORTS,
	SQL_PORT_COUNTS,
	SQL_COUNT
};
const char *statement_text(enum statement statement);

struct ledger {
	sqlite3 *db;
	sqlite3_stmt *statements[SQL_COUNT];
	char *path;
	int failed;	/* the error that every further write gets; 0 while sound */
	char text[256]; /* SQLite's words for it */
};

/* The negative errno for SQLite's extended result RC on DB, which may be NULL. */
int ledger_errno(sqlite3 *db, int rc);

/* Remembers that the ledger failed with RC, takes back what is not committed, and returns the
 * errno. */
int ledger_fail(struct ledger *ledger, int rc);

struct result_step;
/*
 * The steps of JOB in the order in which they began, each as its last attempt left it, then those
 * that were skipped. RET_STEPS has room for STEPS_MAX; each detail is the caller's to free.
 * Returns their number or negative errno.
 */
int ledger_read_steps(struct ledger *ledger, int64_t job, struct result_step *ret_steps);

/* ledger_file.c: the file that the ledger is. Each returns 0 or negative errno. */

/* -ENOSPC when less than LEDGER_ROOM_MIN is free where PATH lies. */
int ledger_file_check_room(const char *path);
/* Makes the ledger beside PATH and renames it there: what stands at PATH is always whole. */
int ledger_file_create(const char *path);
/* Looks at the file through a connection that cannot write: what is not ours, or newer, or damaged
 * (all pages are checked) stays as it is. */
int ledger_file_inspect(const char *path);
/* Opens a connection with SQLite's FLAGS, set as durability asks. */
int ledger_file_open(const char *path, int flags, sqlite3 **ret_db);
/* Whether the journal is what ledger_file_open asked for: SQLite falls back to another without a
 * word. */
int ledger_file_check_wal(sqlite3 *db);

/* ledger_schema.c: the tables as migrations. */

/*
 * Brings the ledger in DB to the newest version, from 0 for an empty one, in one transaction.
 * Returns 0 or SQLite's result.
 */
int schema_migrate(sqlite3 *db);
/*
 * Whether DB is a ledger that this program can read. Returns 0; 1 for an older one,
 * which schema_migrate brings up to date; -EPROTONOSUPPORT for a newer one,
 * -EUCLEAN for anything else, or another errno when it cannot be read.
 */
int schema_check(sqlite3 *db);
/* Runs a PRAGMA that answers with a number. Returns 0 and RET_NUMBER, or SQLite's result. */
int schema_pragma(sqlite3 *db, const char *sql, int64_t *ret_number);

/* ledger_statement.c: one run of a prepared statement. Values are put in order, then it runs. */
struct query {
	struct ledger *ledger;
	sqlite3_stmt *stmt;
	int puts;
	int rc; /* the first failed put */
};
struct query query_new(struct ledger *ledger, enum statement statement);
void query_put_number(struct query *query, int64_t number);
/* TEXT is not copied: it must stay until the query has run. NULL puts NULL. */
void query_put_text(struct query *query, const char *text);
/*
 * Runs a write, in the transaction that the first write begins. Returns the number of rows written,
 * -EEXIST or -ENOENT when a unique key or a reference forbids it (nothing is written, nothing has
 * failed), or the error that the ledger failed with.
 */
int query_run(struct query *query);
/* Goes to the next row. Returns 1, 0 after the last, or negative errno; after the latter two the
 * query has ended. */
int query_next(struct query *query);
/* Ends a query before its last row. */
void query_end(struct query *query);
/* A column of the row, from 0; NULL reads as 0 and "". The text stays until the next query_next. */
int64_t query_number(const struct query *query, int column);
const char *query_text(const struct query *query, int column);

#endif
