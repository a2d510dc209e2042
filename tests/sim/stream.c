/* SPDX-License-Identifier: Apache-2.0 */
/* A connected socket on the event loop: it watches for what it has room for or has to send. */
#include "tests/sim/stream.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/sim/bytes.h"

/* A peer that never reads, a listener above all, ends here. */
#define STREAM_OUTPUT_MAX ((size_t)64 << 20)

struct stream {
	int fd;
	sd_event_source *source;
	uint32_t watched;
	struct bytes input;
	struct bytes output;
	uint64_t drip;		   /* microseconds between two bytes; 0: at full speed */
	sd_event_source *dripping; /* until the next byte may leave; off when it may now */
	bool held;
	bool finishing;
	bool broken;
	const struct stream_owner *calls;
	void *owner;
};

static bool stream_wants_out(const struct stream *stream)
{
	if (stream->broken)
		return true;
	if (stream->held)
		return false;
	/* The next byte waits for its time, not for the socket. */
	if (stream->drip && stream->output.length)
		return false;
	return stream->output.length || stream->finishing;
}

static void stream_watch(struct stream *stream)
{
	uint32_t events = 0;

	if (!stream->held && !stream->finishing && stream->input.length < STREAM_INPUT_MAX)
		events |= EPOLLIN;
	if (stream_wants_out(stream))
		events |= EPOLLOUT;
	if (events == stream->watched)
		return;
	stream->watched = events;
	(void)sd_event_source_set_io_events(stream->source, events); /* fails only if foreign */
}

/* Returns 1 when bytes came, 0 at the end or on an error. */
static int stream_fill(struct stream *stream)
{
	size_t room = STREAM_INPUT_MAX - stream->input.length;
	unsigned char *to = bytes_room(&stream->input, room);
	ssize_t n;

	if (!to)
		return 0;
	n = recv(stream->fd, to, room, 0);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	bytes_added(&stream->input, (size_t)n);
	return n > 0;
}

/* The next byte may leave when its time has come. */
static void stream_arm(struct stream *stream)
{
	(void)sd_event_source_set_time_relative(stream->dripping, stream->drip);
	(void)sd_event_source_set_enabled(stream->dripping, SD_EVENT_ONESHOT);
}

static bool stream_waits(const struct stream *stream)
{
	int enabled = SD_EVENT_OFF;

	if (stream->held || !stream->drip)
		return stream->held;
	(void)sd_event_source_get_enabled(stream->dripping, &enabled);
	return enabled != SD_EVENT_OFF;
}

static void stream_flush(struct stream *stream)
{
	while (stream->output.length && !stream_waits(stream)) {
		size_t most = stream->drip ? 1 : stream->output.length;
		ssize_t n = send(stream->fd, bytes_at(&stream->output), most, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			stream->broken |= errno != EAGAIN;
		else
			bytes_drop(&stream->output, (size_t)n);
		if (stream->drip)
			stream_arm(stream);
		if (n < 0)
			return;
	}
}

static int drip_event(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct stream *stream = userdata;

	(void)source;
	(void)usec;
	stream_flush(stream);
	stream_watch(stream);
	if (!stream->output.length)
		stream->calls->ready(stream->owner);
	return 0;
}

/* The peer has closed and nothing more can come: what is in the socket is taken, whether there was
 * room for it or not. It is as much as a socket holds. */
static void stream_drain(struct stream *stream)
{
	ssize_t n = 0;

	do {
		unsigned char *to = bytes_room(&stream->input, STREAM_INPUT_MAX);

		n = to ? recv(stream->fd, to, STREAM_INPUT_MAX, 0) : 0;
		if (n > 0)
			bytes_added(&stream->input, (size_t)n);
	} while (n > 0);
}

static int stream_event(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct stream *stream = userdata;
	bool alive = true;

	(void)source;
	(void)fd;
	if (revents & EPOLLOUT)
		stream_flush(stream);
	if (stream->broken || (stream->finishing && !stream->output.length))
		alive = false;
	else if (revents & EPOLLIN)
		alive = stream_fill(stream);
	else if (revents & (EPOLLHUP | EPOLLERR))
		alive = false;
	if (!alive) {
		if (!stream->held && !stream->finishing)
			stream_drain(stream);
		stream->calls->gone(stream->owner);
		return 0;
	}
	stream_watch(stream);
	stream->calls->ready(stream->owner);
	return 0;
}

int stream_new(sd_event *event, int fd, struct stream **ret_stream)
{
	struct stream *stream = calloc(1, sizeof(*stream));
	int one = 1;
	int r;

	if (!stream) {
		close(fd);
		return -ENOMEM;
	}
	stream->fd = fd;
	stream->watched = EPOLLIN;
	/* Answers are small and waited for; on a UNIX socket this fails and does not matter. */
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	r = sd_event_add_io(event, &stream->source, fd, EPOLLIN, stream_event, stream);
	if (r < 0) {
		stream_free(stream);
		return r;
	}
	*ret_stream = stream;
	return 0;
}

void stream_free(struct stream *stream)
{
	if (!stream)
		return;
	sd_event_source_disable_unref(stream->source);
	sd_event_source_disable_unref(stream->dripping);
	close(stream->fd);
	bytes_done(&stream->input);
	bytes_done(&stream->output);
	free(stream);
}

void stream_give(struct stream *stream, const struct stream_owner *calls, void *owner)
{
	stream->calls = calls;
	stream->owner = owner;
}

const unsigned char *stream_input(const struct stream *stream, size_t *ret_length)
{
	*ret_length = stream->input.length;
	return bytes_at(&stream->input);
}

void stream_use(struct stream *stream, size_t length)
{
	bytes_drop(&stream->input, length);
	stream_watch(stream);
}

void stream_write(struct stream *stream, const void *from, size_t length)
{
	if (stream->broken || stream->finishing)
		return;
	if (stream->output.length + length > STREAM_OUTPUT_MAX ||
	    bytes_add(&stream->output, from, length) < 0)
		stream->broken = true;
	else
		stream_flush(stream);
	stream_watch(stream);
}

int stream_drip(struct stream *stream, uint64_t usec)
{
	sd_event *event = sd_event_source_get_event(stream->source);
	int r = 0;

	if (!stream->dripping)
		r = sd_event_add_time_relative(event, &stream->dripping, CLOCK_MONOTONIC, usec, 1,
					       drip_event, stream);
	if (r < 0)
		return r;
	stream->drip = usec;
	return sd_event_source_set_enabled(stream->dripping, SD_EVENT_OFF);
}

void stream_hold(struct stream *stream, bool held)
{
	stream->held = held;
	if (!held)
		stream_flush(stream);
	stream_watch(stream);
}

size_t stream_waiting(const struct stream *stream)
{
	return stream->output.length;
}

void stream_finish(struct stream *stream)
{
	stream->finishing = true;
	stream_watch(stream);
}
