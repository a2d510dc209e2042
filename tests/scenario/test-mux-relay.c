/* SPDX-License-Identifier: Apache-2.0 */
/* What a gate carries: bytes both ways, ends and all; a crowd; and workers that die half-way. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/scenario/mux-stage.h"
#include "tests/unit/tap.h"

#define DEVICE_A "3 " UDID_A
/* Bytes through a relay: far more than all buffers on the way. */
#define RELAYED (8 * 1024 * 1024)
/* Clients at once, for a usbmuxd that has room for five. */
#define CROWD 64

static unsigned char pattern(size_t at)
{
	return (unsigned char)(at * 31 + at / 4099);
}

/* One way through a relay. */
struct flow {
	int from, to;
	size_t sent, got;
	bool intact, ended;
};

static void flow_send(struct flow *flow)
{
	unsigned char chunk[30000];
	size_t n = RELAYED - flow->sent < sizeof chunk ? RELAYED - flow->sent : sizeof chunk;
	ssize_t taken;

	for (size_t i = 0; i < n; i++)
		chunk[i] = pattern(flow->sent + i);
	taken = send(flow->from, chunk, n, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (taken > 0)
		flow->sent += (size_t)taken;
	if (flow->sent == RELAYED)
		shutdown(flow->from, SHUT_WR);
}

static void flow_receive(struct flow *flow)
{
	unsigned char chunk[70000];
	ssize_t n = recv(flow->to, chunk, sizeof chunk, MSG_DONTWAIT);

	for (ssize_t i = 0; i < n; i++)
		flow->intact &= chunk[i] == pattern(flow->got + (size_t)i);
	if (n > 0)
		flow->got += (size_t)n;
	flow->ended = n == 0;
}

/* Sends RELAYED bytes each way; the second way is not read until the first has ended, so that it
 * fills all that lies between. */
static void run_relay(int client, int server)
{
	struct flow flows[2] = { { .from = client, .to = server, .intact = true },
				 { .from = server, .to = client, .intact = true } };

	while (!flows[1].ended) {
		struct pollfd fds[2] = { { .fd = client, .events = 0 }, { .fd = server } };

		fds[0].events = (short)(flows[0].sent < RELAYED ? POLLOUT : 0);
		fds[0].events |= (short)(flows[0].ended ? POLLIN : 0);
		fds[1].events = (short)(flows[1].sent < RELAYED ? POLLOUT : 0);
		fds[1].events |= (short)(flows[0].ended ? 0 : POLLIN);
		if (poll(fds, 2, STAGE_LIMIT_MS) <= 0)
			break;
		if (fds[0].revents & POLLOUT)
			flow_send(&flows[0]);
		if (fds[1].revents & POLLOUT)
			flow_send(&flows[1]);
		if (!flows[0].ended && fds[1].revents & POLLIN)
			flow_receive(&flows[0]);
		if (flows[0].ended && fds[0].revents & POLLIN)
			flow_receive(&flows[1]);
	}
	for (int i = 0; i < 2; i++)
		ok(flows[i].got == RELAYED && flows[i].intact && flows[i].ended,
		   "%zu bytes came through intact, then the end", flows[i].got);
}

/* From CLIENT to SERVER, twice: then all that SERVER sent before has been seen by the relay. */
static void go_round(int client, int server)
{
	char byte;

	for (int i = 0; i < 2; i++) {
		peer_send_raw(client, "x", 1);
		if (!peer_await(server) || recv(server, &byte, 1, 0) != 1)
			return;
	}
}

static void test_lengths(struct stage *stage, const char *path)
{
	static const char message[] = "\0\0\0\5<a/>\n";
	int client, server;
	char got[sizeof message];

	gate_relay(stage, path, &client, &server);
	for (int i = 0; i < 3; i++)
		peer_send_raw(server, message + i, 1);
	go_round(client, server);
	ok(recv(client, got, sizeof got, MSG_DONTWAIT) < 0, "a piece of a length is kept");
	peer_send_raw(server, message + 3, 2);
	ok(peer_await(client) && recv(client, got, sizeof got, 0) == 5, "until it is whole");
	peer_send_raw(server, message + 5, 4);
	ok(peer_await(client) && recv(client, got + 5, 4, MSG_WAITALL) == 4 &&
		   memcmp(got, message, 9) == 0,
	   "and the message goes on as it comes");
	peer_send_raw(server, "\0", 1);
	shutdown(server, SHUT_WR);
	ok(peer_await(client) && recv(client, got, 2, MSG_WAITALL) == 1 && got[0] == 0,
	   "at the end a piece goes too");
	close(client);
	close(server);
}

static void test_relay(struct stage *stage, const char *path)
{
	int client = gate_connect(path), server;
	char hello[6] = "";

	server = gate_ask(stage, client, CONNECT("3"),
			  "<key>PortNumber</key><integer>32498</integer>");
	peer_send(server, 77, RESULT_BODY, 3);
	peer_expect(client, 77, RESULT_SEEN(3));
	close(server);
	/* The socket stays in command mode; bytes right behind the answer are the device's. */
	server = gate_ask(stage, client, CONNECT("3"), "<string>Connect</string>");
	peer_send(server, 77, RESULT_BODY, 0);
	peer_send_raw(server, "hello", 5);
	peer_expect(client, 77, RESULT_SEEN(0));
	ok(peer_await(client) && recv(client, hello, 5, MSG_WAITALL) == 5,
	   "the device speaks first");
	is_string(hello, "hello", "and its words are kept apart from the answer");
	run_relay(client, server);
	close(client);
	close(server);
	test_lengths(stage, path);

	gate_relay(stage, path, &client, &server);
	close(server);
	peer_expect_end(client, "the device's end is the worker's");
	close(client);
	gate_relay(stage, path, &client, &server);
	close(client);
	peer_expect_end(server, "the worker's end is the device's");
	close(server);
}

/* A worker that dies while usbmuxd connects: usbmuxd must not see it before it has answered. */
static void test_linger(struct stage *stage, const char *path)
{
	int client = gate_connect(path), server;
	char other[128];

	server = gate_ask(stage, client, CONNECT("3"), "<string>Connect</string>");
	close(client);
	stage_gate(stage, 15, DEVICE_A, getpid(), other);
	client = gate_connect(other);
	peer_send(client, 1, REQUEST("ListDevices"));
	peer_expect(client, 1, UDID_A);
	ok(!peer_is_readable(server), "the worker's end is kept from a usbmuxd that connects");
	close(client);
	client = gate_connect(other);
	stage_order(stage, "close 15");
	peer_expect_end(client, "so is the gate's");
	ok(!peer_is_readable(server), "as long as it takes");
	peer_send(server, 77, RESULT_BODY, 0);
	peer_expect_end(server, "then the connection is closed");
	close(client);
	close(server);
}

/* usbmuxd has room for five; nobody sees a refusal, and each gets his own answer. */
static void test_crowd(struct stage *stage, const char *path)
{
	int clients[CROWD], good = 0;

	for (int i = 0; i < CROWD; i++) {
		clients[i] = peer_connect(path);
		peer_send(clients[i], (uint32_t)i, RECORD("ReadPairRecord", UDID_A));
	}
	for (int i = 0; i < CROWD; i++) {
		int server = usbmuxd_accept(stage);
		uint32_t tag = 0;
		char *xml = peer_receive(server, &tag);

		peer_send(server, tag, RESULT_BODY, (int)tag + 100);
		close(server);
		free(xml);
	}
	for (int i = 0; i < CROWD; i++) {
		uint32_t tag = 0;
		char want[64], *xml = peer_receive(clients[i], &tag);

		snprintf(want, sizeof want, "<integer>%d</integer>", i + 100);
		good += xml && tag == (uint32_t)i && strstr(xml, want);
		free(xml);
		close(clients[i]);
	}
	is_number(good, CROWD, "everybody in the crowd is answered");
}

int main(void)
{
	struct stage stage;
	char path[128];

	stage_init(&stage);
	usbmuxd_open(&stage, 5);
	stage_start(&stage, 0);
	usbmuxd_listen(&stage);
	usbmuxd_attach_one(&stage, 3, UDID_A);
	stage_gate(&stage, 10, DEVICE_A, getpid(), path);
	test_relay(&stage, path);
	test_linger(&stage, path);
	test_crowd(&stage, path);
	stage_end(&stage);
	return tap_done();
}
