/* SPDX-License-Identifier: Apache-2.0 */
/* Carries bytes both ways between two sockets. */
#include "device/mux/relay.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "device/mux/lengths.h"

/* One side, and the bytes on their way to it. */
struct side {
	struct relay *relay;
	struct side *other;
	int fd;
	sd_event_source *source;
	bool hung;     /* the peer is gone both ways: nothing can be sent to it */
	bool finished; /* nothing more goes to it */
	uint8_t *held; /* what it did not take yet; NULL while it takes all */
	size_t at, len;
	struct lengths lengths;		/* in what comes from it */
	uint8_t begun[LENGTH_SIZE - 1]; /* of a length that it has not sent whole */
	size_t begun_len;
};

struct relay {
	struct side side[2];
	relay_ended_t ended;
	void *userdata;
};

/* Ends the way to SIDE; its peer sees the end of the bytes. */
static void side_finish(struct side *side)
{
	free(side->held);
	side->held = NULL;
	side->finished = true;
	/* Fails only when the peer is gone, who then sees nothing anyway. */
	(void)shutdown(side->fd, SHUT_WR);
}

/* Sends LEN BYTES to SIDE; returns how many it took, or ends the way and returns -1. */
static ssize_t side_send(struct side *side, const uint8_t *bytes, size_t len)
{
	ssize_t n = send(side->fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n < 0)
		side_finish(side);
	return n;
}

/* Sends what is held for SIDE. */
static void side_flush(struct side *side)
{
	ssize_t n = side_send(side, side->held + side->at, side->len - side->at);

	if (n < 0)
		return;
	side->at += (size_t)n;
	if (side->at < side->len)
		return;
	free(side->held);
	side->held = NULL;
}

/* Keeps the LEN BYTES that SIDE did not take; returns 0 or -ENOMEM. */
static int side_hold(struct side *side, const uint8_t *bytes, size_t len)
{
	side->held = malloc(len);
	if (!side->held)
		return -ENOMEM;
	memcpy(side->held, bytes, len);
	side->at = 0;
	side->len = len;
	return 0;
}

/* Sends LEN BYTES to SIDE, which holds nothing, now or when it takes them; returns 0 or -ENOMEM. */
static int side_pass(struct side *side, const uint8_t *bytes, size_t len)
{
	ssize_t taken = len > 0 ? side_send(side, bytes, len) : 0;

	if (taken < 0 || (size_t)taken == len)
		return 0;
	return side_hold(side, bytes + taken, len - (size_t)taken);
}

/* Moves one chunk from SIDE to the other, which holds nothing; returns 0 or -ENOMEM. */
static int side_read(struct side *side)
{
	uint8_t chunk[sizeof side->begun + RELAY_HELD_MAX];
	struct side *to = side->other;
	size_t len = side->begun_len;
	ssize_t n = recv(side->fd, chunk + len, RELAY_HELD_MAX, MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	memcpy(chunk, side->begun, len);
	if (n <= 0) {
		/* An error is an end too: what came before it has been sent, but for a piece of a
		 * length. */
		if (len > 0)
			(void)side_send(to, chunk, len);
		side_finish(to);
		return 0;
	}
	len += (size_t)n;
	side->begun_len = lengths_begun(&side->lengths, chunk, len);
	len -= side->begun_len;
	memcpy(side->begun, chunk + len, side->begun_len);
	return side_pass(to, chunk, len);
}

/* Waits for what SIDE can still do. */
static int side_await(struct side *side)
{
	uint32_t events = 0;
	int r;

	if (!side->other->finished && !side->other->held)
		events |= EPOLLIN;
	if (side->held)
		events |= EPOLLOUT;
	/* A hang-up is reported for as long as one looks. */
	if (!events && side->hung)
		return sd_event_source_set_enabled(side->source, SD_EVENT_OFF);
	r = sd_event_source_set_io_events(side->source, events);
	return r < 0 ? r : sd_event_source_set_enabled(side->source, SD_EVENT_ON);
}

/* A hang-up: nothing can be sent there any more, but it may have left bytes to read. */
static void side_hang(struct side *side)
{
	side->hung = true;
	if (!side->finished)
		side_finish(side);
}

static int on_side(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct side *side = userdata;
	struct relay *relay = side->relay;
	int r = 0;

	(void)source;
	(void)fd;
	if (revents & (EPOLLHUP | EPOLLERR))
		side_hang(side);
	if (side->held && (revents & EPOLLOUT))
		side_flush(side);
	if (!side->other->finished && !side->other->held)
		r = side_read(side);
	if (r >= 0)
		r = side_await(side);
	if (r >= 0)
		r = side_await(side->other);
	if (r < 0 || (side->finished && side->other->finished))
		relay->ended(relay->userdata);
	return 0;
}

int relay_new(sd_event *event, const int fd[static 2], relay_ended_t ended, void *userdata,
	      struct relay **ret_relay)
{
	struct relay *relay = calloc(1, sizeof *relay);
	int r = 0;

	if (!relay)
		return -ENOMEM;
	relay->ended = ended;
	relay->userdata = userdata;
	for (int i = 0; i < 2 && r >= 0; i++) {
		struct side *side = &relay->side[i];

		side->relay = relay;
		side->other = &relay->side[1 - i];
		side->fd = fd[i];
		r = sd_event_add_io(event, &side->source, side->fd, EPOLLIN, on_side, side);
	}
	if (r < 0) {
		relay->side[0].fd = relay->side[1].fd = -1;
		relay_free(relay);
		return r;
	}
	*ret_relay = relay;
	return 0;
}

void relay_free(struct relay *relay)
{
	if (!relay)
		return;
	for (int i = 0; i < 2; i++) {
		struct side *side = &relay->side[i];

		sd_event_source_disable_unref(side->source);
		free(side->held);
		if (side->fd >= 0)
			close(side->fd);
	}
	free(relay);
}
