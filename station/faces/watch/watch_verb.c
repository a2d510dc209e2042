/* SPDX-License-Identifier: Apache-2.0 */
/* muster watch: the board of a running station on a terminal, in a process of its own. */
#include "config.h"

#include "station/faces/watch/watch_verb.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "station/tools/call.h"
#include "station/tools/call_words.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/tools/state.h"
#include "station/faces/table.h"
#include "station/faces/watch/watch_layout.h"
#include "station/faces/watch/watch_link.h"
#include "station/tools/watch_screen.h"

#define VERB "muster watch"

/* How often the times on the board go on, in milliseconds, while one counts. */
#define TICK 1000
/* The shortest time between two pages: no eye sees more. */
#define DRAW_TIME 50
/* How long a connection that is made again may take, and the time until the next try. */
#define RETRY_LIMIT 1000
#define RETRY_TIME  1000

static const char help[] =
	"muster watch - the board of the running station, on this terminal\n"
	"\n"
	"usage: muster watch\n"
	"\n"
	"One line a slot: where the device is plugged in, how it stands, and the one thing to\n"
	"do about it. Who waits for a person stands out, and comes first when not all have room.\n"
	"What is done here never touches the station.\n"
	"\n"
	"  PgUp PgDn, arrows  look at the others      o  by slot, or by need\n"
	"  Home End           first, last             q  leave; the station goes on\n"
	"\n"
	"  --until-end  end when the station ends, and leave Ctrl-C to it: how muster run\n"
	"               starts it\n"
	"  -h, --help   this\n"
	"\n"
	"A sign and a word tell the same as the colours:\n"
	"  ! WAITING  a person must do something      + PASSED     unplug it\n"
	"  x FAILED, REMOVED                          # SET ASIDE  a person must decide\n"
	"  > working  leave it plugged in             ~ absent     it left, and is expected back\n"
	"\n"
	"Exit status: 0, 2 wrong command line or no terminal, 4 no station answers.\n";

struct watch {
	bool until_end;
	struct state state;
	struct watch_link link;
	struct watch_board board;
	struct watch_wish wish;
	struct watch_shown shown;
	int signals;
	msec_t drawn, tried; /* when a page was shown, and a connection tried, last */
	bool stale;	     /* the page shows no more what there is */
	bool over, station_ended;
};

static int tell_trouble(const char *what)
{
	fprintf(stderr, VERB ": %s\n", what);
	return EXIT_TROUBLE;
}

/* Signals as news, so that none comes in the middle of a page. */
static int open_signals(bool until_end)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGWINCH);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	if (!until_end)
		sigaddset(&signals, SIGINT);
	else
		signal(SIGINT, SIG_IGN); /* the station gets it, too, and decides when it is over */
	if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0)
		return -errno;
	return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void draw(struct watch *watch)
{
	unsigned width, height;
	struct watch_page *page;

	watch_screen_size(&width, &height);
	page = watch_page_new(width, height);
	if (!page)
		return; /* the next one may have memory */
	watch->drawn = clock_monotonic();
	watch->shown = watch_layout(&watch->board, &watch->wish, watch->drawn, page);
	watch->wish.top = watch->shown.top;
	watch_screen_show(page);
	watch_page_free(page);
	watch->stale = false;
}

static void scroll(struct watch *watch, enum watch_key key)
{
	unsigned *top = &watch->wish.top, page = watch->shown.count;
	bool more = *top + page < watch->board.count;

	if (key == WATCH_KEY_UP && *top > 0)
		--*top;
	if (key == WATCH_KEY_DOWN && more)
		++*top;
	if (key == WATCH_KEY_PAGE_UP)
		*top = *top > page ? *top - page : 0;
	if (key == WATCH_KEY_PAGE_DOWN && more)
		*top += page;
	if (key == WATCH_KEY_HOME)
		*top = 0;
	if (key == WATCH_KEY_END)
		*top = watch->board.count;
}

static void read_keys(struct watch *watch)
{
	enum watch_key key;

	while ((key = watch_screen_key()) != WATCH_KEY_NONE) {
		watch->over |= key == WATCH_KEY_QUIT;
		if (key == WATCH_KEY_ORDER) {
			watch->wish.by_slot = !watch->wish.by_slot;
			watch->wish.top = 0;
		}
		scroll(watch, key);
		watch->stale = true;
	}
}

static void read_signals(struct watch *watch)
{
	struct signalfd_siginfo news;

	while (read(watch->signals, &news, sizeof news) == (ssize_t)sizeof news) {
		if (news.ssi_signo == SIGWINCH)
			watch_screen_resize();
		else
			watch->over = true;
		watch->stale = true;
	}
}

static void connect_again(struct watch *watch)
{
	int r = watch_link_open(&watch->link, RETRY_LIMIT, &watch->board);

	watch->tried = clock_monotonic();
	watch->stale = true;
	if (r == 0) {
		watch->board.notice[0] = '\0';
		return;
	}
	/* A station that drops us for our slowness is still there. */
	if (watch->until_end && (r == -ENOENT || r == -ECONNREFUSED)) {
		watch->over = watch->station_ended = true;
		return;
	}
	snprintf(watch->board.notice, sizeof watch->board.notice,
		 "The station does not answer. This is how the bench was; looking for it again.");
}

static void read_station(struct watch *watch)
{
	if (watch_link_read(&watch->link, &watch->board, clock_monotonic()) < 0)
		connect_again(watch);
	watch->stale = true;
}

/* Milliseconds until there is something to do though nothing happens; -1 for never. */
static int wait_time(const struct watch *watch)
{
	msec_t now = clock_monotonic(), until = -1;

	if (watch->stale)
		until = watch->drawn + DRAW_TIME;
	else if (watch->link.fd < 0)
		until = watch->tried + RETRY_TIME;
	else if (watch_board_counts(&watch->board))
		until = watch->drawn + TICK;
	if (until < 0)
		return -1;
	return until > now ? (int)(until - now) : 0;
}

/* Waits for the next thing, and does it. */
static void step(struct watch *watch)
{
	struct pollfd polls[] = { { .fd = STDIN_FILENO, .events = POLLIN },
				  { .fd = watch->signals, .events = POLLIN },
				  { .fd = watch->link.fd, .events = POLLIN } };
	int r = poll(polls, 3, wait_time(watch));

	if (r == 0)
		watch->stale = true;
	if (r <= 0)
		polls[0].revents = polls[1].revents = polls[2].revents = 0;
	if (polls[0].revents & POLLIN)
		read_keys(watch);
	else if (polls[0].revents)
		watch->over = true; /* the terminal is gone */
	if (polls[1].revents)
		read_signals(watch);
	if (polls[2].revents)
		read_station(watch);
	else if (watch->link.fd < 0 && clock_monotonic() >= watch->tried + RETRY_TIME)
		connect_again(watch);
}

/* Where the person goes on, once the board is no longer on the terminal. */
static void tell_end(const struct watch *watch)
{
	const struct watch_board *board = &watch->board;

	if (watch->station_ended)
		printf("The station has ended: %u passed, %u failed, %u set aside, %u removed.\n",
		       board->passed, board->failed, board->set_aside, board->removed);
	else if (watch->until_end)
		printf("The station goes on. Look again: muster --state %s watch. "
		       "End it: Ctrl-C\n",
		       watch->state.dir);
}

static int run(struct watch *watch)
{
	int r;

	watch->signals = open_signals(watch->until_end);
	if (watch->signals < 0)
		return tell_trouble(strerror(errno));
	r = watch_screen_open(table_wants_colour(stdout));
	if (r < 0) {
		close(watch->signals);
		fprintf(stderr, VERB ": this terminal's type, TERM, is not known\n");
		return EXIT_USAGE;
	}
	watch->stale = true;
	while (!watch->over) {
		if (watch->stale && clock_monotonic() >= watch->drawn + DRAW_TIME)
			draw(watch);
		step(watch);
	}
	watch_screen_close();
	close(watch->signals);
	tell_end(watch);
	return EXIT_PASSED;
}

static int connect_and_run(struct watch *watch, const char *state_option)
{
	char why[CALL_WHY_MAX];
	int r = state_locate(state_option, &watch->state), status;

	if (r < 0) {
		state_explain(&watch->state, r, why);
		return tell_trouble(why);
	}
	watch->link.socket = watch->state.socket;
	watch->link.fd = -1;
	r = watch_link_open(&watch->link, CALL_LIMIT, &watch->board);
	if (r < 0) {
		call_explain(&watch->state, r, why);
		return tell_trouble(why);
	}
	status = run(watch);
	watch_link_close(&watch->link);
	return status;
}

/* Returns -1 to go on, or the exit status. */
static int read_request(struct watch *watch, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "until-end", no_argument, NULL, 'u' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_PASSED;
		}
		if (option != 'u')
			return EXIT_USAGE;
		watch->until_end = true;
	}
	if (!option_ends(VERB, argc, argv))
		return EXIT_USAGE;
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return -1;
	fputs(VERB ": needs a terminal; muster devices prints the board once\n", stderr);
	return EXIT_USAGE;
}

int watch_verb(const char *state_option, int argc, char **argv)
{
	struct watch *watch = calloc(1, sizeof *watch);
	int status;

	if (!watch)
		return tell_trouble("no memory");
	setlocale(LC_CTYPE, "");
	status = read_request(watch, argc, argv);
	if (status < 0)
		status = connect_and_run(watch, state_option);
	free(watch);
	return status;
}
