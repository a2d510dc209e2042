/* SPDX-License-Identifier: Apache-2.0 */
/* An assets file: what an organisation knows of its devices, a row a serial number. */
#ifndef PROFILES_BLUEPRINT_ASSETS_H
#define PROFILES_BLUEPRINT_ASSETS_H

#include <stddef.h>

#include "profiles/files/csv_reader.h"
#include "profiles/values/problem.h"

/* Largest file, in bytes, and most devices: the largest fleets order some ten thousand at a time.
 */
#define ASSETS_SIZE_MAX (16U << 20)
#define ASSETS_ROWS_MAX 100000
/* Most columns. */
#define ASSETS_COLUMNS_MAX CSV_CELLS_MAX
/* Longest name of a column, without its end. */
#define ASSETS_WORD_MAX 32
/* Longest serial number, without its end. */
#define ASSETS_SERIAL_MAX 20

struct assets;

/*
 * Reads FILE, CSV in UTF-8: the first record names the columns (lower-case letters, digits, '-' and
 * '_'), one of which is "serial". Every record has as many cells. Cells are clean (clean.h), and
 * blanks around them do not count. All that is wrong goes to PROBLEMS with its line; a serial
 * number that is there twice is named with both.
 * Returns 0 and RET_ASSETS (the caller's, assets_free), -EINVAL when PROBLEMS tell why not, or
 * -ENOMEM.
 */
int assets_load(const char *file, struct problems *problems, struct assets **ret_assets);
void assets_free(struct assets *assets);

const char *assets_file(const struct assets *assets);
size_t assets_rows(const struct assets *assets);
size_t assets_columns(const struct assets *assets);
const char *assets_word(const struct assets *assets, size_t column);

/* The column called by the LEN bytes at WORD. Returns 0 and RET_COLUMN, or -ENOENT. */
int assets_find_column(const struct assets *assets, const char *word, size_t len,
		       size_t *ret_column);

/* The row of the device SERIAL, in either case. Returns 0 and RET_ROW, or -ENOENT. */
int assets_find_row(const struct assets *assets, const char *serial, size_t *ret_row);

/* A cell, perhaps ""; rows are in order of their serial numbers. */
const char *assets_cell(const struct assets *assets, size_t row, size_t column);

/* The bytes of the column's longest cell; the line of its first empty one, 0 when none is. */
size_t assets_longest(const struct assets *assets, size_t column);
unsigned assets_empty_line(const struct assets *assets, size_t column);

#endif
