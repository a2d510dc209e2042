/* SPDX-License-Identifier: Apache-2.0 */
/* An assets file of the operator's: each cell can be shown, each device is found by its number. */
#include "profiles/blueprint/assets.h"

#include <ctype.h>
#include <string.h>

#include "tests/fuzz/entry.h"

static void check_words(const struct assets *assets)
{
	size_t columns = assets_columns(assets);

	must(columns >= 1 && columns <= ASSETS_COLUMNS_MAX);
	for (size_t i = 0; i < columns; i++) {
		const char *word = assets_word(assets, i);
		size_t found = columns;

		must(word[0] && strlen(word) <= ASSETS_WORD_MAX && entry_is_clean(word));
		must(assets_find_column(assets, word, strlen(word), &found) == 0 && found == i);
	}
}

static void find_again(const struct assets *assets, size_t row, const char *serial)
{
	char lower[ASSETS_SERIAL_MAX + 1] = "";
	size_t found = row + 1;

	must(serial[0] && strlen(serial) <= ASSETS_SERIAL_MAX);
	must(assets_find_row(assets, serial, &found) == 0 && found == row);
	for (size_t i = 0; serial[i]; i++)
		lower[i] = (char)tolower((unsigned char)serial[i]);
	found = row + 1;
	must(assets_find_row(assets, lower, &found) == 0 && found == row);
}

/* What is told of the column, without a look at its cells, is so. */
static void check_column(const struct assets *assets, size_t column)
{
	size_t longest = 0, empty = 0;

	for (size_t row = 0; row < assets_rows(assets); row++) {
		const char *cell = assets_cell(assets, row, column);

		must(entry_is_clean(cell));
		must(!strchr(" \t", cell[0]) || !cell[0]);
		longest = strlen(cell) > longest ? strlen(cell) : longest;
		empty += !cell[0];
	}
	must(assets_longest(assets, column) == longest);
	must((assets_empty_line(assets, column) > 0) == (empty > 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct problems problems = { 0 };
	struct assets *assets = NULL;
	size_t serial = 0;
	int r = assets_load(entry_file(bytes, size), &problems, &assets);

	must(r < 0 ? !assets && problems.errors > 0 : assets && problems.errors == 0);
	if (assets) {
		must(assets_rows(assets) >= 1 && assets_rows(assets) <= ASSETS_ROWS_MAX);
		check_words(assets);
		must(assets_find_column(assets, "serial", strlen("serial"), &serial) == 0);
		for (size_t row = 0; row < assets_rows(assets); row++)
			find_again(assets, row, assets_cell(assets, row, serial));
		for (size_t column = 0; column < assets_columns(assets); column++)
			check_column(assets, column);
	}
	assets_free(assets);
	problems_done(&problems);
	return 0;
}
