/* SPDX-License-Identifier: Apache-2.0 */
/* The client of the control socket: asks the running station one thing. */
#include "station/tools/call.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "station/tools/clock.h"
#include "station/tools/unix_socket.h"

/*
 * HTTP/1.0 by hand: one request on one connection, answered by our own server with a known length.
 * libcurl would map some thirty libraries, TLS and name services among them, into every program
 * that links it, and that is the station.
 */

/* Bytes of the answer's status line and headers; ours have 200. */
#define HEAD_MAX 8192
/* Longest path asked for. */
#define REQUEST_MAX 512

/* What has come so far. */
struct reading {
	int fd;
	msec_t end;	/* monotonic: when it must be whole */
	bool head_only; /* what follows the head is left for others to read */
	size_t size, room;
	char *bytes; /* always ends with NUL once there is any */
};

/* Makes room for at least one more byte and the NUL. */
static int make_room(struct reading *reading)
{
	size_t room = reading->room ? 2 * reading->room : HEAD_MAX;
	char *bytes;

	if (reading->size + 1 < reading->room)
		return 0;
	if (reading->size > CALL_SIZE_MAX + HEAD_MAX)
		return -EMSGSIZE;
	bytes = realloc(reading->bytes, room);
	if (!bytes)
		return -ENOMEM;
	bytes[reading->size] = '\0'; /* also if a signal comes before the first byte */
	reading->bytes = bytes;
	reading->room = room;
	return 0;
}

/* Reads what there is, waiting for it until the limit. Returns 1, 0 at the end, or negative errno.
 */
static int read_more(struct reading *reading)
{
	struct pollfd ready = { .fd = reading->fd, .events = POLLIN };
	msec_t left = reading->end - clock_monotonic();
	size_t most;
	ssize_t n;
	int r = make_room(reading);

	if (r < 0)
		return r;
	r = left > 0 ? poll(&ready, 1, (int)left) : 0;
	if (r < 0)
		return errno == EINTR ? 1 : -errno;
	if (r == 0)
		return -ETIMEDOUT;
	/* Byte by byte: where the head ends is not known before. */
	most = reading->head_only ? 1 : reading->room - reading->size - 1;
	n = recv(reading->fd, reading->bytes + reading->size, most, MSG_DONTWAIT);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? 1 : -errno;
	reading->size += (size_t)n;
	reading->bytes[reading->size] = '\0';
	return n > 0;
}

/* Reads the digits at TEXT; AFTER is what must follow them. */
static int parse_number(const char *text, size_t most_digits, char after, size_t *ret_number)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > most_digits || text[digits] != after)
		return -EPROTO;
	*ret_number = strtoul(text, NULL, 10);
	return 0;
}

/* Reads "HTTP/1.1 200 OK". */
static int parse_status(const char *line, unsigned *ret_status)
{
	size_t status;

	if (strncmp(line, "HTTP/1.", 7) != 0 || (line[7] != '0' && line[7] != '1') ||
	    line[8] != ' ' || parse_number(line + 9, 3, ' ', &status) < 0 || status < 100)
		return -EPROTO;
	*ret_status = (unsigned)status;
	return 0;
}

/* Finds the one Content-Length among the lines of HEAD, which ends with an empty line. */
static int parse_length(const char *head, size_t *ret_length)
{
	static const char name[] = "Content-Length:";
	bool found = false;

	for (const char *line = strstr(head, "\r\n") + 2; strncmp(line, "\r\n", 2) != 0;
	     line = strstr(line, "\r\n") + 2) {
		const char *value = line + sizeof name - 1;

		if (strncasecmp(line, "Transfer-Encoding:", 18) == 0)
			return -EPROTO; /* not spoken to a client of HTTP/1.0 */
		if (strncasecmp(line, name, sizeof name - 1) != 0)
			continue;
		if (found || parse_number(value + strspn(value, " \t"), 9, '\r', ret_length) < 0)
			return -EPROTO;
		found = true;
	}
	return found ? 0 : -EPROTO;
}

/* Reads the head, whose length is RET_HEAD. */
static int read_head(struct reading *reading, unsigned *ret_status, size_t *ret_head)
{
	const char *end = NULL;
	int r;

	while (!end) {
		if (reading->size > HEAD_MAX)
			return -EPROTO;
		r = read_more(reading);
		if (r <= 0)
			return r < 0 ? r : -EPROTO;
		end = strstr(reading->bytes, "\r\n\r\n");
	}
	r = parse_status(reading->bytes, ret_status);
	if (r < 0)
		return r;
	*ret_head = (size_t)(end - reading->bytes) + 4;
	return 0;
}

static int read_answer(struct reading *reading, struct call_answer *ret_answer)
{
	struct call_answer answer = { 0 };
	size_t head = 0, length = 0;
	int r = read_head(reading, &answer.status, &head);

	if (r == 0)
		r = parse_length(reading->bytes, &length);
	if (r < 0)
		return r;
	if (length > CALL_SIZE_MAX)
		return -EMSGSIZE;
	while (reading->size < head + length) {
		r = read_more(reading);
		if (r <= 0)
			return r < 0 ? r : -EPROTO;
	}
	if (reading->size > head + length)
		return -EPROTO;
	answer.size = length;
	answer.body = malloc(length + 1);
	if (!answer.body)
		return -ENOMEM;
	memcpy(answer.body, reading->bytes + head, length + 1);
	*ret_answer = answer;
	return 0;
}

/* What is asked: TEXT is posted to PATH, or PATH is got. */
struct question {
	const char *path, *text;
};

/* Writes QUESTION's head to OUT. Returns its length, or -EINVAL when it does not fit. */
static int write_head(const struct question *question, char out[static REQUEST_MAX])
{
	int len = snprintf(out, REQUEST_MAX,
			   "%s %s HTTP/1.0\r\nHost: muster\r\nAccept: application/json\r\n",
			   question->text ? "POST" : "GET", question->path);

	if (len < REQUEST_MAX && question->text)
		len += snprintf(out + len, (size_t)(REQUEST_MAX - len),
				"Content-Type: application/json\r\nContent-Length: %zu\r\n",
				strlen(question->text));
	if (len < REQUEST_MAX)
		len += snprintf(out + len, (size_t)(REQUEST_MAX - len), "\r\n");
	return len < REQUEST_MAX ? len : -EINVAL;
}

/* A new connection's buffer takes what fits into a request whole. */
static int send_whole(int fd, const char *bytes, size_t size)
{
	ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);

	if (sent < 0)
		return errno == EPIPE ? -EPROTO : -errno;
	return (size_t)sent == size ? 0 : -EMSGSIZE;
}

static int send_request(int fd, const struct question *question)
{
	char head[REQUEST_MAX];
	int len = write_head(question, head);
	int r = len < 0 ? len : send_whole(fd, head, (size_t)len);

	if (r == 0 && question->text)
		r = send_whole(fd, question->text, strlen(question->text));
	return r;
}

/* Connects and asks. Returns 0 with READING's descriptor open, or negative errno. */
static int ask(struct reading *reading, const char *socket, const struct question *question,
	       msec_t limit)
{
	int r;

	reading->end = clock_monotonic() + limit;
	r = unix_connect(socket, limit, &reading->fd);
	if (r < 0)
		return r == -EAGAIN ? -ETIMEDOUT : r;
	r = send_request(reading->fd, question);
	if (r < 0)
		close(reading->fd);
	return r;
}

static int call(const char *socket, const struct question *question, msec_t limit,
		struct call_answer *ret_answer)
{
	struct reading reading = { 0 };
	int r = ask(&reading, socket, question, limit);

	if (r < 0)
		return r == -ECONNRESET ? -EPROTO : r;
	r = read_answer(&reading, ret_answer);
	free(reading.bytes);
	close(reading.fd);
	return r == -ECONNRESET ? -EPROTO : r;
}

int call_get(const char *socket, const char *path, msec_t limit, struct call_answer *ret_answer)
{
	const struct question question = { path, NULL };

	return call(socket, &question, limit, ret_answer);
}

int call_post(const char *socket, const char *path, const char *text, msec_t limit,
	      struct call_answer *ret_answer)
{
	const struct question question = { path, text };

	return call(socket, &question, limit, ret_answer);
}

int call_open(const char *socket, const char *path, msec_t limit, int *ret_fd)
{
	const struct question question = { path, NULL };
	struct reading reading = { .head_only = true };
	int r = ask(&reading, socket, &question, limit);
	unsigned status;
	size_t head;

	if (r < 0)
		return r == -ECONNRESET ? -EPROTO : r;
	r = read_head(&reading, &status, &head);
	free(reading.bytes);
	if (r == 0 && status == 200) {
		*ret_fd = reading.fd;
		return 0;
	}
	close(reading.fd);
	return r == 0 || r == -ECONNRESET ? -EPROTO : r;
}
