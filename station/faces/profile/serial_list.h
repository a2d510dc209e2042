/* SPDX-License-Identifier: Apache-2.0 */
/* A list of serial numbers with details, from files and from the ledger. */
#ifndef STATION_FACES_SERIAL_LIST_H
#define STATION_FACES_SERIAL_LIST_H

#include "profiles/values/problem.h"
#include "station/graph/serials.h"

/* Zeroed is empty. Each serial number is there once, with the details that came last. */
struct serial_list {
	size_t count;
	struct serial *list; /* SERIALS_MAX of them, of which only those in use take memory */
	void *tree;	     /* of search.h, by number */
};
void serial_list_done(struct serial_list *list);

/* Adds one. Returns 0; -EINVAL for no serial number; -ENOSPC past SERIALS_MAX; or -ENOMEM. */
int serial_list_add(struct serial_list *list, const char *number, const char *details);

/* Adds the rows "serial[,details]" of FILE, which has no headings. Returns 0, -EINVAL when PROBLEMS
 * tell what is wrong, with its line, or -ENOMEM. */
int serial_list_read(struct serial_list *list, const char *file, struct problems *problems);

/* Adds the devices in the ledger at PATH, of BATCH or, with NULL, of all, with the slot of each as
 * its details. Returns 0 (also without a ledger), or negative errno. */
int serial_list_recall(struct serial_list *list, const char *path, const char *batch);

/*
 * Writes the list as files PREFIX-1.csv, PREFIX-2.csv … in Intune's form, which has no headings and
 * at most SERIALS_FILE_MAX rows a file. No file is overwritten. Returns how many were written, or
 * negative errno: -EEXIST.
 */
int serial_list_write(const struct serial_list *list, const char *prefix);

#endif
