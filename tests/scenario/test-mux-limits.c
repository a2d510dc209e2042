/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux at its limits: a usbmuxd that hangs, is away or has no room; a station that does not
 * read, talks nonsense or is gone. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/scenario/mux-stage.h"
#include "tests/unit/tap.h"

#define DEVICE_A  "3 " UDID_A
#define READ_BUID REQUEST("ReadBUID")
/* More events than lie in a socket, fewer than muster-mux keeps. */
#define FLOOD 3000

static void start_with_gate(struct stage *stage, int backlog, char path[static 128])
{
	stage_init(stage);
	usbmuxd_open(stage, backlog);
	stage_start(stage, 0);
	usbmuxd_listen(stage);
	usbmuxd_attach_one(stage, 3, UDID_A);
	stage_gate(stage, 1, DEVICE_A, getpid(), path);
}

/* A usbmuxd that accepts Listen and says nothing, one that is away for good while it is asked, and
 * one that is away for a moment: their limits run at the same time. */
static void test_silence(void)
{
	struct stage silent, away, moment;
	char away_path[128], moment_path[128];
	int client, other, server, fd, listening;
	struct pollfd early;

	stage_init(&silent);
	usbmuxd_open(&silent, 5);
	stage_start(&silent, 0);
	listening = usbmuxd_accept(&silent);
	peer_expect(listening, 1, REQUEST("Listen"));

	start_with_gate(&away, 5, away_path);
	usbmuxd_close(&away);
	client = peer_connect(away_path);
	peer_send(client, 1, READ_BUID);

	start_with_gate(&moment, 5, moment_path);
	usbmuxd_close(&moment);
	other = peer_connect(moment_path);
	peer_send(other, 1, READ_BUID);
	/* The first connect has been refused when the loop has come round behind it. */
	fd = peer_connect(moment_path);
	for (uint32_t tag = 1; tag <= 3; tag++) {
		peer_send(fd, tag, REQUEST("ListDevices"));
		peer_expect(fd, tag, UDID_A);
	}
	close(fd);
	usbmuxd_open(&moment, 5);
	server = usbmuxd_accept(&moment);
	peer_expect(server, 1, READ_BUID);
	peer_send(server, 1, "<key>BUID</key><string>later</string>");
	peer_expect(other, 1, "later");
	close(server);
	close(other);
	stage_end(&moment);

	stage_expect_start(&silent, "down usbmuxd%20does%20not%20answer");
	peer_expect_end(listening, "a silent Listen is given up");
	close(listening);
	early = (struct pollfd){ .fd = client, .events = POLLIN };
	is_number(poll(&early, 1, 0), 0, "a usbmuxd that is away five seconds is still tried");
	usbmuxd_listen(&silent);
	stage_end(&silent);

	peer_expect_end(client, "a usbmuxd that stays away is a closed connection");
	close(client);
	stage_end(&away);
}

/* A queue with room for one (the kernel makes it two), and usbmuxd asleep until all have come. */
static void test_backlog(void)
{
	enum {
		CLIENTS = 16
	};
	struct stage stage;
	int clients[CLIENTS];
	char path[128];

	start_with_gate(&stage, 1, path);
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = peer_connect(path);
		peer_send(clients[i], 1, READ_BUID);
	}
	for (int i = 0; i < CLIENTS; i++) {
		int server = usbmuxd_accept(&stage);

		peer_expect(server, 1, READ_BUID);
		peer_send(server, 1, "<key>BUID</key><string>B</string>");
		close(server);
	}
	for (int i = 0; i < CLIENTS; i++) {
		peer_expect(clients[i], 1, "<key>BUID</key>");
		close(clients[i]);
	}
	stage_end(&stage);
}

/* A station that reads late misses nothing. */
static void test_late_station(void)
{
	struct stage stage;
	char want[32];
	bool all = true;

	stage_init(&stage);
	usbmuxd_open(&stage, 5);
	stage_start(&stage, 0);
	usbmuxd_listen(&stage);
	for (unsigned i = 1; i <= FLOOD; i++)
		usbmuxd_attach(&stage, i, UDID_A);
	for (unsigned i = 1; i <= FLOOD && all; i++) {
		snprintf(want, sizeof want, "arrived %u ", i);
		all = stage_hear(&stage) && strncmp(stage.event, want, strlen(want)) == 0;
	}
	ok(all, "%d events in order: %s", FLOOD, stage.event);
	stage_end(&stage);
}

/* More devices than can be is nonsense, not memory. */
static void test_too_many(void)
{
	struct stage stage;
	unsigned heard = 0;

	stage_init(&stage);
	usbmuxd_open(&stage, 5);
	stage_start(&stage, 0);
	usbmuxd_listen(&stage);
	for (unsigned i = 1; i <= 4097; i++) {
		usbmuxd_attach(&stage, i, UDID_A);
		/* Read along: the station is not what is tried here. */
		heard += stage_hear(&stage) && strncmp(stage.event, "arrived", 7) == 0;
	}
	is_number(heard, 4096, "4096 devices arrive");
	ok(strncmp(stage.event, "down usbmuxd%20announced%20more", 31) == 0, "not one more: %s",
	   stage.event);
	stage_end(&stage);
}

/* Fewer descriptors than connections: who finds none waits until another has gone. */
static void test_descriptors(void)
{
	enum {
		CLIENTS = 40
	};
	struct stage stage;
	int clients[CLIENTS];
	char path[128];

	stage_init(&stage);
	usbmuxd_open(&stage, 5);
	stage_start(&stage, 24);
	usbmuxd_listen(&stage);
	usbmuxd_attach_one(&stage, 3, UDID_A);
	stage_gate(&stage, 1, DEVICE_A, getpid(), path);
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = peer_connect(path);
		peer_send(clients[i], 1, REQUEST("ListDevices"));
	}
	for (int i = 0; i < CLIENTS; i++) {
		peer_expect(clients[i], 1, UDID_A);
		close(clients[i]);
	}
	stage_end(&stage);
}

/* One worker gets no more than its share. */
static void test_share(void)
{
	enum {
		SHARE = 256
	};
	static int clients[SHARE];
	struct stage stage;
	char path[128];
	int more;

	start_with_gate(&stage, 5, path);
	for (int i = 0; i < SHARE; i++)
		clients[i] = peer_connect(path);
	more = peer_connect(path);
	peer_expect_end(more, "one connection more than a share is cut");
	close(more);
	peer_send(clients[0], 1, REQUEST("ListDevices"));
	peer_expect(clients[0], 1, UDID_A);
	for (int i = 0; i < SHARE; i++)
		close(clients[i]);
	stage_end(&stage);
}

static const char *const bad_orders[] = {
	"reboot", "open 1", "admit 1 -1", ("open 1 0 " UDID_A), "close 1 2", "up", "close %zz",
};

static void test_bad_orders(void)
{
	for (size_t i = 0; i < sizeof bad_orders / sizeof bad_orders[0]; i++) {
		struct stage stage;
		char path[128];

		start_with_gate(&stage, 5, path);
		stage_order(&stage, "%s", bad_orders[i]);
		is_number(stage_wait(&stage), 4, bad_orders[i]);
		ok(access(path, F_OK) < 0, "its gates are gone");
		stage_end(&stage);
	}
}

static void test_signals(void)
{
	static const int signals[] = { SIGTERM, SIGINT };

	for (size_t i = 0; i < 2; i++) {
		struct stage stage;
		char path[128];

		start_with_gate(&stage, 5, path);
		kill(stage.mux, signals[i]);
		/* sd-event ends with the signal's number as it likes; the sockets must be gone. */
		is_number(stage_wait(&stage), 0, strsignal(signals[i]));
		ok(access(path, F_OK) < 0, "its gates are gone");
		stage_end(&stage);
	}
}

/* Runs muster-mux by hand with ADDRESS; returns its exit status, and its stderr in TEXT. */
static int run_by_hand(const char *address, bool conversation, char text[static 512])
{
	int errors[2], pair[2], status;
	const char *build = getenv("MUSTER_BUILD");
	char program[4096];
	ssize_t n;
	pid_t pid;

	if (pipe2(errors, O_CLOEXEC) < 0 ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		exit(1);
	snprintf(program, sizeof program, "%s/muster-mux", build ? build : ".");
	pid = fork();
	if (pid == 0) {
		int fd = fcntl(pair[1], F_DUPFD, 10);

		dup2(errors[1], 2);
		setenv("USBMUXD_SOCKET_ADDRESS", address, 1);
		close_range(3, 9, 0);
		if (conversation)
			dup2(fd, 3);
		execl(program, program, NULL);
		_exit(127);
	}
	close(errors[1]);
	n = read(errors[0], text, 511);
	text[n > 0 ? n : 0] = '\0';
	close(errors[0]);
	waitpid(pid, &status, 0);
	close(pair[0]);
	close(pair[1]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_start(void)
{
	char text[512];

	is_number(run_by_hand("", false, text), 2, "by hand it has nobody to talk to");
	ok(strstr(text, "descriptor 3") != NULL, "and says so: %s", text);
	is_number(run_by_hand("/run/usbmuxd", true, text), 2, "a bare path is no address");
	ok(strstr(text, "\"/run/usbmuxd\": must be UNIX:PATH") != NULL, "and it says so: %s", text);
	is_number(run_by_hand("no-such-host.invalid:1", true, text), 4, "nor is an unknown host");
	ok(strstr(text, "no such host") != NULL, "and it says so: %s", text);
}

int main(void)
{
	test_start();
	test_backlog();
	test_late_station();
	test_too_many();
	test_descriptors();
	test_share();
	test_bad_orders();
	test_signals();
	test_silence();
	return tap_done();
}
