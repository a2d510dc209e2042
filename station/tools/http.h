/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP in: answers on the station's UNIX socket, inside the station's loop. */
#ifndef STATION_TOOLS_HTTP_H
#define STATION_TOOLS_HTTP_H

#include <stdbool.h>
#include <systemd/sd-event.h>

struct http;

/* One thing that can be asked for. */
struct http_route {
	const char *path; /* "/v1/board" */
	/* Makes the answer, JSON text (the caller frees it); NULL is answered with 500. NULL itself
	 * for what is only posted. */
	char *(*get)(void *userdata);
	/* The answer, lines of JSON, does not end: what http_push is given follows. */
	bool endless;
	/* Takes the SIZE bytes of BODY, at most HTTP_BODY_MAX and with a NUL behind, that a client
	 * posted. Makes the answer as get does, and sets RET_STATUS, which is 200 before. NULL for
	 * what is only asked for. */
	char *(*post)(void *userdata, const char *body, size_t size, unsigned *ret_status);
};

/* Most that a client may post, in bytes. */
#define HTTP_BODY_MAX (64U << 10)

/*
 * Listens on a UNIX socket at PATH (mode 0600; a dead one there is replaced) and serves ROUTES, an
 * array ended by a NULL path, which stay the caller's. Runs on EVENT; never blocks the loop:
 * requests, headers and connections are bounded and slow clients time out.
 * Returns 0 or negative errno: -EADDRINUSE when somebody answers there already.
 */
int http_open(sd_event *event, const char *path, const struct http_route *routes, void *userdata,
	      struct http **ret_http);

/* Gives LINE, which has its newline, to each client of an endless answer. Never waits: a client
 * that does not read is dropped (http_stream.h). */
void http_push(struct http *http, const char *line);
/* How many clients http_push would reach. */
unsigned http_listeners(const struct http *http);

/* Closes every connection, with what was pushed sent if the client takes it at once, and removes
 * the socket. */
void http_close(struct http *http);

#endif
