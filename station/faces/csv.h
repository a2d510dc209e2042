/* SPDX-License-Identifier: Apache-2.0 */
/* One line of CSV (RFC 4180) that no spreadsheet takes for a formula. */
#ifndef STATION_FACES_CSV_H
#define STATION_FACES_CSV_H

#include <stdio.h>

/*
 * Writes COUNT cells as one line that ends with CR LF, each cell cleaned (clean.h) and quoted
 * where it must be. A cell that begins as a formula does in a spreadsheet (= + - @, also full
 * width, after any blanks) gets an apostrophe in front.
 */
void csv_write_line(FILE *out, const char *const *cells, size_t count);

#endif
