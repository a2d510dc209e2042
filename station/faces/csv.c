/* SPDX-License-Identifier: Apache-2.0 */
/* One line of CSV (RFC 4180) that no spreadsheet takes for a formula. */
#include "station/faces/csv.h"

#include <stdbool.h>
#include <string.h>

#include "device/facts/clean.h"

/* OWASP's list for CSV injection (ASVS 1.2.10). Its TAB, CR and NUL are blanks in cleaned text, so
 * blanks in front are passed over. */
static bool looks_like_formula(const char *cell)
{
	static const char *const starters[] = {
		"=",	  "+",	    "-",      "@",
		"\uff1d", "\uff0b", "\uff0d", "\uff20", /* the same in full width */
	};

	cell += strspn(cell, " ");
	for (size_t i = 0; i < sizeof starters / sizeof starters[0]; i++)
		if (strncmp(cell, starters[i], strlen(starters[i])) == 0)
			return true;
	return false;
}

static void write_cell(FILE *out, const char *raw)
{
	char cell[CLEAN_MAX + 1];
	const char *guard;
	bool quoted;

	clean_string(raw, cell);
	guard = looks_like_formula(cell) ? "'" : "";
	/* Blanks at an end are part of the cell, and some readers drop them unless quoted. */
	quoted = strpbrk(cell, ",\"") || cell[0] == ' ' ||
		 (cell[0] != '\0' && cell[strlen(cell) - 1] == ' ');
	if (!quoted) {
		fprintf(out, "%s%s", guard, cell);
		return;
	}
	fprintf(out, "\"%s", guard);
	for (const char *c = cell; *c; c++) {
		if (*c == '"')
			fputc('"', out);
		fputc(*c, out);
	}
	fputc('"', out);
}

void csv_write_line(FILE *out, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			fputc(',', out);
		write_cell(out, cells[i]);
	}
	fputs("\r\n", out);
}
