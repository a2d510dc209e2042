/* SPDX-License-Identifier: Apache-2.0 */
/* The terminal: pages on it, keys from it. The one file that knows ncurses. */
#ifndef STATION_TOOLS_WATCH_SCREEN_H
#define STATION_TOOLS_WATCH_SCREEN_H

#include <stdbool.h>

#include "station/tools/watch_page.h"

enum watch_key {
	WATCH_KEY_NONE, /* no key is pressed */
	WATCH_KEY_OTHER,
	WATCH_KEY_QUIT,
	WATCH_KEY_UP,
	WATCH_KEY_DOWN,
	WATCH_KEY_PAGE_UP,
	WATCH_KEY_PAGE_DOWN,
	WATCH_KEY_HOME,
	WATCH_KEY_END,
	WATCH_KEY_ORDER,  /* by slot, or by need */
	WATCH_KEY_REDRAW, /* something else has written on the terminal */
};

/*
 * Takes stdin and stdout, which are a terminal, until watch_screen_close: pages replace what was
 * shown, keys are read one by one. The keys for signals and for stopping the output stay the
 * terminal's. SIGWINCH must be blocked; watch_screen_resize is told instead.
 * Returns 0, or -ENOTTY when the terminal's type (TERM) is not known.
 */
int watch_screen_open(bool colour);
/* Gives the terminal back as it was. */
void watch_screen_close(void);

/* Looks at the terminal's size. */
void watch_screen_resize(void);
void watch_screen_size(unsigned *ret_width, unsigned *ret_height);

/* Shows PAGE; only what is different is written. Waits while the terminal takes nothing. */
void watch_screen_show(const struct watch_page *page);
/* The next key, without waiting. */
enum watch_key watch_screen_key(void);

#endif
