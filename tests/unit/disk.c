/* SPDX-License-Identifier: Apache-2.0 */
/* A disk below SQLite that fails, or loses power, at the operation that a test names. */
#include "config.h"

#include "tests/unit/disk.h"

#include <dirent.h>
#include <err.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/scratch.h"

/* Behind the name of a file: its bytes as they were last synced. */
#define DURABLE ".durable"

static enum disk_event planned;
static unsigned planned_at, operations;
static sqlite3_vfs *below;
static sqlite3_vfs ours;

/* SQLite's file of ours, with that of the real disk behind it. */
struct file {
	sqlite3_file base;
	char path[2 * SCRATCH_PATH];
	sqlite3_file *real;
};

static struct file *file_of(sqlite3_file *base)
{
	return (struct file *)base;
}

void disk_plan(enum disk_event event, unsigned at)
{
	planned = event;
	planned_at = at;
	operations = 0;
}

unsigned disk_operations(void)
{
	return operations;
}

/* Counts one operation; returns what SQLite is to hear instead of its result, or SQLITE_OK. */
static int count(int error, bool is_write)
{
	operations++;
	switch (planned) {
	case DISK_SOUND:
		return SQLITE_OK;
	case DISK_ERROR:
		return operations == planned_at ? error : SQLITE_OK;
	case DISK_BROKEN:
	case DISK_POWER_CUT:
		return operations >= planned_at ? error : SQLITE_OK;
	case DISK_FULL:
		return operations >= planned_at && is_write ? SQLITE_FULL : SQLITE_OK;
	}
	return SQLITE_OK;
}

static void durable_name(char out[static 4 * SCRATCH_PATH], const char *path)
{
	snprintf(out, 4 * SCRATCH_PATH, "%s" DURABLE, path);
}

/* Keeps the bytes of the file at PATH as what a power cut leaves of it. */
static void keep(const char *path)
{
	char durable[4 * SCRATCH_PATH];
	size_t size = 0;
	char *bytes = scratch_read(path, &size);

	if (!bytes)
		return;
	durable_name(durable, path);
	scratch_write(durable, bytes, size);
	free(bytes);
}

static int file_close(sqlite3_file *base)
{
	struct file *file = file_of(base);
	int rc = file->real->pMethods->xClose(file->real);

	sqlite3_free(file->real);
	return rc;
}

static int file_read(sqlite3_file *base, void *buffer, int amount, sqlite3_int64 offset)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xRead(real, buffer, amount, offset);
}

static int file_write(sqlite3_file *base, const void *bytes, int amount, sqlite3_int64 offset)
{
	sqlite3_file *real = file_of(base)->real;
	int rc = count(SQLITE_IOERR_WRITE, true);

	return rc ? rc : real->pMethods->xWrite(real, bytes, amount, offset);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	sqlite3_file *real = file_of(base)->real;
	int rc = count(SQLITE_IOERR_TRUNCATE, false);

	return rc ? rc : real->pMethods->xTruncate(real, size);
}

static int file_sync(sqlite3_file *base, int flags)
{
	struct file *file = file_of(base);
	int rc = count(SQLITE_IOERR_FSYNC, false);

	(void)flags; /* nothing here survives the test: no need to wait for the real disk */
	if (rc == SQLITE_OK && planned == DISK_POWER_CUT)
		keep(file->path);
	return rc;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xFileSize(real, ret_size);
}

static int file_lock(sqlite3_file *base, int level)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xLock(real, level);
}

static int file_unlock(sqlite3_file *base, int level)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xUnlock(real, level);
}

static int file_check_lock(sqlite3_file *base, int *ret_held)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xCheckReservedLock(real, ret_held);
}

static int file_control(sqlite3_file *base, int op, void *argument)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xFileControl(real, op, argument);
}

static int file_sector(sqlite3_file *base)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xSectorSize(real);
}

static int file_traits(sqlite3_file *base)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xDeviceCharacteristics(real);
}

static int shm_map(sqlite3_file *base, int page, int size, int extend, void volatile **ret_map)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xShmMap(real, page, size, extend, ret_map);
}

static int shm_lock(sqlite3_file *base, int offset, int n, int flags)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xShmLock(real, offset, n, flags);
}

static void shm_barrier(sqlite3_file *base)
{
	sqlite3_file *real = file_of(base)->real;

	real->pMethods->xShmBarrier(real);
}

static int shm_unmap(sqlite3_file *base, int remove)
{
	sqlite3_file *real = file_of(base)->real;

	return real->pMethods->xShmUnmap(real, remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_check_lock,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_traits,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags,
		     int *ret_flags)
{
	struct file *file = file_of(base);
	int rc;

	(void)vfs;
	memset(file, 0, sizeof *file);
	snprintf(file->path, sizeof file->path, "%s", path ? path : "");
	file->real = sqlite3_malloc(below->szOsFile);
	if (!file->real)
		return SQLITE_NOMEM;
	memset(file->real, 0, (size_t)below->szOsFile);
	rc = below->xOpen(below, path, file->real, flags, ret_flags);
	if (rc == SQLITE_OK)
		file->base.pMethods = &methods;
	else
		sqlite3_free(file->real);
	return rc;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync_dir)
{
	char durable[4 * SCRATCH_PATH];
	int rc = count(SQLITE_IOERR_DELETE, false);

	(void)vfs;
	if (rc)
		return rc;
	durable_name(durable, path);
	if (planned == DISK_POWER_CUT && sync_dir)
		(void)unlink(durable); /* perhaps it was never synced */
	return below->xDelete(below, path, sync_dir);
}

void disk_install(void)
{
	below = sqlite3_vfs_find(NULL);
	ours = *below;
	ours.zName = "disk";
	ours.pNext = NULL;
	ours.szOsFile = sizeof(struct file);
	ours.xOpen = disk_open;
	ours.xDelete = disk_delete;
	if (sqlite3_vfs_register(&ours, 1) != SQLITE_OK)
		errx(99, "no disk");
}

/* Calls VISIT with each file in DIR that has the DURABLE suffix, or with each that has not. */
static void for_files(const char *dir, bool durable, void (*visit)(const char *path))
{
	struct dirent **names;
	int count_of = scandir(dir, &names, NULL, alphasort);

	for (int i = 0; i < count_of; i++) {
		const char *suffix = strstr(names[i]->d_name, DURABLE);
		char path[SCRATCH_PATH];

		if (names[i]->d_name[0] != '.' && !!suffix == durable)
			visit(scratch_path(path, dir, names[i]->d_name));
		free(names[i]);
	}
	free(names);
}

static void remove_file(const char *path)
{
	(void)unlink(path);
}

/* X.durable becomes X. */
static void bring_back(const char *path)
{
	char name[SCRATCH_PATH];

	snprintf(name, sizeof name, "%.*s", (int)(strlen(path) - strlen(DURABLE)), path);
	if (rename(path, name) < 0)
		err(99, "%s", path);
}

void disk_remember(const char *dir)
{
	for_files(dir, true, remove_file);
	for_files(dir, false, keep);
}

void disk_forget_unsynced(const char *dir)
{
	for_files(dir, false, remove_file);
	for_files(dir, true, bring_back);
}
