/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux as our child: its news, our orders, and its restart when it dies. */
#include "config.h"

#include "station/tools/muxlink.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "device/facts/record.h"
#include "station/tools/child.h"
#include "station/tools/child_words.h"
#include "station/tools/clock.h"
#include "station/tools/timer.h"

/* Pauses before a restart, in milliseconds: they double from the first to the last. A process that
 * lived for LIVED_WELL begins anew. The last is short: every device waits for it, and two starts a
 * second cost little. */
#define PAUSE_FIRST 100
#define PAUSE_LAST  500
#define LIVED_WELL  10000
/* What it may take to end once its conversation is closed, in milliseconds. The loop waits for it.
 */
#define END_LIMIT 500

struct muxlink {
	sd_event *event;
	char *program;
	void (*heard)(const struct mux_event *news, void *userdata);
	void *userdata;
	pid_t pid; /* 0: none */
	int socket;
	sd_event_source *talk_source, *child_source, *pause_source;
	struct child_words *words;
	msec_t started, pause;
};

static int on_pause_over(sd_event_source *source, uint64_t usec, void *userdata);

static void tell_down(struct muxlink *link, const char *why)
{
	struct mux_event news = { .verb = MUX_DOWN, .own = true };

	clean_string(why, news.text);
	link->heard(&news, link->userdata);
}

/* Ends what is left of the process: once its conversation is closed it ends by itself, and removes
 * its gates. */
static void drop(struct muxlink *link)
{
	link->talk_source = sd_event_source_disable_unref(link->talk_source);
	link->child_source = sd_event_source_disable_unref(link->child_source);
	if (link->socket >= 0)
		close(link->socket);
	link->socket = -1;
	if (link->pid > 0)
		child_end(link->pid, END_LIMIT);
	link->pid = 0;
	child_words_close(link->words);
	link->words = NULL;
}

static void start_later(struct muxlink *link)
{
	msec_t pause = link->pause;

	if (clock_monotonic() - link->started >= LIVED_WELL)
		pause = 0;
	link->pause = pause == 0 ? PAUSE_FIRST : pause * 2 > PAUSE_LAST ? PAUSE_LAST : pause * 2;
	if (timer_arm(link->event, &link->pause_source, pause, on_pause_over, link) < 0)
		log_line(LEVEL_ERROR, NULL, "muster-mux will not be started again: no timer");
}

static void lose(struct muxlink *link, const char *why)
{
	log_line(LEVEL_WARN, NULL, "muster-mux: %s; starting it again", why);
	drop(link);
	start_later(link);
	tell_down(link, why);
}

/* Returns 1, 0 when the process is no longer of use, or -EAGAIN. */
static int hear_record(struct muxlink *link)
{
	struct record record;
	struct mux_event news;
	int fd = -1;
	int r = record_receive(link->socket, &record, &fd);

	if (fd >= 0)
		close(fd);
	if (r == -EAGAIN)
		return r;
	if (r <= 0 || mux_event_parse(&record, &news) < 0)
		return 0;
	link->heard(&news, link->userdata);
	return 1;
}

static int on_talk(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct muxlink *link = userdata;
	int r;

	(void)source;
	(void)fd;
	(void)events;
	r = hear_record(link);
	if (r == 0)
		lose(link, "it ended, or said what cannot be understood");
	return 0;
}

static int on_exit_of_mux(sd_event_source *source, const siginfo_t *news, void *userdata)
{
	struct muxlink *link = userdata;
	char why[64];

	(void)source;
	snprintf(why, sizeof why, "it ended by %s %d",
		 news->si_code == CLD_EXITED ? "exit status" : "signal", news->si_status);
	link->pid = 0;
	lose(link, why);
	return 0;
}

static int attach_to_loop(struct muxlink *link)
{
	int r;

	if (fcntl(link->socket, F_SETFL, O_NONBLOCK) < 0)
		return -errno;
	r = sd_event_add_io(link->event, &link->talk_source, link->socket, EPOLLIN, on_talk, link);
	if (r < 0)
		return r;
	return sd_event_add_child(link->event, &link->child_source, link->pid, WEXITED,
				  on_exit_of_mux, link);
}

static int start_process(struct muxlink *link)
{
	const char *argv[] = { link->program, NULL };
	struct child_order order = { .argv = argv, .in = -1 };
	int ends[2], err, r;

	r = child_words_open(link->event, "muster-mux", NULL, &link->words, &err);
	if (r < 0)
		return r;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
		r = -errno;
		close(err);
		return r;
	}
	link->socket = ends[0];
	order.out = order.err = err;
	order.talk = ends[1];
	r = child_start(&order, &link->pid);
	close(ends[1]);
	close(err);
	return r;
}

static int start(struct muxlink *link)
{
	int r;

	link->started = clock_monotonic();
	r = start_process(link);
	if (r == 0)
		r = attach_to_loop(link);
	if (r < 0)
		drop(link);
	return r;
}

static int on_pause_over(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct muxlink *link = userdata;
	int r;

	(void)source;
	(void)usec;
	r = start(link);
	if (r < 0)
		lose(link, strerror(-r));
	return 0;
}

int muxlink_open(sd_event *event, const char *program,
		 void (*heard)(const struct mux_event *news, void *userdata), void *userdata,
		 struct muxlink **ret_link)
{
	struct muxlink *link = calloc(1, sizeof *link);
	int r;

	if (!link)
		return -ENOMEM;
	*link = (struct muxlink){
		.event = event, .heard = heard, .userdata = userdata, .socket = -1
	};
	link->program = strdup(program);
	r = link->program ? start(link) : -ENOMEM;
	if (r < 0) {
		muxlink_close(link);
		return r;
	}
	*ret_link = link;
	return 0;
}

void muxlink_kill(struct muxlink *link)
{
	if (link->pid > 0)
		child_signal(link->pid, SIGKILL);
}

int muxlink_tell(struct muxlink *link, const struct mux_order *order)
{
	int r = link->socket < 0 ? -ENOTCONN : mux_order_send(link->socket, order);

	if (r == -EAGAIN)
		muxlink_kill(link);
	return r;
}

void muxlink_close(struct muxlink *link)
{
	if (!link)
		return;
	drop(link);
	sd_event_source_disable_unref(link->pause_source);
	free(link->program);
	free(link);
}
