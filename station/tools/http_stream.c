/* SPDX-License-Identifier: Apache-2.0 */
/* Answers without an end: what is pushed goes to every client that stays to hear it. */
#include "station/tools/http_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "station/tools/log.h"

/* What the library takes at once, in bytes. */
#define BLOCK 16384

struct http_stream {
	struct http_stream *next;
	struct http_streams *streams;
	struct MHD_Connection *connection;
	sd_event_source
		*left;	/* tells that the client has gone: a suspended one is not looked at */
	int fd;		/* the connection's socket, by a number of ours */
	bool suspended; /* has heard all there is */
	bool ended;	/* hears what waits, no more */
	char *bytes;	/* from `start` to `used`: what waits */
	size_t start, used, room;
	size_t limit;
};

static void wake(struct http_stream *stream)
{
	if (!stream->suspended)
		return;
	stream->suspended = false;
	MHD_resume_connection(stream->connection);
	sd_event_source_set_time_relative(stream->streams->run, 0);
	sd_event_source_set_enabled(stream->streams->run, SD_EVENT_ONESHOT);
}

static ssize_t read_stream(void *userdata, uint64_t at, char *out, size_t room)
{
	struct http_stream *stream = userdata;
	size_t n = stream->used - stream->start;

	(void)at;
	if (n == 0 && stream->ended)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (n == 0) {
		stream->suspended = true;
		MHD_suspend_connection(stream->connection);
		return 0;
	}
	if (n > room)
		n = room;
	memcpy(out, stream->bytes + stream->start, n);
	stream->start += n;
	return (ssize_t)n;
}

static void stream_free(struct http_stream *stream)
{
	sd_event_source_disable_unref(stream->left);
	if (stream->fd >= 0)
		close(stream->fd);
	free(stream->bytes);
	free(stream);
}

/* The library calls this when the answer is over, for whatever reason. */
static void on_over(void *userdata)
{
	struct http_stream *stream = userdata, **at = &stream->streams->first;

	while (*at != stream)
		at = &(*at)->next;
	*at = stream->next;
	stream->streams->count--;
	stream_free(stream);
}

static int on_left(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct http_stream *stream = userdata;

	(void)fd;
	(void)events;
	stream->ended = true;
	wake(stream);
	return sd_event_source_set_enabled(source, SD_EVENT_OFF);
}

static int watch_client(struct http_stream *stream)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(stream->connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	if (!info)
		return -ENOTSUP;
	stream->fd = fcntl(info->connect_fd, F_DUPFD_CLOEXEC, 0);
	if (stream->fd < 0)
		return -errno;
	/* No events asked for: hanging up is always told. */
	return sd_event_add_io(stream->streams->event, &stream->left, stream->fd, 0, on_left,
			       stream);
}

/* Takes over TEXT. Returns NULL without memory. */
static struct http_stream *stream_new(struct http_streams *streams,
				      struct MHD_Connection *connection, char *text)
{
	struct http_stream *stream = calloc(1, sizeof *stream);

	if (!stream) {
		free(text);
		return NULL;
	}
	stream->streams = streams;
	stream->connection = connection;
	stream->bytes = text;
	stream->fd = -1;
	stream->used = strlen(text);
	stream->room = stream->used + 1;
	stream->limit = stream->used + HTTP_STREAM_MAX;
	if (watch_client(stream) < 0) {
		stream_free(stream);
		return NULL;
	}
	return stream;
}

struct MHD_Response *streams_add(struct http_streams *streams, struct MHD_Connection *connection,
				 char *text)
{
	struct http_stream *stream = NULL;
	struct MHD_Response *response;

	if (streams->count < HTTP_STREAMS_MAX)
		stream = stream_new(streams, connection, text);
	else
		free(text);
	if (!stream)
		return NULL;
	response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, stream,
						     on_over);
	if (!response) {
		stream_free(stream);
		return NULL;
	}
	stream->next = streams->first;
	streams->first = stream;
	streams->count++;
	/* Between two events there may be hours. */
	MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, 0);
	return response;
}

/* Makes room for LEN more bytes. Returns 0 or -ENOBUFS when too much would wait. */
static int make_room(struct http_stream *stream, size_t len)
{
	size_t waits = stream->used - stream->start, room;
	char *bytes;

	if (waits + len > stream->limit)
		return -ENOBUFS;
	if (stream->used + len <= stream->room)
		return 0;
	memmove(stream->bytes, stream->bytes + stream->start, waits);
	stream->start = 0;
	stream->used = waits;
	if (waits + len <= stream->room / 2)
		return 0;
	room = 2 * (waits + len);
	bytes = realloc(stream->bytes, room);
	if (!bytes)
		return -ENOBUFS;
	stream->bytes = bytes;
	stream->room = room;
	return 0;
}

/* The library waits for room in the socket; it notices the hang-up and ends the answer. */
static void drop(struct http_stream *stream)
{
	stream->ended = true;
	shutdown(stream->fd, SHUT_RDWR);
	stream->streams->dropped++;
	log_line(LEVEL_WARN, NULL, "a watcher did not read and was dropped, the %u. so far",
		 stream->streams->dropped);
}

void streams_push(struct http_streams *streams, const char *line)
{
	size_t len = strlen(line);

	for (struct http_stream *stream = streams->first; stream; stream = stream->next) {
		if (stream->ended)
			continue;
		if (make_room(stream, len) < 0) {
			drop(stream);
			continue;
		}
		memcpy(stream->bytes + stream->used, line, len);
		stream->used += len;
		wake(stream);
	}
}

void streams_end(struct http_streams *streams)
{
	for (struct http_stream *stream = streams->first; stream; stream = stream->next) {
		stream->ended = true;
		wake(stream);
	}
}
