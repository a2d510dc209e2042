/* SPDX-License-Identifier: Apache-2.0 */
/* A systemd unit as its files have it: the unit, and the drop-ins behind it (systemd.unit(5)). */
#ifndef STATION_TOOLS_UNIT_FILE_H
#define STATION_TOOLS_UNIT_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Longest value that is kept; longer ones are cut. */
#define UNIT_VALUE_MAX 512

struct unit;

/*
 * Reads the unit NAME ("usbmuxd.service") of the system whose files are below ROOT ("" is this
 * one's), with its drop-ins, in the order in which systemd reads them.
 * Returns 0 and the unit, the caller's to free; -ENOENT when there is none; or -ENOMEM.
 */
int unit_read(const char *root, const char *name, struct unit **ret_unit);
/* Takes NULL. */
void unit_free(struct unit *unit);

/* Linked to /dev/null, or empty: it cannot be started. */
bool unit_is_masked(const struct unit *unit);

/* The last value of KEY in SECTION; NULL when it has none, or it was emptied last. The unit's. */
const char *unit_value(const struct unit *unit, const char *section, const char *key);

#endif
