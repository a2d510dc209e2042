/* SPDX-License-Identifier: Apache-2.0 */
/* An assets file: what an organisation knows of its devices, a row a serial number. */
#include "config.h"

#include "profiles/blueprint/assets.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "device/facts/clean.h"
#include "profiles/files/operator_file.h"

#define SERIAL_WORD "serial"

static const char upper_and_digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char word_bytes[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";

struct row {
	unsigned line;
	const char *cells[ASSETS_COLUMNS_MAX];
};

struct assets {
	char *file;
	unsigned char *text; /* the file's bytes, cut into cells */
	size_t columns, serial;
	const char *words[ASSETS_COLUMNS_MAX];
	/* Of each column, what a template asks once a variable: its longest cell, its first empty
	 * one's line or 0. */
	size_t longest[ASSETS_COLUMNS_MAX];
	unsigned empty_lines[ASSETS_COLUMNS_MAX];
	size_t count, room;
	struct row *rows; /* by serial number */
};

struct reading {
	struct assets *assets;
	struct csv_reader csv;
	struct problems *problems;
};

/* Adds a problem at the record's place. */
static __attribute__((format(printf, 2, 3))) void wrong(struct reading *reading, const char *format,
							...)
{
	char text[2 * CLEAN_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	problems_add(reading->problems, reading->assets->file, reading->csv.record_line, 0, "%s",
		     text);
}

/* The cell without the blanks around it. */
static char *trim(char *cell)
{
	size_t len;

	cell += strspn(cell, " \t");
	len = strlen(cell);
	while (len > 0 && strchr(" \t", cell[len - 1]))
		cell[--len] = '\0';
	return cell;
}

static void take_word(struct reading *reading, size_t at)
{
	struct assets *assets = reading->assets;
	char *word = trim(reading->csv.cells[at]);

	for (char *s = word; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s += 'a' - 'A';
	assets->words[at] = word;
	if (*word == '\0' || strlen(word) > ASSETS_WORD_MAX ||
	    strspn(word, word_bytes) != strlen(word))
		wrong(reading,
		      "has a column called \"%.40s\"; names of columns have letters, digits, - and _",
		      word);
	for (size_t i = 0; i < at; i++)
		if (strcmp(assets->words[i], word) == 0)
			wrong(reading, "has two columns called \"%.40s\"", word);
}

/* Reads the record that names the columns. Returns false, with a problem, when it does not. */
static bool take_words(struct reading *reading)
{
	struct assets *assets = reading->assets;
	size_t found = reading->problems->found;

	assets->columns = reading->csv.count;
	assets->serial = assets->columns;
	if (assets->columns == 1 && strpbrk(reading->csv.cells[0], ";\t")) {
		wrong(reading, "has cells with %s between them; save it with commas",
		      strchr(reading->csv.cells[0], ';') ? "semicolons" : "tabs");
		return false;
	}
	for (size_t i = 0; i < assets->columns; i++) {
		take_word(reading, i);
		if (strcmp(assets->words[i], SERIAL_WORD) == 0)
			assets->serial = i;
	}
	if (assets->serial == assets->columns)
		wrong(reading,
		      "names no column \"serial\"; the first line names the columns: serial,asset");
	return reading->problems->found == found;
}

static void take_serial(struct reading *reading, char *serial)
{
	size_t len = strlen(serial);

	for (char *s = serial; *s; s++)
		if (*s >= 'a' && *s <= 'z')
			*s -= 'a' - 'A';
	if (len == 0)
		wrong(reading, "has no serial number");
	else if (len > ASSETS_SERIAL_MAX || strspn(serial, upper_and_digits) != len)
		wrong(reading, "has \"%.40s\" for a serial number; it has letters and digits",
		      serial);
}

static int make_room(struct assets *assets)
{
	size_t room = assets->room ? 2 * assets->room : 64;
	struct row *rows;

	if (assets->count < assets->room)
		return 0;
	rows = reallocarray(assets->rows, room, sizeof *rows);
	if (!rows)
		return -ENOMEM;
	assets->rows = rows;
	assets->room = room;
	return 0;
}

/* Notes what CELL, of the record that is read, is for its COLUMN. */
static void weigh(struct reading *reading, size_t column, const char *cell)
{
	struct assets *assets = reading->assets;
	size_t len = strlen(cell);

	if (len > assets->longest[column])
		assets->longest[column] = len;
	if (len == 0 && assets->empty_lines[column] == 0)
		assets->empty_lines[column] = reading->csv.record_line;
}

static int take_row(struct reading *reading)
{
	struct assets *assets = reading->assets;
	char cleaned[CLEAN_MAX + 1];
	struct row *row;

	if (reading->csv.count != assets->columns) {
		wrong(reading, "has %zu cells; the first line names %zu columns",
		      reading->csv.count, assets->columns);
		return 0;
	}
	if (make_room(assets) < 0)
		return -ENOMEM;
	row = &assets->rows[assets->count++];
	row->line = reading->csv.record_line;
	for (size_t i = 0; i < assets->columns; i++) {
		char *cell = trim(reading->csv.cells[i]);

		clean_string(cell, cleaned);
		if (strcmp(cell, cleaned) != 0)
			wrong(reading,
			      "has text in %s that is too long, is not UTF-8, or does not show",
			      assets->words[i]);
		if (i == assets->serial)
			take_serial(reading, cell);
		weigh(reading, i, cell);
		row->cells[i] = cell;
	}
	return 0;
}

static int take_rows(struct reading *reading)
{
	int r = 0, next;

	while (r == 0 && (next = csv_next(&reading->csv)) > 0) {
		if (reading->assets->count == ASSETS_ROWS_MAX) {
			wrong(reading, "is past the %d devices taken", ASSETS_ROWS_MAX);
			return 0;
		}
		r = take_row(reading);
	}
	if (r == 0 && next < 0)
		wrong(reading, "%s", reading->csv.wrong);
	return r;
}

/* The column of serial numbers is given by SERIAL, a size_t. */
static int compare_rows(const void *a, const void *b, void *serial)
{
	size_t at = *(const size_t *)serial;
	const struct row *one = a, *other = b;
	int order = strcmp(one->cells[at], other->cells[at]);

	return order ? order : (one->line > other->line) - (one->line < other->line);
}

static void refuse_twins(struct reading *reading)
{
	struct assets *assets = reading->assets;

	for (size_t i = 1; i < assets->count; i++) {
		const struct row *row = &assets->rows[i], *before = &assets->rows[i - 1];
		const char *serial = row->cells[assets->serial];

		if (*serial && strcmp(serial, before->cells[assets->serial]) == 0)
			problems_add(reading->problems, assets->file, row->line, 0,
				     "has the serial number %s again, after line %u", serial,
				     before->line);
	}
}

/* Reads the SIZE bytes of ASSETS' text. Returns as assets_load. */
static int fill(struct assets *assets, size_t size, struct problems *problems)
{
	struct reading reading = { .assets = assets, .problems = problems };
	size_t found = problems->found;
	int r;

	if (memchr(assets->text, '\0', size)) {
		problems_add(problems, assets->file, 0, 0,
			     "is no text in UTF-8; save it as \"CSV UTF-8\"");
		return -EINVAL;
	}
	csv_begin(&reading.csv, (char *)assets->text);
	r = csv_next(&reading.csv);
	if (r <= 0)
		wrong(&reading, "%s", r < 0 ? reading.csv.wrong : "is empty");
	else if (take_words(&reading) && take_rows(&reading) < 0)
		return -ENOMEM;
	if (assets->count > 0)
		qsort_r(assets->rows, assets->count, sizeof *assets->rows, compare_rows,
			&assets->serial);
	refuse_twins(&reading);
	if (problems->found == found && assets->count == 0)
		wrong(&reading, "names columns, but no device");
	return problems->found > found ? -EINVAL : 0;
}

int assets_load(const char *file, struct problems *problems, struct assets **ret_assets)
{
	struct assets *assets = calloc(1, sizeof *assets);
	size_t size;
	int r = -ENOMEM;

	if (!assets)
		return r;
	assets->file = strdup(file);
	if (assets->file)
		r = operator_file_read(file, ASSETS_SIZE_MAX, problems, &assets->text, &size);
	if (r == 0)
		r = fill(assets, size, problems);
	if (r < 0)
		assets_free(assets);
	else
		*ret_assets = assets;
	return r;
}

void assets_free(struct assets *assets)
{
	if (!assets)
		return;
	free(assets->file);
	free(assets->text);
	free(assets->rows);
	free(assets);
}

const char *assets_file(const struct assets *assets)
{
	return assets->file;
}

size_t assets_rows(const struct assets *assets)
{
	return assets->count;
}

size_t assets_columns(const struct assets *assets)
{
	return assets->columns;
}

const char *assets_word(const struct assets *assets, size_t column)
{
	return assets->words[column];
}

int assets_find_column(const struct assets *assets, const char *word, size_t len,
		       size_t *ret_column)
{
	for (size_t i = 0; i < assets->columns; i++) {
		if (strlen(assets->words[i]) == len && memcmp(assets->words[i], word, len) == 0) {
			*ret_column = i;
			return 0;
		}
	}
	return -ENOENT;
}

int assets_find_row(const struct assets *assets, const char *serial, size_t *ret_row)
{
	size_t from = 0, to = assets->count;

	while (from < to) {
		size_t at = from + (to - from) / 2;
		int order = strcasecmp(serial, assets->rows[at].cells[assets->serial]);

		if (order == 0) {
			*ret_row = at;
			return 0;
		}
		if (order < 0)
			to = at;
		else
			from = at + 1;
	}
	return -ENOENT;
}

const char *assets_cell(const struct assets *assets, size_t row, size_t column)
{
	return assets->rows[row].cells[column];
}

size_t assets_longest(const struct assets *assets, size_t column)
{
	return assets->longest[column];
}

unsigned assets_empty_line(const struct assets *assets, size_t column)
{
	return assets->empty_lines[column];
}
