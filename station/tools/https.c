/* SPDX-License-Identifier: Apache-2.0 */
/* HTTPS in: pages for the bench's network, each answered at once, from a loop of its own. */
#include "station/tools/https.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/tools/http_loop.h"
#include "station/tools/timer.h"

/* Clients at once, all together and from one address: a bench of Macs, and who annoys them. */
#define CONNECTIONS_MAX	       64
#define CONNECTIONS_OF_ONE_MAX 16
/* Seconds a client may be silent. */
#define SILENCE_MAX 10
/* How long a connection may last in all, in milliseconds: 4 MiB over a poor network. */
#define LIFE_MAX 60000
/* Bytes for one client's request line and headers. */
#define HEADERS_MAX 16384
/* Bytes of a form; ours has one field. */
#define FORM_MAX 1024

struct https {
	struct https_options options;
	sd_event *event;
	sd_event_source *end;
	struct http_loop loop;
};

/* One connection: ends by itself when its life is over. */
struct life {
	int fd;
	sd_event_source *timer;
};

/* A request while it comes. */
struct coming {
	const char *field; /* the one that is read */
	struct https_request request;
	struct MHD_PostProcessor *form;
	size_t size;
	bool too_large;
};

static const struct {
	const char *name, *value;
} headers[] = {
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; "
				     "base-uri 'none'; frame-ancestors 'none'" },
	{ "Cache-Control", "no-store" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "X-Robots-Tag", "noindex" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Connection", "close" },
};

static enum MHD_Result reply(struct MHD_Connection *connection, const struct https_answer *answer)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(answer->size, answer->bytes, MHD_RESPMEM_MUST_FREE);
	char disposition[128];
	enum MHD_Result r;

	if (!response) {
		free(answer->bytes);
		return MHD_NO;
	}
	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
		MHD_add_response_header(response, headers[i].name, headers[i].value);
	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
	if (answer->saved) {
		snprintf(disposition, sizeof disposition, "attachment; filename=\"%s\"",
			 answer->saved);
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, disposition);
	}
	if (answer->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD, POST");
	r = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
	return r;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status, const char *text)
{
	struct https_answer answer = { status, "text/plain; charset=utf-8", NULL, strdup(text), 0 };

	if (!answer.bytes)
		return MHD_NO;
	answer.size = strlen(text);
	return reply(connection, &answer);
}

/* A part of the form's field. */
static enum MHD_Result on_field(void *userdata, enum MHD_ValueKind kind, const char *key,
				const char *file, const char *type, const char *coding,
				const char *bytes, uint64_t offset, size_t size)
{
	struct coming *coming = userdata;

	(void)kind;
	(void)file;
	(void)type;
	(void)coding;
	if (strcmp(key, coming->field) != 0)
		return MHD_YES;
	if (offset + size > HTTPS_FIELD_MAX) {
		coming->too_large = true;
		return MHD_NO;
	}
	memcpy(coming->request.field + offset, bytes, size);
	coming->request.field[offset + size] = '\0';
	return MHD_YES;
}

static void name_client(struct MHD_Connection *connection, char out[static LISTEN_ADDRESS_MAX])
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	out[0] = '\0';
	if (info)
		(void)getnameinfo(info->client_addr,
				  info->client_addr->sa_family == AF_INET
					  ? sizeof(struct sockaddr_in)
					  : sizeof(struct sockaddr_in6),
				  out, LISTEN_ADDRESS_MAX, NULL, 0, NI_NUMERICHOST);
}

static struct coming *begin(const struct https *https, struct MHD_Connection *connection, bool post)
{
	struct coming *coming = calloc(1, sizeof *coming);

	if (!coming)
		return NULL;
	coming->field = https->options.field;
	coming->request.post = post;
	name_client(connection, coming->request.client);
	/* NULL for a body that is no form: then there is no field. */
	if (post)
		coming->form = MHD_create_post_processor(connection, FORM_MAX, on_field, coming);
	return coming;
}

static void take_part(struct coming *coming, const char *bytes, size_t size)
{
	coming->size += size;
	coming->too_large |= coming->size > FORM_MAX;
	if (coming->form && !coming->too_large)
		(void)MHD_post_process(coming->form, bytes,
				       size); /* what is no form has no field */
}

static enum MHD_Result finish(struct https *https, struct MHD_Connection *connection,
			      struct coming *coming)
{
	struct https_answer answer = { 0 };

	if (coming->form) {
		(void)MHD_destroy_post_processor(coming->form);
		coming->form = NULL;
	}
	if (coming->too_large)
		return refuse(connection, MHD_HTTP_CONTENT_TOO_LARGE, "That is too much.\n");
	https->options.answer(&coming->request, &answer, https->options.userdata);
	if (answer.status && answer.bytes)
		return reply(connection, &answer);
	free(answer.bytes);
	return refuse(connection, MHD_HTTP_INTERNAL_SERVER_ERROR, "The bench is in trouble.\n");
}

static enum MHD_Result on_request(void *userdata, struct MHD_Connection *connection,
				  const char *path, const char *method, const char *version,
				  const char *body, size_t *body_size, void **request)
{
	struct https *https = userdata;
	bool post = strcmp(method, MHD_HTTP_METHOD_POST) == 0;
	struct coming *coming = *request;

	(void)version;
	if (!post && strcmp(method, MHD_HTTP_METHOD_GET) != 0 &&
	    strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
		return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "Not here.\n");
	if (!coming) {
		*request = begin(https, connection, post);
		return *request ? MHD_YES : MHD_NO;
	}
	if (*body_size > 0) {
		take_part(coming, body, *body_size);
		*body_size = 0;
		return MHD_YES;
	}
	coming->request.path = path;
	return finish(https, connection, coming);
}

static void on_completed(void *userdata, struct MHD_Connection *connection, void **request,
			 enum MHD_RequestTerminationCode why)
{
	struct coming *coming = *request;

	(void)userdata;
	(void)connection;
	(void)why;
	if (coming && coming->form)
		(void)MHD_destroy_post_processor(coming->form);
	free(coming);
	*request = NULL;
}

/* The library sees the end of the connection, and closes it. */
static int on_life_over(sd_event_source *source, uint64_t now, void *userdata)
{
	struct life *life = userdata;

	(void)source;
	(void)now;
	(void)shutdown(life->fd, SHUT_RDWR);
	return 0;
}

static void on_connection(void *userdata, struct MHD_Connection *connection, void **socket,
			  enum MHD_ConnectionNotificationCode what)
{
	struct https *https = userdata;
	struct life *life = *socket;
	const union MHD_ConnectionInfo *info;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (life)
			sd_event_source_disable_unref(life->timer);
		free(life);
		*socket = NULL;
		return;
	}
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	life = info ? calloc(1, sizeof *life) : NULL;
	if (!life)
		return;
	life->fd = info->connect_fd;
	*socket = life;
	if (timer_arm(https->event, &life->timer, LIFE_MAX, on_life_over, life) < 0)
		(void)shutdown(life->fd, SHUT_RDWR);
}

static int start_daemon(struct https *https)
{
	const struct https_options *options = &https->options;

	https->loop.daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_USE_TLS, 0, NULL, NULL, on_request, https,
		MHD_OPTION_LISTEN_SOCKET, options->listen, MHD_OPTION_HTTPS_MEM_KEY, options->key,
		MHD_OPTION_HTTPS_MEM_CERT, options->certificate, MHD_OPTION_HTTPS_PRIORITIES,
		"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_OF_ONE_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)SILENCE_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_NOTIFY_CONNECTION,
		on_connection, https, MHD_OPTION_END);
	return https->loop.daemon ? 0 : -EIO;
}

/* SIGINT and SIGTERM end the loop; a client that leaves does not end the program. */
static int prepare_signals(sd_event *event)
{
	sigset_t mask;
	int r;

	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &mask, NULL) < 0)
		return -errno;
	r = sd_event_add_signal(event, NULL, SIGTERM, NULL, NULL);
	return r < 0 ? r : sd_event_add_signal(event, NULL, SIGINT, NULL, NULL);
}

int https_open(const struct https_options *options, struct https **ret_https)
{
	struct https *https = calloc(1, sizeof *https);
	int r = MHD_is_feature_supported(MHD_FEATURE_TLS) == MHD_YES ? 0 : -ENOTSUP;

	if (!https)
		r = -ENOMEM;
	if (r == 0) {
		https->options = *options;
		r = sd_event_new(&https->event);
	}
	if (r >= 0)
		r = prepare_signals(https->event);
	if (r >= 0)
		r = start_daemon(https);
	if (r < 0)
		close(options->listen); /* else it is the daemon's */
	else
		r = http_loop_open(https->event, &https->loop);
	if (r < 0)
		https_close(https);
	else
		*ret_https = https;
	return r < 0 ? r : 0;
}

void https_close(struct https *https)
{
	if (!https)
		return;
	http_loop_close(&https->loop);
	sd_event_source_disable_unref(https->end);
	sd_event_unref(https->event);
	free(https);
}

static int on_end(sd_event_source *source, uint64_t now, void *userdata)
{
	struct https *https = userdata;

	(void)source;
	(void)now;
	return sd_event_exit(https->event, 0);
}

int https_end_in(struct https *https, msec_t delay)
{
	return timer_arm(https->event, &https->end, delay, on_end, https);
}

int https_run(struct https *https)
{
	return sd_event_loop(https->event);
}
