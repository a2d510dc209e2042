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

#define SAVE_DATA "<key>PairRecordData</key><data>cmVjb3Jk</data>"

static void test_admission(struct stage *stage)
{
	char path[128], other[128];
	int client, child, status;

	stage_gate(stage, 1, DEVICE_A, 0, path);
	client = gate_connect(path);
	peer_send(client, 5, REQUEST("ListDevices"));
	/* What the station hears next proves that the loop came round. */
	stage_gate(stage, 2, DEVICE_A, 0, other);
	stage_order(stage, "close 2");
	ok(!peer_is_readable(client), "nobody is served before somebody is admitted");
	stage_order(stage, "admit 1 %d", (int)getppid());
	peer_expect_end(client, "another process is turned away");
	close(client);
	stage_order(stage, "admit 1 %d", (int)getpid());
	client = gate_connect(path);
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
	int client = gate_connect(path);

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
	ok(!peer_is_readable(stage->usbmuxd), "usbmuxd was not asked for any of it");
	close(client);
}

/* What goes to usbmuxd, and comes back as it is. */
static void test_forwarded(struct stage *stage, const char *path)
{
	static char record[60 * 1024 + 1];
	int client = gate_connect(path), server;

	server = gate_ask(stage, client, REQUEST("ReadBUID"), REQUEST("ReadBUID"));
	peer_send(server, 77, "<key>BUID</key><string>B-U-I-D</string>");
	peer_expect(client, 77, "<key>BUID</key><string>B-U-I-D</string>");
	peer_expect_end(server, "one question a connection");
	close(server);

	memset(record, 'A', sizeof record - 1);
	server = gate_ask(stage, client, RECORD("ReadPairRecord", UDID_A),
			  "<key>PairRecordID</key><string>" UDID_A);
	peer_send(server, 77, "<key>PairRecordData</key><data>%s</data>", record);
	peer_expect(client, 77, record);
	close(server);

	server = gate_ask(stage, client, RECORD("ReadPairRecord", UDID_A), "ReadPairRecord");
	peer_send(server, 77, RESULT_BODY, 2);
	peer_expect(client, 77, RESULT_SEEN(2));
	close(server);

	server = gate_ask(stage, client, RECORD("SavePairRecord", UDID_A) SAVE_DATA,
			  "<key>PairRecordData</key><data>cmVjb3Jk</data>");
	peer_send(server, 77, RESULT_BODY, 0);
	peer_expect(client, 77, RESULT_SEEN(0));
	close(server);

	server = gate_ask(stage, client, RECORD("DeletePairRecord", UDID_A), "DeletePairRecord");
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
		client = gate_connect(path);
		peer_send_raw(client, headers[i], sizeof headers[i]);
		peer_expect_end(client, "a broken header is cut");
		close(client);
	}
	client = gate_connect(path);
	peer_send_raw(client, "\x17\0\0\0\1\0\0\0\10\0\0\0\0\0\0\0<nogo/>", 23);
	peer_expect_end(client, "a body that is no dictionary is cut");
	close(client);
	client = gate_connect(path);
	peer_send(client, 1, REQUEST("Listen"));
	peer_expect(client, 1, RESULT_SEEN(0));
	peer_expect(client, 0, "<string>Attached</string>");
	peer_send(client, 2, REQUEST("ListDevices"));
	peer_expect_end(client, "a listener that asks is cut");
	close(client);
}

static void test_close(struct stage *stage)
{
	char path[128];
	int client, server, idle;

	stage_gate(stage, 20, DEVICE_A, getpid(), path);
	gate_relay(stage, path, &client, &server);
	idle = gate_connect(path);
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
	gate_relay(stage, path, &client, &server);
	listening = gate_connect(path);
	peer_send(listening, 1, REQUEST("Listen"));
	peer_expect(listening, 1, RESULT_SEEN(0));
	peer_expect(listening, 0, "<string>Attached</string>");
	waiting = gate_connect(path);
	asked = gate_ask(stage, waiting, CONNECT("3"), "<string>Connect</string>");
	usbmuxd_detach(stage, 3);
	stage_expect(stage, "left 3");
	peer_expect_end(client, "a device that left is cut");
	peer_expect(listening, 0, "<string>Detached</string>");
	peer_send(asked, 77, RESULT_BODY, 0);
	peer_expect_end(waiting, "an answer that comes too late opens nothing");
	close(waiting);
	waiting = gate_connect(path);
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
	gate_relay(stage, path, &client, &server);
	close(stage->listener);
	stage->listener = -1;
	stage_expect_start(stage, "down ");
	peer_expect_end(client, "what passes ends with usbmuxd");
	usbmuxd_listen(stage);
	usbmuxd_attach_one(stage, 3, UDID_B);
	close(client);
	close(server);
	client = gate_connect(path);
	peer_send(client, 1, CONNECT("3"));
	peer_expect(client, 1, RESULT_SEEN(2));
	ok(!peer_is_readable(stage->usbmuxd), "usbmuxd is not asked for another device");
	close(client);
}

/* The restart comes while a Connect is being dialed: the new usbmuxd must not be asked for it. */
static void test_restart_amid_dial(struct stage *stage)
{
	int client, fd;
	char path[128];

	stage_gate(stage, 50, "3 " UDID_B, getpid(), path);
	usbmuxd_close(stage);
	client = gate_connect(path);
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
	test_close(&stage);
	test_departure(&stage);
	test_restart(&stage);
	test_restart_amid_dial(&stage);
	stage_end(&stage);
	return tap_done();
}
