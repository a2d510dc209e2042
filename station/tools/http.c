/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP in: answers on the station's UNIX socket, inside the station's loop. */
#include "station/tools/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "station/tools/http_loop.h"
#include "station/tools/http_stream.h"
#include "station/tools/unix_socket.h"

/* Clients at once: some screens, pages and scripts. More wait in the socket's queue. */
#define CONNECTIONS_MAX 64
/* Seconds a client may be silent. */
#define SILENCE_MAX 10
/* Bytes for one client's request line and headers; ours need 100. */
#define HEADERS_MAX 8192

struct http {
	char *path;
	const struct http_route *routes;
	void *userdata;
	struct http_streams streams;
	struct http_loop loop;
};

/* Answers with RESPONSE, which is given away. */
static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status,
				     struct MHD_Response *response, const char *type)
{
	enum MHD_Result r;

	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
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

static const struct http_route *find_route(const struct http *http, const char *path)
{
	for (const struct http_route *route = http->routes; route->path; route++)
		if (strcmp(route->path, path) == 0)
			return route;
	return NULL;
}

/* Answers with JSON, which is given away; NULL is an answer that could not be made. */
static enum MHD_Result reply_made(struct MHD_Connection *connection, unsigned status, char *json)
{
	if (!json)
		return refuse(connection, MHD_HTTP_INTERNAL_SERVER_ERROR,
			      "{\"error\":\"the station could not make the answer\"}\n");
	return reply(connection, status, json, MHD_RESPMEM_MUST_FREE);
}

static enum MHD_Result refuse_method(struct MHD_Connection *connection,
				     const struct http_route *route)
{
	static const char text[] = "{\"error\":\"this is not done here\"}\n";
	const bool posts = route && route->post;
	struct MHD_Response *response = MHD_create_response_from_buffer(
		sizeof text - 1, (void *)text, MHD_RESPMEM_PERSISTENT);

	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, posts ? "POST" : "GET, HEAD");
	return send_response(connection, MHD_HTTP_METHOD_NOT_ALLOWED, response, "application/json");
}

static enum MHD_Result answer_get(struct http *http, struct MHD_Connection *connection,
				  const struct http_route *route)
{
	char *json;

	if (!route)
		return refuse(connection, MHD_HTTP_NOT_FOUND, "{\"error\":\"no such page\"}\n");
	if (!route->get)
		return refuse_method(connection, route);
	json = route->get(http->userdata);
	if (json && route->endless)
		return begin_stream(http, connection, json);
	return reply_made(connection, MHD_HTTP_OK, json);
}

/* What a client posts, while it comes; larger than it may be, it is not kept. */
struct posting {
	size_t size;
	bool too_large;
	char body[HTTP_BODY_MAX + 1];
};

static void take_body(struct posting *posting, const char *bytes, size_t size)
{
	posting->too_large |= size > HTTP_BODY_MAX - posting->size;
	if (posting->too_large)
		return;
	memcpy(posting->body + posting->size, bytes, size);
	posting->size += size;
	posting->body[posting->size] = '\0';
}

/* Called with the headers, then with each part of the body, then with nothing. */
static enum MHD_Result answer_post(struct http *http, struct MHD_Connection *connection,
				   const struct http_route *route, struct posting **posting,
				   struct iovec *part)
{
	unsigned status = MHD_HTTP_OK;
	char *json;

	if (!*posting) {
		*posting = calloc(1, sizeof **posting);
		return *posting ? MHD_YES : MHD_NO;
	}
	if (part->iov_len > 0) {
		take_body(*posting, part->iov_base, part->iov_len);
		part->iov_len = 0;
		return MHD_YES;
	}
	if ((*posting)->too_large)
		return refuse(connection, MHD_HTTP_CONTENT_TOO_LARGE,
			      "{\"error\":\"more than is taken at once\"}\n");
	json = route->post(http->userdata, (*posting)->body, (*posting)->size, &status);
	return reply_made(connection, status, json);
}

static void on_completed(void *userdata, struct MHD_Connection *connection, void **request,
			 enum MHD_RequestTerminationCode why)
{
	(void)userdata;
	(void)connection;
	(void)why;
	free(*request);
	*request = NULL;
}

/* The library calls this once the headers are in, before any body is read: answering at once makes
 * it close the connection rather than read the body. A body that is wanted comes by further calls.
 */
static enum MHD_Result on_request(void *userdata, struct MHD_Connection *connection,
				  const char *path, const char *method, const char *version,
				  const char *body, size_t *body_size, void **request)
{
	struct http *http = userdata;
	const struct http_route *route = find_route(http, path);
	struct iovec part = { (void *)body, *body_size };
	enum MHD_Result r;

	(void)version;
	/* Only a browser sends it, for some page's script; none has business here. */
	if (has_header(connection, MHD_HTTP_HEADER_ORIGIN))
		return refuse(connection, MHD_HTTP_FORBIDDEN,
			      "{\"error\":\"pages of other origins are not answered\"}\n");
	if (strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)
		return answer_get(http, connection, route);
	if (strcmp(method, MHD_HTTP_METHOD_POST) != 0 || !route || !route->post)
		return refuse_method(connection, route);
	r = answer_post(http, connection, route, (struct posting **)request, &part);
	*body_size = part.iov_len;
	return r;
}

/* Makes the library's server on FD, which becomes the library's. */
static int start_daemon(struct http *http, int fd)
{
	http->loop.daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, http,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_MAX,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
	if (!http->loop.daemon) {
		close(fd);
		return -ENOMEM;
	}
	return 0;
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
		r = http_loop_open(event, &http->loop);
	http->streams.run = http->loop.timer;
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
	/* Nobody may be suspended at the end. */
	if (http->loop.daemon)
		streams_end(&http->streams);
	http_loop_close(&http->loop);
	free(http->path);
	free(http);
}
