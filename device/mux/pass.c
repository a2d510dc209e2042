/* SPDX-License-Identifier: Apache-2.0 */
/* One connection through a gate: the worker's requests, usbmuxd's answers, then the device. */
#include "device/mux/pass.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "device/mux/relay.h"

enum pass_state {
	PASS_ASKED,   /* reads a request from the worker */
	PASS_TELL,    /* sends an answer to the worker */
	PASS_LISTEN,  /* sends events to the worker */
	PASS_DIAL,    /* waits for a connection to usbmuxd */
	PASS_FORWARD, /* sends the request to usbmuxd */
	PASS_ANSWER,  /* reads usbmuxd's answer: for as long as the worker waits for it */
	PASS_RELAY,   /* the device's bytes */
};

struct pass {
	LIST_ENTRY(pass) link;
	struct passage *passage;
	enum pass_state state;
	bool connect;	/* the request is a Connect that usbmuxd has not answered */
	bool connected; /* a Connect was answered with 0 */
	uint32_t tag;	/* of the request */
	int client, server;
	sd_event_source *client_source, *server_source;
	struct frame_in in; /* from the client or from the server, never both */
	struct frame out;   /* likewise to */
	size_t sent;
	struct dial *dial;
	struct relay *relay;
};

static void pass_end(struct pass *pass)
{
	pass->passage->ended(pass->passage, pass, 0);
}

static void drop_server(struct pass *pass)
{
	dial_cancel(pass->dial);
	pass->dial = NULL;
	pass->server_source = sd_event_source_disable_unref(pass->server_source);
	if (pass->server >= 0)
		close(pass->server);
	pass->server = -1;
}

/* Nobody waits for the answer to Connect any more, but usbmuxd must not notice. */
static void leave_server(struct pass *pass)
{
	pass->server_source = sd_event_source_disable_unref(pass->server_source);
	lingers_add(pass->passage->lingers, pass->server);
	pass->server = -1;
}

static void drop_frames(struct pass *pass)
{
	frame_in_done(&pass->in);
	frame_done(&pass->out);
	pass->sent = 0;
}

/* Goes to STATE, in which the worker is watched for EVENTS; a hang-up always is. */
static void await_client(struct pass *pass, enum pass_state state, uint32_t events)
{
	pass->state = state;
	if (sd_event_source_set_io_events(pass->client_source, events) < 0)
		pass_end(pass);
}

static void await_request(struct pass *pass)
{
	drop_frames(pass);
	pass->in.max = FRAME_ASKED_MAX;
	await_client(pass, PASS_ASKED, EPOLLIN);
}

/* Sends ANSWER, now the pass's, to the worker. */
static void tell(struct pass *pass, struct frame answer)
{
	drop_frames(pass);
	pass->out = answer;
	await_client(pass, PASS_TELL, EPOLLOUT);
}

static void on_relay_ended(void *userdata)
{
	pass_end(userdata);
}

/* The worker has read Result 0: from here on both sockets are the device's. */
static void start_relay(struct pass *pass)
{
	int fd[2] = { pass->client, pass->server };

	drop_frames(pass);
	pass->client_source = sd_event_source_disable_unref(pass->client_source);
	if (relay_new(dialer_event(pass->passage->dialer), fd, on_relay_ended, pass, &pass->relay) <
	    0) {
		pass_end(pass);
		return;
	}
	pass->client = pass->server = -1;
	pass->state = PASS_RELAY;
}

/* usbmuxd's ANSWER, now the pass's, goes on as it is; if it opens the device, the socket stays. */
static void on_answer(struct pass *pass, struct frame answer)
{
	uint32_t number = RESULT_OK;
	bool good = !pass->connect || frame_result(&answer, &number) == 0;

	pass->connected = pass->connect && number == RESULT_OK;
	pass->connect = false;
	if (!good || (pass->connected && !pass->passage->shown.present)) {
		frame_done(&answer);
		pass_end(pass);
		return;
	}
	if (pass->connected)
		pass->server_source = sd_event_source_disable_unref(pass->server_source);
	else
		drop_server(pass);
	tell(pass, answer);
}

static void forward_more(struct pass *pass)
{
	int r = frame_send(&pass->out, &pass->sent, pass->server);

	if (r > 0) {
		drop_frames(pass);
		pass->in.max = FRAME_ANSWER_MAX;
		pass->state = PASS_ANSWER;
		r = sd_event_source_set_io_events(pass->server_source, EPOLLIN);
	}
	if (r < 0)
		pass_end(pass);
}

static int on_server(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct pass *pass = userdata;
	struct frame answer;
	int r;

	(void)source;
	(void)revents;
	if (pass->state == PASS_FORWARD) {
		forward_more(pass);
		return 0;
	}
	r = frame_receive(&pass->in, fd, &answer);
	if (r < 0)
		pass_end(pass);
	else if (r > 0)
		on_answer(pass, answer);
	return 0;
}

/* The request is not sent here but at the socket's turn in the loop, after news of usbmuxd
 * (listen.h): a Connect must not reach a usbmuxd in which the handle is another device. */
static void on_dialed(void *userdata, int fd)
{
	struct pass *pass = userdata;

	pass->dial = NULL;
	pass->server = fd;
	pass->state = PASS_FORWARD;
	if (fd < 0)
		pass->passage->ended(pass->passage, pass, fd);
	else if (sd_event_add_io(dialer_event(pass->passage->dialer), &pass->server_source, fd,
				 EPOLLOUT, on_server, pass) < 0)
		pass_end(pass);
}

static void forward(struct pass *pass, struct frame request)
{
	pass->out = request;
	if (dial_start(pass->passage->dialer, on_dialed, pass, &pass->dial) < 0)
		pass_end(pass);
	else
		await_client(pass, PASS_DIAL, 0);
}

static void on_request(struct pass *pass, const struct frame *asked)
{
	struct frame frame = { 0 };
	int kind = request_judge(asked, &pass->passage->shown, &frame);

	if (kind < 0) {
		pass_end(pass);
		return;
	}
	pass->tag = frame_tag(asked);
	pass->connect = kind == REQUEST_CONNECT;
	switch ((enum request_kind)kind) {
	case REQUEST_ANSWERED:
		tell(pass, frame);
		break;
	case REQUEST_LISTEN:
		pass->out = frame;
		await_client(pass, PASS_LISTEN, EPOLLIN | EPOLLOUT);
		break;
	case REQUEST_FORWARD:
	case REQUEST_CONNECT:
		forward(pass, frame);
		break;
	}
}

static void ask_more(struct pass *pass)
{
	struct frame asked;
	int r = frame_receive(&pass->in, pass->client, &asked);

	if (r < 0) {
		pass_end(pass);
	} else if (r > 0) {
		on_request(pass, &asked);
		frame_done(&asked);
	}
}

static void tell_more(struct pass *pass)
{
	int r = frame_send(&pass->out, &pass->sent, pass->client);

	if (r < 0)
		pass_end(pass);
	else if (r > 0 && pass->connected)
		start_relay(pass);
	else if (r > 0)
		await_request(pass);
}

/* A listener may only listen: whatever it sends, or its end, ends it. */
static void listen_more(struct pass *pass, uint32_t revents)
{
	int r = revents & ~(uint32_t)EPOLLOUT ? -ENODATA
					      : frame_send(&pass->out, &pass->sent, pass->client);

	if (r < 0) {
		pass_end(pass);
	} else if (r > 0) {
		drop_frames(pass);
		await_client(pass, PASS_LISTEN, EPOLLIN);
	}
}

static int on_client(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct pass *pass = userdata;

	(void)source;
	(void)fd;
	switch (pass->state) {
	case PASS_ASKED:
		ask_more(pass);
		break;
	case PASS_TELL:
		tell_more(pass);
		break;
	case PASS_LISTEN:
		listen_more(pass, revents);
		break;
	case PASS_DIAL:
	case PASS_FORWARD:
	case PASS_ANSWER:
		/* Only a hang-up is looked for: the worker does not wait any more. */
		pass_end(pass);
		break;
	case PASS_RELAY:
		break;
	}
	return 0;
}

int pass_new(struct passage *passage, int client)
{
	struct pass *pass = calloc(1, sizeof *pass);
	int r;

	if (!pass)
		return -ENOMEM;
	pass->passage = passage;
	pass->client = client;
	pass->server = -1;
	pass->state = PASS_ASKED;
	pass->in.max = FRAME_ASKED_MAX;
	r = sd_event_add_io(dialer_event(passage->dialer), &pass->client_source, client, EPOLLIN,
			    on_client, pass);
	if (r < 0) {
		free(pass);
		return r;
	}
	LIST_INSERT_HEAD(&passage->passes, pass, link);
	return 0;
}

void pass_free(struct pass *pass)
{
	LIST_REMOVE(pass, link);
	relay_free(pass->relay);
	if (pass->state == PASS_ANSWER && pass->connect)
		leave_server(pass);
	drop_server(pass);
	drop_frames(pass);
	sd_event_source_disable_unref(pass->client_source);
	if (pass->client >= 0)
		close(pass->client);
	free(pass);
}

/* Answers a Connect that usbmuxd has not been asked for yet. */
static void refuse_connect(struct pass *pass)
{
	struct frame answer = { 0 };

	drop_server(pass);
	if (frame_add_result(&answer, RESULT_BADDEV, pass->tag) < 0)
		pass_end(pass);
	else
		tell(pass, answer);
}

static void tell_detached(struct pass *pass)
{
	if (request_add_detached(&pass->out, &pass->passage->shown) < 0)
		pass_end(pass);
	else
		await_client(pass, PASS_LISTEN, EPOLLIN | EPOLLOUT);
}

static void pass_device_left(struct pass *pass)
{
	switch (pass->state) {
	case PASS_LISTEN:
		tell_detached(pass);
		break;
	case PASS_DIAL:
	case PASS_FORWARD:
		if (pass->connect)
			refuse_connect(pass);
		break;
	case PASS_RELAY:
		pass_end(pass);
		break;
	case PASS_TELL:
		if (pass->connected)
			pass_end(pass);
		break;
	case PASS_ASKED:
	case PASS_ANSWER:
		/* usbmuxd answers by itself, or is gone itself. */
		break;
	}
}

void passage_device_left(struct passage *passage)
{
	struct pass *next;

	for (struct pass *pass = LIST_FIRST(&passage->passes); pass; pass = next) {
		next = LIST_NEXT(pass, link);
		pass_device_left(pass);
	}
}

void passage_done(struct passage *passage)
{
	while (!LIST_EMPTY(&passage->passes))
		pass_free(LIST_FIRST(&passage->passes));
}
