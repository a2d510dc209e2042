/* SPDX-License-Identifier: Apache-2.0 */
/* One HTTPS exchange by a muster-fetch of its own: ordered, and its answer taken. */
#include "config.h"

#include "station/tools/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/tools/child.h"
#include "station/tools/programs.h"
#include "station/tools/timer.h"

/* Read at once: a pipe's worth. */
#define CHUNK 65536

struct fetch {
	sd_event_source *writer, *reader, *timer;
	fetch_done *done;
	void *userdata;
	pid_t pid;
	int in, out;   /* our ends of the child's descriptors 0 and 1; -1 closed */
	char *message; /* the order; secret */
	size_t size, written;
	char *answer; /* what has come; secret, with a byte of room behind it */
	size_t come, room;
};

static void free_secret(char *bytes, size_t size)
{
	if (bytes)
		explicit_bzero(bytes, size);
	free(bytes);
}

static void close_in(struct fetch *fetch)
{
	fetch->writer = sd_event_source_disable_unref(fetch->writer);
	if (fetch->in >= 0)
		close(fetch->in);
	fetch->in = -1;
}

/* It has said all, or it shall not say more. */
static void end_child(struct fetch *fetch)
{
	close_in(fetch);
	fetch->reader = sd_event_source_disable_unref(fetch->reader);
	fetch->timer = sd_event_source_disable_unref(fetch->timer);
	if (fetch->out >= 0)
		close(fetch->out);
	fetch->out = -1;
	if (fetch->pid <= 0)
		return;
	child_end(fetch->pid, 0);
	fetch->pid = 0;
}

void fetch_free(struct fetch *fetch)
{
	if (!fetch)
		return;
	end_child(fetch);
	free_secret(fetch->message, fetch->size);
	free_secret(fetch->answer, fetch->room);
	free(fetch);
}

/* Says R, or with 0 the answer that has come; FETCH may be gone afterwards. */
static void say_done(struct fetch *fetch, int r)
{
	struct exchange_answer answer;

	end_child(fetch);
	if (r == 0 && fetch->come == 0)
		r = -EPIPE;
	if (r == 0) {
		fetch->answer[fetch->come] = '\0';
		r = exchange_read_answer(fetch->answer, fetch->come, &answer);
	}
	fetch->done(r, r == 0 ? &answer : NULL, fetch->userdata);
}

static int on_late(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	say_done(userdata, -ETIMEDOUT);
	return 0;
}

static int on_writable(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct fetch *fetch = userdata;
	ssize_t n = write(fd, fetch->message + fetch->written, fetch->size - fetch->written);

	(void)source;
	(void)events;
	fetch->written += n > 0 ? (size_t)n : 0;
	/* One that does not read has a reason, and says it or ends. */
	if ((n < 0 && errno != EAGAIN && errno != EINTR) || fetch->written == fetch->size)
		close_in(fetch);
	return 0;
}

/* Room for one more chunk. */
static int make_room(struct fetch *fetch)
{
	char *larger;

	if (fetch->come + CHUNK < fetch->room)
		return 0;
	if (fetch->come > EXCHANGE_MESSAGE_MAX)
		return -EMSGSIZE;
	larger = malloc(2 * fetch->room + 2 * CHUNK);
	if (!larger)
		return -ENOMEM;
	if (fetch->come > 0)
		memcpy(larger, fetch->answer, fetch->come);
	free_secret(fetch->answer, fetch->room);
	fetch->answer = larger;
	fetch->room = 2 * fetch->room + 2 * CHUNK;
	return 0;
}

static int on_readable(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct fetch *fetch = userdata;
	int r = make_room(fetch);
	ssize_t n;

	(void)source;
	(void)events;
	if (r < 0) {
		say_done(fetch, r);
		return 0;
	}
	n = read(fd, fetch->answer + fetch->come, CHUNK);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		say_done(fetch, -errno);
	else if (n == 0)
		say_done(fetch, 0);
	else if (n > 0)
		fetch->come += (size_t)n;
	return 0;
}

static int make_pipes(int in[static 2], int out[static 2])
{
	if (pipe2(in, O_CLOEXEC) < 0)
		return -errno;
	if (pipe2(out, O_CLOEXEC) < 0) {
		close(in[0]);
		close(in[1]);
		return -errno;
	}
	/* Only our ends do not wait. */
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	return 0;
}

/* Starts the program with an environment of nothing: no proxy, no key log, no settings of
 * libraries come in that way. */
static int start_child(struct fetch *fetch)
{
	static char *const nothing[] = { NULL };
	char program[PATH_MAX];
	const char *argv[] = { program, NULL };
	int in[2], out[2], r = program_find("muster-fetch", program);
	struct child_order order = {
		.argv = argv, .environment = nothing, .err = STDERR_FILENO, .talk = -1
	};

	if (r == 0)
		r = make_pipes(in, out);
	if (r < 0)
		return r;
	order.in = in[0];
	order.out = out[1];
	r = child_start(&order, &fetch->pid);
	close(in[0]);
	close(out[1]);
	fetch->in = in[1];
	fetch->out = out[0];
	return r;
}

int fetch_start(sd_event *event, const struct exchange_order *order, fetch_done *done,
		void *userdata, struct fetch **ret_fetch)
{
	struct fetch *fetch = calloc(1, sizeof *fetch);
	int r;

	if (!fetch)
		return -ENOMEM;
	*fetch = (struct fetch){ .done = done, .userdata = userdata, .in = -1, .out = -1 };
	r = exchange_write_order(order, &fetch->message, &fetch->size);
	if (r == 0)
		r = start_child(fetch);
	if (r >= 0)
		r = sd_event_add_io(event, &fetch->writer, fetch->in, EPOLLOUT, on_writable, fetch);
	if (r >= 0)
		r = sd_event_add_io(event, &fetch->reader, fetch->out, EPOLLIN, on_readable, fetch);
	if (r >= 0)
		r = timer_arm(event, &fetch->timer, order->total + FETCH_GRACE, on_late, fetch);
	if (r < 0) {
		fetch_free(fetch);
		return r;
	}
	*ret_fetch = fetch;
	return 0;
}

/* Who waits. */
struct waiting {
	sd_event *event;
	fetch_done *done;
	void *userdata;
};

static void on_done(int r, const struct exchange_answer *answer, void *userdata)
{
	struct waiting *waiting = userdata;

	waiting->done(r, answer, waiting->userdata);
	sd_event_exit(waiting->event, r);
}

int fetch_wait(const struct exchange_order *order, fetch_done *done, void *userdata)
{
	struct waiting waiting = { .done = done, .userdata = userdata };
	struct fetch *fetch = NULL;
	int r = sd_event_new(&waiting.event);

	if (r < 0)
		return r;
	r = fetch_start(waiting.event, order, on_done, &waiting, &fetch);
	if (r == 0)
		r = sd_event_loop(waiting.event);
	fetch_free(fetch);
	sd_event_unref(waiting.event);
	return r;
}
