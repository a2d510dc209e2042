/* SPDX-License-Identifier: Apache-2.0 */
/* Reads property lists from strangers: bounded in nesting and number of nodes before libplist. */
#include "tests/sim/decode.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool starts(const char *text, size_t len, size_t at, const char *word)
{
	size_t n = strlen(word);

	return len - at >= n && memcmp(text + at, word, n) == 0;
}

/* Behind the construct at AT, which ends with CLOSE; LEN when it does not end. */
static size_t skip_past(const char *text, size_t len, size_t at, const char *close)
{
	while (at < len && !starts(text, len, at, close))
		at++;
	return at < len ? at + strlen(close) : len;
}

/* Whether the tag of LEN bytes at TAG surely closes itself: a quoted "/>" does not. */
static bool closes_itself(const char *tag, size_t len)
{
	return len > 2 && tag[len - 2] == '/' && !memchr(tag, '"', len) && !memchr(tag, '\'', len);
}

/* What libplist moves when it reads the references in the LEN bytes between two tags. */
static size_t moved_in(const char *text, size_t len)
{
	size_t references = 0;

	for (const char *at = text; (at = memchr(at, '&', len - (size_t)(at - text))); at++)
		references++;
	return references * len;
}

/* Follows the tags of an XML list; every opening tag but those that close themselves goes a level
 * down. Comments, CDATA and instructions may hold anything; a declaration stands at the top. */
static bool xml_is_bounded(const char *text, size_t len)
{
	size_t depth = 0, nodes = 0, moved = 0, at, end = 0;

	for (;;) {
		at = skip_past(text, len, end, "<");
		moved += moved_in(text + end, at - end);
		if (moved > DECODE_MOVED_MAX)
			return false;
		if (at == len)
			return true;
		if (starts(text, len, at, "!--")) {
			end = skip_past(text, len, at + 3, "-->");
		} else if (starts(text, len, at, "![CDATA[")) {
			end = skip_past(text, len, at, "]]>");
		} else if (text[at] == '?') {
			end = skip_past(text, len, at, "?>");
		} else {
			end = skip_past(text, len, at, ">");
			if (text[at] == '!' && depth > 0)
				return false;
			if (text[at] == '/')
				depth -= depth > 0;
			else if (text[at] != '!' && !closes_itself(text + at, end - at))
				depth++;
			if (depth > DECODE_DEPTH_MAX || ++nodes > DECODE_NODES_MAX)
				return false;
		}
	}
}

/* A binary list's tables, from its trailer: the last 32 bytes. */
struct tables {
	const unsigned char *bytes;
	size_t len; /* without the trailer */
	size_t offset_size, ref_size;
	uint64_t objects, offsets; /* how many; where their offsets stand */
	size_t nodes, content;	   /* visited so far; bytes of text and data in them */
};

#define TRAILER_SIZE 32

/* Kinds of objects: the upper half of their markers. Those below have no length. */
enum {
	DATA = 0x4,
	ASCII,
	UTF16,
	ARRAY = 0xa,
	SET = 0xc,
	DICT
};

static uint64_t big_endian(const unsigned char *p, size_t n)
{
	uint64_t value = 0;

	while (n-- > 0)
		value = value << 8 | *p++;
	return value;
}

static bool tables_read(struct tables *tables, const char *bytes, size_t len)
{
	const unsigned char *trailer;

	if (len < 8 + TRAILER_SIZE)
		return false;
	trailer = (const unsigned char *)bytes + len - TRAILER_SIZE;
	*tables = (struct tables){
		.bytes = (const unsigned char *)bytes,
		.len = len - TRAILER_SIZE,
		.offset_size = trailer[6],
		.ref_size = trailer[7],
		.objects = big_endian(trailer + 8, 8),
		.offsets = big_endian(trailer + 24, 8),
	};
	if (tables->offset_size < 1 || tables->offset_size > 8 || tables->ref_size < 1 ||
	    tables->ref_size > 8 || tables->offsets > tables->len)
		return false;
	return tables->objects <= (tables->len - tables->offsets) / tables->offset_size;
}

/* The length of the object at AT (its marker), as its kind counts it, and where that stands which
 * it counts. */
static bool length_at(const struct tables *tables, size_t at, uint64_t *ret_length,
		      size_t *ret_first)
{
	uint64_t length = tables->bytes[at] & 0x0f;
	size_t first = at + 1;

	if (length == 0x0f) { /* it is an integer object of its own */
		size_t size;

		if (first >= tables->len || (tables->bytes[first] & 0xf0) != 0x10)
			return false;
		size = (size_t)1 << (tables->bytes[first] & 0x0f);
		if (size > 8 || size > tables->len - first - 1)
			return false;
		length = big_endian(tables->bytes + first + 1, size);
		first += 1 + size;
	}
	*ret_length = length;
	*ret_first = first;
	return true;
}

static bool object_is_bounded(struct tables *tables, uint64_t object, unsigned depth);

/* Visits the COUNT objects whose references stand at FIRST. */
static bool items_are_bounded(struct tables *tables, size_t first, uint64_t count, unsigned depth)
{
	if (count > (tables->len - first) / tables->ref_size)
		return false;
	for (uint64_t i = 0; i < count; i++) {
		const unsigned char *ref = tables->bytes + first + i * tables->ref_size;

		if (!object_is_bounded(tables, big_endian(ref, tables->ref_size), depth + 1))
			return false;
	}
	return true;
}

static bool content_is_bounded(struct tables *tables, uint64_t length)
{
	if (length > DECODE_BYTES_MAX - tables->content)
		return false;
	tables->content += length;
	return true;
}

/* Visits OBJECT and all below it as often as it is referred to, as libplist does. */
static bool object_is_bounded(struct tables *tables, uint64_t object, unsigned depth)
{
	uint64_t offset, length;
	size_t first;

	if (object >= tables->objects || depth > DECODE_DEPTH_MAX ||
	    ++tables->nodes > DECODE_NODES_MAX)
		return false;
	offset = big_endian(tables->bytes + tables->offsets + object * tables->offset_size,
			    tables->offset_size);
	if (offset >= tables->len)
		return false;
	if (tables->bytes[offset] >> 4 < DATA)
		return true;
	if (!length_at(tables, offset, &length, &first))
		return false;
	switch (tables->bytes[offset] >> 4) {
	case DATA:
	case ASCII:
		return content_is_bounded(tables, length);
	case UTF16:
		return length <= tables->len && content_is_bounded(tables, 2 * length);
	case DICT: /* keys, then values */
		return length <= tables->len && items_are_bounded(tables, first, 2 * length, depth);
	case ARRAY:
	case SET:
		return items_are_bounded(tables, first, length, depth);
	default:
		return true;
	}
}

static bool binary_is_bounded(const char *bytes, size_t len)
{
	struct tables tables;
	uint64_t root;

	if (!tables_read(&tables, bytes, len))
		return false;
	root = big_endian((const unsigned char *)bytes + len - 16, 8);
	return object_is_bounded(&tables, root, 1);
}

/* How many bytes of mark and white space stand before the XML. */
static size_t leading_blanks(const char *bytes, size_t len)
{
	size_t n = starts(bytes, len, 0, "\xef\xbb\xbf") ? 3 : 0;

	while (n < len && (bytes[n] == ' ' || (bytes[n] >= '\t' && bytes[n] <= '\r')))
		n++;
	return n;
}

plist_t decode_plist(const char *bytes, size_t len, bool *ret_binary)
{
	bool binary = starts(bytes, len, 0, "bplist00");
	plist_t plist = NULL;
	size_t blanks;

	if (len > UINT32_MAX)
		return NULL;
	if (binary) {
		if (binary_is_bounded(bytes, len))
			plist_from_bin(bytes, (uint32_t)len, &plist);
	} else {
		blanks = leading_blanks(bytes, len);
		bytes += blanks;
		len -= blanks;
		if (starts(bytes, len, 0, "<") && xml_is_bounded(bytes, len))
			plist_from_xml(bytes, (uint32_t)len, &plist);
	}
	if (plist && ret_binary)
		*ret_binary = binary;
	return plist;
}

static plist_t dict_node(plist_t dict, const char *key, plist_type type)
{
	plist_t node;

	if (!dict || plist_get_node_type(dict) != PLIST_DICT)
		return NULL;
	node = plist_dict_get_item(dict, key);
	return node && plist_get_node_type(node) == type ? node : NULL;
}

const char *dict_text(plist_t dict, const char *key)
{
	plist_t node = dict_node(dict, key, PLIST_STRING);

	return node ? plist_get_string_ptr(node, NULL) : NULL;
}

const char *dict_bytes(plist_t dict, const char *key, size_t *ret_len)
{
	plist_t node = dict_node(dict, key, PLIST_DATA);
	const char *bytes;
	uint64_t len = 0;

	if (!node)
		return NULL;
	bytes = plist_get_data_ptr(node, &len);
	*ret_len = bytes ? (size_t)len : 0;
	return bytes ? bytes : "";
}

bool dict_true(plist_t dict, const char *key)
{
	plist_t node = dict_node(dict, key, PLIST_BOOLEAN);
	uint8_t value = 0;

	if (node)
		plist_get_bool_val(node, &value);
	return value;
}
