/* SPDX-License-Identifier: Apache-2.0 */
/* What a gate lets pass: every kind of request, from a worker that means well and one that does
 * not. */
#include "device/mux/request.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

#define OURS  "0123456789abcdef0123456789abcdef01234567"
#define OTHER "00008110-001A2B3C4D5E6F70"
#define TAG   0x01020304

#define TYPE(type)	    "<key>MessageType</key><string>" type "</string>"
#define NUMBER(key, number) "<key>" key "</key><integer>" number "</integer>"
#define ID(id)		    "<key>PairRecordID</key><string>" id "</string>"
#define DATA		    "<key>PairRecordData</key><data>AAAA</data>"
#define RESULT(number)	    "<key>Number</key><integer>" number "</integer>"

/* PRESENT and GONE: the outcome while the device is there and after it left. */
static const struct {
	const char *xml;
	int present, gone;
	const char *seen; /* part of the frame while present */
} rows[] = {
	{ TYPE("ListDevices"), REQUEST_ANSWERED, REQUEST_ANSWERED, OURS },
	{ TYPE("ListListeners"), REQUEST_ANSWERED, REQUEST_ANSWERED, "ListenerList" },
	{ TYPE("Listen"), REQUEST_LISTEN, REQUEST_LISTEN, "Attached" },
	{ TYPE("ReadBUID"), REQUEST_FORWARD, REQUEST_FORWARD, "ReadBUID" },
	{ TYPE("Connect") NUMBER("DeviceID", "9") NUMBER("PortNumber", "32498"), REQUEST_CONNECT,
	  REQUEST_ANSWERED, "<integer>32498</integer>" },
	{ TYPE("Connect") NUMBER("DeviceID", "8") NUMBER("PortNumber", "32498"), REQUEST_ANSWERED,
	  REQUEST_ANSWERED, RESULT("2") },
	{ TYPE("Connect") NUMBER("DeviceID", "4294967305") NUMBER("PortNumber", "1"),
	  REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("2") },
	{ TYPE("Connect") NUMBER("DeviceID", "9"), REQUEST_ANSWERED, REQUEST_ANSWERED,
	  RESULT("1") },
	{ TYPE("Connect") NUMBER("DeviceID", "9") NUMBER("PortNumber", "65536"), REQUEST_ANSWERED,
	  REQUEST_ANSWERED, RESULT("1") },
	{ TYPE("Connect") NUMBER("PortNumber", "1"), REQUEST_ANSWERED, REQUEST_ANSWERED,
	  RESULT("1") },
	{ TYPE("ReadPairRecord") ID(OURS), REQUEST_FORWARD, REQUEST_FORWARD, OURS },
	{ TYPE("ReadPairRecord") ID(OTHER), REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("22") },
	{ TYPE("ReadPairRecord") ID("SystemConfiguration"), REQUEST_ANSWERED, REQUEST_ANSWERED,
	  RESULT("22") },
	{ TYPE("ReadPairRecord") ID("../" OURS), REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("22") },
	{ TYPE("ReadPairRecord"), REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("22") },
	{ TYPE("ReadPairRecord") NUMBER("PairRecordID", "1"), REQUEST_ANSWERED, REQUEST_ANSWERED,
	  RESULT("22") },
	{ TYPE("DeletePairRecord") ID(OURS), REQUEST_FORWARD, REQUEST_FORWARD, OURS },
	{ TYPE("DeletePairRecord") ID(OTHER), REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("22") },
	{ TYPE("SavePairRecord") ID(OURS) DATA, REQUEST_FORWARD, REQUEST_FORWARD,
	  "<key>DeviceID</key>" },
	{ TYPE("SavePairRecord") ID(OURS) DATA NUMBER("DeviceID", "9"), REQUEST_FORWARD,
	  REQUEST_FORWARD, "AAAA" },
	{ TYPE("SavePairRecord") ID(OURS) DATA NUMBER("DeviceID", "8"), REQUEST_ANSWERED,
	  REQUEST_ANSWERED, RESULT("22") },
	{ TYPE("SavePairRecord") ID(OURS), REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("22") },
	{ TYPE("SavePairRecord") ID(OTHER) DATA, REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("22") },
	{ TYPE("Reboot"), REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("1") },
	{ TYPE(""), REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("1") },
	{ NUMBER("MessageType", "1"), REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("1") },
	{ "", REQUEST_ANSWERED, REQUEST_ANSWERED, RESULT("1") },
};

static int judge(const char *inside, bool present, struct frame *ret_frame)
{
	struct shown shown = { { .verb = MUX_ARRIVED, .handle = 9, .udid = { OURS } }, present };
	uint8_t bytes[2048] = { [12] = 4, 3, 2, 1 };
	struct frame asked = { bytes, 0 };

	asked.len = FRAME_HEADER +
		    (size_t)snprintf((char *)bytes + FRAME_HEADER, sizeof bytes - FRAME_HEADER,
				     "<plist version=\"1.0\"><dict>%s%s</dict></plist>", inside,
				     "<key>Evil</key><string>smuggled</string>");
	return request_judge(&asked, &shown, ret_frame);
}

/* The text of FRAME without white space; the caller's to free. */
static char *frame_text(const struct frame *frame)
{
	char *text = calloc(1, frame->len + 1), *to = text;

	for (size_t i = FRAME_HEADER; text && i < frame->len; i++)
		if (frame->bytes[i] > ' ')
			*to++ = (char)frame->bytes[i];
	return text;
}

static void check_row(size_t i)
{
	struct frame frame = { 0 };
	char *text;

	is_number(judge(rows[i].xml, true, &frame), rows[i].present, rows[i].xml);
	text = frame_text(&frame);
	ok(text && strstr(text, rows[i].seen), "its frame has %s", rows[i].seen);
	ok(text && !strstr(text, "smuggled"), "and nothing of the asker's own");
	is_number(frame_tag(&frame), TAG, "and his tag");
	free(text);
	frame_done(&frame);
	is_number(judge(rows[i].xml, false, &frame), rows[i].gone, "after the device left");
	frame_done(&frame);
}

static void test_gone(void)
{
	struct frame frame = { 0 };
	char *text;

	judge(TYPE("ListDevices"), false, &frame);
	text = frame_text(&frame);
	ok(text && !strstr(text, OURS), "a device that left is not listed");
	free(text);
	frame_done(&frame);
	judge(TYPE("Listen"), false, &frame);
	text = frame_text(&frame);
	ok(text && !strstr(text, "Attached"), "nor announced");
	free(text);
	frame_done(&frame);
	judge(TYPE("SavePairRecord") ID(OURS) DATA, false, &frame);
	text = frame_text(&frame);
	ok(text && !strstr(text, "DeviceID"), "nor is its handle used with its record");
	free(text);
	frame_done(&frame);
}

int main(void)
{
	uint8_t garbage[] = "sixteen bytes...<nonsense/>";
	struct frame asked = { garbage, sizeof garbage - 1 }, frame = { 0 };
	struct shown shown = { { .handle = 9 }, true };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		check_row(i);
	test_gone();
	is_number(request_judge(&asked, &shown, &frame), -EPROTO, "no dictionary is no request");
	ok(!frame.bytes, "and has no answer");
	return tap_done();
}
