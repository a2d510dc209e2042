/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger: opened, recovered, committed, closed, explained (doc/ledger.md). */
#include "config.h"

#include "station/ledger/ledger_store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int prepare_all(struct ledger *ledger)
{
	for (int i = 0; i < SQL_COUNT; i++) {
		int rc =
			sqlite3_prepare_v3(ledger->db, statement_text((enum statement)i), -1,
					   SQLITE_PREPARE_PERSISTENT, &ledger->statements[i], NULL);

		if (rc != SQLITE_OK)
			return ledger_errno(ledger->db, rc);
	}
	return 0;
}

/* Ends what the writer before us left running, and enters us as the writer. */
static int recover(struct ledger *ledger, wall_t now, unsigned *ret_interrupted)
{
	struct query count = query_new(ledger, SQL_COUNT_INTERRUPTED);
	struct query attachments = query_new(ledger, SQL_INTERRUPT_ATTACHMENTS);
	struct query steps = query_new(ledger, SQL_INTERRUPT_STEPS);
	struct query writer = query_new(ledger, SQL_INSERT_WRITER);
	unsigned interrupted;
	int r = query_next(&count);

	if (r < 0)
		return r;
	interrupted = (unsigned)query_number(&count, 0);
	query_end(&count);
	query_put_number(&attachments, now);
	query_put_number(&steps, now);
	query_put_text(&writer, PACKAGE_VERSION);
	query_put_number(&writer, now);
	r = query_run(&attachments);
	if (r >= 0)
		r = query_run(&steps);
	if (r >= 0)
		r = query_run(&writer);
	if (r >= 0)
		r = ledger_commit(ledger);
	if (r < 0)
		return r;
	*ret_interrupted = interrupted;
	return 0;
}

static int new_ledger(const char *path, int flags, struct ledger **ret_ledger)
{
	struct ledger *ledger = calloc(1, sizeof *ledger);
	int r = -ENOMEM;

	if (ledger)
		ledger->path = strdup(path);
	if (ledger && ledger->path)
		r = ledger_file_open(path, flags, &ledger->db);
	if (r < 0) {
		ledger_close(ledger);
		return r;
	}
	*ret_ledger = ledger;
	return 0;
}

int ledger_open(const char *path, wall_t now, struct ledger **ret_ledger, unsigned *ret_interrupted)
{
	struct ledger *ledger = NULL;
	int r = ledger_file_check_room(path);

	/* SQLite would open a file that it may not write for reading, without a word. */
	if (r == 0 && access(path, R_OK | W_OK) < 0)
		r = errno == ENOENT ? ledger_file_create(path) : -errno;
	if (r == 0)
		r = ledger_file_inspect(path);
	if (r == 0)
		r = new_ledger(path, SQLITE_OPEN_READWRITE, &ledger);
	if (r < 0)
		return r;
	r = ledger_file_check_wal(ledger->db);
	if (r == 0)
		r = ledger_errno(ledger->db, schema_migrate(ledger->db));
	if (r == 0)
		r = prepare_all(ledger);
	if (r == 0)
		r = recover(ledger, now, ret_interrupted);
	if (r < 0) {
		ledger_close(ledger);
		return r;
	}
	*ret_ledger = ledger;
	return 0;
}

int ledger_open_readonly(const char *path, struct ledger **ret_ledger)
{
	struct ledger *ledger;
	int r;

	if (access(path, F_OK) < 0)
		return -errno;
	r = new_ledger(path, SQLITE_OPEN_READONLY, &ledger);
	if (r < 0)
		return r;
	r = schema_check(ledger->db);
	if (r > 0)
		r = -ESTALE;
	if (r == 0)
		r = prepare_all(ledger);
	if (r < 0) {
		ledger_close(ledger);
		return r;
	}
	*ret_ledger = ledger;
	return 0;
}

void ledger_close(struct ledger *ledger)
{
	if (!ledger)
		return;
	for (int i = 0; i < SQL_COUNT; i++)
		(void)sqlite3_finalize(ledger->statements[i]);
	(void)sqlite3_close(ledger->db);
	free(ledger->path);
	free(ledger);
}

int ledger_commit(struct ledger *ledger)
{
	sqlite3_stmt *stmt = ledger->statements[SQL_COMMIT];
	int rc;

	if (ledger->failed)
		return ledger->failed;
	if (!ledger_has_uncommitted(ledger))
		return 0;
	rc = sqlite3_step(stmt);
	(void)sqlite3_reset(stmt);
	return rc == SQLITE_DONE ? 0 : ledger_fail(ledger, rc);
}

bool ledger_has_uncommitted(const struct ledger *ledger)
{
	return !sqlite3_get_autocommit(ledger->db);
}

int ledger_check_room(const struct ledger *ledger)
{
	return ledger_file_check_room(ledger->path);
}

const char *ledger_error_text(const struct ledger *ledger)
{
	return ledger->text;
}

void ledger_explain(const char *path, int error, char out[static LEDGER_WHY_MAX])
{
	switch (-error) {
	case EPROTONOSUPPORT:
		snprintf(out, LEDGER_WHY_MAX,
			 "the ledger %s was written by a newer muster; it is untouched: use that "
			 "version",
			 path);
		break;
	case ESTALE:
		snprintf(out, LEDGER_WHY_MAX,
			 "the ledger %s was written by an older muster; muster run brings it up to "
			 "date when it starts",
			 path);
		break;
	case EUCLEAN:
		snprintf(
			out, LEDGER_WHY_MAX,
			"%s is not a ledger of muster, or is damaged; it is untouched: move it and "
			"its -wal away, or bring back a copy",
			path);
		break;
	case ENOSPC:
		snprintf(out, LEDGER_WHY_MAX,
			 "there is too little free space for the ledger %s: %lld MiB are needed",
			 path, LEDGER_ROOM_MIN >> 20);
		break;
	case ENOENT:
		snprintf(out, LEDGER_WHY_MAX, "there is no ledger %s", path);
		break;
	default:
		snprintf(out, LEDGER_WHY_MAX, "the ledger %s cannot be used: %s", path,
			 strerror(-error));
	}
}
