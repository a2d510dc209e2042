/* SPDX-License-Identifier: Apache-2.0 */
/* Answers without an end: who stays hears everything, who does not read is dropped, nobody waits.
 */
#include "config.h"

#include "station/tools/http_stream.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "station/tools/call.h"
#include "station/tools/http.h"
#include "station/tools/log.h"
#include "station/tools/unix_socket.h"
#include "tests/unit/tap.h"

/* Passes of the loop within which everything that is ready is done. */
#define PASSES 1000
#define LIMIT  10000

static char directory[] = "/tmp/muster-stream.XXXXXX";
static char path[64];
static char heard[4 << 20];
static sd_event *event;
static struct http *http;

static char *get_begin(void *userdata)
{
	return strdup(userdata);
}

static char begin[] = "begin\n";
static const struct http_route routes[] = {
	{ .path = "/v1/events", .get = get_begin, .endless = true },
	{ .path = "/v1/board", .get = get_begin },
	{ .path = NULL },
};

/* Runs the server until nothing more is ready. */
static void serve(void)
{
	for (unsigned i = 0; i < PASSES && sd_event_run(event, 0) > 0; i++)
		;
}

static int ask(const char *request)
{
	int fd = -1;

	if (unix_connect(path, LIMIT, &fd) < 0)
		return -1;
	(void)!send(fd, request, strlen(request), MSG_NOSIGNAL);
	serve();
	return fd;
}

static int listen_in(void)
{
	return ask("GET /v1/events HTTP/1.0\r\n\r\n");
}

/* What FD has to say now, without the head; the server runs in between. RET_END tells the end. */
static const char *hear(int fd, bool *ret_end)
{
	size_t size = 0;
	ssize_t n;

	while ((n = recv(fd, heard + size, sizeof heard - size - 1, MSG_DONTWAIT)) > 0) {
		size += (size_t)n;
		serve();
	}
	heard[size] = '\0';
	if (ret_end)
		*ret_end = n == 0 || (n < 0 && errno != EAGAIN);
	return strstr(heard, "\r\n\r\n") ? strstr(heard, "\r\n\r\n") + 4 : heard;
}

static void push(const char *line)
{
	http_push(http, line);
	serve();
}

static void test_hearing(void)
{
	int one = listen_in(), two;
	bool end;

	is_string(hear(one, &end), "begin\n", "the first lines come at once");
	ok(strstr(heard, "application/x-ndjson"), "… as lines of JSON");
	ok(!end, "… and it does not end");
	push("a\n");
	is_string(hear(one, &end), "a\n", "what is pushed comes");
	two = listen_in();
	is_number(http_listeners(http), 2, "two listen");
	push("b\n");
	push("c\n");
	is_string(hear(one, NULL), "b\nc\n", "one hears all");
	is_string(hear(two, NULL), "begin\nb\nc\n", "the other what came since");
	close(two);
	serve();
	is_number(http_listeners(http), 1, "who leaves is noticed though nothing is pushed");
	push("d\n");
	is_string(hear(one, &end), "d\n", "the other stays");
	is_number(sd_event_run(event, 20000), 0, "a client that listens costs no wake-up");
	close(one);
	serve();
	is_number(http_listeners(http), 0, "nobody is left");
	push("to nobody\n");
}

/* Chunks, for clients of HTTP/1.1. */
static void test_chunks(void)
{
	int fd = ask("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");

	push("a\n");
	is_string(hear(fd, NULL), "6\r\nbegin\n\r\n2\r\na\n\r\n",
		  "chunks for who understands them");
	close(fd);
	fd = ask("HEAD /v1/events HTTP/1.0\r\n\r\n");
	is_string(hear(fd, NULL), "", "HEAD gets no lines");
	close(fd);
	serve();
	is_number(http_listeners(http), 0, "… and stays nobody's client");
}

static void test_slow(void)
{
	static char line[64 * 1024 + 1];
	int slow = listen_in(), good = listen_in();
	size_t all = 0, pushed = 0;
	bool end;

	memset(line, 'x', sizeof line - 1);
	line[sizeof line - 2] = '\n';
	hear(good, NULL);
	while (http_listeners(http) == 2 && pushed < 64) {
		push(line);
		pushed++;
		all += strlen(hear(good, NULL));
	}
	is_number(http_listeners(http), 1, "who does not read is dropped");
	ok(pushed > HTTP_STREAM_MAX / sizeof line, "… when too much waits, not before");
	is_number((long long)all, (long long)(pushed * (sizeof line - 1)), "who reads hears all");
	ok(strlen(hear(slow, &end)) < pushed * sizeof line && end,
	   "the slow one hears what was sent, and the end");
	push("on\n");
	is_string(hear(good, NULL), "on\n", "the other goes on");
	close(slow);
	close(good);
	serve();
}

static void test_crowd(void)
{
	int fds[HTTP_STREAMS_MAX], late, board;

	for (unsigned i = 0; i < HTTP_STREAMS_MAX; i++)
		fds[i] = listen_in();
	late = listen_in();
	hear(late, NULL);
	ok(strstr(heard, "HTTP/1.0 503") || strstr(heard, "HTTP/1.1 503"),
	   "one too many is refused");
	close(late);
	board = ask("GET /v1/board HTTP/1.0\r\n\r\n");
	is_string(hear(board, NULL), "begin\n", "… but other questions are answered");
	close(board);
	close(fds[3]);
	serve();
	fds[3] = listen_in();
	is_string(hear(fds[3], NULL), "begin\n", "a place that is free again is given");
	push("all\n");
	for (unsigned i = 0; i < HTTP_STREAMS_MAX; i++) {
		if (i != 3 && strcmp(hear(fds[i], NULL), "begin\nall\n") != 0)
			ok(false, "client %u hears all", i);
		if (i % 2)
			close(fds[i]); /* the others are there when the server ends */
	}
	http_push(http, "last\n");
	http_close(http);
	for (unsigned i = 0; i < HTTP_STREAMS_MAX; i += 2) {
		bool end;
		const char *text = hear(fds[i], &end);

		if (strcmp(text, "last\n") != 0 || !end)
			ok(false, "client %u hears the last line and the end", i);
		close(fds[i]);
	}
	ok(true, "who is there at the end hears the last line");
}

int main(void)
{
	if (!mkdtemp(directory) || sd_event_new(&event) < 0)
		return 1;
	log_set_level(LEVEL_ERROR);
	snprintf(path, sizeof path, "%s/socket", directory);
	if (http_open(event, path, routes, begin, &http) < 0)
		return 1;
	test_hearing();
	test_chunks();
	test_slow();
	test_crowd();
	sd_event_unref(event);
	rmdir(directory);
	return tap_done();
}
