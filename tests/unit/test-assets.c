/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of comma-separated values and of assets files. */
#include "config.h"

#include "profiles/blueprint/assets.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/csv_reader.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* Text, and its records as "LINE:cell|cell" with a blank between them; or what is wrong. */
static const struct {
	const char *text, *want;
} records[] = {
	{ "", "" },
	{ "a", "1:a" },
	{ "a,b\nc,d\n", "1:a|b 2:c|d" },
	{ "a,b\r\nc,d\r\n", "1:a|b 2:c|d" },
	{ "a\rb", "1:a 2:b" },
	{ "\n\na\n\n\nb\n", "3:a 6:b" },
	{ "\xef\xbb\xbf"
	  "a,b",
	  "1:a|b" },
	{ ",", "1:|" },
	{ "a,\n,b", "1:a| 2:|b" },
	{ "\"a,b\",c", "1:a,b|c" },
	{ "\"a\"\"b\"", "1:a\"b" },
	{ "\"\"", "1:" },
	{ "\"\"\"\"", "1:\"" },
	{ "\"a\nb\",c\nd", "1:a\nb|c 3:d" },
	{ "\"a\r\nb\"\nd", "1:a\r\nb 3:d" },
	{ "a\nb\"c\n", "1:a 2!has a quote inside a cell that does not begin with one" },
	{ "\"a\"b", "1!has something behind the quote that ends a cell" },
	{ "a,\"b\nc", "1!has a quote that begins a cell and none that ends it" },
};

static void check_records(void)
{
	for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
		char *text = strdup(records[i].text), got[256] = "";
		struct csv_reader csv;
		size_t used = 0;
		int r;

		csv_begin(&csv, text);
		while ((r = csv_next(&csv)) > 0) {
			used += (size_t)sprintf(got + used, "%s%u:", used ? " " : "",
						csv.record_line);
			for (size_t k = 0; k < csv.count; k++)
				used += (size_t)sprintf(got + used, "%s%s", k ? "|" : "",
							csv.cells[k]);
		}
		if (r < 0)
			sprintf(got + used, "%s%u!%s", used ? " " : "", csv.record_line, csv.wrong);
		ok(strcmp(got, records[i].want) == 0, "record %zu", i);
		if (strcmp(got, records[i].want) != 0)
			printf("# got %s\n", got);
		free(text);
	}
}

static void check_many_cells(void)
{
	char text[2 * CSV_CELLS_MAX + 2];
	struct csv_reader csv;

	memset(text, ',', sizeof text);
	text[CSV_CELLS_MAX - 1] = '\0';
	csv_begin(&csv, text);
	is_number(csv_next(&csv), 1, "as many cells as may be");
	memset(text, ',', sizeof text);
	text[CSV_CELLS_MAX] = '\0';
	csv_begin(&csv, text);
	is_number(csv_next(&csv), -EINVAL, "one more");
}

#define NAMES "serial,asset,name\n"

/* Files, and what is wrong with them; "" nothing. */
static const struct {
	const char *text, *want;
} files[] = {
	{ NAMES "C02ABC,LIB-1,Kim\n", "" },
	{ "Asset , Serial\nLIB-1, c02abc \n", "" },
	{ NAMES, "f:2: names columns, but no device\n" },
	{ "\n", "f:2: is empty\n" },
	{ "asset,name\nA,B\n",
	  "f:1: names no column \"serial\"; the first line names the columns: serial,asset\n" },
	{ "serial;asset\nA;B\n",
	  "f:1: has cells with semicolons between them; save it with commas\n" },
	{ "serial\tasset\nA\tB\n", "f:1: has cells with tabs between them; save it with commas\n" },
	{ "serial,Inventar Nr\nA,B\n", "f:1: has a column called \"inventar nr\"; names of columns "
				       "have letters, digits, - and _\n" },
	{ "serial,\nA,B\n",
	  "f:1: has a column called \"\"; names of columns have letters, digits, - and _\n" },
	{ "serial,a,A\nA,B,C\n", "f:1: has two columns called \"a\"\n" },
	{ NAMES "A,B\nC,D,E\nF,G,H,I\n", "f:2: has 2 cells; the first line names 3 columns\n"
					 "f:4: has 4 cells; the first line names 3 columns\n" },
	{ NAMES ",B,C\nC-1,D,E\n012345678901234567890,D,E\n",
	  "f:2: has no serial number\n"
	  "f:3: has \"C-1\" for a serial number; it has letters and digits\n"
	  "f:4: has \"012345678901234567890\" for a serial number; it has letters and digits\n" },
	{ NAMES "A,1,\nB,2,\na,3,\nB,4,\nB,5,\n",
	  "f:4: has the serial number A again, after line 2\n"
	  "f:5: has the serial number B again, after line 3\n"
	  "f:6: has the serial number B again, after line 5\n" },
	{ NAMES "A,\xff,\n",
	  "f:2: has text in asset that is too long, is not UTF-8, or does not show\n" },
	{ NAMES "A,\"x\ny\",\n",
	  "f:2: has text in asset that is too long, is not UTF-8, or does not show\n" },
	{ NAMES "A,B,C\nD,\"E,F\n", "f:3: has a quote that begins a cell and none that ends it\n" },
};

static void check_files(void)
{
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct problems problems = { 0 };
		struct assets *assets = NULL;
		char *got;
		int r;

		scratch_write_text("f", files[i].text);
		r = assets_load("f", &problems, &assets);
		got = problems_text(&problems);
		is_string(got, files[i].want, "what is wrong");
		is_number(r, files[i].want[0] ? -EINVAL : 0, "and what is returned");
		free(got);
		assets_free(assets);
	}
}

static void check_nul(void)
{
	struct problems problems = { 0 };
	struct assets *assets = NULL;
	char *got;

	scratch_write("f", "s\0e\0r\0", 6);
	is_number(assets_load("f", &problems, &assets), -EINVAL, "UTF-16");
	got = problems_text(&problems);
	is_string(got, "f: is no text in UTF-8; save it as \"CSV UTF-8\"\n", "is told");
	free(got);
}

static void check_look_up(void)
{
	struct problems problems = { 0 };
	struct assets *assets = NULL;
	size_t row = 99, column = 99;

	scratch_write_text("f", NAMES "F9,LIB-9,Kim\nC02,LIB-10,\"Lee, \"\"J\"\"\"\nD7,LIB-7,\n");
	is_number(assets_load("f", &problems, &assets), 0, "a file");
	is_number((long long)assets_rows(assets), 3, "three devices");
	is_number(assets_find_row(assets, "c02", &row), 0, "a serial number in small letters");
	is_number(assets_find_column(assets, "name", 4, &column), 0, "a column");
	is_string(assets_cell(assets, row, column), "Lee, \"J\"", "its cell");
	is_number(assets_find_row(assets, "C0", &row), -ENOENT, "the beginning of a serial number");
	is_number(assets_find_row(assets, "", &row), -ENOENT, "no serial number");
	is_number(assets_find_column(assets, "nam", 3, &column), -ENOENT, "no column");
	is_number((long long)assets_longest(assets, 1), 6, "the longest asset");
	is_number(assets_empty_line(assets, 1), 0, "no asset is empty");
	is_number(assets_empty_line(assets, 2), 4, "a name is");
	assets_free(assets);
}

/* Many devices: looked up by halves, refused past the bound. */
static void check_many(unsigned count, int want)
{
	struct problems problems = { 0 };
	struct assets *assets = NULL;
	FILE *file = fopen("many", "we");
	size_t row, wrong = 0;
	char serial[16];

	fputs("serial,asset\n", file);
	for (unsigned i = 0; i < count; i++)
		fprintf(file, "S%07u,A%u\n", i * 7919 % count, i);
	fclose(file);
	is_number(assets_load("many", &problems, &assets), want, "many devices");
	for (unsigned i = 0; assets && i < count; i += 997) {
		snprintf(serial, sizeof serial, "S%07u", i);
		wrong += assets_find_row(assets, serial, &row) != 0 ||
			 strcmp(assets_cell(assets, row, 0), serial) != 0;
	}
	is_number((long long)wrong, 0, "all are found");
	problems_done(&problems);
	assets_free(assets);
}

int main(void)
{
	folder_enter();
	check_records();
	check_many_cells();
	check_files();
	check_nul();
	check_look_up();
	check_many(ASSETS_ROWS_MAX, 0);
	check_many(ASSETS_ROWS_MAX + 1, -EINVAL);
	folder_leave();
	return tap_done();
}
