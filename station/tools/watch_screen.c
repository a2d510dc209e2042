/* SPDX-License-Identifier: Apache-2.0 */
/* The terminal: pages on it, keys from it. The one file that knows ncurses. */
#include "config.h"

/* Strings of wide characters, and no structure's insides. */
#define NCURSES_WIDECHAR 1

#include "station/tools/watch_screen.h"

#include <curses.h>
#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* How long the rest of a key may take that begins with ESC, in milliseconds. */
#define ESCAPE_TIME 25

/* Pairs of colours, by style, on the terminal's own background; 0 is the terminal's own. */
static const short colours[WATCH_STYLES] = {
	[WATCH_GOOD_STYLE] = COLOR_GREEN,
	[WATCH_BAD_STYLE] = COLOR_RED,
	[WATCH_WAIT_STYLE] = COLOR_YELLOW,
	[WATCH_ALARM] = COLOR_RED,
};

/* Also without colours, what needs a person stands out. */
static const attr_t attributes[WATCH_STYLES] = {
	[WATCH_QUIET] = A_DIM,
	[WATCH_STRONG] = A_BOLD,
	[WATCH_BAD_STYLE] = A_BOLD,
	[WATCH_WAIT_STYLE] = A_BOLD | A_REVERSE,
	[WATCH_ALARM] = A_BOLD | A_REVERSE,
};

int watch_screen_open(bool colour)
{
	/* initscr would end the process for us. */
	if (!newterm(NULL, stdout, stdin))
		return -ENOTTY;
	cbreak();
	noecho();
	nonl();
	curs_set(0);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(ESCAPE_TIME);
	if (colour && has_colors() && start_color() == OK && use_default_colors() == OK)
		for (short i = 0; i < WATCH_STYLES; i++)
			if (colours[i])
				init_pair(i, colours[i], -1);
	return 0;
}

void watch_screen_close(void)
{
	endwin();
}

void watch_screen_resize(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		resizeterm(size.ws_row, size.ws_col);
}

void watch_screen_size(unsigned *ret_width, unsigned *ret_height)
{
	*ret_width = COLS > 0 ? (unsigned)COLS : 0;
	*ret_height = LINES > 0 ? (unsigned)LINES : 0;
}

/* Writes the cells of ROW from X on that have one style. Returns where the next begin. */
static unsigned show_run(const struct watch_page *page, unsigned row, unsigned x)
{
	const struct watch_cell *cells = page->cells + (size_t)row * page->width;
	enum watch_style style = cells[x].style;
	wchar_t text[WATCH_WIDTH_MAX];
	unsigned start = x;
	int len = 0;

	for (; x < page->width && cells[x].style == style; x++)
		if (cells[x].rune)
			text[len++] = cells[x].rune;
	attr_set(attributes[style], has_colors() && colours[style] ? (short)style : 0, NULL);
	mvaddnwstr((int)row, (int)start, text, len);
	return x;
}

void watch_screen_show(const struct watch_page *page)
{
	erase();
	for (unsigned row = 0; row < page->height; row++)
		for (unsigned x = 0; x < page->width;)
			x = show_run(page, row, x);
	refresh();
}

enum watch_key watch_screen_key(void)
{
	switch (getch()) {
	case ERR:
		return WATCH_KEY_NONE;
	case 'q':
	case 'Q':
		return WATCH_KEY_QUIT;
	case KEY_UP:
	case 'k':
		return WATCH_KEY_UP;
	case KEY_DOWN:
	case 'j':
		return WATCH_KEY_DOWN;
	case KEY_PPAGE:
	case 'b':
		return WATCH_KEY_PAGE_UP;
	case KEY_NPAGE:
	case ' ':
		return WATCH_KEY_PAGE_DOWN;
	case KEY_HOME:
	case 'g':
		return WATCH_KEY_HOME;
	case KEY_END:
	case 'G':
		return WATCH_KEY_END;
	case 'o':
	case 'O':
		return WATCH_KEY_ORDER;
	case 'L' & 0x1f:
		clearok(stdscr, TRUE);
		return WATCH_KEY_REDRAW;
	default:
		return WATCH_KEY_OTHER;
	}
}
