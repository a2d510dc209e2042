/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's file: made whole or not at all, looked at before it is touched, opened. */
#include "station/ledger/ledger_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* How long SQLite waits for a reader that just now recovers or closes the log. */
#define BUSY_MS 5000

/* Longest path of a ledger with a suffix and its end. */
#define PATH_ROOM 4096

static int with_suffix(char out[static PATH_ROOM], const char *path, const char *suffix)
{
	return snprintf(out, PATH_ROOM, "%s%s", path, suffix) < PATH_ROOM ? 0 : -ENAMETOOLONG;
}

/* Opens the directory that PATH lies in. Returns the descriptor or negative errno. */
static int open_dir_of(const char *path)
{
	char dir[PATH_ROOM];
	char *slash;
	int fd;

	if (with_suffix(dir, path, "") < 0)
		return -ENAMETOOLONG;
	slash = strrchr(dir, '/');
	if (!slash)
		strcpy(dir, ".");
	else
		slash[slash == dir] = '\0';
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int ledger_file_check_room(const char *path)
{
	struct statvfs fs;
	int fd = open_dir_of(path);
	int r = 0;

	if (fd < 0)
		return fd;
	if (fstatvfs(fd, &fs) < 0)
		r = -errno;
	else if (fs.f_bavail < LEDGER_ROOM_MIN / fs.f_frsize)
		r = -ENOSPC;
	close(fd);
	return r;
}

static int sync_dir_of(const char *path)
{
	int fd = open_dir_of(path);
	int r;

	if (fd < 0)
		return fd;
	r = fsync(fd) < 0 ? -errno : 0;
	close(fd);
	return r;
}

/* Sets what a connection does not keep in the file, and reads back what durability rests on. */
static int configure(sqlite3 *db, bool writing)
{
	int64_t synchronous = 0, foreign_keys = 0;
	int rc;

	(void)sqlite3_busy_timeout(db, BUSY_MS);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	rc = sqlite3_exec(db,
			  "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;"
			  "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;"
			  "PRAGMA synchronous = FULL;",
			  NULL, NULL, NULL);
	if (rc == SQLITE_OK && writing)
		rc = sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = schema_pragma(db, "PRAGMA synchronous", &synchronous);
	if (rc == SQLITE_OK)
		rc = schema_pragma(db, "PRAGMA foreign_keys", &foreign_keys);
	if (rc != SQLITE_OK)
		return ledger_errno(db, rc);
	return synchronous == 2 && foreign_keys == 1 ? 0 : -EIO;
}

int ledger_file_check_wal(sqlite3 *db)
{
	int64_t is_wal = 0;
	int rc = schema_pragma(db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode", &is_wal);

	if (rc != SQLITE_OK)
		return ledger_errno(db, rc);
	return is_wal ? 0 : -EIO;
}

int ledger_file_open(const char *path, int flags, sqlite3 **ret_db)
{
	sqlite3 *db = NULL;
	int rc = sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
				 NULL);
	int r = ledger_errno(db, rc);

	if (r == 0)
		r = configure(db, flags & SQLITE_OPEN_READWRITE);
	if (r < 0) {
		(void)sqlite3_close(db);
		return r;
	}
	*ret_db = db;
	return 0;
}

/* Makes an empty file for the owner only; its log and index get the same mode from SQLite. */
static int make_empty(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static int sync_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	int r;

	if (fd < 0)
		return -errno;
	r = fsync(fd) < 0 ? -errno : 0;
	close(fd);
	return r;
}

/* Fills the empty file at PATH; after it everything is in that one file, its log gone. */
static int fill(const char *path)
{
	sqlite3 *db;
	int r = ledger_file_open(path, SQLITE_OPEN_READWRITE, &db);

	if (r < 0)
		return r;
	r = ledger_errno(db, schema_migrate(db));
	if (r == 0)
		r = ledger_file_check_wal(db);
	/* The close would do this too, but not tell when it fails. */
	if (r == 0)
		r = ledger_errno(db, sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
							       NULL, NULL));
	(void)sqlite3_close(db);
	return r;
}

int ledger_file_create(const char *path)
{
	static const char *const leftovers[] = { ".new", ".new-wal", ".new-shm", ".new-journal" };
	char new_path[PATH_ROOM], log[PATH_ROOM];
	struct stat st;
	int r = with_suffix(log, path, "-wal");

	if (r < 0)
		return r;
	/* The log of a ledger that somebody took away: a new one must not swallow it. */
	if (stat(log, &st) == 0 && st.st_size > 0)
		return -EUCLEAN;
	for (size_t i = 0; i < sizeof leftovers / sizeof leftovers[0]; i++) {
		r = with_suffix(new_path, path, leftovers[i]);
		if (r < 0)
			return r;
		if (unlink(new_path) < 0 && errno != ENOENT)
			return -errno;
	}
	(void)with_suffix(new_path, path, ".new");
	r = make_empty(new_path);
	if (r == 0)
		r = fill(new_path);
	if (r == 0)
		r = sync_file(new_path);
	if (r == 0 && rename(new_path, path) < 0)
		r = -errno;
	return r < 0 ? r : sync_dir_of(path);
}

int ledger_file_inspect(const char *path)
{
	sqlite3 *db;
	int64_t sound = 0;
	struct stat st;
	int r, rc;

	if (stat(path, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EUCLEAN;
	r = ledger_file_open(path, SQLITE_OPEN_READONLY, &db);
	if (r < 0)
		return r;
	r = schema_check(db);
	if (r >= 0) {
		rc = schema_pragma(db, "SELECT quick_check = 'ok' FROM pragma_quick_check(1)",
				   &sound);
		r = rc != SQLITE_OK ? ledger_errno(db, rc) : sound ? 0 : -EUCLEAN;
	}
	(void)sqlite3_close(db);
	return r;
}
