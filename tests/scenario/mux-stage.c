/* SPDX-License-Identifier: Apache-2.0 */
/* A real muster-mux between a station, a usbmuxd and workers that are all played by the test. */
#define _GNU_SOURCE
#include "tests/scenario/mux-stage.h"

#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/tap.h"

/* Whatever a test cannot go on without. */
static void require(bool condition, const char *what)
{
	if (condition)
		return;
	ok(false, "%s: %s", what, strerror(errno));
	exit(tap_done());
}

void stage_init(struct stage *stage)
{
	*stage = (struct stage){ .mux = -1, .station = -1, .usbmuxd = -1, .listener = -1 };
	snprintf(stage->directory, sizeof stage->directory, "/tmp/muster-test.XXXXXX");
	require(mkdtemp(stage->directory) != NULL, "a directory for the test");
	snprintf(stage->socket_path, sizeof stage->socket_path, "%s/usbmuxd", stage->directory);
	snprintf(stage->address, sizeof stage->address, "UNIX:%s", stage->socket_path);
}

static void run_mux(const struct stage *stage, int conversation, int errors, unsigned nofile)
{
	const char *build = getenv("MUSTER_BUILD");
	struct rlimit limit = { nofile, nofile };
	char program[4096];

	snprintf(program, sizeof program, "%s/muster-mux", build ? build : ".");
	setenv("USBMUXD_SOCKET_ADDRESS", stage->address, 1);
	setenv("XDG_RUNTIME_DIR", stage->directory, 1);
	/* Above 3 first: either may be 3 itself. */
	conversation = fcntl(conversation, F_DUPFD, 10);
	errors = fcntl(errors, F_DUPFD, 10);
	dup2(conversation, 3);
	dup2(errors, 2);
	close_range(4, ~0U, 0);
	if (nofile > 0)
		setrlimit(RLIMIT_NOFILE, &limit);
	if (stage->pulse_every)
		execl(program, program, "--pulse-every", stage->pulse_every, "--pulse-limit",
		      stage->pulse_limit, NULL);
	else
		execl(program, program, NULL);
	_exit(127);
}

void stage_start(struct stage *stage, unsigned nofile)
{
	int conversation[2], errors[2];

	require(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, conversation) == 0 &&
			pipe2(errors, O_CLOEXEC) == 0,
		"a conversation");
	stage->mux = fork();
	require(stage->mux >= 0, "a process");
	if (stage->mux == 0)
		run_mux(stage, conversation[1], errors[1], nofile);
	close(conversation[1]);
	close(errors[1]);
	stage->station = conversation[0];
	stage->errors = errors[0];
}

int stage_wait(struct stage *stage)
{
	int status;

	require(waitpid(stage->mux, &status, 0) == stage->mux, "muster-mux ends");
	stage->mux = -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Counts what is left in the directory, but for usbmuxd's own socket. */
static int count_left(const struct stage *stage)
{
	DIR *directory = opendir(stage->directory);
	struct dirent *entry;
	int count = 0;

	require(directory != NULL, "the directory");
	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.' && strcmp(entry->d_name, "usbmuxd") != 0;
	closedir(directory);
	return count;
}

void stage_end(struct stage *stage)
{
	if (stage->station >= 0)
		close(stage->station);
	if (stage->mux > 0)
		is_number(stage_wait(stage), 0, "muster-mux ends with the conversation");
	is_number(count_left(stage), 0, "and leaves no socket behind");
	usbmuxd_close(stage);
	if (stage->listener >= 0)
		close(stage->listener);
	close(stage->errors);
	rmdir(stage->directory);
}

void stage_order(struct stage *stage, const char *format, ...)
{
	char text[4096];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	require(send(stage->station, text, (size_t)len, MSG_NOSIGNAL) == len, "an order is sent");
}

bool peer_await(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, STAGE_LIMIT_MS) == 1;
}

bool stage_hear(struct stage *stage)
{
	ssize_t n;

	stage->event[0] = '\0';
	if (!peer_await(stage->station))
		return false;
	n = recv(stage->station, stage->event, sizeof stage->event - 1, 0);
	stage->event[n > 0 ? n : 0] = '\0';
	return n > 0;
}

bool stage_expect(struct stage *stage, const char *text)
{
	stage_hear(stage);
	return is_string(stage->event, text, text);
}

bool stage_expect_start(struct stage *stage, const char *text)
{
	stage_hear(stage);
	return ok(strncmp(stage->event, text, strlen(text)) == 0, "%s…: %s", text, stage->event);
}

void stage_gate(struct stage *stage, unsigned key, const char *device, pid_t pid,
		char ret_path[static 128])
{
	char *path;

	stage_order(stage, "open %u %s", key, device);
	stage_expect_start(stage, "gate ");
	path = strchr(stage->event, '/');
	require(path && strlen(path) < 108, "a path that fits a socket address");
	strcpy(ret_path, path);
	if (pid > 0)
		stage_order(stage, "admit %u %d", key, (int)pid);
}

void usbmuxd_open(struct stage *stage, int backlog)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	strcpy(to.sun_path, stage->socket_path);
	stage->usbmuxd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	require(stage->usbmuxd >= 0 &&
			bind(stage->usbmuxd, (struct sockaddr *)&to, sizeof to) == 0 &&
			listen(stage->usbmuxd, backlog) == 0,
		"usbmuxd listens");
}

void usbmuxd_close(struct stage *stage)
{
	if (stage->usbmuxd < 0)
		return;
	unlink(stage->socket_path);
	close(stage->usbmuxd);
	stage->usbmuxd = -1;
}

int usbmuxd_accept(struct stage *stage)
{
	int fd;

	require(peer_await(stage->usbmuxd), "somebody connects to usbmuxd");
	fd = accept4(stage->usbmuxd, NULL, NULL, SOCK_CLOEXEC);
	require(fd >= 0, "usbmuxd accepts");
	return fd;
}

void usbmuxd_listen(struct stage *stage)
{
	if (stage->listener >= 0)
		close(stage->listener);
	stage->listener = usbmuxd_accept(stage);
	peer_expect(stage->listener, 1, REQUEST("Listen"));
	peer_send(stage->listener, 1, RESULT_BODY, 0);
	stage_expect(stage, "up");
}

void usbmuxd_attach(struct stage *stage, unsigned handle, const char *serial)
{
	peer_send(stage->listener, 0,
		  REQUEST("Attached") "<key>DeviceID</key><integer>%u</integer>"
				      "<key>Properties</key><dict>"
				      "<key>ConnectionSpeed</key><integer>480000000</integer>"
				      "<key>ConnectionType</key><string>USB</string>"
				      "<key>DeviceID</key><integer>%u</integer>"
				      "<key>LocationID</key><integer>65542</integer>"
				      "<key>ProductID</key><integer>4776</integer>"
				      "<key>SerialNumber</key><string>%s</string></dict>",
		  handle, handle, serial);
}

void usbmuxd_attach_one(struct stage *stage, unsigned handle, const char *udid)
{
	char line[128];

	usbmuxd_attach(stage, handle, udid);
	snprintf(line, sizeof line, "arrived %u %s 4776 65542 480000000 usb", handle, udid);
	stage_expect(stage, line);
}

void usbmuxd_detach(struct stage *stage, unsigned handle)
{
	peer_send(stage->listener, 0,
		  REQUEST("Detached") "<key>DeviceID</key><integer>%u</integer>", handle);
}

int peer_connect(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(to.sun_path, sizeof to.sun_path, "%s", path);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
		return fd;
	close(fd);
	return -1;
}

void peer_send_raw(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t n = send(fd, at, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		at += n;
		len -= (size_t)n;
	}
}

static void put_word(char *at, uint32_t word)
{
	word = htole32(word);
	memcpy(at, &word, sizeof word);
}

void peer_send(int fd, uint32_t tag, const char *format, ...)
{
	char *body = NULL, *xml = NULL, header[16];
	va_list args;
	int len;

	va_start(args, format);
	len = vasprintf(&body, format, args);
	va_end(args);
	require(len >= 0, "memory");
	len = asprintf(&xml,
		       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n"
		       "<dict>%s</dict>\n</plist>\n",
		       body);
	require(len >= 0, "memory");
	put_word(header, (uint32_t)len + 16);
	put_word(header + 4, 1);
	put_word(header + 8, 8);
	put_word(header + 12, tag);
	peer_send_raw(fd, header, sizeof header);
	peer_send_raw(fd, xml, (size_t)len);
	free(body);
	free(xml);
}

static bool receive_all(int fd, char *to, size_t len)
{
	while (len > 0) {
		ssize_t n = peer_await(fd) ? recv(fd, to, len, 0) : -1;

		if (n <= 0)
			return false;
		to += n;
		len -= (size_t)n;
	}
	return true;
}

/* Takes the white space between elements out, for comparison. */
static void squeeze(char *xml)
{
	char *to = xml;

	for (char *from = xml; *from; from++)
		if (*from != '\n' && *from != '\t')
			*to++ = *from;
	*to = '\0';
}

char *peer_receive(int fd, uint32_t *ret_tag)
{
	char header[16], *xml;
	uint32_t len;

	if (!receive_all(fd, header, sizeof header))
		return NULL;
	memcpy(&len, header, sizeof len);
	memcpy(ret_tag, header + 12, sizeof *ret_tag);
	len = le32toh(len) - 16;
	*ret_tag = le32toh(*ret_tag);
	xml = len < 32 * 1024 * 1024 ? malloc(len + 1) : NULL;
	if (!xml || !receive_all(fd, xml, len)) {
		free(xml);
		return NULL;
	}
	xml[len] = '\0';
	squeeze(xml);
	return xml;
}

bool peer_expect(int fd, uint32_t tag, const char *text)
{
	uint32_t got_tag = 0;
	char *xml = peer_receive(fd, &got_tag);
	bool good = ok(xml && got_tag == tag && strstr(xml, text), "tag %u: %.60s", tag, text);

	if (!good)
		printf("# got: tag %u %.2000s\n", got_tag, xml ? xml : "nothing");
	free(xml);
	return good;
}

bool peer_expect_end(int fd, const char *what)
{
	char byte;

	return ok(peer_await(fd) && recv(fd, &byte, 1, 0) <= 0, "%s", what);
}

bool peer_is_readable(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, 0) == 1;
}

int gate_connect(const char *path)
{
	int fd = peer_connect(path);

	require(fd >= 0, "the gate takes a connection");
	return fd;
}

int gate_ask(struct stage *stage, int client, const char *body, const char *seen)
{
	int server;

	peer_send(client, 77, "%s", body);
	server = usbmuxd_accept(stage);
	peer_expect(server, 77, seen);
	return server;
}

void gate_relay(struct stage *stage, const char *path, int *ret_client, int *ret_server)
{
	*ret_client = gate_connect(path);
	*ret_server = gate_ask(stage, *ret_client, CONNECT("3"), "<string>Connect</string>");
	peer_send(*ret_server, 77, RESULT_BODY, 0);
	peer_expect(*ret_client, 77, RESULT_SEEN(0));
}
