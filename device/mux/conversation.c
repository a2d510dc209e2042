/* SPDX-License-Identifier: Apache-2.0 */
/* The station's ear and mouth in muster-mux: orders in, events out, in order and without loss. */
#include "device/mux/conversation.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <unistd.h>

/* An order goes before whatever a worker does after it, but behind usbmuxd's news (listen.h). */
#define PRIORITY (SD_EVENT_PRIORITY_IMPORTANT / 2)

struct waiting {
	STAILQ_ENTRY(waiting) link;
	struct mux_event event;
};

struct conversation {
	sd_event *event;
	int socket;
	conversation_order_t order;
	void *userdata;
	sd_event_source *source;
	STAILQ_HEAD(, waiting) waiting; /* conversation: events that the station has not taken */
	unsigned count;
};

/* Ends the loop: the station's end is an ordinary one. */
static void conversation_end(struct conversation *conversation, int error)
{
	if (error == -EPIPE || error == -ECONNRESET)
		error = 0;
	(void)sd_event_exit(conversation->event, error);
}

static void drop_first(struct conversation *conversation)
{
	struct waiting *first = STAILQ_FIRST(&conversation->waiting);

	STAILQ_REMOVE_HEAD(&conversation->waiting, link);
	conversation->count--;
	free(first);
}

/* Sends what waits; returns 0 or negative errno. */
static int say_waiting(struct conversation *conversation)
{
	struct waiting *first;

	while ((first = STAILQ_FIRST(&conversation->waiting))) {
		int r = mux_event_send(conversation->socket, &first->event);

		if (r == -EAGAIN)
			return 0;
		if (r < 0)
			return r;
		drop_first(conversation);
	}
	return sd_event_source_set_io_events(conversation->source, EPOLLIN);
}

static int hear(struct conversation *conversation)
{
	struct mux_order order;
	struct record record;
	int fd = -1;
	int r = record_receive(conversation->socket, &record, &fd);

	if (r == 0)
		return -EPIPE;
	if (r == -EAGAIN || r == -EINTR)
		return 0;
	if (r < 0)
		return r;
	if (fd >= 0) {
		close(fd);
		return -EPROTO;
	}
	r = mux_order_parse(&record, &order);
	if (r == 0)
		conversation->order(conversation->userdata, &order);
	return r;
}

static int on_socket(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct conversation *conversation = userdata;
	int r = 0;

	(void)source;
	(void)fd;
	if (revents & EPOLLOUT)
		r = say_waiting(conversation);
	if (r >= 0 && revents & (EPOLLIN | EPOLLHUP | EPOLLERR))
		r = hear(conversation);
	if (r < 0)
		conversation_end(conversation, r);
	return 0;
}

int conversation_new(sd_event *event, int socket, conversation_order_t order, void *userdata,
		     struct conversation **ret_conversation)
{
	struct conversation *conversation = calloc(1, sizeof *conversation);
	int r;

	if (!conversation)
		return -ENOMEM;
	conversation->event = sd_event_ref(event);
	conversation->socket = socket;
	conversation->order = order;
	conversation->userdata = userdata;
	STAILQ_INIT(&conversation->waiting);
	r = sd_event_add_io(event, &conversation->source, socket, EPOLLIN, on_socket, conversation);
	if (r >= 0)
		r = sd_event_source_set_priority(conversation->source, PRIORITY);
	if (r < 0) {
		conversation_free(conversation);
		return r;
	}
	*ret_conversation = conversation;
	return 0;
}

void conversation_free(struct conversation *conversation)
{
	if (!conversation)
		return;
	while (!STAILQ_EMPTY(&conversation->waiting))
		drop_first(conversation);
	sd_event_source_disable_unref(conversation->source);
	sd_event_unref(conversation->event);
	free(conversation);
}

/* Keeps EVENT until the station reads; returns 0 or negative errno. */
static int keep(struct conversation *conversation, const struct mux_event *event)
{
	struct waiting *waiting;

	if (conversation->count == CONVERSATION_WAITING_MAX)
		return -ENOBUFS;
	waiting = malloc(sizeof *waiting);
	if (!waiting)
		return -ENOMEM;
	waiting->event = *event;
	STAILQ_INSERT_TAIL(&conversation->waiting, waiting, link);
	conversation->count++;
	return sd_event_source_set_io_events(conversation->source, EPOLLIN | EPOLLOUT);
}

void conversation_say(struct conversation *conversation, const struct mux_event *event)
{
	int r = conversation->count > 0 ? -EAGAIN : mux_event_send(conversation->socket, event);

	if (r == -EAGAIN)
		r = keep(conversation, event);
	if (r < 0)
		conversation_end(conversation, r);
}
