/* SPDX-License-Identifier: Apache-2.0 */
/* The gate lets one process reach one device and its pair record, and nobody reach anything else.
 */
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

#define DEVICE_A "3 " UDID_A
/* Bytes through a relay: far more than all buffers on the way. */
#define RELAYED (8 * 1024 * 1024)
/* Clients at once, for a usbmuxd that has room for five. */
#define CROWD 64

#define RECORD(type, id) REQUEST(type) "<key>PairRecordID</key><string>" id "</string>"
#define CONNECT(device)                                    \
	REQUEST("Connect")                                 \
	"<key>DeviceID</key><integer>" device "</integer>" \
	"<key>PortNumber</key><integer>32498</integer>"
#define SAVE_DATA "<key>PairRecordData</key><data>cmVjb3Jk</data>"

/* Whether FD has something to read at this moment. */
static bool is_readable(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, 0) == 1;
}

static int connect_gate(const char *path)
{
	int fd = peer_connect(path);

	if (!ok(fd >= 0, "the gate takes a connection"))
		exit(tap_done());
	return fd;
}

static void test_admission(struct stage *stage)
{
	char path[128], other[128];
	int client, child, status;

	stage_gate(stage, 1, DEVICE_A, 0, path);
	client = connect_gate(path);
	peer_send(client, 5, REQUEST("ListDevices"));
	/* What the station hears next proves that the loop came round. */
	stage_gate(stage, 2, DEVICE_A, 0, other);
	stage_order(stage, "close 2");
	ok(!is_readable(client), "nobody is served before somebody is admitted");
	stage_order(stage, "admit 1 %d", (int)getppid());
	peer_expect_end(client, "another process is turned away");
	close(client);
	stage_order(stage, "admit 1 %d", (int)getpid());
	client = connect_gate(path);
	peer_send(client, 5, REQUEST("ListDevices"));
	peer_expect(client, 5, "<key>SerialNumber</key><string>" UDID_A);
	child = fork();
	if (child == 0) {
		char byte;
		int fd = peer_connect(path);

		_exit(fd >= 0 && peer_await(fd) && recv(fd, &byte, 1, 0) <= 0 ? 0 : 1);
	}
	ok(waitpid(child, &status, 0) == child && status == 0, "a child of the admitted is not");
	close(client);
	stage_order(stage, "close 1");
}

static void test_refused_gates(struct stage *stage)
{
	char path[128];

	stage_order(stage, "open 5 99 " UDID_A);
	stage_expect_start(stage, "refused 5 ");
	stage_order(stage, "open 5 3 " UDID_B);
	stage_expect_start(stage, "refused 5 ");
	stage_order(stage, "admit 5 1");
	stage_order(stage, "close 5");
	peer_send(stage->listener, 0,
		  REQUEST("Attached") "<key>DeviceID</key><integer>8</integer>"
				      "<key>Properties</key><dict>"
				      "<key>ConnectionType</key><string>Network</string>"
				      "<key>SerialNumber</key><string>" UDID_B "</string></dict>");
	stage_expect(stage, "arrived 8 " UDID_B " 0 0 0 network");
	stage_order(stage, "open 5 8 " UDID_B);
	stage_expect_start(stage, "refused 5 the%20device%20is%20there%20over%20Wi-Fi");
	stage_gate(stage, 6, DEVICE_A, 0, path);
	stage_order(stage, "open 6 " DEVICE_A);
	stage_expect_start(stage, "refused 6 ");
	stage_order(stage, "close 6");
}

/* What the gate answers by itself; usbmuxd would be heard of it otherwise. */
static void test_own_answers(struct stage *stage, const char *path)
{
	int client = connect_gate(path);

	peer_send(client, 0, REQUEST("ListDevices"));
	peer_expect(client, 0, "<key>DeviceID</key><integer>3</integer>");
	peer_send(client, 0xffffffff, REQUEST("ListListeners"));
	peer_expect(client, 0xffffffff, "<key>ListenerList</key><array/>");
	peer_send(client, 2, CONNECT("4"));
	peer_expect(client, 2, RESULT_SEEN(2));
	peer_send(client, 3, RECORD("ReadPairRecord", UDID_B));
	peer_expect(client, 3, RESULT_SEEN(22));
	peer_send(client, 4, RECORD("SavePairRecord", UDID_B) SAVE_DATA);
	peer_expect(client, 4, RESULT_SEEN(22));
	peer_send(client, 5, RECORD("DeletePairRecord", UDID_B));
	peer_expect(client, 5, RESULT_SEEN(22));
	peer_send(client, 6, RECORD("ReadPairRecord", "../" UDID_A));
	peer_expect(client, 6, RESULT_SEEN(22));
	peer_send(client, 7, REQUEST("Reboot"));
	peer_expect(client, 7, RESULT_SEEN(1));
	ok(!is_readable(stage->usbmuxd), "usbmuxd was not asked for any of it");
	close(client);
}

/* Asks BODY through the gate; returns usbmuxd's end of it after it came out as SEEN. */
static int ask(struct stage *stage, int client, const char *body, const char *seen)
{
	int server;

	peer_send(client, 77, "%s", body);
	server = usbmuxd_accept(stage);
	peer_expect(server, 77, seen);
	return server;
}

/* What goes to usbmuxd, and comes back as it is. */
static void test_forwarded(struct stage *stage, const char *path)
{
	static char record[60 * 1024 + 1];
	int client = connect_gate(path), server;

	server = ask(stage, client, REQUEST("ReadBUID"), REQUEST("ReadBUID"));
	peer_send(server, 77, "<key>BUID</key><string>B-U-I-D</string>");
	peer_expect(client, 77, "<key>BUID</key><string>B-U-I-D</string>");
	peer_expect_end(server, "one question a connection");
	close(server);

	memset(record, 'A', sizeof record - 1);
	server = ask(stage, client, RECORD("ReadPairRecord", UDID_A),
		     "<key>PairRecordID</key><string>" UDID_A);
	peer_send(server, 77, "<key>PairRecordData</key><data>%s</data>", record);
	peer_expect(client, 77, record);
	close(server);

	server = ask(stage, client, RECORD("ReadPairRecord", UDID_A), "ReadPairRecord");
	peer_send(server, 77, RESULT_BODY, 2);
	peer_expect(client, 77, RESULT_SEEN(2));
	close(server);

	server = ask(stage, client, RECORD("SavePairRecord", UDID_A) SAVE_DATA,
		     "<key>PairRecordData</key><data>cmVjb3Jk</data>");
	peer_send(server, 77, RESULT_BODY, 0);
	peer_expect(client, 77, RESULT_SEEN(0));
	close(server);

	server = ask(stage, client, RECORD("DeletePairRecord", UDID_A), "DeletePairRecord");
	close(server);
	peer_expect_end(client, "no answer of usbmuxd is none of the gate");
	close(client);
}

/* A client that breaks the form is cut. */
static void test_bad_clients(const char *path)
{
	static const unsigned char headers[][16] = {
		{ 1, 0, 1, 0, 1, 0, 0, 0, 8, 0, 0, 0 }, /* 64 KiB and one */
		{ 15, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0 },
		{ 20, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0 },
		{ 255, 255, 255, 255, 1, 0, 0, 0, 8, 0, 0, 0 },
	};
	int client;

	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
		client = connect_gate(path);
		peer_send_raw(client, headers[i], sizeof headers[i]);
		peer_expect_end(client, "a broken header is cut");
		close(client);
	}
	client = connect_gate(path);
	peer_send_raw(client, "\x17\0\0\0\1\0\0\0\10\0\0\0\0\0\0\0<nogo/>", 23);
	peer_expect_end(client, "a body that is no dictionary is cut");
	close(client);
	client = connect_gate(path);
	peer_send(client, 1, REQUEST("Listen"));
	peer_expect(client, 1, RESULT_SEEN(0));
	peer_expect(client, 0, "<string>Attached</string>");
	peer_send(client, 2, REQUEST("ListDevices"));
	peer_expect_end(client, "a listener that asks is cut");
	close(client);
}

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

/* Connects to the device; returns both ends of the relay. */
static void open_relay(struct stage *stage, const char *path, int *ret_client, int *ret_server)
{
	*ret_client = connect_gate(path);
	*ret_server = ask(stage, *ret_client, CONNECT("3"), "<string>Connect</string>");
	peer_send(*ret_server, 77, RESULT_BODY, 0);
	peer_expect(*ret_client, 77, RESULT_SEEN(0));
}

static void test_relay(struct stage *stage, const char *path)
{
	int client = connect_gate(path), server;
	char hello[6] = "";

	server = ask(stage, client, CONNECT("3"), "<key>PortNumber</key><integer>32498</integer>");
	peer_send(server, 77, RESULT_BODY, 3);
	peer_expect(client, 77, RESULT_SEEN(3));
	close(server);
	/* The socket stays in command mode; bytes right behind the answer are the device's. */
	server = ask(stage, client, CONNECT("3"), "<string>Connect</string>");
	peer_send(server, 77, RESULT_BODY, 0);
	peer_send_raw(server, "hello", 5);
	peer_expect(client, 77, RESULT_SEEN(0));
	ok(peer_await(client) && recv(client, hello, 5, MSG_WAITALL) == 5,
	   "the device speaks first");
	is_string(hello, "hello", "and its words are kept apart from the answer");
	run_relay(client, server);
	close(client);
	close(server);

	open_relay(stage, path, &client, &server);
	close(server);
	peer_expect_end(client, "the device's end is the worker's");
	close(client);
	open_relay(stage, path, &client, &server);
	close(client);
	peer_expect_end(server, "the worker's end is the device's");
	close(server);
}

/* A worker that dies while usbmuxd connects: usbmuxd must not see it before it has answered. */
static void test_linger(struct stage *stage, const char *path)
{
	int client = connect_gate(path), server;
	char other[128];

	server = ask(stage, client, CONNECT("3"), "<string>Connect</string>");
	close(client);
	stage_gate(stage, 15, DEVICE_A, getpid(), other);
	client = connect_gate(other);
	peer_send(client, 1, REQUEST("ListDevices"));
	peer_expect(client, 1, UDID_A);
	ok(!is_readable(server), "the worker's end is kept from a usbmuxd that connects");
	close(client);
	client = connect_gate(other);
	stage_order(stage, "close 15");
	peer_expect_end(client, "so is the gate's");
	ok(!is_readable(server), "as long as it takes");
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

static void test_close(struct stage *stage)
{
	char path[128];
	int client, server, idle;

	stage_gate(stage, 20, DEVICE_A, getpid(), path);
	open_relay(stage, path, &client, &server);
	idle = connect_gate(path);
	stage_order(stage, "close 20");
	peer_expect_end(client, "close cuts what passes");
	peer_expect_end(server, "on both sides");
	peer_expect_end(idle, "and what only waits");
	ok(access(path, F_OK) < 0, "the socket is removed");
	is_number(peer_connect(path), -1, "nobody comes in any more");
	close(client);
	close(server);
	close(idle);
}

static void test_departure(struct stage *stage)
{
	int client, server, waiting, listening, asked;
	char path[128];

	usbmuxd_attach(stage, 3, UDID_A);
	stage_expect(stage, "left 3");
	stage_expect_start(stage, "arrived 3 ");
	stage_gate(stage, 30, DEVICE_A, getpid(), path);
	open_relay(stage, path, &client, &server);
	listening = connect_gate(path);
	peer_send(listening, 1, REQUEST("Listen"));
	peer_expect(listening, 1, RESULT_SEEN(0));
	peer_expect(listening, 0, "<string>Attached</string>");
	waiting = connect_gate(path);
	asked = ask(stage, waiting, CONNECT("3"), "<string>Connect</string>");
	usbmuxd_detach(stage, 3);
	stage_expect(stage, "left 3");
	peer_expect_end(client, "a device that left is cut");
	peer_expect(listening, 0, "<string>Detached</string>");
	peer_send(asked, 77, RESULT_BODY, 0);
	peer_expect_end(waiting, "an answer that comes too late opens nothing");
	close(waiting);
	waiting = connect_gate(path);
	peer_send(waiting, 2, CONNECT("3"));
	peer_expect(waiting, 2, RESULT_SEEN(2));
	peer_send(waiting, 3, REQUEST("ListDevices"));
	peer_expect(waiting, 3, "<key>DeviceList</key><array/>");
	stage_order(stage, "close 30");
	peer_expect_end(waiting, "the gate of one that left can be closed");
	close(client);
	close(server);
	close(listening);
	close(asked);
	close(waiting);
}

/* After a restart the same handle is another device: the old gate must not lead to it. */
static void test_restart(struct stage *stage)
{
	int client, server;
	char path[128];

	usbmuxd_attach_one(stage, 3, UDID_A);
	stage_gate(stage, 40, DEVICE_A, getpid(), path);
	open_relay(stage, path, &client, &server);
	close(stage->listener);
	stage->listener = -1;
	stage_expect_start(stage, "down ");
	peer_expect_end(client, "what passes ends with usbmuxd");
	usbmuxd_listen(stage);
	usbmuxd_attach_one(stage, 3, UDID_B);
	close(client);
	close(server);
	client = connect_gate(path);
	peer_send(client, 1, CONNECT("3"));
	peer_expect(client, 1, RESULT_SEEN(2));
	ok(!is_readable(stage->usbmuxd), "usbmuxd is not asked for another device");
	close(client);
}

/* The restart comes while a Connect is being dialed: the new usbmuxd must not be asked for it. */
static void test_restart_amid_dial(struct stage *stage)
{
	int client, fd;
	char path[128];

	stage_gate(stage, 50, "3 " UDID_B, getpid(), path);
	usbmuxd_close(stage);
	client = connect_gate(path);
	peer_send(client, 1, CONNECT("3"));
	kill(stage->mux, SIGSTOP);
	usbmuxd_open(stage, 5);
	close(stage->listener);
	stage->listener = -1;
	kill(stage->mux, SIGCONT);
	stage_expect_start(stage, "down ");
	peer_expect(client, 1, RESULT_SEEN(2));
	close(client);
	/* A connection that was dialed already may be there; it must end without a word. */
	for (bool listens = false; !listens;) {
		uint32_t tag = 0;
		char *xml;

		fd = usbmuxd_accept(stage);
		xml = peer_receive(fd, &tag);
		listens = xml && strstr(xml, REQUEST("Listen"));
		ok(!xml || listens, "nothing but Listen is asked");
		free(xml);
		close(fd);
	}
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
	test_admission(&stage);
	test_refused_gates(&stage);
	stage_gate(&stage, 10, DEVICE_A, getpid(), path);
	test_own_answers(&stage, path);
	test_forwarded(&stage, path);
	test_bad_clients(path);
	test_relay(&stage, path);
	test_linger(&stage, path);
	test_crowd(&stage, path);
	test_close(&stage);
	test_departure(&stage);
	test_restart(&stage);
	test_restart_amid_dial(&stage);
	stage_end(&stage);
	return tap_done();
}
