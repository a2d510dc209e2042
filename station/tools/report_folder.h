/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of a stick where Macs left their reports: opened and listed, as a stranger's. */
#ifndef STATION_TOOLS_REPORT_FOLDER_H
#define STATION_TOOLS_REPORT_FOLDER_H

#include <limits.h>
#include <stddef.h>

/* Most reports of one stick: it would be a year's work. */
#define REPORT_FOLDER_MAX 2000

struct report_folder {
	int fd; /* of the folder */
	size_t count;
	char (*names)[NAME_MAX + 1]; /* of its files "….json", in order of bytes */
};

/*
 * Opens the reports below TOP, the stick's own folder, ours on it, or the reports' itself
 * ("Enroll/results", "results", or TOP). Links are not followed. Hidden files, as macOS leaves them
 * on sticks, are not listed.
 * Returns 0 and RET_FOLDER (report_folder_close); -ENOENT when TOP has no such folder; -E2BIG for
 * more than REPORT_FOLDER_MAX; or another negative errno.
 */
int report_folder_open(const char *top, struct report_folder *ret_folder);
void report_folder_close(struct report_folder *folder);

#endif
