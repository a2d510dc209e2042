/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values (RFC 4180), record by record. */
#include "profiles/files/csv_reader.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#define MARK_OF_UTF8 "\xef\xbb\xbf"

void csv_begin(struct csv_reader *reader, char *text)
{
	if (strncmp(text, MARK_OF_UTF8, 3) == 0)
		text += 3;
	*reader = (struct csv_reader){ .at = text, .line = 1 };
}

/* Passes over one end of a line at READER's place, if there is one. */
static bool take_line_end(struct csv_reader *reader)
{
	if (*reader->at != '\r' && *reader->at != '\n')
		return false;
	reader->at += reader->at[0] == '\r' && reader->at[1] == '\n' ? 2 : 1;
	reader->line++;
	return true;
}

static int refuse(struct csv_reader *reader, const char *wrong)
{
	reader->wrong = wrong;
	return -EINVAL;
}

/* Reads the cell that begins with a quote; its text moves to its front. */
static int take_quoted(struct csv_reader *reader)
{
	char *out = reader->cells[reader->count] = reader->at++;

	for (; *reader->at; *out++ = *reader->at++) {
		if (*reader->at == '\n' || (*reader->at == '\r' && reader->at[1] != '\n'))
			reader->line++;
		if (*reader->at != '"')
			continue;
		if (reader->at[1] == '"') {
			reader->at++; /* two stand for one */
			continue;
		}
		reader->at++;
		if (*reader->at && !strchr(",\r\n", *reader->at))
			return refuse(reader, "has something behind the quote that ends a cell");
		/* The quotes left room for the end. */
		*out = '\0';
		return 0;
	}
	return refuse(reader, "has a quote that begins a cell and none that ends it");
}

static int take_plain(struct csv_reader *reader)
{
	size_t len = strcspn(reader->at, ",\r\n\"");

	reader->cells[reader->count] = reader->at;
	reader->at += len;
	if (*reader->at == '"')
		return refuse(reader, "has a quote inside a cell that does not begin with one");
	return 0;
}

/* Ends the cell at READER's place. Returns whether another one follows in the record. */
static bool end_cell(struct csv_reader *reader)
{
	char *end = reader->at;
	bool more = *end == ',';

	if (more)
		reader->at++;
	else if (!take_line_end(reader))
		return false; /* the text's own end */
	*end = '\0';
	return more;
}

int csv_next(struct csv_reader *reader)
{
	bool more;
	int r;

	while (take_line_end(reader))
		;
	reader->count = 0;
	reader->record_line = reader->line;
	if (*reader->at == '\0')
		return 0;
	do {
		if (reader->count == CSV_CELLS_MAX)
			return refuse(reader, "has too many cells");
		r = *reader->at == '"' ? take_quoted(reader) : take_plain(reader);
		if (r < 0)
			return r;
		reader->count++;
		more = end_cell(reader);
	} while (more);
	return 1;
}
