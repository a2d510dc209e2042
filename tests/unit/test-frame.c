/* SPDX-License-Identifier: Apache-2.0 */
/* usbmux messages: made, cut in pieces, run together, and broken. */
#include "device/mux/frame.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "device/mux/dict.h"
#include "tests/unit/tap.h"

static int pair[2];

static void open_pair(void)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		exit(1);
}

static void close_pair(void)
{
	close(pair[0]);
	close(pair[1]);
}

static void test_made(void)
{
	static const uint8_t want[16] = { 0, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 4, 3, 2, 1 };
	struct frame frame = { 0 };
	uint32_t number = 0;
	size_t first;

	is_number(frame_add_result(&frame, 3, 0x01020304), 0, "a Result is made");
	ok(frame.bytes[0] == (frame.len & 0xff) && frame.bytes[1] == frame.len >> 8,
	   "its length is its own, little-endian");
	ok(memcmp(frame.bytes + 4, want + 4, 12) == 0, "version, message and tag follow");
	is_number(frame_tag(&frame), 0x01020304, "the tag is read back");
	is_number(frame_result(&frame, &number), 0, "it is a Result");
	is_number(number, 3, "with its number");
	first = frame.len;
	is_number(frame_add_result(&frame, 4, 5), 0, "another is added");
	ok(frame.len > first && frame.bytes[first + 12] == 5, "behind the first");
	frame_done(&frame);
	ok(!frame.bytes && frame.len == 0, "nothing is left of it");
}

/* Each byte of two messages alone, then both in one piece. */
static void test_pieces(void)
{
	struct frame_in in = { .max = FRAME_ASKED_MAX };
	struct frame two = { 0 }, got = { 0 };
	int whole = 0, early = 0;

	frame_add_result(&two, 1, 10);
	frame_add_result(&two, 2, 11);
	open_pair();
	for (size_t i = 0; i < two.len; i++) {
		if (send(pair[0], two.bytes + i, 1, 0) != 1)
			break;
		if (frame_receive(&in, pair[1], &got) == 0)
			continue;
		early += i + 1 != two.len / 2 && i + 1 != two.len;
		is_number(frame_tag(&got), 10 + whole++, "a message is whole");
		frame_done(&got);
	}
	ok(whole == 2 && early == 0, "two came, each with its last byte");
	ok(send(pair[0], two.bytes, two.len, 0) == (ssize_t)two.len, "both are sent at once");
	is_number(frame_receive(&in, pair[1], &got), 1, "the first is taken");
	is_number(frame_tag(&got), 10, "by itself");
	frame_done(&got);
	is_number(recv(pair[1], two.bytes, two.len, MSG_PEEK), (long long)two.len / 2,
		  "and nothing of what is behind it");
	close_pair();
	frame_done(&two);
	frame_in_done(&in);
}

static const struct {
	const char *what;
	uint8_t header[16];
	size_t max;
	int result;
} headers[] = {
	{ "no length", { 0, 0, 0, 0, 1, 0, 0, 0, 8 }, 100, -EPROTO },
	{ "less than a header", { 15, 0, 0, 0, 1, 0, 0, 0, 8 }, 100, -EPROTO },
	{ "an empty body", { 16, 0, 0, 0, 1, 0, 0, 0, 8 }, 100, -EPROTO },
	{ "the binary protocol", { 32, 0, 0, 0, 0, 0, 0, 0, 8 }, 100, -EPROTO },
	{ "another message", { 32, 0, 0, 0, 1, 0, 0, 0, 3 }, 100, -EPROTO },
	{ "the longest", { 100, 0, 0, 0, 1, 0, 0, 0, 8 }, 100, 0 },
	{ "one more", { 101, 0, 0, 0, 1, 0, 0, 0, 8 }, 100, -EMSGSIZE },
	{ "4 GiB", { 255, 255, 255, 255, 1, 0, 0, 0, 8 }, FRAME_ANSWER_MAX, -EMSGSIZE },
	{ "16 MiB", { 0, 0, 0, 1, 1, 0, 0, 0, 8 }, FRAME_ANSWER_MAX, 0 },
};

static void test_headers(void)
{
	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
		struct frame_in in = { .max = headers[i].max };
		struct frame got = { 0 };

		open_pair();
		ok(send(pair[0], headers[i].header, 16, 0) == 16, "a header is sent");
		is_number(frame_receive(&in, pair[1], &got), headers[i].result, headers[i].what);
		close(pair[0]);
		if (headers[i].result == 0)
			is_number(frame_receive(&in, pair[1], &got), -ENODATA, "the end is seen");
		close(pair[1]);
		frame_in_done(&in);
	}
}

static const struct {
	const char *xml;
	int result;
} bodies[] = {
	{ "<plist version=\"1.0\"><dict><key>a</key><integer>1</integer></dict></plist>", 0 },
	{ "<plist version=\"1.0\"><dict/></plist>", 0 },
	{ "<plist version=\"1.0\"><array/></plist>", -EPROTO },
	{ "<plist version=\"1.0\"><string>dict</string></plist>", -EPROTO },
	{ "bplist00", -EPROTO },
	{ "{\"json\": 1}", -EPROTO },
	{ "\1\2\3", -EPROTO },
	{ "<", -EPROTO },
};

static void test_bodies(void)
{
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		uint8_t bytes[256] = { 0 };
		struct frame frame = { bytes, FRAME_HEADER + strlen(bodies[i].xml) };
		plist_t body = NULL;

		memcpy(bytes + FRAME_HEADER, bodies[i].xml, strlen(bodies[i].xml));
		is_number(frame_body(&frame, &body), bodies[i].result, bodies[i].xml);
		plist_free(body);
	}
}

/* The deepest nest that fits must not overflow a stack. */
static void test_deep(void)
{
	uint8_t *bytes = malloc(FRAME_READ_MAX + 1);
	struct frame frame = { bytes, FRAME_READ_MAX + 1 };
	plist_t body = NULL;
	size_t at = FRAME_HEADER;

	if (!bytes)
		return;
	memset(bytes, ' ', FRAME_READ_MAX + 1);
	for (; at + 16 < FRAME_READ_MAX; at += 16)
		memcpy(bytes + at, "<dict><key/>    ", 16);
	is_number(frame_body(&frame, &body), -EPROTO, "what is too long is not looked into");
	frame.len = FRAME_READ_MAX;
	ok(frame_body(&frame, &body) <= 0, "what nests deep is survived");
	plist_free(body);
	free(bytes);
}

static void test_dict(void)
{
	plist_t dict = plist_new_dict(), node;
	const char *text = "before";
	uint64_t number = 7;

	plist_dict_set_item(dict, "n", plist_new_uint(65536));
	plist_dict_set_item(dict, "s", plist_new_string("text"));
	plist_dict_set_item(dict, "b", plist_new_bool(1));
	is_number(dict_number(dict, "n", 65536, &number), 0, "a number in bounds");
	is_number(dict_number(dict, "n", 65535, &number), -EINVAL, "one too big");
	is_number(number, 65536, "leaves the result alone");
	is_number(dict_number(dict, "s", 9, &number), -EINVAL, "a string is no number");
	is_number(dict_number(dict, "b", 9, &number), -EINVAL, "nor is a truth");
	is_number(dict_number(dict, "x", 9, &number), -ENOENT, "nor what is not there");
	is_number(dict_string(dict, "n", &text), -EINVAL, "a number is no string");
	is_string(text, "before", "and leaves the result alone");
	is_number(dict_string(dict, "s", &text), 0, "a string is one");
	is_string(text, "text", "as it is");
	is_number(dict_node(dict, "s", PLIST_DICT, &node), -EINVAL, "nor is it a dictionary");
	plist_free(dict);
}

int main(void)
{
	test_made();
	test_pieces();
	test_headers();
	test_bodies();
	test_deep();
	test_dict();
	return tap_done();
}
