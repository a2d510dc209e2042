/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's file: what is not ours, newer, damaged or not writable is refused and untouched. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/ledger/ledger_store.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static char dir[SCRATCH_PATH], path[SCRATCH_PATH], log_path[SCRATCH_PATH];

static void remove_ledger(void)
{
	char shm[SCRATCH_PATH];

	(void)unlink(path);
	(void)unlink(log_path);
	(void)unlink(scratch_path(shm, dir, "ledger.sqlite-shm"));
}

/* Runs SQL on the file through a connection of no ledger. */
static void sql(const char *text)
{
	sqlite3 *db;
	char *error = NULL;

	sqlite3_open(path, &db);
	if (sqlite3_exec(db, text, NULL, NULL, &error) != SQLITE_OK)
		ok(false, "%s: %s", text, error);
	sqlite3_close(db);
}

/* A copy of what the file and its log hold. */
struct bytes {
	char *file, *log;
	size_t file_size, log_size;
};

static struct bytes take_bytes(void)
{
	struct bytes bytes = { 0 };

	bytes.file = scratch_read(path, &bytes.file_size);
	bytes.log = scratch_read(log_path, &bytes.log_size);
	return bytes;
}

static bool same(const char *a, size_t a_size, const char *b, size_t b_size)
{
	return a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

/* Opening, for writing and reading, returns ERROR and leaves every byte as it is. */
static void is_refused(int error, const char *what)
{
	struct bytes before = take_bytes(), after;
	struct ledger *ledger = NULL;
	unsigned interrupted = 7;

	is_number(ledger_open(path, 1, &ledger, &interrupted), error, what);
	is_number(ledger_open_readonly(path, &ledger), error, "nor is it read");
	ok(!ledger && interrupted == 7, "nothing is returned");
	after = take_bytes();
	ok(same(before.file, before.file_size, after.file, after.file_size), "untouched");
	ok(same(before.log, before.log_size, after.log, after.log_size), "nor is its log");
	free(before.file);
	free(before.log);
	free(after.file);
	free(after.log);
}

/* A ledger with a few jobs, closed. */
static void make_ledger(unsigned jobs)
{
	struct job_opening what = { .udid = { "0123456789abcdef0123456789abcdef01234567" },
				    .batch = "b",
				    .blueprint = "p",
				    .blueprint_sha256 = "",
				    .operator= "o" };
	struct ledger *ledger = NULL;
	unsigned interrupted;

	remove_ledger();
	is_number(ledger_open(path, 1, &ledger, &interrupted), 0, "a ledger is made");
	for (unsigned i = 0; i < jobs; i++)
		(void)ledger_open_job(ledger, &what, 2, &(int64_t){ 0 });
	is_number(ledger_commit(ledger), 0, "and filled");
	ledger_close(ledger);
}

static void check_foreign(void)
{
	static const char text[] = "This is a letter, and no ledger. It is rather long, so that it "
				   "could hold the header of one: a hundred bytes and some more.";

	remove_ledger();
	scratch_write(path, text, strlen(text));
	is_refused(-EUCLEAN, "a letter is no ledger");
	scratch_write(path, "", 0);
	is_refused(-EUCLEAN, "nor is an empty file");
	scratch_write(path, "SQLite format 3", 16);
	is_refused(-EUCLEAN, "nor only the beginning of a header");
	remove_ledger();
	sql("CREATE TABLE recipe (name TEXT)");
	is_refused(-EUCLEAN, "nor somebody else's database");
	sql("PRAGMA user_version = 1");
	is_refused(-EUCLEAN, "also when its version looks like ours");
	remove_ledger();
	sql("PRAGMA application_id = 1836282994; CREATE TABLE recipe (name TEXT)");
	is_refused(-EUCLEAN, "nor one with our mark and no version");
	remove_ledger();
	mkdir(path, 0700);
	is_number(ledger_open(path, 1, &(struct ledger *){ 0 }, &(unsigned){ 0 }), -EUCLEAN,
		  "nor a directory");
	rmdir(path);
}

static void check_newer(void)
{
	sqlite3 *db;

	make_ledger(3);
	sql("PRAGMA user_version = 99");
	is_refused(-EPROTONOSUPPORT, "a newer muster's ledger is refused");
	/* The version stands in the log only, as after a crash of the newer muster. */
	make_ledger(3);
	sqlite3_open(path, &db);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
	sqlite3_close(db);
	is_refused(-EPROTONOSUPPORT, "also when only its log says so");
}

static void check_damaged(void)
{
	static const long places[] = { 20, 100, 4096, 4096 * 5 + 3 };
	struct bytes whole;

	make_ledger(200);
	whole = take_bytes();
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		char *torn = malloc(whole.file_size);

		memcpy(torn, whole.file, whole.file_size);
		memset(torn + places[i], 0x5a, 64);
		scratch_write(path, torn, whole.file_size);
		is_number(ledger_open(path, 1, &(struct ledger *){ 0 }, &(unsigned){ 0 }), -EUCLEAN,
			  "a damaged page is found before anything is written");
		free(torn);
	}
	scratch_write(path, whole.file, whole.file_size / 2);
	is_refused(-EUCLEAN, "half a file is damage");
	scratch_write(path, whole.file, whole.file_size);
	sql("DROP VIEW result");
	is_refused(-EUCLEAN, "so is a view that is gone");
	free(whole.file);
	free(whole.log);
}

/* The log of a ledger that was taken away alone still holds jobs: a new one must not eat it. */
static void check_orphaned_log(void)
{
	struct stat st;

	remove_ledger();
	scratch_write(log_path, "a log", 5);
	is_number(ledger_open(path, 1, &(struct ledger *){ 0 }, &(unsigned){ 0 }), -EUCLEAN,
		  "a log without its ledger is refused");
	ok(stat(log_path, &st) == 0 && st.st_size == 5, "and stays");
	ok(stat(path, &st) < 0, "no ledger is made over it");
	remove_ledger();
}

/* What a station that died while it made its first ledger has left. */
static void check_unfinished(void)
{
	static const char *const leftovers[] = { "ledger.sqlite.new", "ledger.sqlite.new-wal",
						 "ledger.sqlite.new-shm",
						 "ledger.sqlite.new-journal" };
	char left[SCRATCH_PATH];

	for (size_t i = 0; i < 4; i++)
		scratch_write(scratch_path(left, dir, leftovers[i]), "unfinished", 10);
	make_ledger(1);
	for (size_t i = 0; i < 4; i++)
		ok(access(scratch_path(left, dir, leftovers[i]), F_OK) < 0, "%s is gone",
		   leftovers[i]);
}

static int open_as_nobody(void *userdata)
{
	(void)userdata;
	if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
		return 99;
	return -ledger_open(path, 1, &(struct ledger *){ 0 }, &(unsigned){ 0 });
}

static int open_with_small_files(void *userdata)
{
	struct rlimit small = { 8192, 8192 };

	(void)userdata;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	return -ledger_open(path, 1, &(struct ledger *){ 0 }, &(unsigned){ 0 });
}

/* What CALL returns in a process of its own. */
static int in_child(int (*call)(void *userdata), void *userdata)
{
	pid_t child;
	int status = 0;

	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(call(userdata));
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void check_rights(void)
{
	make_ledger(1);
	chmod(dir, 0555);
	chmod(path, 0400);
	is_number(in_child(open_as_nobody, NULL), EACCES, "a ledger that we may not read");
	chmod(path, 0444);
	is_number(in_child(open_as_nobody, NULL), EACCES, "nor write");
	chmod(path, 0666);
	is_number(in_child(open_as_nobody, NULL), EACCES, "nor have a log beside");
	chmod(dir, 0700);
	remove_ledger();
	chmod(dir, 0555);
	is_number(in_child(open_as_nobody, NULL), EACCES, "nor make");
	chmod(dir, 0700);
	is_number(ledger_open("/nowhere/at/all/ledger.sqlite", 1, &(struct ledger *){ 0 },
			      &(unsigned){ 0 }),
		  -ENOENT, "nor in a directory that is not there");
	is_number(in_child(open_with_small_files, NULL), ENOSPC,
		  "a limit on files is as good as a full disk");
	ok(access(path, F_OK) < 0, "and no half ledger stands in its place");
}

static void check_explain(void)
{
	static const struct {
		int error;
		const char *says;
	} table[] = {
		{ -EPROTONOSUPPORT, "newer muster" },
		{ -EUCLEAN, "is not a ledger of muster" },
		{ -ENOSPC, "16 MiB" },
		{ -ENOENT, "there is no ledger" },
		{ -EACCES, "Permission denied" },
		{ -EIO, "Input/output error" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char why[LEDGER_WHY_MAX];

		ledger_explain("/s/ledger.sqlite", table[i].error, why);
		ok(strstr(why, "/s/ledger.sqlite") && strstr(why, table[i].says), "%s", why);
	}
}

/* SQLite's results and the errno that each is to us. */
static void check_errno(void)
{
	static const struct {
		int rc, error;
	} table[] = {
		{ SQLITE_OK, 0 },
		{ SQLITE_FULL, -ENOSPC },
		{ SQLITE_NOMEM, -ENOMEM },
		{ SQLITE_IOERR_NOMEM, -ENOMEM },
		{ SQLITE_IOERR_FSYNC, -EIO },
		{ SQLITE_IOERR_WRITE, -EIO },
		{ SQLITE_BUSY, -EBUSY },
		{ SQLITE_BUSY_SNAPSHOT, -EBUSY },
		{ SQLITE_LOCKED, -EBUSY },
		{ SQLITE_READONLY, -EROFS },
		{ SQLITE_READONLY_DIRECTORY, -EACCES },
		{ SQLITE_PERM, -EACCES },
		{ SQLITE_CANTOPEN, -EACCES },
		{ SQLITE_CORRUPT, -EUCLEAN },
		{ SQLITE_CORRUPT_INDEX, -EUCLEAN },
		{ SQLITE_NOTADB, -EUCLEAN },
		{ SQLITE_ERROR, -EUCLEAN },
		{ SQLITE_MISUSE, -EIO },
		{ SQLITE_CONSTRAINT_NOTNULL, -EIO },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		is_number(ledger_errno(NULL, table[i].rc), table[i].error,
			  sqlite3_errstr(table[i].rc));
}

int main(void)
{
	scratch_make(dir);
	scratch_path(path, dir, "ledger.sqlite");
	scratch_path(log_path, dir, "ledger.sqlite-wal");
	check_foreign();
	check_newer();
	check_damaged();
	check_orphaned_log();
	check_unfinished();
	check_rights();
	check_explain();
	check_errno();
	scratch_remove(dir);
	return tap_done();
}
