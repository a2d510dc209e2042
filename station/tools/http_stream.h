/* SPDX-License-Identifier: Apache-2.0 */
/* Answers without an end: what is pushed goes to every client that stays to hear it. */
#ifndef STATION_TOOLS_HTTP_STREAM_H
#define STATION_TOOLS_HTTP_STREAM_H

#include <microhttpd.h>
#include <systemd/sd-event.h>

/* Clients that stay at once: the bench's screen, some at desks, some scripts. */
#define HTTP_STREAMS_MAX 16
/* What waits for a client that does not read, in bytes, beside what it was told first: some
 * thousand events. */
#define HTTP_STREAM_MAX (1U << 20)

struct http_stream;

/* Zeroed but for EVENT and RUN it is empty. */
struct http_streams {
	sd_event *event;
	sd_event_source *run; /* a timer, which runs the daemon: nobody else tells it of news */
	struct http_stream *first;
	unsigned count;
	unsigned dropped; /* clients that did not read, since the start */
};

/*
 * An answer to CONNECTION that begins with TEXT, which is taken over also on failure, and then is
 * what streams_push is given. The daemon must allow connections to be suspended: a client for which
 * there is nothing costs no wake-up.
 * Returns NULL without memory or with HTTP_STREAMS_MAX clients.
 */
struct MHD_Response *streams_add(struct http_streams *streams, struct MHD_Connection *connection,
				 char *text);

/* Gives LINE to each client. One for which too much waits already is dropped: nobody waits. */
void streams_push(struct http_streams *streams, const char *line);

/* Ends every answer behind what was pushed; the daemon's next run sends what it can. */
void streams_end(struct http_streams *streams);

#endif
