/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of how answers are spoiled: what is announced, what comes, and what it reads as. */
#include "tests/sim/spoil.h"

#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/decode.h"
#include "tests/unit/sim-host.h"
#include "tests/unit/tap.h"

static plist_t reply_new(void)
{
	plist_t reply = plist_new_dict();

	plist_dict_set_item(reply, "Request", plist_new_string("GetValue"));
	plist_dict_set_item(reply, "Key", plist_new_string("DeviceName"));
	plist_dict_set_item(reply, "Value", plist_new_string("iPad"));
	plist_dict_set_item(reply, "Port", plist_new_uint(5));
	return reply;
}

struct message {
	uint32_t announced;
	char *text;
	size_t length;
};

static struct message spoiled(enum spoil how, bool binary)
{
	struct bytes out = { 0 };
	struct message message;

	if (spoil_message(how, reply_new(), binary, &out) < 0 || out.length < 4)
		abort();
	memcpy(&message.announced, bytes_at(&out), 4);
	message.announced = be32toh(message.announced);
	message.length = out.length - 4;
	message.text = malloc(message.length + 1);
	memcpy(message.text, bytes_at(&out) + 4, message.length);
	message.text[message.length] = '\0';
	bytes_done(&out);
	return message;
}

static const struct {
	enum spoil how;
	const char *what;
	int announced; /* compared with what comes: 0 as much, 1 more */
	bool reads;
} rows[] = {
	{ SPOIL_NOT, "nothing is spoiled", 0, true },
	{ SPOIL_HUGE_LENGTH, "a huge length", 1, true },
	{ SPOIL_ZERO_LENGTH, "no length", 0, false },
	{ SPOIL_HALF_MESSAGE, "half a message", 1, false },
	{ SPOIL_HALF_PLIST, "half a property list", 0, false },
	{ SPOIL_BAD_PLIST, "no property list", 0, false },
	{ SPOIL_DEEP_PLIST, "a deep one", 0, false },
	{ SPOIL_DEEP_BPLIST, "a deep binary one", 0, false },
	{ SPOIL_EXPLODING, "an exploding one", 0, false },
	{ SPOIL_WRONG_TYPES, "wrong types", 0, true },
	{ SPOIL_EMPTY_SUCCESS, "empty success", 0, true },
};

static void test_rows(void)
{
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct message message = spoiled(rows[i / 2].how, i % 2);
		plist_t list = decode_plist(message.text, message.length, NULL);

		is_number(message.announced > message.length, rows[i / 2].announced,
			  rows[i / 2].what);
		ok(message.announced >= message.length, "no more comes than was announced");
		is_number(list != NULL, rows[i / 2].reads, "whether it can be read");
		plist_free(list);
		free(message.text);
	}
}

static void test_lengths(void)
{
	struct message whole = spoiled(SPOIL_NOT, false);
	struct message message = spoiled(SPOIL_HUGE_LENGTH, false);

	is_number(message.announced, UINT32_MAX, "4 GiB are announced");
	free(message.text);
	message = spoiled(SPOIL_HALF_MESSAGE, false);
	is_number(message.announced, whole.announced, "the whole is announced");
	is_number((long long)message.length, whole.announced / 2, "and half of it comes");
	free(message.text);
	message = spoiled(SPOIL_EXPLODING, false);
	is_number((long long)message.length, 135, "135 bytes are enough");
	free(message.text);
	free(whole.text);
}

static void test_values(void)
{
	struct message message = spoiled(SPOIL_WRONG_TYPES, true);
	plist_t list = decode_plist(message.text, message.length, NULL);

	is_string(text_of(list, "Request"), "GetValue", "wrong types: the echo is right");
	is_number(number_of(list, "Value"), 7, "a string is a number");
	is_string(text_of(list, "Port"), "odd", "a number is a string");
	plist_free(list);
	free(message.text);

	message = spoiled(SPOIL_EMPTY_SUCCESS, false);
	list = decode_plist(message.text, message.length, NULL);
	is_string(text_of(list, "Key"), "DeviceName", "empty success: the echo is there");
	ok(!plist_dict_get_item(list, "Value") && !plist_dict_get_item(list, "Port"),
	   "but no value");
	plist_free(list);
	free(message.text);
}

static unsigned count(const char *text, const char *word)
{
	unsigned found = 0;

	for (; (text = strstr(text, word)); text += strlen(word))
		found++;
	return found;
}

/* Has the binary list in MESSAGE begin with object NUMBER, and reads what that holds. */
static plist_t read_from(struct message *message, uint32_t number)
{
	/* The trailer has the first object's number in 8 bytes, 16 before its end. */
	unsigned char *first = (unsigned char *)message->text + message->length - 16;

	number = htobe32(number);
	memcpy(first + 4, &number, sizeof(number));
	return decode_plist(message->text, message->length, NULL);
}

static unsigned leaves(plist_t list)
{
	unsigned found = 0;

	if (plist_get_node_type(list) != PLIST_ARRAY)
		return 1;
	for (uint32_t i = 0; i < plist_array_get_size(list); i++)
		found += leaves(plist_array_get_item(list, i));
	return found;
}

static unsigned depth(plist_t list)
{
	unsigned levels = 0;

	for (; list && plist_get_node_type(list) == PLIST_ARRAY; levels++)
		list = plist_array_get_size(list) ? plist_array_get_item(list, 0) : NULL;
	return levels;
}

/* That they are not simply broken: taken from near their end, they can be read. */
static void test_hostile(void)
{
	struct message message = spoiled(SPOIL_DEEP_PLIST, false);
	plist_t list;

	is_number(count(message.text, "<array>"), SPOIL_DEPTH, "so many arrays begin");
	is_number(count(message.text, "</array>"), SPOIL_DEPTH, "and end");
	free(message.text);

	message = spoiled(SPOIL_DEEP_BPLIST, false);
	list = read_from(&message, SPOIL_DEPTH - 20);
	is_number(depth(list), 20, "the last twenty of the binary arrays");
	plist_free(list);
	free(message.text);

	message = spoiled(SPOIL_EXPLODING, false);
	list = read_from(&message, 4);
	is_number(leaves(list), 1000, "three levels of ten");
	plist_free(list);
	free(message.text);
}

static void test_handshakes(void)
{
	static const struct {
		enum handshake how;
		int first; /* byte of what is answered; -1: nothing is */
	} handshakes[] = {
		{ HANDSHAKE_WELL, -1 },	     { HANDSHAKE_SILENT, -1 },	 { HANDSHAKE_CLOSED, -1 },
		{ HANDSHAKE_REFUSED, 0x15 }, { HANDSHAKE_GARBAGE, 'T' },
	};

	for (size_t i = 0; i < sizeof(handshakes) / sizeof(handshakes[0]); i++) {
		size_t length = 1;
		const unsigned char *answer = spoil_handshake(handshakes[i].how, &length);

		is_number(answer ? answer[0] : -1, handshakes[i].first, "the handshake's answer");
		ok(!answer == !length, "with its length");
	}
}

int main(void)
{
	test_rows();
	test_lengths();
	test_values();
	test_hostile();
	test_handshakes();
	return tap_done();
}
