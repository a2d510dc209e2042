/* SPDX-License-Identifier: Apache-2.0 */
/* Listens to usbmuxd, for ever: which devices come and go, and whether it is there at all. */
#include "device/mux/listen.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "device/mux/dict.h"
#include "device/mux/entry.h"
#include "device/mux/frame.h"
#include "device/mux/request.h"
#include "device/mux/roll.h"

/* How exact the timer is, in microseconds. */
#define ACCURACY 10000

enum listen_state {
	LISTEN_AWAY,	/* the timer is the next try */
	LISTEN_DIALING, /* no timer: the dial has its own limit */
	LISTEN_ASKED,	/* the timer is the limit for the answer */
	LISTEN_UP,	/* no timer */
};

struct listener {
	sd_event *event;
	struct dialer *dialer;
	listen_event_t say;
	void *userdata;
	uint64_t limit; /* for the answer to Listen */
	enum listen_state state;
	bool said_down;
	unsigned silent; /* connections in a row on which Listen was not answered */
	struct dial *dial;
	int fd;
	sd_event_source *source, *timer;
	struct frame_in in;
	struct roll roll;
};

/* Arms the timer; the loop itself is in trouble when that fails. */
static void listener_wait(struct listener *listener, uint64_t usec)
{
	int r = sd_event_source_set_time_relative(listener->timer, usec);

	if (r >= 0)
		r = sd_event_source_set_enabled(listener->timer, SD_EVENT_ONESHOT);
	if (r < 0)
		(void)sd_event_exit(listener->event, r);
}

static void listener_hang_up(struct listener *listener)
{
	listener->source = sd_event_source_disable_unref(listener->source);
	if (listener->fd >= 0)
		close(listener->fd);
	listener->fd = -1;
	frame_in_done(&listener->in);
}

static void say_handle(struct listener *listener, enum mux_verb verb, uint32_t handle)
{
	struct mux_event event = { .verb = verb, .handle = handle };

	listener->say(listener->userdata, &event);
}

/* usbmuxd is not to be had: forgets everything and tries again later. */
static void listener_lose(struct listener *listener, const char *why)
{
	struct mux_event event = { .verb = MUX_DOWN };

	listener_hang_up(listener);
	roll_done(&listener->roll);
	listener->state = LISTEN_AWAY;
	listener_wait(listener, LISTEN_POLL_USEC);
	if (listener->said_down)
		return;
	listener->said_down = true;
	clean_string(why, event.text);
	listener->say(listener->userdata, &event);
}

/* usbmuxd showed something else than silence. One that was said to hang has ended: that is told. */
static void listener_break_silence(struct listener *listener)
{
	if (listener->silent >= LISTEN_SILENT_MAX)
		listener->said_down = false;
	listener->silent = 0;
}

static void listener_forget(struct listener *listener, uint32_t handle)
{
	if (roll_remove(&listener->roll, handle))
		say_handle(listener, MUX_LEFT, handle);
}

static int on_attached(struct listener *listener, plist_t body)
{
	struct mux_event entry;
	int r;

	entry_judge(body, &entry);
	if (entry.handle == 0) {
		listener->say(listener->userdata, &entry);
		return 0;
	}
	/* The same handle anew is another device, or the same after a re-plug. */
	listener_forget(listener, entry.handle);
	r = roll_add(&listener->roll, &entry);
	if (r < 0)
		return r;
	listener->say(listener->userdata, &entry);
	return 0;
}

static int on_detached(struct listener *listener, plist_t body)
{
	uint64_t handle;

	/* Whichever it was is still on the roll: only a new list helps. */
	if (dict_number(body, "DeviceID", UINT32_MAX, &handle) < 0)
		return -EPROTO;
	listener_forget(listener, (uint32_t)handle);
	return 0;
}

static int on_result(struct listener *listener, plist_t body)
{
	uint64_t number;

	if (listener->state != LISTEN_ASKED || dict_number(body, "Number", UINT32_MAX, &number) < 0)
		return -EPROTO;
	if (number != RESULT_OK)
		return -ECONNREFUSED;
	listener->state = LISTEN_UP;
	listener->said_down = false;
	listener->silent = 0;
	(void)sd_event_source_set_enabled(listener->timer, SD_EVENT_OFF);
	say_handle(listener, MUX_UP, 0);
	return 0;
}

static int on_body(struct listener *listener, plist_t body)
{
	const char *type;

	if (dict_string(body, "MessageType", &type) < 0)
		return -EPROTO;
	if (strcmp(type, "Result") == 0)
		return on_result(listener, body);
	if (listener->state != LISTEN_UP)
		return -EPROTO;
	if (strcmp(type, "Attached") == 0)
		return on_attached(listener, body);
	if (strcmp(type, "Detached") == 0)
		return on_detached(listener, body);
	/* Paired, and what a newer usbmuxd may say, is not about coming and going. */
	return 0;
}

/* What went wrong on a connection that was there. */
static const char *loss_to_text(int error)
{
	switch (error) {
	case -ENODATA:
	case -ECONNRESET:
	case -EPIPE:
		return "usbmuxd closed the connection";
	case -EPROTO:
	case -EMSGSIZE:
		return "usbmuxd sent a message that cannot be understood";
	case -ECONNREFUSED:
		return "usbmuxd refused to tell of devices";
	case -ENOSPC:
		return "usbmuxd announced more devices than there can be";
	default:
		return "this computer has trouble with the connection to usbmuxd";
	}
}

static int on_readable(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct listener *listener = userdata;
	struct frame frame;
	plist_t body;
	int r = frame_receive(&listener->in, fd, &frame);

	(void)source;
	(void)revents;
	if (r > 0) {
		r = frame_body(&frame, &body);
		frame_done(&frame);
		if (r >= 0) {
			r = on_body(listener, body);
			plist_free(body);
		}
	}
	if (r < 0) {
		listener_break_silence(listener);
		listener_lose(listener, loss_to_text(r));
	}
	return 0;
}

/* Sends the one request, into a socket that is empty: it fits, or something is wrong. */
static int listener_ask(struct listener *listener)
{
	struct frame frame = { 0 };
	plist_t body = request_new("Listen");
	size_t sent = 0;
	int r;

	r = frame_add(&frame, body, 1);
	plist_free(body);
	if (r >= 0)
		r = frame_send(&frame, &sent, listener->fd);
	frame_done(&frame);
	return r == 0 ? -EPIPE : r;
}

static void on_dialed(void *userdata, int fd)
{
	struct listener *listener = userdata;
	char why[CLEAN_MAX + 1];
	int r;

	listener->dial = NULL;
	if (fd < 0) {
		/* A full queue is no sign of life. */
		if (fd != -EAGAIN)
			listener_break_silence(listener);
		snprintf(why, sizeof why, "usbmuxd cannot be reached at %.160s: %s",
			 dialer_address(listener->dialer)->text, strerror(-fd));
		listener_lose(listener, why);
		return;
	}
	listener->fd = fd;
	listener->state = LISTEN_ASKED;
	listener_wait(listener, listener->limit);
	r = listener_ask(listener);
	if (r >= 0)
		r = sd_event_add_io(listener->event, &listener->source, fd, EPOLLIN, on_readable,
				    listener);
	if (r >= 0)
		r = sd_event_source_set_priority(listener->source, SD_EVENT_PRIORITY_IMPORTANT);
	if (r < 0)
		listener_lose(listener, loss_to_text(r));
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct listener *listener = userdata;
	int r;

	(void)source;
	(void)usec;
	if (listener->state == LISTEN_ASKED) {
		listener_lose(listener, "usbmuxd does not answer");
		if (++listener->silent == LISTEN_SILENT_MAX)
			say_handle(listener, MUX_HUNG, 0);
		return 0;
	}
	listener->state = LISTEN_DIALING;
	r = dial_once(listener->dialer, on_dialed, listener, &listener->dial);
	if (r < 0)
		listener_lose(listener, loss_to_text(r));
	return 0;
}

int listener_new(struct dialer *dialer, uint64_t limit, listen_event_t say, void *userdata,
		 struct listener **ret_listener)
{
	struct listener *listener = calloc(1, sizeof *listener);
	int r;

	if (!listener)
		return -ENOMEM;
	listener->event = dialer_event(dialer);
	listener->dialer = dialer;
	listener->limit = limit;
	listener->say = say;
	listener->userdata = userdata;
	listener->fd = -1;
	listener->in.max = FRAME_READ_MAX;
	r = sd_event_add_time_relative(listener->event, &listener->timer, CLOCK_MONOTONIC, 0,
				       ACCURACY, on_timer, listener);
	if (r < 0) {
		listener_free(listener);
		return r;
	}
	*ret_listener = listener;
	return 0;
}

void listener_free(struct listener *listener)
{
	if (!listener)
		return;
	dial_cancel(listener->dial);
	listener_hang_up(listener);
	sd_event_source_disable_unref(listener->timer);
	roll_done(&listener->roll);
	free(listener);
}

bool listener_has_devices(const struct listener *listener)
{
	return listener->roll.count > 0;
}

const struct mux_event *listener_find(const struct listener *listener, uint32_t handle)
{
	const struct mux_event *entry = roll_find(&listener->roll, handle);

	return entry && entry->verb == MUX_ARRIVED ? entry : NULL;
}
