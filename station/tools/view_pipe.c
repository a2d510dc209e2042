/* SPDX-License-Identifier: Apache-2.0 */
/* Events to the view: a child that formats them, fed through a pipe that never makes us wait. */
#include "config.h"

#include "station/tools/view_pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/tools/child.h"
#include "station/tools/clock.h"

struct view_pipe {
	pid_t pid; /* 0: not started */
	int fd;	   /* -1 once the view no longer reads */
	sd_event_source *source;
	unsigned dropped;
	size_t used;
	char buffer[VIEW_PIPE_MAX];
};

/* What it has not been given by now is dropped; a line that was cut counts as one. */
static void hang_up(struct view_pipe *view)
{
	for (size_t i = 0; i < view->used; i++)
		view->dropped += view->buffer[i] == '\n';
	view->source = sd_event_source_disable_unref(view->source);
	if (view->fd >= 0)
		close(view->fd);
	view->fd = -1;
	view->used = 0;
}

/* Writes what fits now. */
static void feed(struct view_pipe *view)
{
	ssize_t n = view->used ? write(view->fd, view->buffer, view->used) : 0;

	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		hang_up(view);
		return;
	}
	if (n > 0) {
		view->used -= (size_t)n;
		memmove(view->buffer, view->buffer + n, view->used);
	}
	if (view->source)
		sd_event_source_set_enabled(view->source, view->used ? SD_EVENT_ON : SD_EVENT_OFF);
}

static int on_room(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	(void)source;
	(void)fd;
	(void)events;
	feed(userdata);
	return 0;
}

static int start_process(struct view_pipe *view, const char *program, const char *format)
{
	const char *argv[] = { program, "view", format, NULL };
	struct child_order order = {
		.argv = argv, .out = STDOUT_FILENO, .err = STDERR_FILENO, .talk = -1
	};
	int ends[2], r;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	view->fd = ends[1];
	order.in = ends[0];
	r = child_start(&order, &view->pid);
	close(ends[0]);
	return r;
}

int view_pipe_open(sd_event *event, const char *program, const char *format,
		   struct view_pipe **ret_view)
{
	struct view_pipe *view = calloc(1, sizeof *view);
	int r;

	if (!view)
		return -ENOMEM;
	view->fd = -1;
	r = start_process(view, program, format);
	if (r == 0 && fcntl(view->fd, F_SETFL, O_NONBLOCK) < 0)
		r = -errno;
	if (r == 0)
		r = sd_event_add_io(event, &view->source, view->fd, EPOLLOUT, on_room, view);
	if (r == 0)
		r = sd_event_source_set_enabled(view->source, SD_EVENT_OFF);
	if (r < 0) {
		view_pipe_close(view, 0);
		return r;
	}
	*ret_view = view;
	return 0;
}

void view_pipe_tell(struct view_pipe *view, const char *line)
{
	size_t len = strlen(line);

	if (view->fd < 0 || len > sizeof view->buffer - view->used) {
		view->dropped++;
		return;
	}
	memcpy(view->buffer + view->used, line, len);
	view->used += len;
	feed(view);
}

/* Writes the rest before END. */
static void feed_rest(struct view_pipe *view, msec_t end)
{
	msec_t left;

	while (view->used > 0 && (left = end - clock_monotonic()) > 0) {
		struct pollfd room = { .fd = view->fd, .events = POLLOUT };

		if (poll(&room, 1, (int)left) > 0)
			feed(view);
	}
}

unsigned view_pipe_close(struct view_pipe *view, int limit)
{
	msec_t end = clock_monotonic() + limit;
	unsigned dropped;

	if (!view)
		return 0;
	feed_rest(view, end);
	hang_up(view);
	if (view->pid > 0)
		child_end(view->pid, (int)(end - clock_monotonic()));
	dropped = view->dropped;
	free(view);
	return dropped;
}
