/* SPDX-License-Identifier: Apache-2.0 */
/* The control socket's server, by real clients over real sockets. */
#include "config.h"

#include "station/tools/http.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/tools/unix_socket.h"
#include "tests/unit/tap.h"

/* An answer must come within this; it comes within a millisecond. */
#define LIMIT 10000
/* A body larger than any socket buffer. */
#define LONG_BODY (3U << 20)
#define ROOM	  (LONG_BODY + 4096)

static char directory[] = "/tmp/muster-http.XXXXXX";
static char path[64];
static char answer[ROOM];

static char *get_board(void *userdata)
{
	return strdup(userdata);
}

static char *get_nothing(void *userdata)
{
	(void)userdata;
	return NULL;
}

static char *get_long(void *userdata)
{
	char *body = malloc(LONG_BODY + 1);

	(void)userdata;
	memset(body, 'x', LONG_BODY);
	body[LONG_BODY] = '\0';
	return body;
}

/* Answers with what was posted; "refuse" is refused. */
static char *post_echo(void *userdata, const char *body, size_t size, unsigned *ret_status)
{
	(void)userdata;
	if (strlen(body) != size)
		return NULL;
	if (strcmp(body, "refuse") == 0)
		*ret_status = 400;
	return strdup(body);
}

static const struct http_route routes[] = {
	{ .path = "/v1/echo", .post = post_echo },
	{ .path = "/v1/board", .get = get_board },
	{ .path = "/v1/nothing", .get = get_nothing },
	{ .path = "/v1/long", .get = get_long },
	{ 0 },
};

/* Serves until it is killed; writes a byte to READY when it can be asked. */
static _Noreturn void serve(int ready)
{
	struct http *http;
	sd_event *event;
	static char board[] = "{\"board\":1}";

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (sd_event_new(&event) < 0 || http_open(event, path, routes, board, &http) < 0)
		_exit(1);
	if (write(ready, "", 1) != 1)
		_exit(1);
	sd_event_loop(event);
	_exit(1);
}

static pid_t start_server(void)
{
	int ready[2];
	char byte;
	pid_t pid;

	if (pipe2(ready, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0)
		serve(ready[1]);
	close(ready[1]);
	ok(read(ready[0], &byte, 1) == 1, "the server listens");
	close(ready[0]);
	return pid;
}

static int client(void)
{
	int fd;

	return unix_connect(path, LIMIT, &fd) == 0 ? fd : -1;
}

static void say(int fd, const char *text)
{
	(void)!send(fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Reads into `answer` until the server closes or the limit. Returns the bytes, or -1. */
static ssize_t hear(int fd)
{
	size_t size = 0;

	for (;;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		ssize_t n;

		if (poll(&ready, 1, LIMIT) != 1)
			return -1;
		n = recv(fd, answer + size, ROOM - 1 - size, 0);
		if (n <= 0)
			break;
		size += (size_t)n;
	}
	answer[size] = '\0';
	return (ssize_t)size;
}

static void ask(const char *request)
{
	int fd = client();

	say(fd, request);
	if (hear(fd) < 0)
		answer[0] = '\0';
	close(fd);
}

static unsigned status_of(void)
{
	unsigned status = 0;

	(void)sscanf(answer, "HTTP/1.%*c %u", &status);
	return status;
}

static const char *body_of(void)
{
	const char *end = strstr(answer, "\r\n\r\n");

	return end ? end + 4 : "";
}

static void test_answers(void)
{
	static const struct {
		const char *request;
		unsigned status;
		const char *what;
	} rows[] = {
		{ "GET /v1/board HTTP/1.0\r\n\r\n", 200, "a page" },
		{ "GET /v1/board?x=1 HTTP/1.0\r\n\r\n", 200, "a page with a query" },
		{ "GET /v1/nothing HTTP/1.0\r\n\r\n", 500, "a page that cannot be made" },
		{ "GET / HTTP/1.0\r\n\r\n", 404, "no page" },
		{ "GET /v1/board/ HTTP/1.0\r\n\r\n", 404, "a page's path with more behind it" },
		{ "GET /v1/boar HTTP/1.0\r\n\r\n", 404, "a part of a page's path" },
		{ "POST /v1/board HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}", 405, "POST" },
		{ "DELETE /v1/board HTTP/1.0\r\n\r\n", 405, "DELETE" },
		{ "OPTIONS /v1/board HTTP/1.0\r\n\r\n", 405, "OPTIONS" },
		{ "GET /v1/board HTTP/1.0\r\nOrigin: http://localhost\r\n\r\n", 403,
		  "a page's script" },
		{ "GET /v1/board HTTP/1.0\r\nContent-Length: 9\r\n\r\n", 200,
		  "a body that never comes" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ask(rows[i].request);
		is_number(status_of(), rows[i].status, rows[i].what);
		ok(strcasestr(answer, "Content-Type: application/json\r\n"), "… in JSON");
		ok(strcasestr(answer, "Cache-Control: no-store\r\n"), "… not to be stored");
		ok(strcasestr(answer, "X-Content-Type-Options: nosniff\r\n"), "… nor guessed at");
	}
	ask("PUT / HTTP/1.0\r\n\r\n");
	ok(strcasestr(answer, "Allow: GET, HEAD\r\n"), "405 tells what is allowed");
}

static void test_bodies(void)
{
	ask("GET /v1/board HTTP/1.0\r\n\r\n");
	is_string(body_of(), "{\"board\":1}", "the page is what the route made");
	ask("HEAD /v1/board HTTP/1.0\r\n\r\n");
	is_number(status_of(), 200, "HEAD is answered");
	is_string(body_of(), "", "… without a body");
	ok(strcasestr(answer, "Content-Length: 11\r\n"), "… but with its length");
	ask("GET /v1/long HTTP/1.0\r\n\r\n");
	is_number((long long)strlen(body_of()), LONG_BODY, "3 MiB come whole");
}

/* Posts SIZE bytes of LETTER, which the head says are SAID. */
static void post(char letter, size_t size, size_t said)
{
	static char request[HTTP_BODY_MAX + 4096];
	int head = snprintf(request, sizeof request,
			    "POST /v1/echo HTTP/1.0\r\nContent-Length: %zu\r\n\r\n", said);

	memset(request + head, letter, size);
	request[(size_t)head + size] = '\0';
	ask(request);
}

static void test_posts(void)
{
	ask("POST /v1/echo HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}");
	is_number(status_of(), 200, "a body is taken");
	is_string(body_of(), "{}", "… as it is");
	ask("POST /v1/echo HTTP/1.0\r\nContent-Length: 6\r\n\r\nrefuse");
	is_number(status_of(), 400, "one may be refused");
	ask("POST /v1/echo HTTP/1.0\r\nContent-Length: 0\r\n\r\n");
	is_number(status_of(), 200, "an empty one is one");
	ask("POST /v1/echo HTTP/1.0\r\nOrigin: http://localhost\r\nContent-Length: 2\r\n\r\n{}");
	is_number(status_of(), 403, "none comes from a page's script");
	ask("GET /v1/echo HTTP/1.0\r\n\r\n");
	is_number(status_of(), 405, "what is posted to is not got");
	ok(strcasestr(answer, "Allow: POST\r\n"), "… and the answer says so");
	post('x', HTTP_BODY_MAX, HTTP_BODY_MAX);
	is_number(status_of(), 200, "the largest body");
	is_number((long long)strlen(body_of()), HTTP_BODY_MAX, "… comes whole");
	post('x', HTTP_BODY_MAX + 1, HTTP_BODY_MAX + 1);
	is_number(status_of(), 413, "one byte more is too much");
	post('\0', 0, HTTP_BODY_MAX * 10);
	ok(status_of() == 0 || status_of() >= 400, "a body that is not sent is not answered well");
}

static void test_hostile(void)
{
	static char request[1 << 20];
	int slow = client(), half = client();

	memset(request, 'a', sizeof request - 1);
	memcpy(request, "GET /v1/board HTTP/1.0\r\nX: ", 27);
	ask(request);
	ok(status_of() >= 400 || answer[0] == '\0', "1 MiB of header is refused");
	ask("\x16\x03\x01 garbage\r\n\r\n");
	ok(status_of() >= 400 || answer[0] == '\0', "garbage is refused");

	say(slow, "GET /v1/board HT");
	say(half, "GET /v1/long HTTP/1.0\r\n\r\n"); /* and never reads */
	ask("GET /v1/board HTTP/1.0\r\n\r\n");
	is_number(status_of(), 200, "a slow client and one that does not read hold up nobody");
	say(slow, "TP/1.0\r\n\r\n");
	ok(hear(slow) > 0 && status_of() == 200, "the slow one gets its answer, too");
	close(slow);
	close(half);
}

static void test_parallel(void)
{
	int fds[100], answered = 0;

	for (int i = 0; i < 100; i++) {
		fds[i] = client();
		say(fds[i], "GET /v1/board HTTP/1.0\r\n\r\n");
	}
	for (int i = 0; i < 100; i++) {
		answered += hear(fds[i]) > 0 && status_of() == 200;
		close(fds[i]);
	}
	is_number(answered, 100, "100 clients at once are all answered");
}

static void test_crowd(void)
{
	int fds[70];

	for (int i = 0; i < 70; i++)
		fds[i] = client(); /* silent: they take every place there is */
	for (int i = 0; i < 70; i++)
		close(fds[i]);
	ask("GET /v1/board HTTP/1.0\r\n\r\n");
	is_number(status_of(), 200, "a crowd that has left leaves room");
}

/* As many as may be served at once, all known to be, leave in one moment. */
static void test_full(pid_t server)
{
	static const char begun[] = "POST /v1/echo HTTP/1.1\r\nHost: muster\r\n"
				    "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n";
	int fds[64], served = 0;
	char first[16];

	for (int i = 0; i < 64; i++) {
		struct pollfd ready = { .fd = fds[i] = client(), .events = POLLIN };

		say(fds[i], begun);
		served += poll(&ready, 1, LIMIT) == 1 && recv(fds[i], first, sizeof first, 0) > 0;
	}
	is_number(served, 64, "every place is taken");
	kill(server, SIGSTOP);
	for (int i = 0; i < 64; i++)
		close(fds[i]);
	kill(server, SIGCONT);
	ask("GET /v1/board HTTP/1.0\r\n\r\n");
	is_number(status_of(), 200, "who comes when all have left at once is answered");
}

/* What may stand at the path when the server comes. */
static void test_path(void)
{
	struct http *http = NULL;
	struct stat status;
	sd_event *event;
	int fd;

	sd_event_new(&event);
	is_number(http_open(event, path, routes, NULL, &http), -EADDRINUSE,
		  "a live server's place is not taken");
	ask("GET /v1/board HTTP/1.0\r\n\r\n");
	is_number(status_of(), 200, "… and it goes on serving");

	snprintf(path, sizeof path, "%s/file", directory);
	close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	is_number(http_open(event, path, routes, NULL, &http), -EEXIST, "a file is not replaced");
	ok(stat(path, &status) == 0, "… and stays");
	unlink(path);

	snprintf(path, sizeof path, "%s/stale", directory);
	is_number(unix_listen(path, &fd), 0, "a socket is made");
	close(fd);
	is_number(http_open(event, path, routes, NULL, &http), 0, "a dead one is replaced");
	ok(stat(path, &status) == 0 && (status.st_mode & 07777) == 0600, "… for this user only");
	while (sd_event_run(event, 0) > 0)
		;
	fd = client();
	while (sd_event_run(event, 0) > 0)
		;
	close(fd);
	is_number(sd_event_run(event, LIMIT * 1000), 1, "a client's leaving wakes the loop");
	while (sd_event_run(event, 0) > 0)
		;
	is_number(sd_event_run(event, 20000), 0, "without clients nothing does");
	http_close(http);
	ok(stat(path, &status) < 0 && errno == ENOENT, "closing removes the socket");
	sd_event_unref(event);
}

static void test_long_path(void)
{
	char long_path[200];
	struct http *http = NULL;
	sd_event *event;

	sd_event_new(&event);
	memset(long_path, 'a', sizeof long_path - 1);
	long_path[sizeof long_path - 1] = '\0';
	is_number(http_open(event, long_path, routes, NULL, &http), -ENAMETOOLONG,
		  "a path too long for a socket");
	is_number(http_open(event, "/nowhere/at/all", routes, NULL, &http), -ENOENT, "no folder");
	sd_event_unref(event);
}

int main(void)
{
	pid_t server;
	int status;

	if (!mkdtemp(directory))
		return 1;
	snprintf(path, sizeof path, "%s/socket", directory);
	server = start_server();
	test_answers();
	test_bodies();
	test_posts();
	test_hostile();
	test_parallel();
	test_crowd();
	test_full(server);
	test_path();
	test_long_path();
	ok(kill(server, SIGKILL) == 0 && waitpid(server, &status, 0) == server &&
		   WIFSIGNALED(status),
	   "the server lived to the end");
	snprintf(path, sizeof path, "%s/socket", directory);
	unlink(path);
	rmdir(directory);
	return tap_done();
}
