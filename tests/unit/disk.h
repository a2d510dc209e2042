/* SPDX-License-Identifier: Apache-2.0 */
/* A disk below SQLite that fails, or loses power, at the operation that a test names. */
#ifndef TESTS_UNIT_DISK_H
#define TESTS_UNIT_DISK_H

#include <stdbool.h>

/* What happens at the chosen operation. Operations are writes, syncs, truncations and removals. */
enum disk_event {
	DISK_SOUND,
	DISK_ERROR,	/* it fails with an I/O error, once */
	DISK_BROKEN,	/* it and all that follow do */
	DISK_FULL,	/* it and all writes that follow find no room */
	DISK_POWER_CUT, /* as broken; and what was not synced before can be forgotten */
};

/* Puts the disk below every SQLite connection that is opened from now on. */
void disk_install(void);

/* Lets EVENT happen at operation AT, counted from 1 from now on; counting begins anew. */
void disk_plan(enum disk_event event, unsigned at);
/* The operations since disk_plan. */
unsigned disk_operations(void);

/*
 * Before the power cut: what is in DIR now is taken as durable. After it, with all connections
 * closed: DIR gets what was synced, and nothing else.
 */
void disk_remember(const char *dir);
void disk_forget_unsynced(const char *dir);

#endif
