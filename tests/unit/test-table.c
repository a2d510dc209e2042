/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: columns by display width, the cut to a terminal, tones; and what stdout is. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "station/faces/table.h"
#include "tests/unit/tap.h"

#define COLUMNS 3

static struct table *table_of(const char *const (*rows)[COLUMNS], size_t count)
{
	struct table *table = table_new(rows[0], COLUMNS);

	for (size_t i = 1; i < count; i++)
		is_number(table_add_row(table, rows[i], NULL), 0, "a row is added");
	return table;
}

/* What TABLE prints; the caller's. */
static char *printed(const struct table *table, unsigned width, bool colour)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	table_print(table, out, width, colour);
	fclose(out);
	return text;
}

static void is_printed(const struct table *table, unsigned width, const char *want,
		       const char *what)
{
	char *got = printed(table, width, false);

	is_string(got, want, what);
	free(got);
}

static void check_widths(void)
{
	static const char *const rows[][COLUMNS] = {
		{ "SLOT", "NAME", "STATE" },	  { "1", "plain", "ok" }, { "22", "会議室", "ok" },
		{ "3", "e\u0301te\u0301", "ok" }, { "4", NULL, "" },
	};
	struct table *table = table_of(rows, 5);

	is_printed(table, 0,
		   "SLOT  NAME    STATE\n"
		   "1     plain   ok\n"
		   "22    会議室  ok\n"
		   "3     e\u0301te\u0301     ok\n"
		   "4\n",
		   "columns stand by what is seen, not by bytes");
	is_printed(table, 19,
		   "SLOT  NAME    STATE\n"
		   "1     plain   ok\n"
		   "22    会議室  ok\n"
		   "3     e\u0301te\u0301     ok\n"
		   "4\n",
		   "what just fits is not cut");
	is_printed(table, 18,
		   "SLOT  NAME   STATE\n"
		   "1     plain  ok\n"
		   "22    会議…  ok\n"
		   "3     e\u0301te\u0301    ok\n"
		   "4\n",
		   "the widest is cut first");
	is_printed(table, 17,
		   "SLOT  NAME   STA…\n"
		   "1     plain  ok\n"
		   "22    会議…  ok\n"
		   "3     e\u0301te\u0301    ok\n"
		   "4\n",
		   "of two that are equally wide, the last");
	is_printed(table, 1,
		   "SLOT  NAME  STA…\n"
		   "1     pla…  ok\n"
		   "22    会…   ok\n"
		   "3     e\u0301te\u0301   ok\n"
		   "4\n",
		   "columns keep their least width; a character of two columns is never halved");
	table_free(table);
}

static void check_sentences(void)
{
	static const char *const rows[][COLUMNS] = {
		{ "SLOT", "WHAT NOW", "TIME" },
		{ "1", "Tap Trust on the device.", "0:04" },
		{ "2", "", "0:05" },
	};
	struct table *table = table_of(rows, 3);

	table_set_sentences(table, 1);
	is_printed(table, 36,
		   "SLOT  WHAT NOW                  TIME\n"
		   "1     Tap Trust on the device.  0:04\n"
		   "2                               0:05\n",
		   "sentences that have room stand in their column");
	is_printed(table, 35,
		   "SLOT  TIME\n"
		   "1     0:04\n"
		   "    Tap Trust on the device.\n"
		   "2     0:05\n",
		   "else below their rows");
	is_printed(table, 18,
		   "SLOT  TIME\n"
		   "1     0:04\n"
		   "    Tap Trust on\n"
		   "    the device.\n"
		   "2     0:05\n",
		   "in as many lines as they need");
	is_printed(table, 9,
		   "SLOT  TIME\n"
		   "1     0:04\n"
		   "    Tap\n"
		   "    Trust\n"
		   "    on\n"
		   "    the\n"
		   "    devic\n"
		   "    e.\n"
		   "2     0:05\n",
		   "a word that is longer than a line is broken");
	table_free(table);
}

static void check_empty(void)
{
	static const char *const headings[COLUMNS] = { "A", "B", "C" };
	struct table *table = table_new(headings, COLUMNS);

	is_printed(table, 0, "", "a table without rows is nothing");
	table_free(table);
	table_free(NULL);
}

/* The same widths with whatever locale the program has. */
static void check_locale(void)
{
	static const char *const rows[][COLUMNS] = { { "A", "B", "C" }, { "é", "x", "y" } };
	struct table *table = table_of(rows, 2);

	setenv("LC_ALL", "C", 1);
	is_printed(table, 0, "A  B  C\né  x  y\n", "also without a UTF-8 locale");
	unsetenv("LC_ALL");
	table_free(table);
}

static void check_tones(void)
{
	static const char *const headings[COLUMNS] = { "A", "B", "C" };
	static const char *const cells[COLUMNS] = { "good", "bad", "wait" };
	static const enum table_tone tones[COLUMNS] = { TONE_GOOD, TONE_BAD, TONE_WAIT };
	struct table *table = table_new(headings, COLUMNS);
	char *text;

	is_number(table_add_row(table, cells, tones), 0, "a row with tones");
	text = printed(table, 0, true);
	is_string(text,
		  "A     B    C\n"
		  "\033[32mgood\033[0m  \033[31mbad\033[0m  \033[33mwait\033[0m\n",
		  "each tone has its colour, and columns stand as without");
	free(text);
	is_printed(table, 0, "A     B    C\ngood  bad  wait\n", "none where none is wanted");
	table_free(table);
}

/* The environment that decides about colours on a terminal, and what it decides. */
static void check_colour_on(FILE *terminal)
{
	static const struct {
		const char *term, *no_color;
		bool want;
	} cases[] = {
		{ "xterm", NULL, true }, { "xterm", "", true }, { "xterm", "1", false },
		{ "dumb", NULL, false }, { NULL, NULL, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		unsetenv("TERM");
		unsetenv("NO_COLOR");
		if (cases[i].term)
			setenv("TERM", cases[i].term, 1);
		if (cases[i].no_color)
			setenv("NO_COLOR", cases[i].no_color, 1);
		is_number(table_wants_colour(terminal), cases[i].want, "TERM and NO_COLOR decide");
	}
}

static void check_terminal(void)
{
	struct winsize size = { .ws_col = 47, .ws_row = 10 };
	int leader = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	FILE *terminal = NULL, *file = tmpfile();

	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	is_number(table_width_of(file), 0, "a file has no width");
	ok(!table_wants_colour(file), "and wants no colours");
	fclose(file);
	if (leader >= 0 && grantpt(leader) == 0 && unlockpt(leader) == 0)
		terminal = fopen(ptsname(leader), "r+e");
	if (!terminal) {
		tap_skip("no pseudo-terminal here");
		return;
	}
	is_number(ioctl(leader, TIOCSWINSZ, &size), 0, "a terminal of 47 columns");
	is_number(table_width_of(terminal), 47, "is as wide as it is");
	check_colour_on(terminal);
	fclose(terminal);
	close(leader);
}

int main(void)
{
	check_widths();
	check_sentences();
	check_empty();
	check_locale();
	check_tones();
	check_terminal();
	return tap_done();
}
