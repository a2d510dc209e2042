/* SPDX-License-Identifier: Apache-2.0 */
/* Spoiled answers: wrong lengths, broken and hostile property lists, wrong and missing values. */
#include "tests/sim/spoil.h"

#include <endian.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int add_word(struct bytes *out, uint32_t word)
{
	word = htobe32(word);
	return bytes_add(out, &word, sizeof(word));
}

/* LENGTH is what is announced, SENT of the bytes follow. */
static int add_message(struct bytes *out, uint32_t length, const void *from, size_t sent)
{
	int r = add_word(out, length);

	return r < 0 ? r : bytes_add(out, from, sent);
}

/* Takes REPLY. Returns NULL without memory. */
static char *encode(plist_t reply, bool binary, uint32_t *ret_length)
{
	char *text = NULL;

	*ret_length = 0;
	if (binary)
		plist_to_bin(reply, &text, ret_length);
	else
		plist_to_xml(reply, &text, ret_length);
	plist_free(reply);
	return text;
}

static int repeat(struct bytes *out, const char *text, unsigned times)
{
	int r = 0;

	while (times-- && r == 0)
		r = bytes_add(out, text, strlen(text));
	return r;
}

static int deep_xml(struct bytes *out)
{
	static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				   "<plist version=\"1.0\">\n";
	int r = repeat(out, head, 1);

	if (r == 0)
		r = repeat(out, "<array>", SPOIL_DEPTH);
	if (r == 0)
		r = repeat(out, "</array>", SPOIL_DEPTH);
	return r == 0 ? repeat(out, "\n</plist>\n", 1) : r;
}

/* The end of a binary property list: how wide offsets and references are, how many objects there
 * are, the first of them, and where the table of offsets begins. */
static int add_trailer(struct bytes *out, unsigned width, uint32_t objects, size_t table)
{
	const unsigned char trailer[32] = {
		[6] = (unsigned char)width,
		[7] = (unsigned char)width,
		[12] = (unsigned char)(objects >> 24),
		[13] = (unsigned char)(objects >> 16),
		[14] = (unsigned char)(objects >> 8),
		[15] = (unsigned char)objects,
		[28] = (unsigned char)(table >> 24),
		[29] = (unsigned char)(table >> 16),
		[30] = (unsigned char)(table >> 8),
		[31] = (unsigned char)table,
	};

	return bytes_add(out, trailer, sizeof(trailer));
}

#define BINARY_MAGIC  "bplist00"
#define BINARY_HEADER ((uint32_t)strlen(BINARY_MAGIC))

/* Object n is an array of the one object n + 1; the last is an empty array. */
static int deep_binary(struct bytes *out)
{
	/* The marker of an array of one, and its reference. */
	static const uint32_t object = 1 + sizeof(uint32_t);
	int r = bytes_add(out, BINARY_MAGIC, BINARY_HEADER);

	for (uint32_t i = 1; i < SPOIL_DEPTH && r == 0; i++) {
		r = bytes_add(out, "\xa1", 1);
		if (r == 0)
			r = add_word(out, i);
	}
	if (r == 0)
		r = bytes_add(out, "\xa0", 1);
	for (uint32_t i = 0; i < SPOIL_DEPTH && r == 0; i++)
		r = add_word(out, BINARY_HEADER + i * object);
	if (r < 0)
		return r;
	return add_trailer(out, sizeof(uint32_t), SPOIL_DEPTH,
			   BINARY_HEADER + (SPOIL_DEPTH - 1) * (size_t)object + 1);
}

/* Seven arrays, each with the next one ten times; the last has a string. A reader that copies what
 * is referred to makes ten million strings of it. */
static int exploding(struct bytes *out)
{
	enum {
		LEVELS = 7,
		TIMES = 10
	};
	int r = bytes_add(out, BINARY_MAGIC, BINARY_HEADER);

	for (unsigned char level = 0; level < LEVELS && r == 0; level++) {
		const char next[] = { (char)(level + 1), '\0' };

		r = bytes_add(out, "\xaa", 1);
		if (r == 0)
			r = repeat(out, next, TIMES);
	}
	if (r == 0)
		r = repeat(out, "\x59nine byte", 1);
	for (unsigned char level = 0; level <= LEVELS && r == 0; level++) {
		const unsigned char offset = (unsigned char)(BINARY_HEADER + level * (1U + TIMES));

		r = bytes_add(out, &offset, 1);
	}
	return r == 0 ? add_trailer(out, 1, LEVELS + 1, out->length - LEVELS - 1) : r;
}

static int add_hostile(struct bytes *out, int (*make)(struct bytes *))
{
	struct bytes list = { 0 };
	int r = make(&list);

	if (r == 0)
		r = add_message(out, (uint32_t)list.length, bytes_at(&list), list.length);
	bytes_done(&list);
	return r;
}

/* Calls CALL with each key of DICT and its value; CALL may replace or remove that. */
static void each_item(plist_t dict, void (*call)(plist_t dict, const char *key, plist_t value))
{
	plist_t keys = plist_copy(dict);
	plist_dict_iter iter = NULL;
	plist_t value;
	char *key;

	plist_dict_new_iter(keys, &iter);
	for (;;) {
		plist_dict_next_item(keys, iter, &key, &value);
		if (!value)
			break;
		call(dict, key, value);
		free(key);
	}
	free(iter);
	plist_free(keys);
}

static void turn_type(plist_t dict, const char *key, plist_t value)
{
	/* Without the echo a host does not look at the rest. */
	if (strcmp(key, "Request") == 0)
		return;
	plist_dict_set_item(dict, key,
			    plist_get_node_type(value) == PLIST_STRING ? plist_new_uint(7)
								       : plist_new_string("odd"));
}

static void drop_value(plist_t dict, const char *key, plist_t value)
{
	static const char *const kept[] = { "Request", "Status", "Result", "Domain", "Key" };

	(void)value;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		if (strcmp(kept[i], key) == 0)
			return;
	}
	plist_dict_remove_item(dict, key);
}

int spoil_message(enum spoil how, plist_t reply, bool binary, struct bytes *out)
{
	static const char noise[] = "This is no property list.\n";
	uint32_t length;
	char *text;
	int r = -ENOMEM;

	if (how == SPOIL_WRONG_TYPES)
		each_item(reply, turn_type);
	else if (how == SPOIL_EMPTY_SUCCESS)
		each_item(reply, drop_value);
	text = encode(reply, binary, &length);
	if (!text)
		return -ENOMEM;
	switch (how) {
	case SPOIL_NOT:
	case SPOIL_WRONG_TYPES:
	case SPOIL_EMPTY_SUCCESS:
		r = add_message(out, length, text, length);
		break;
	case SPOIL_HUGE_LENGTH:
		r = add_message(out, UINT32_MAX, text, length);
		break;
	case SPOIL_ZERO_LENGTH:
		r = add_word(out, 0);
		break;
	case SPOIL_HALF_MESSAGE:
		r = add_message(out, length, text, length / 2);
		break;
	case SPOIL_HALF_PLIST:
		r = add_message(out, length / 2, text, length / 2);
		break;
	case SPOIL_BAD_PLIST:
		r = add_message(out, sizeof(noise) - 1, noise, sizeof(noise) - 1);
		break;
	case SPOIL_DEEP_PLIST:
		r = add_hostile(out, deep_xml);
		break;
	case SPOIL_DEEP_BPLIST:
		r = add_hostile(out, deep_binary);
		break;
	case SPOIL_EXPLODING:
		r = add_hostile(out, exploding);
		break;
	}
	free(text);
	return r;
}

const unsigned char *spoil_handshake(enum handshake how, size_t *ret_length)
{
	/* A TLS record with the fatal alert 40. */
	static const unsigned char alert[] = { 0x15, 3, 3, 0, 2, 2, 40 };
	static const unsigned char garbage[] = "This is no TLS.\n";

	*ret_length = 0;
	switch (how) {
	case HANDSHAKE_REFUSED:
		*ret_length = sizeof(alert);
		return alert;
	case HANDSHAKE_GARBAGE:
		*ret_length = sizeof(garbage) - 1;
		return garbage;
	case HANDSHAKE_WELL:
	case HANDSHAKE_SILENT:
	case HANDSHAKE_CLOSED:
		break;
	}
	return NULL;
}
