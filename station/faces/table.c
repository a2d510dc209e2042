/* SPDX-License-Identifier: Apache-2.0 */
/* A table for a person: columns by display width, cut to the terminal, colours where they show. */
#include "config.h"

#include "station/faces/table.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "device/facts/clean.h"

/* Blanks between two columns. */
#define GAP	 2
#define ELLIPSIS "\u2026"
/* Blanks before a sentence that stands below its row; and what is no column. */
#define INDENT	  4
#define NO_COLUMN TABLE_COLUMNS_MAX

struct cell {
	char *text;
	enum table_tone tone;
};

struct table {
	unsigned columns;
	size_t rows; /* with the headings, which are the first */
	struct cell *cells;
	unsigned sentences; /* the column that holds them, or NO_COLUMN */
};

struct table *table_new(const char *const *headings, unsigned columns)
{
	struct table *table = calloc(1, sizeof *table);

	if (!table)
		return NULL;
	table->columns = columns;
	table->sentences = NO_COLUMN;
	if (table_add_row(table, headings, NULL) < 0) {
		table_free(table);
		return NULL;
	}
	return table;
}

void table_free(struct table *table)
{
	if (!table)
		return;
	for (size_t i = 0; i < table->rows * table->columns; i++)
		free(table->cells[i].text);
	free(table->cells);
	free(table);
}

void table_set_sentences(struct table *table, unsigned column)
{
	table->sentences = column;
}

static int fill_row(const struct table *table, struct cell *row, const char *const *cells,
		    const enum table_tone *tones)
{
	char cleaned[CLEAN_MAX + 1];

	for (unsigned i = 0; i < table->columns; i++) {
		clean_string(cells[i], cleaned);
		row[i].tone = tones ? tones[i] : TONE_PLAIN;
		row[i].text = strdup(cleaned);
		if (row[i].text)
			continue;
		while (i-- > 0)
			free(row[i].text);
		return -ENOMEM;
	}
	return 0;
}

int table_add_row(struct table *table, const char *const *cells, const enum table_tone *tones)
{
	size_t used = table->rows * table->columns;
	struct cell *grown;
	int r;

	/* A row at a time: the longest table is a day's devices. */
	grown = reallocarray(table->cells, used + table->columns, sizeof *grown);
	if (!grown)
		return -ENOMEM;
	table->cells = grown;
	r = fill_row(table, grown + used, cells, tones);
	if (r == 0)
		table->rows++;
	return r;
}

/* The columns that the character at TEXT takes, 0 to 2, and its bytes. */
static unsigned rune_width(const char *text, size_t *ret_bytes)
{
	mbstate_t state = { 0 };
	wchar_t rune;
	size_t n = mbrtowc(&rune, text, strlen(text), &state);
	int width;

	/* Cleaned text is valid; it is only not so without a locale that knows UTF-8. */
	if (n == (size_t)-1 || n == (size_t)-2 || n == 0) {
		*ret_bytes = 1;
		return 1;
	}
	*ret_bytes = n;
	width = wcwidth(rune);
	return width < 0 ? 1 : (unsigned)width;
}

/* The longest start of TEXT that is at most LIMIT columns wide: its bytes, and its width. */
static size_t measure(const char *text, unsigned limit, unsigned *ret_width)
{
	size_t used = 0;
	unsigned width = 0;

	while (text[used] != '\0') {
		size_t bytes;
		unsigned rune = rune_width(text + used, &bytes);

		if (width + rune > limit)
			break;
		width += rune;
		used += bytes;
	}
	*ret_width = width;
	return used;
}

static unsigned width_of(const char *text)
{
	unsigned width;

	(void)measure(text, (unsigned)-1 / 2, &width);
	return width;
}

/* How wide a line is; a column of width 0 is left out. */
static unsigned width_of_line(const unsigned *widths, unsigned columns)
{
	unsigned total = 0;

	for (unsigned i = 0; i < columns; i++)
		if (widths[i] > 0)
			total += widths[i] + (total > 0 ? GAP : 0);
	return total;
}

/* Makes the widest column narrower until a line fits WIDTH. */
static void shrink(unsigned *widths, unsigned columns, unsigned width)
{
	while (width_of_line(widths, columns) > width) {
		unsigned widest = 0;

		for (unsigned i = 0; i < columns; i++)
			if (widths[i] >= widths[widest])
				widest = i;
		if (widths[widest] <= TABLE_NARROWEST)
			return;
		widths[widest]--;
	}
}

const char *table_tone_begin(enum table_tone tone)
{
	switch (tone) {
	case TONE_PLAIN:
		return "";
	case TONE_GOOD:
		return "\033[32m";
	case TONE_BAD:
		return "\033[31m";
	case TONE_WAIT:
		return "\033[33m";
	case TONE_QUIET:
		return "\033[2m";
	}
	return "";
}

const char *table_tone_end(enum table_tone tone)
{
	return tone == TONE_PLAIN ? "" : "\033[0m";
}

/* Writes CELL, cut to ROOM columns; PAD fills what is left. */
static void print_cell(const struct cell *cell, FILE *out, unsigned room, bool pad, bool colour)
{
	const char *start = colour ? table_tone_begin(cell->tone) : "";
	const char *cut = "";
	unsigned width;
	size_t bytes = measure(cell->text, room, &width);

	if (cell->text[bytes] != '\0' && room > 0) {
		bytes = measure(cell->text, room - 1, &width);
		width++;
		cut = ELLIPSIS;
	}
	fprintf(out, "%s%.*s%s%s", start, (int)bytes, cell->text, cut,
		start[0] != '\0' ? "\033[0m" : "");
	if (pad)
		fprintf(out, "%*s", (int)(room - width + GAP), "");
}

/* No blanks at the end of a line. */
static void print_row(const struct table *table, const struct cell *cells, FILE *out,
		      const unsigned *widths, bool colour)
{
	unsigned last = table->columns - 1;

	while (last > 0 && (cells[last].text[0] == '\0' || widths[last] == 0))
		last--;
	for (unsigned i = 0; i <= last; i++)
		if (widths[i] > 0)
			print_cell(&cells[i], out, widths[i], i < last, colour);
	fputc('\n', out);
}

/* How many bytes of TEXT go into a line of WIDTH: to the last blank that does, or all that fits. */
static size_t break_line(const char *text, unsigned width)
{
	unsigned used;
	size_t fits = measure(text, width, &used), at = fits;

	if (text[fits] == '\0')
		return fits;
	while (at > 0 && text[at] != ' ')
		at--;
	return at > 0 ? at : fits;
}

/* The sentence in CELL, in lines of its own. */
static void print_sentence(const struct cell *cell, FILE *out, unsigned width, bool colour)
{
	const char *text = cell->text;
	unsigned room = width > INDENT + TABLE_NARROWEST ? width - INDENT : TABLE_NARROWEST;

	while (*text) {
		size_t bytes = break_line(text, room);

		fprintf(out, "%*s%s%.*s%s\n", INDENT, "",
			colour ? table_tone_begin(cell->tone) : "", (int)bytes, text,
			colour ? table_tone_end(cell->tone) : "");
		text += bytes;
		text += strspn(text, " ");
	}
}

static void print_rows(const struct table *table, FILE *out, unsigned width, bool colour)
{
	unsigned widths[TABLE_COLUMNS_MAX] = { 0 };
	bool below;

	for (size_t i = 0; i < table->rows * table->columns; i++) {
		unsigned own = width_of(table->cells[i].text);

		if (own > widths[i % table->columns])
			widths[i % table->columns] = own;
	}
	below = table->sentences != NO_COLUMN && width > 0 &&
		width_of_line(widths, table->columns) > width;
	if (below)
		widths[table->sentences] = 0;
	if (width > 0)
		shrink(widths, table->columns, width);
	for (size_t row = 0; row < table->rows; row++) {
		const struct cell *cells = table->cells + row * table->columns;

		print_row(table, cells, out, widths, colour);
		if (below && row > 0)
			print_sentence(&cells[table->sentences], out, width, colour);
	}
}

void table_print(const struct table *table, FILE *out, unsigned width, bool colour)
{
	/* Widths must not depend on what LANG an operator, or a service, happens to have. */
	locale_t utf8, before = (locale_t)0;

	if (table->rows < 2)
		return;
	utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (utf8)
		before = uselocale(utf8);
	print_rows(table, out, width, colour);
	if (utf8) {
		uselocale(before);
		freelocale(utf8);
	}
}

unsigned table_width_of(FILE *out)
{
	struct winsize size;

	return ioctl(fileno(out), TIOCGWINSZ, &size) < 0 ? 0 : size.ws_col;
}

bool table_wants_colour(FILE *out)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(out)) && term && strcmp(term, "dumb") != 0 &&
	       (!no_color || no_color[0] == '\0');
}
