/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values (RFC 4180), record by record. */
#ifndef PROFILES_FILES_CSV_READER_H
#define PROFILES_FILES_CSV_READER_H

#include <stddef.h>

/* Most cells of a record; none of ours needs more than a few. */
#define CSV_CELLS_MAX 32

struct csv_reader {
	char *at;	      /* the rest of the text */
	unsigned line;	      /* of the rest, from 1 */
	unsigned record_line; /* where the last record began */
	size_t count;
	char *cells[CSV_CELLS_MAX]; /* of the last record, in the text; quotes are taken off */
	const char *wrong;	    /* what is wrong with the last record */
};

/* Begins with TEXT, which ends with NUL, has none before, and is changed. The mark of UTF-8 in
 * front is passed over. */
void csv_begin(struct csv_reader *reader, char *text);

/*
 * Reads the next record; lines end with LF, CRLF or CR, and empty ones are passed over. Returns 1,
 * 0 at the end, or -EINVAL when it is not well-formed or has too many cells: READER tells why, and
 * the reading cannot go on.
 */
int csv_next(struct csv_reader *reader);

#endif
