/* SPDX-License-Identifier: Apache-2.0 */
/* A table for a person: columns by display width, cut to the terminal, colours where they show. */
#ifndef STATION_FACES_TABLE_H
#define STATION_FACES_TABLE_H

#include <stdbool.h>
#include <stdio.h>

/* Most columns of a table; none of ours has more than ten. */
#define TABLE_COLUMNS_MAX 16

/* How a cell is meant. Never the only bearer of meaning: the words say it too. */
enum table_tone {
	TONE_PLAIN,
	TONE_GOOD,
	TONE_BAD,
	TONE_WAIT,  /* a person must do or decide something */
	TONE_QUIET, /* for who wants to follow closely */
};
/* What a terminal takes to show text in TONE, and to end that; "" for TONE_PLAIN. */
const char *table_tone_begin(enum table_tone tone);
const char *table_tone_end(enum table_tone tone);

struct table;

/* A table with COLUMNS headings, which are copied. Returns NULL without memory. */
struct table *table_new(const char *const *headings, unsigned columns);
void table_free(struct table *table);

/* COLUMN holds sentences: where a line has no room for the longest, each stands below its row. */
void table_set_sentences(struct table *table, unsigned column);

/*
 * Adds a row; CELLS has one string a column (NULL counts as ""), copied and cleaned (clean.h).
 * TONES has one a column, or is NULL for all plain.
 * Returns 0 or -ENOMEM.
 */
int table_add_row(struct table *table, const char *const *cells, const enum table_tone *tones);

/*
 * Writes the headings and rows to OUT. With WIDTH > 0 no line is wider than it: sentences go below
 * their rows, then the widest columns are cut first, with an ellipsis (columns never get narrower
 * than TABLE_NARROWEST, so a very narrow terminal wraps). 0 is no limit. An empty table writes
 * nothing.
 */
#define TABLE_NARROWEST 4
void table_print(const struct table *table, FILE *out, unsigned width, bool colour);

/* The columns of the terminal that OUT is; 0 when it is none. */
unsigned table_width_of(FILE *out);
/* Whether colours should go to OUT: a terminal, TERM is not "dumb", NO_COLOR unset or empty. */
bool table_wants_colour(FILE *out);

#endif
