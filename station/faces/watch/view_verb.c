/* SPDX-License-Identifier: Apache-2.0 */
/* muster view: the station's child that shows its events, so that a terminal never stalls it. */
#include "station/faces/watch/view_verb.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/faces/table.h"
#include "station/faces/watch/view_lines.h"
#include "station/faces/watch/view_plain.h"

#define VERB "muster view"

/* How often the times in the table go on, in milliseconds, while a device is being worked on. */
#define TICK 1000
/* What is written at once: the table must not flicker. */
#define OUT_BUFFER_MAX 65536

struct view;

/* How events are shown. */
struct view_form {
	const char *name;
	void (*begin)(struct view *view);
	/* Returns 0, or negative when LINE is no event. */
	int (*line)(struct view *view, const char *line);
	/* What was read has been shown; or TICK has passed. */
	void (*pause)(struct view *view);
	void (*end)(struct view *view);
};

struct view {
	const struct view_form *form;
	struct view_plain plain;
	struct view_lines lines;
	unsigned unknown; /* lines that were no events */
};

static void json_nothing(struct view *view)
{
	(void)view;
}

static int json_line(struct view *view, const char *line)
{
	(void)view;
	puts(line);
	return 0;
}

static void json_pause(struct view *view)
{
	(void)view;
	fflush(stdout);
}

static int plain_line(struct view *view, const char *line)
{
	return view_plain_line(&view->plain, line, clock_monotonic());
}

static void plain_pause(struct view *view)
{
	struct winsize size = { 0 };

	/* Looked up each time: a window may change its size. */
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
		view->plain.screen.columns = size.ws_col;
		view->plain.screen.lines = size.ws_row > 1 ? size.ws_row - 1U : 0;
	}
	view_plain_draw(&view->plain, clock_monotonic());
}

static void plain_end(struct view *view)
{
	view_plain_erase(&view->plain);
	view_board_free(view->plain.board);
}

static void plain_begin(struct view *view)
{
	const char *term = getenv("TERM");

	view->plain.screen.out = stdout;
	view->plain.screen.colour = table_wants_colour(stdout);
	if (isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0)
		view->plain.board = view_board_new(); /* without memory: no table */
}

/* Whether the table's times go on. */
static bool ticks(const struct view *view)
{
	return view->plain.board && view_board_is_busy(view->plain.board);
}

/* Shows what comes until the end. Returns 0 or negative errno. */
static int show_all(struct view *view)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

	for (;;) {
		int r = poll(&input, 1, ticks(view) ? TICK : -1);
		const char *line;

		if (r < 0 && errno != EINTR)
			return -errno;
		if (r > 0)
			r = view_lines_read(&view->lines, STDIN_FILENO);
		else
			r = 1;
		if (r <= 0)
			return r;
		while ((line = view_lines_next(&view->lines)))
			if (line[0] && view->form->line(view, line) < 0)
				view->unknown++;
		view->form->pause(view);
		if (ferror(stdout))
			return -EIO;
	}
}

static int run(struct view *view)
{
	int r;

	signal(SIGINT, SIG_IGN);
	setvbuf(stdout, NULL, _IOFBF, OUT_BUFFER_MAX);
	view->form->begin(view);
	r = show_all(view);
	view->form->end(view);
	if (view->unknown + view->lines.lost > 0)
		fprintf(stderr, VERB ": %u lines were no events\n",
			view->unknown + view->lines.lost);
	if (r < 0)
		fprintf(stderr, VERB ": %s\n", strerror(-r));
	return r < 0 ? EXIT_TROUBLE : EXIT_PASSED;
}

static const struct view_form forms[] = {
	{ "plain", plain_begin, plain_line, plain_pause, plain_end },
	{ "json", json_nothing, json_line, json_pause, json_nothing },
};
#define FORMS (sizeof forms / sizeof forms[0])

int view_verb(int argc, char **argv)
{
	static struct view view; /* 64 KiB */
	const char *words[FORMS];

	if (argc != 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		fputs("usage: muster view plain|json < EVENTS\n", argc == 2 ? stdout : stderr);
		return argc == 2 ? EXIT_PASSED : EXIT_USAGE;
	}
	for (size_t i = 0; i < FORMS; i++) {
		words[i] = forms[i].name;
		if (strcmp(argv[1], forms[i].name) == 0)
			view.form = &forms[i];
	}
	if (!view.form) {
		option_unknown_word(VERB, "view", argv[1], words, FORMS);
		return EXIT_USAGE;
	}
	return run(&view);
}
