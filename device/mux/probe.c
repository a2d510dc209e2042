/* SPDX-License-Identifier: Apache-2.0 */
/* Asks usbmuxd one thing, on a connection of its own: whether it answers. */
#include "device/mux/probe.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "device/mux/frame.h"
#include "device/mux/request.h"

/* How exact the limit is, in microseconds. */
#define ACCURACY 10000
/* Our tag: the answer must bear it. */
#define TAG 1

struct probe {
	struct dialer *dialer;
	probe_done_t done;
	void *userdata;
	struct dial *dial;
	int fd;
	sd_event_source *source, *limit;
	struct frame_in in;
};

void probe_cancel(struct probe *probe)
{
	if (!probe)
		return;
	dial_cancel(probe->dial);
	sd_event_source_disable_unref(probe->source);
	sd_event_source_disable_unref(probe->limit);
	if (probe->fd >= 0)
		close(probe->fd);
	frame_in_done(&probe->in);
	free(probe);
}

static void probe_finish(struct probe *probe, int result)
{
	probe_done_t done = probe->done;
	void *userdata = probe->userdata;

	probe_cancel(probe);
	done(userdata, result);
}

static int on_answer(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct probe *probe = userdata;
	struct frame frame;
	int r = frame_receive(&probe->in, fd, &frame);

	(void)source;
	(void)revents;
	if (r == 0)
		return 0;
	if (r > 0) {
		r = frame_tag(&frame) == TAG ? 0 : -EPROTO;
		frame_done(&frame);
	}
	probe_finish(probe, r);
	return 0;
}

/* Sends the one request, into a socket that is empty: it fits, or something is wrong. */
static int probe_ask(struct probe *probe)
{
	struct frame frame = { 0 };
	plist_t body = request_new("ListDevices");
	size_t sent = 0;
	int r = frame_add(&frame, body, TAG);

	plist_free(body);
	if (r >= 0)
		r = frame_send(&frame, &sent, probe->fd);
	frame_done(&frame);
	return r == 0 ? -EPIPE : r;
}

static void on_dialed(void *userdata, int fd)
{
	struct probe *probe = userdata;
	int r;

	probe->dial = NULL;
	if (fd < 0) {
		/* Whoever has no room for another connection takes none out of its queue. */
		probe_finish(probe, fd == -EAGAIN ? -ETIMEDOUT : fd);
		return;
	}
	probe->fd = fd;
	r = probe_ask(probe);
	if (r >= 0)
		r = sd_event_add_io(dialer_event(probe->dialer), &probe->source, fd, EPOLLIN,
				    on_answer, probe);
	if (r < 0)
		probe_finish(probe, r);
}

static int on_limit(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	probe_finish(userdata, -ETIMEDOUT);
	return 0;
}

int probe_start(struct dialer *dialer, uint64_t limit, probe_done_t done, void *userdata,
		struct probe **ret_probe)
{
	struct probe *probe = calloc(1, sizeof *probe);
	int r;

	if (!probe)
		return -ENOMEM;
	*probe = (struct probe){ .dialer = dialer,
				 .done = done,
				 .userdata = userdata,
				 .fd = -1,
				 .in = { .max = FRAME_ANSWER_MAX } };
	r = sd_event_add_time_relative(dialer_event(dialer), &probe->limit, CLOCK_MONOTONIC, limit,
				       ACCURACY, on_limit, probe);
	if (r >= 0)
		r = dial_once(dialer, on_dialed, probe, &probe->dial);
	if (r < 0) {
		probe_cancel(probe);
		return r;
	}
	*ret_probe = probe;
	return 0;
}
