/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux tells the station of devices, whatever usbmuxd says and however often it goes. */
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/scenario/mux-stage.h"
#include "tests/unit/tap.h"

/* Losses of usbmuxd, and fewer descriptors than a leak of one at each would need: muster-mux has
 * eight open while it listens. */
#define ROUNDS 4
#define NOFILE 11

static void test_odd_devices(struct stage *stage)
{
	char serial[301], start[64];

	usbmuxd_attach(stage, 7, "");
	stage_expect(stage, "odd 7 65542 the%20serial%20number%20is%20empty");
	memset(serial, 'a', 300);
	serial[300] = '\0';
	usbmuxd_attach(stage, 8, serial);
	stage_expect_start(stage, "odd 8 65542 the%20serial%20number%20is%20no%20UDID:%20aaaa");
	ok(strlen(stage->event) < 300, "its text is cut");
	usbmuxd_attach(stage, 9, "one&#10;two\x1b[31m");
	stage_hear(stage);
	snprintf(start, sizeof start, "odd 9 65542 ");
	ok(strncmp(stage->event, start, strlen(start)) == 0 && !strchr(stage->event, '\n') &&
		   !strchr(stage->event, '\x1b') && !strstr(stage->event, "%0A") &&
		   !strstr(stage->event, "%1B"),
	   "control characters are cleaned: %s", stage->event);
	usbmuxd_attach(stage, 0, UDID_A);
	stage_expect(stage, "odd 0 65542 DeviceID%20is%200");
	peer_send(stage->listener, 0, REQUEST("Attached"));
	stage_expect(stage, "odd 0 0 no%20usable%20DeviceID");
	peer_send(stage->listener, 0, REQUEST("Attached") "<key>DeviceID</key><string>5</string>");
	stage_expect(stage, "odd 0 0 no%20usable%20DeviceID");
	peer_send(stage->listener, 0,
		  REQUEST("Attached") "<key>DeviceID</key><integer>5</integer>");
	stage_expect(stage, "odd 5 0 no%20Properties");
	usbmuxd_detach(stage, 5);
	stage_expect(stage, "left 5");
	usbmuxd_attach_one(stage, 10, UDID_A);
	usbmuxd_detach(stage, 7);
	stage_expect(stage, "left 7");
}

static void test_doubles(struct stage *stage)
{
	usbmuxd_attach_one(stage, 11, UDID_A);
	ok(true, "a second handle for one UDID is passed on");
	usbmuxd_attach(stage, 11, UDID_B);
	stage_expect(stage, "left 11");
	stage_expect(stage, "arrived 11 " UDID_B " 4776 65542 480000000 usb");
	usbmuxd_detach(stage, 4711);
	peer_send(stage->listener, 0, REQUEST("Paired") "<key>DeviceID</key><integer>10</integer>");
	peer_send(stage->listener, 0, REQUEST("Rejoiced"));
	usbmuxd_detach(stage, 11);
	stage_expect(stage, "left 11");
}

/* A message in single bytes, then several in one piece. */
static void test_pieces(struct stage *stage)
{
	static const char xml[] =
		"<plist version=\"1.0\"><dict><key>MessageType</key><string>Attached</string>"
		"<key>DeviceID</key><integer>21</integer><key>Properties</key><dict>"
		"<key>SerialNumber</key><string>" UDID_B "</string></dict></dict></plist>";
	struct {
		uint32_t word[4];
		char xml[sizeof xml - 1];
	} message = { { htole32(16 + sizeof xml - 1), htole32(1), htole32(8), 0 }, { 0 } };
	char many[3 * sizeof message];

	memcpy(message.xml, xml, sizeof message.xml);
	for (size_t i = 0; i < 16 + sizeof message.xml; i++)
		peer_send_raw(stage->listener, (char *)&message + i, 1);
	stage_expect(stage, "arrived 21 " UDID_B " 0 0 0 usb");
	for (size_t i = 0; i < 3; i++)
		memcpy(many + i * (16 + sizeof message.xml), &message, 16 + sizeof message.xml);
	peer_send_raw(stage->listener, many, 3 * (16 + sizeof message.xml));
	for (size_t i = 0; i < 3; i++) {
		stage_expect(stage, "left 21");
		stage_expect(stage, "arrived 21 " UDID_B " 0 0 0 usb");
	}
}

/* What no usbmuxd says, as header words; and the loss of the connection itself. */
static const struct {
	uint32_t header[4];
	const char *why;
} nonsense[] = {
	{ { 0, 1, 8, 0 }, "down usbmuxd%20sent%20a%20message" },
	{ { 16, 1, 8, 0 }, "down usbmuxd%20sent%20a%20message" },
	{ { 0xffffffff, 1, 8, 0 }, "down usbmuxd%20sent%20a%20message" },
	{ { 64, 0, 8, 0 }, "down usbmuxd%20sent%20a%20message" },
	{ { 64, 1, 3, 0 }, "down usbmuxd%20sent%20a%20message" },
	{ { 64 * 1024 + 1, 1, 8, 0 }, "down usbmuxd%20sent%20a%20message" },
	{ { 0x20205454, 5, 5, 5 }, "down usbmuxd%20sent%20a%20message" },
};
#define NONSENSE (sizeof nonsense / sizeof nonsense[0])

static void say_nonsense(struct stage *stage, size_t which)
{
	uint32_t header[4];

	for (int w = 0; w < 4; w++)
		header[w] = htole32(nonsense[which].header[w]);
	peer_send_raw(stage->listener, header, sizeof header);
}

static void restart(struct stage *stage)
{
	usbmuxd_close(stage);
	close(stage->listener);
	stage->listener = -1;
	stage_expect_start(stage, "down usbmuxd%20closed%20the%20connection");
	usbmuxd_open(stage, 5);
}

/* Many at once, because each waits a second before it comes back. After a loss of any kind,
 * everything is forgotten, usbmuxd asked anew, and no descriptor more is open. */
static void test_losses(void)
{
	struct stage stages[NONSENSE];
	struct timespec before, after;

	for (size_t i = 0; i < NONSENSE; i++) {
		stage_init(&stages[i]);
		usbmuxd_open(&stages[i], 5);
		stage_start(&stages[i], NOFILE);
		usbmuxd_listen(&stages[i]);
	}
	for (size_t round = 0; round < ROUNDS; round++) {
		for (size_t i = 0; i < NONSENSE; i++) {
			usbmuxd_attach_one(&stages[i], 1, UDID_A);
			if ((round + i) % ROUNDS == 0) {
				restart(&stages[i]);
				continue;
			}
			say_nonsense(&stages[i], i);
			stage_expect_start(&stages[i], nonsense[i].why);
		}
		clock_gettime(CLOCK_MONOTONIC, &before);
		for (size_t i = 0; i < NONSENSE; i++)
			usbmuxd_listen(&stages[i]);
		clock_gettime(CLOCK_MONOTONIC, &after);
		ok(after.tv_sec - before.tv_sec <= 3, "all are back within three seconds");
	}
	for (size_t i = 0; i < NONSENSE; i++)
		stage_end(&stages[i]);
}

static void test_refusal(struct stage *stage)
{
	close(stage->listener);
	stage_expect_start(stage, "down usbmuxd%20closed%20the%20connection");
	stage->listener = usbmuxd_accept(stage);
	peer_expect(stage->listener, 1, REQUEST("Listen"));
	peer_send(stage->listener, 1, RESULT_BODY, 6);
	peer_expect_end(stage->listener, "a refusal to tell ends the connection");
	usbmuxd_listen(stage);
	ok(true, "down is said once only");
}

static void test_bad_bodies(struct stage *stage)
{
	peer_send(stage->listener, 0, "</dict><dict><dict>");
	stage_expect_start(stage, "down usbmuxd%20sent%20a%20message");
	usbmuxd_listen(stage);
	peer_send(stage->listener, 0, REQUEST("Detached"));
	stage_expect_start(stage, "down usbmuxd%20sent%20a%20message");
	usbmuxd_listen(stage);
	usbmuxd_attach_one(stage, 1, UDID_A);
}

int main(void)
{
	struct stage stage;

	stage_init(&stage);
	stage_start(&stage, 0);
	stage_expect_start(&stage, "down usbmuxd%20cannot%20be%20reached%20at%20UNIX:/tmp/");
	usbmuxd_open(&stage, 5);
	usbmuxd_listen(&stage);
	test_odd_devices(&stage);
	test_doubles(&stage);
	test_pieces(&stage);
	test_bad_bodies(&stage);
	test_refusal(&stage);
	stage_end(&stage);
	test_losses();
	return tap_done();
}
