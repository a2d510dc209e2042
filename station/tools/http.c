/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP in: answers GETs on the station's UNIX socket, inside the station's loop. */
#include "station/tools/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/tools/http_stream.h"
#include "station/tools/unix_socket.h"

/* Clients at once: some screens, pages and scripts. More wait in the socket's queue. */
#define CONNECTIONS_MAX 64
/* Seconds a client may be silent. */
#define SILENCE_MAX 10
/* Bytes for one client's request line and headers; ours need 100. */
#define HEADERS_MAX 8192
/* Microseconds by which the library's timer may be late: it also means "at once, there is more". */
#define TIMER_ACCURACY 1000
/* Behind devices, workers and the ledger: faces never stall the station. */
#define PRIORITY 10

struct http {
	char *path;
	const struct http_route *routes;
	void *userdata;
	struct http_streams streams;
	struct MHD_Daemon *daemon;
	sd_event_source *ready;
	sd_event_source *timer; /* armed only while the library waits for a client */
};

/* Answers with RESPONSE, which is given away. */
static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status,
				     struct MHD_Response *response, const char *type)
{
	enum MHD_Result r;

	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
	r = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return r;
}

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status, const char *json,
			     enum MHD_ResponseMemoryMode memory)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(strlen(json), (void *)json, memory);

	if (!response) {
		if (memory == MHD_RESPMEM_MUST_FREE)
			free((void *)json);
		return MHD_NO;
	}
	return send_response(connection, status, response, "application/json");
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status, const char *json)
{
	return reply(connection, status, json, MHD_RESPMEM_PERSISTENT);
}

static bool has_header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name) != NULL;
}

static enum MHD_Result begin_stream(struct http *http, struct MHD_Connection *connection,
				    char *text)
{
	struct MHD_Response *response = streams_add(&http->streams, connection, text);

	if (!response)
		return refuse(connection, MHD_HTTP_SERVICE_UNAVAILABLE,
			      "{\"error\":\"too many listen already\"}\n");
	return send_response(connection, MHD_HTTP_OK, response, "application/x-ndjson");
}

static enum MHD_Result answer_route(struct http *http, struct MHD_Connection *connection,
				    const char *path)
{
	for (const struct http_route *route = http->routes; route->path; route++) {
		char *json;

		if (strcmp(route->path, path) != 0)
			continue;
		json = route->get(http->userdata);
		if (!json)
			return refuse(connection, MHD_HTTP_INTERNAL_SERVER_ERROR,
				      "{\"error\":\"the station could not make the answer\"}\n");
		if (route->endless)
			return begin_stream(http, connection, json);
		return reply(connection, MHD_HTTP_OK, json, MHD_RESPMEM_MUST_FREE);
	}
	return refuse(connection, MHD_HTTP_NOT_FOUND, "{\"error\":\"no such page\"}\n");
}

/* The library calls this once the headers are in, before any body is read: answering at once makes
 * it close the connection rather than read the body. */
static enum MHD_Result on_request(void *userdata, struct MHD_Connection *connection,
				  const char *path, const char *method, const char *version,
				  const char *body, size_t *body_size, void **request)
{
	struct http *http = userdata;

	(void)version;
	(void)body;
	(void)body_size;
	(void)request;
	if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
		return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED,
			      "{\"error\":\"only GET and HEAD are answered\"}\n");
	/* Only a browser sends it, for some page's script; none has business here. */
	if (has_header(connection, MHD_HTTP_HEADER_ORIGIN))
		return refuse(connection, MHD_HTTP_FORBIDDEN,
			      "{\"error\":\"pages of other origins are not answered\"}\n");
	return answer_route(http, connection, path);
}

/* Wakes the loop when the library next wants to look at a client's silence, and only then. */
static int arm_timer(struct http *http)
{
	MHD_UNSIGNED_LONG_LONG wait;
	int r;

	if (MHD_get_timeout(http->daemon, &wait) != MHD_YES)
		return sd_event_source_set_enabled(http->timer, SD_EVENT_OFF);
	r = sd_event_source_set_time_relative(http->timer, wait * 1000);
	if (r < 0)
		return r;
	return sd_event_source_set_enabled(http->timer, SD_EVENT_ONESHOT);
}

static int run(struct http *http)
{
	(void)MHD_run(http->daemon); /* no: a client's trouble, which is not the station's */
	return arm_timer(http);
}

static int on_ready(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	(void)source;
	(void)fd;
	(void)events;
	return run(userdata);
}

static int on_timer(sd_event_source *source, uint64_t now, void *userdata)
{
	(void)source;
	(void)now;
	return run(userdata);
}

/* Makes the library's server on FD, which becomes the library's. */
static int start_daemon(struct http *http, int fd)
{
	http->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, http,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_MAX,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX, MHD_OPTION_END);
	if (!http->daemon) {
		close(fd);
		return -ENOMEM;
	}
	return 0;
}

static int watch_daemon(struct http *http, sd_event *event)
{
	const union MHD_DaemonInfo *epoll =
		MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	int r;

	if (!epoll)
		return -ENOTSUP;
	r = sd_event_add_io(event, &http->ready, epoll->epoll_fd, EPOLLIN, on_ready, http);
	if (r < 0)
		return r;
	r = sd_event_add_time_relative(event, &http->timer, CLOCK_MONOTONIC, 0, TIMER_ACCURACY,
				       on_timer, http);
	if (r < 0)
		return r;
	http->streams.run = http->timer;
	r = sd_event_source_set_priority(http->ready, PRIORITY);
	if (r < 0)
		return r;
	r = sd_event_source_set_priority(http->timer, PRIORITY);
	return r < 0 ? r : arm_timer(http);
}

int http_open(sd_event *event, const char *path, const struct http_route *routes, void *userdata,
	      struct http **ret_http)
{
	struct http *http = calloc(1, sizeof *http);
	int fd = -1, r;

	if (!http)
		return -ENOMEM;
	http->routes = routes;
	http->streams.event = event;
	http->userdata = userdata;
	http->path = strdup(path);
	r = http->path ? unix_listen(path, &fd) : -ENOMEM;
	if (r < 0) {
		free(http->path); /* what is at PATH is not ours */
		free(http);
		return r;
	}
	r = start_daemon(http, fd);
	if (r == 0)
		r = watch_daemon(http, event);
	if (r < 0) {
		http_close(http);
		return r;
	}
	*ret_http = http;
	return 0;
}

void http_push(struct http *http, const char *line)
{
	streams_push(&http->streams, line);
}

unsigned http_listeners(const struct http *http)
{
	return http->streams.count;
}

void http_close(struct http *http)
{
	if (!http)
		return;
	(void)unlink(http->path); /* gone already is as good */
	if (http->daemon) {
		/* Nobody may be suspended at the end. */
		streams_end(&http->streams);
		(void)MHD_run(http->daemon);
		MHD_stop_daemon(http->daemon);
	}
	sd_event_source_disable_unref(http->ready);
	sd_event_source_disable_unref(http->timer);
	free(http->path);
	free(http);
}
