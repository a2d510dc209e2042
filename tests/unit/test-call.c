/* SPDX-License-Identifier: Apache-2.0 */
/* The client of the control socket, against servers that mean it no good. */
#include "config.h"

#include "station/tools/call.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/tools/unix_socket.h"
#include "tests/unit/tap.h"

/* For answers that come. */
#define PATIENT 10000
/* For those that do not. */
#define SHORT 100

static char directory[] = "/tmp/muster-call.XXXXXX";
static char path[64];

/* Says TEXT to the one client; then closes, or stays silent. */
struct server {
	const char *text;
	bool stays;
	bool endless; /* TEXT again and again */
};

static _Noreturn void serve(int listener, const struct server *server)
{
	struct pollfd ready = { .fd = listener, .events = POLLIN };
	char request[512];
	int fd;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	poll(&ready, 1, -1);
	fd = accept(listener, NULL, NULL);
	if (fd < 0 || recv(fd, request, sizeof request, 0) < 0)
		_exit(1);
	do {
		if (send(fd, server->text, strlen(server->text), MSG_NOSIGNAL) < 0)
			_exit(0);
	} while (server->endless);
	if (server->stays)
		pause();
	_exit(0);
}

/* Returns its pid, or -1. */
static pid_t start_server(const struct server *server)
{
	int listener;
	pid_t pid;

	if (unix_listen(path, &listener) < 0)
		return -1;
	pid = fork();
	if (pid == 0)
		serve(listener, server);
	close(listener);
	return pid;
}

static void end_server(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	unlink(path);
}

static int call_server(const struct server *server, msec_t limit, struct call_answer *ret_answer)
{
	pid_t pid = start_server(server);
	int r;

	if (pid < 0)
		return -ECHILD;
	r = call_get(path, "/v1/board", limit, ret_answer);
	end_server(pid);
	return r;
}

static int open_server(const struct server *server, msec_t limit, int *ret_fd)
{
	pid_t pid = start_server(server);
	int r;

	if (pid < 0)
		return -ECHILD;
	r = call_open(path, "/v1/events", limit, ret_fd);
	end_server(pid);
	return r;
}

static void test_answers(void)
{
	static const struct {
		const char *text;
		int result;
		unsigned status;
		const char *body, *what;
	} rows[] = {
		{ "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0, 200, "{}", "an answer" },
		{ "HTTP/1.0 200 OK\r\nX: y\r\ncontent-length:2\r\nZ: z\r\n\r\n{}", 0, 200, "{}",
		  "other headers, other letters" },
		{ "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 0, 404, "",
		  "404 without a body" },
		{ "", -EPROTO, 0, "", "nothing" },
		{ "\r\n\r\n", -EPROTO, 0, "", "an empty line" },
		{ "SSH-2.0-OpenSSH_9.2\r\n\r\n", -EPROTO, 0, "", "another protocol" },
		{ "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n", -EPROTO, 0, "", "HTTP/2.0" },
		{ "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", -EPROTO, 0, "", "status 2000" },
		{ "HTTP/1.1 99 OK\r\nContent-Length: 0\r\n\r\n", -EPROTO, 0, "", "status 99" },
		{ "HTTP/1.1 -20 OK\r\nContent-Length: 0\r\n\r\n", -EPROTO, 0, "", "status -20" },
		{ "HTTP/1.1 200\r\n\r\n", -EPROTO, 0, "", "a status line cut short" },
		{ "HTTP/1.1 200 OK\r\n\r\n{}", -EPROTO, 0, "", "no length" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}", -EPROTO, 0, "",
		  "a length that is no number" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}", -EPROTO, 0, "",
		  "a negative length" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 2 3\r\n\r\n{}", -EPROTO, 0, "",
		  "two lengths in one" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}", -EPROTO, 0,
		  "", "two lengths" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}", -EPROTO, 0,
		  "", "a length of twenty digits" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n{}", -EMSGSIZE, 0, "",
		  "a length past the limit" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}", -EPROTO, 0, "",
		  "a body cut short" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}", -EPROTO, 0, "",
		  "a body too long" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", -EPROTO, 0, "", "headers cut short" },
		{ "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
		  -EPROTO, 0, "", "chunks" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct server server = { .text = rows[i].text };
		struct call_answer answer = { 0 };

		is_number(call_server(&server, PATIENT, &answer), rows[i].result, rows[i].what);
		is_number(answer.status, rows[i].status, "… its status");
		is_string(answer.body ? answer.body : "", rows[i].body, "… its body");
		free(answer.body);
	}
}

static void test_silence(void)
{
	static const struct {
		struct server server;
		int result;
		const char *what;
	} rows[] = {
		{ { "", true, false }, -ETIMEDOUT, "a server that says nothing" },
		{ { "HTTP/1.1 200 OK\r\n", true, false },
		  -ETIMEDOUT,
		  "one that stops in the headers" },
		{ { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", true, false },
		  -ETIMEDOUT,
		  "one that stops in the body" },
		{ { "X: y\r\n", false, true }, -EPROTO, "one with endless headers" },
		{ { "xxxxxxxxxxxxxxxx", false, true }, -EPROTO, "one with an endless line" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct call_answer answer = { 0 };

		is_number(call_server(&rows[i].server, rows[i].server.stays ? SHORT : PATIENT,
				      &answer),
			  rows[i].result, rows[i].what);
		ok(!answer.body, "… leaves the answer alone");
	}
}

/* What a server hears of a post, by a server that says it back. */
static void test_post(void)
{
	static char large[64 << 10];
	struct call_answer answer = { 0 };
	int listener, fd, sides[2];
	char heard[1024];
	pid_t pid;
	ssize_t n;

	if (unix_listen(path, &listener) < 0 || pipe(sides) < 0)
		return;
	pid = fork();
	if (pid == 0) {
		struct pollfd ready = { .fd = listener, .events = POLLIN };

		poll(&ready, 1, -1);
		fd = accept(listener, NULL, NULL);
		n = recv(fd, heard, sizeof heard, 0);
		/* Head and body may come apart. */
		while (n > 0 && !memmem(heard, (size_t)n, "}\n", 2))
			n += recv(fd, heard + n, sizeof heard - (size_t)n, 0);
		(void)!write(sides[1], heard, (size_t)n);
		(void)!write(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 38);
		_exit(0);
	}
	close(listener);
	is_number(call_post(path, "/v1/handover", "{\"a\":1}\n", PATIENT, &answer), 0, "a post");
	free(answer.body);
	n = read(sides[0], heard, sizeof heard - 1);
	heard[n > 0 ? n : 0] = '\0';
	ok(strncmp(heard, "POST /v1/handover HTTP/1.0\r\n", 28) == 0, "… says what it is");
	ok(strstr(heard, "\r\nContent-Length: 8\r\n"), "… and how long");
	ok(strstr(heard, "\r\n\r\n{\"a\":1}\n"), "… and its body");
	close(sides[0]);
	close(sides[1]);
	end_server(pid);
	memset(large, 'x', sizeof large - 1);
	is_number(call_post(path, "/v1/handover", large, PATIENT, &answer), -ENOENT,
		  "nobody to post to");
}

static void on_alarm(int number)
{
	(void)number;
}

/* Signals that come while nothing has been said yet: valgrind sees what is read then. */
static void test_interrupted(void)
{
	static const struct server silent = { "", true, false };
	const struct itimerval often = { { 0, 2000 }, { 0, 2000 } }, never = { 0 };
	const struct sigaction action = { .sa_handler = on_alarm };
	struct call_answer answer;

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	is_number(call_server(&silent, SHORT, &answer), -ETIMEDOUT, "silence between signals");
	setitimer(ITIMER_REAL, &never, NULL);
}

/* Nobody accepts: the queue fills up, and still the limit holds. */
static void test_full_queue(void)
{
	struct call_answer answer;
	int listener, fds[200], count = 0;

	unix_listen(path, &listener);
	while (count < 200 && unix_connect(path, 1, &fds[count]) == 0)
		count++;
	ok(count < 200, "a queue fills up");
	is_number(call_get(path, "/", SHORT, &answer), -ETIMEDOUT, "a full queue is silence");
	while (count > 0)
		close(fds[--count]);
	close(listener);
	is_number(call_get(path, "/", PATIENT, &answer), -ECONNREFUSED, "nobody listens any more");
	unlink(path);
	is_number(call_get(path, "/", PATIENT, &answer), -ENOENT, "no socket");
}

static void test_requests(void)
{
	struct call_answer answer;
	char long_path[1024];
	int listener;

	memset(long_path, 'a', sizeof long_path - 1);
	long_path[sizeof long_path - 1] = '\0';
	unix_listen(path, &listener);
	is_number(call_get(path, long_path, PATIENT, &answer), -EINVAL,
		  "a path too long to ask for");
	is_number(call_get(long_path, "/", PATIENT, &answer), -ENAMETOOLONG,
		  "a socket's path too long to be one");
	close(listener);
	unlink(path);
}

/* Answers without an end. */
static void test_open(void)
{
	static const struct {
		struct server server;
		int result;
		const char *body, *what;
	} rows[] = {
		{ { .text = "HTTP/1.1 200 OK\r\nX: y\r\n\r\none\ntwo\n", .stays = true },
		  0,
		  "one\ntwo\n",
		  "the body is left to be read" },
		{ { .text = "HTTP/1.1 200 OK\r\n\r\n" }, 0, "", "one that ends at once" },
		{ { .text = "HTTP/1.1 503 Full\r\n\r\n" }, -EPROTO, "", "a refusal" },
		{ { .text = "HTTP/1.1 200 OK\r\nX: y\r\n" }, -EPROTO, "", "a head cut short" },
		{ { .text = "", .stays = true }, -ETIMEDOUT, "", "silence" },
		{ { .text = "HTTP/1.1 200 OK\r\nX: y\r\n", .stays = true },
		  -ETIMEDOUT,
		  "",
		  "a head without an end" },
		{ { .text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", .endless = true },
		  -EPROTO,
		  "",
		  "a head that is too long" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		msec_t limit = rows[i].result == -ETIMEDOUT ? SHORT : PATIENT;
		char body[64] = "";
		int fd = -1;

		is_number(open_server(&rows[i].server, limit, &fd), rows[i].result, rows[i].what);
		if (fd >= 0)
			(void)!recv(fd, body, sizeof body - 1, 0);
		is_string(body, rows[i].body, "… what it says");
		if (fd >= 0)
			close(fd);
	}
}

int main(void)
{
	if (!mkdtemp(directory))
		return 1;
	snprintf(path, sizeof path, "%s/socket", directory);
	test_answers();
	test_silence();
	test_post();
	test_interrupted();
	test_full_queue();
	test_requests();
	test_open();
	rmdir(directory);
	return tap_done();
}
