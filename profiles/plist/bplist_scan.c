/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a binary property list is whole and within limits, before libplist sees it. */
#include "profiles/plist/bplist_scan.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "profiles/plist/plist_limits.h"

/*
 *   "bplist00"   objects …   offset of each object, OFFSET_SIZE bytes each   trailer, 32 bytes:
 *   5 unused, 1 sort version, 1 OFFSET_SIZE, 1 REF_SIZE, 8 object count, 8 top object, 8 where the
 *   offsets begin; every number is big-endian.
 *
 * An object is a byte TTTTLLLL, type and length; length 15 is followed by an integer object with
 * the real one. Arrays hold LENGTH references, dictionaries LENGTH of keys, then of values.
 */
#define HEADER_SIZE  8
#define TRAILER_SIZE 32

enum {
	INTEGER = 0x1,
	REAL,
	DATE,
	DATA,
	ASCII,
	UTF16,
	ARRAY = 0xa,
	DICT = 0xd
};

static const char damaged[] = "is a damaged binary property list; get the original again";

struct walk {
	const unsigned char *bytes;
	uint64_t offsets; /* where they begin: objects end there */
	uint64_t count, top;
	unsigned offset_size, ref_size;
	size_t values, payload;		/* so far */
	uint64_t path[PLIST_DEPTH_MAX]; /* objects around the one that is looked at */
	unsigned depth;
};

struct object {
	unsigned type;
	uint64_t length;  /* as the object counts it */
	uint64_t content; /* offset */
};

static uint64_t read_number(const unsigned char *bytes, unsigned len)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < len; i++)
		number = number << 8 | bytes[i];
	return number;
}

/* Can COUNT things of EACH bytes stand at OFFSET, before the offsets begin? */
static bool fits(const struct walk *walk, uint64_t offset, uint64_t count, uint64_t each)
{
	return offset <= walk->offsets && count <= (walk->offsets - offset) / each;
}

/* Reads the length after a marker with 15 in it. */
static bool read_long_length(const struct walk *walk, struct object *object)
{
	unsigned len;

	if (!fits(walk, object->content, 1, 1) || walk->bytes[object->content] >> 4 != INTEGER)
		return false;
	len = 1U << (walk->bytes[object->content] & 0xf);
	if (len > 8 || !fits(walk, object->content + 1, 1, len))
		return false;
	object->length = read_number(walk->bytes + object->content + 1, len);
	object->content += 1 + len;
	return true;
}

/* Reads the head of object INDEX; false when there is none. */
static bool read_object(const struct walk *walk, uint64_t index, struct object *ret_object)
{
	struct object object;
	uint64_t offset;
	unsigned char marker;

	if (index >= walk->count)
		return false;
	offset = read_number(walk->bytes + walk->offsets + index * walk->offset_size,
			     walk->offset_size);
	if (offset < HEADER_SIZE || !fits(walk, offset, 1, 1))
		return false;
	marker = walk->bytes[offset];
	object = (struct object){ marker >> 4, marker & 0xf, offset + 1 };
	if (object.length == 0xf && object.type > DATE && !read_long_length(walk, &object))
		return false;
	*ret_object = object;
	return true;
}

static const char *visit(struct walk *walk, uint64_t index);

/* Visits the COUNT objects whose references stand at OFFSET. */
static const char *visit_all(struct walk *walk, uint64_t offset, uint64_t count)
{
	const char *wrong = NULL;

	if (!fits(walk, offset, count, walk->ref_size))
		return damaged;
	for (uint64_t i = 0; i < count && !wrong; i++)
		wrong = visit(walk, read_number(walk->bytes + offset + i * walk->ref_size,
						walk->ref_size));
	return wrong;
}

/* Keys must be texts: the COUNT references at OFFSET are looked at without being followed. */
static bool are_texts(const struct walk *walk, uint64_t offset, uint64_t count)
{
	if (!fits(walk, offset, count, walk->ref_size))
		return false;
	for (uint64_t i = 0; i < count; i++) {
		struct object key;

		if (!read_object(
			    walk,
			    read_number(walk->bytes + offset + i * walk->ref_size, walk->ref_size),
			    &key) ||
		    (key.type != ASCII && key.type != UTF16))
			return false;
	}
	return true;
}

/* A key: its text in units of one byte or two, which may be written either way. */
struct key {
	const unsigned char *text;
	uint64_t length;
	unsigned each;
};

static int compare_keys(const void *a, const void *b)
{
	const struct key *one = a, *other = b;

	if (one->length != other->length)
		return one->length < other->length ? -1 : 1;
	for (uint64_t i = 0; i < one->length; i++) {
		uint64_t unit = read_number(one->text + i * one->each, one->each);
		uint64_t against = read_number(other->text + i * other->each, other->each);

		if (unit != against)
			return unit < against ? -1 : 1;
	}
	return 0;
}

/* Readers do not agree which of two values of one key counts. The COUNT keys at OFFSET were visited
 * before: that bounds what there is to compare. */
static const char *refuse_twins(const struct walk *walk, uint64_t offset, uint64_t count)
{
	struct key *keys = calloc(count + 1, sizeof *keys);
	const char *wrong = NULL;

	if (!keys)
		return "cannot be read: no memory";
	for (uint64_t i = 0; i < count; i++) {
		struct object key;

		if (!read_object(
			    walk,
			    read_number(walk->bytes + offset + i * walk->ref_size, walk->ref_size),
			    &key))
			continue;
		keys[i] = (struct key){ walk->bytes + key.content, key.length,
					key.type == UTF16 ? 2 : 1 };
	}
	qsort(keys, count, sizeof *keys, compare_keys);
	for (uint64_t i = 1; i < count && !wrong; i++)
		if (compare_keys(&keys[i - 1], &keys[i]) == 0)
			wrong = "has a key twice in one dictionary; no device's answer to that is "
				"known";
	free(keys);
	return wrong;
}

/* Goes into object INDEX, an array or a dictionary. */
static const char *enter(struct walk *walk, uint64_t index, const struct object *object)
{
	uint64_t count = object->length;
	const char *wrong;

	for (unsigned i = 0; i < walk->depth; i++)
		if (walk->path[i] == index)
			return "is a binary property list that contains itself; no device takes it";
	if (walk->depth == PLIST_DEPTH_MAX)
		return "is nested too deeply; no real profile is";
	if (count > PLIST_VALUES_MAX)
		return "holds too many values";
	walk->path[walk->depth++] = index;
	if (object->type == DICT && !are_texts(walk, object->content, count))
		wrong = damaged;
	else
		wrong = visit_all(walk, object->content, object->type == DICT ? 2 * count : count);
	walk->depth--;
	if (!wrong && object->type == DICT)
		wrong = refuse_twins(walk, object->content, count);
	return wrong;
}

/* Takes an object of LENGTH units of EACH bytes that holds no other. */
static const char *take_bytes(struct walk *walk, const struct object *object, uint64_t length,
			      unsigned each)
{
	if (!fits(walk, object->content, length, each))
		return damaged;
	walk->payload += length * each;
	return walk->payload > PLIST_BYTES_MAX ? "holds too much text or data" : NULL;
}

static const char *visit(struct walk *walk, uint64_t index)
{
	struct object object;

	if (!read_object(walk, index, &object))
		return damaged;
	if (++walk->values > PLIST_VALUES_MAX)
		return "holds too many values";
	switch (object.type) {
	case 0: /* false and true; null and fill bytes are in no profile */
		return object.length == 8 || object.length == 9 ? NULL : damaged;
	case INTEGER:
		return object.length > 4 ? damaged
					 : take_bytes(walk, &object, 1ULL << object.length, 1);
	case REAL:
		return object.length != 2 && object.length != 3
			       ? damaged
			       : take_bytes(walk, &object, 1ULL << object.length, 1);
	case DATE:
		return object.length != 3 ? damaged : take_bytes(walk, &object, 8, 1);
	case DATA:
	case ASCII:
		return take_bytes(walk, &object, object.length, 1);
	case UTF16:
		return take_bytes(walk, &object, object.length, 2);
	case ARRAY:
	case DICT:
		return enter(walk, index, &object);
	default:
		return damaged;
	}
}

const char *bplist_scan(const unsigned char *bytes, size_t size)
{
	const unsigned char *trailer;
	struct walk walk = { .bytes = bytes };

	if (size < HEADER_SIZE + TRAILER_SIZE)
		return damaged;
	trailer = bytes + size - TRAILER_SIZE;
	walk.offset_size = trailer[6];
	walk.ref_size = trailer[7];
	walk.count = read_number(trailer + 8, 8);
	walk.top = read_number(trailer + 16, 8);
	walk.offsets = read_number(trailer + 24, 8);
	if (walk.offset_size < 1 || walk.offset_size > 8 || walk.ref_size < 1 ||
	    walk.ref_size > 8 || walk.offsets < HEADER_SIZE || walk.offsets > size - TRAILER_SIZE ||
	    walk.count > (size - TRAILER_SIZE - walk.offsets) / walk.offset_size)
		return damaged;
	return visit(&walk, walk.top);
}
