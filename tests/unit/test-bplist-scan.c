/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the scan before libplist: binary property lists that are damaged, circular or bombs. */
#include "profiles/plist/bplist_scan.h"

#include <plist/plist.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/plist/plist_limits.h"
#include "tests/unit/tap.h"

#define DAMAGED "is a damaged binary property list; get the original again"

/* A binary property list that is made by hand. */
struct made {
	unsigned char bytes[4096];
	size_t size;
	uint8_t offsets[256];
	size_t count;
};

static void begin(struct made *made)
{
	memset(made, 0, sizeof *made);
	memcpy(made->bytes, "bplist00", 8);
	made->size = 8;
}

/* Appends an object of LEN BYTES. */
static void object(struct made *made, const char *bytes, size_t len)
{
	made->offsets[made->count++] = (uint8_t)made->size;
	memcpy(made->bytes + made->size, bytes, len);
	made->size += len;
}

/* Ends it with object TOP on top, numbers of one byte. */
static void end(struct made *made, uint8_t top)
{
	unsigned char *trailer;
	size_t table = made->size;

	memcpy(made->bytes + made->size, made->offsets, made->count);
	made->size += made->count;
	trailer = made->bytes + made->size;
	made->size += 32;
	trailer[6] = trailer[7] = 1;
	trailer[15] = (unsigned char)made->count;
	trailer[23] = top;
	trailer[30] = (unsigned char)(table >> 8);
	trailer[31] = (unsigned char)table;
}

#define OBJECT(bytes) object(&made, bytes, sizeof bytes - 1)

static const struct {
	const char *bytes;
	size_t len;
	const char *want;
	const char *what;
} single[] = {
	{ "\x08", 1, NULL, "false" },
	{ "\x09", 1, NULL, "true" },
	{ "\x00", 1, DAMAGED, "null" },
	{ "\x0f", 1, DAMAGED, "fill" },
	{ "\x10\x01", 2, NULL, "an integer of one byte" },
	{ "\x13\0\0\0\0\0\0\0\1", 9, NULL, "an integer of eight" },
	{ "\x15\0", 2, DAMAGED, "an integer of 32" },
	{ "\x13\0", 2, DAMAGED, "an integer that runs into the offsets" },
	{ "\x22\0\0\0\0", 5, NULL, "a real of four bytes" },
	{ "\x21\0\0", 3, DAMAGED, "a real of two" },
	{ "\x33\0\0\0\0\0\0\0\0", 9, NULL, "a date" },
	{ "\x32\0\0\0\0", 5, DAMAGED, "a date of four bytes" },
	{ "\x42xy", 3, NULL, "data" },
	{ "\x4f\x10\x02xy", 5, NULL, "data with a long length" },
	{ "\x4f\x10\x7fxy", 5, DAMAGED, "data longer than the file" },
	{ "\x4f\x14xy", 4, DAMAGED, "a length of sixteen bytes" },
	{ "\x4f\x52xy", 4, DAMAGED, "a length that is a text" },
	{ "\x52xy", 3, NULL, "ASCII" },
	{ "\x61\0x", 3, NULL, "UTF-16" },
	{ "\x80\x01", 2, DAMAGED, "a UID" },
	{ "\xc0", 1, DAMAGED, "a set" },
	{ "\xa0", 1, NULL, "an empty array" },
	{ "\xd0", 1, NULL, "an empty dictionary" },
	{ "\xa1\x00", 2, "is a binary property list that contains itself; no device takes it",
	  "an array that contains itself" },
	{ "\xa1\x09", 2, DAMAGED, "a reference to no object" },
	{ "\xd1\x00\x00", 3, DAMAGED, "a dictionary whose key is none" },
	{ "\xaf\x12\xff\xff\xff\xff", 6, "holds too many values", "an array of four milliards" },
};

static void check_single(void)
{
	for (size_t i = 0; i < sizeof single / sizeof single[0]; i++) {
		struct made made;

		begin(&made);
		object(&made, single[i].bytes, single[i].len);
		end(&made, 0);
		is_string(bplist_scan(made.bytes, made.size), single[i].want, single[i].what);
	}
}

/* Each of LEVELS arrays holds WIDTH times the next. */
static void make_tower(struct made *made, unsigned levels, unsigned width)
{
	begin(made);
	for (unsigned level = 0; level < levels; level++) {
		char bytes[16] = { (char)(0xa0 | width) };

		memset(bytes + 1, (int)level + 1, width);
		object(made, bytes, width + 1);
	}
	object(made, "\x08", 1);
	end(made, 0);
}

static void check_bombs(void)
{
	struct made made;

	make_tower(&made, 10, 6);
	ok(made.size < 140, "the bomb has %zu bytes", made.size);
	is_string(bplist_scan(made.bytes, made.size), "holds too many values",
		  "60 million values in 130 bytes");
	make_tower(&made, 7, 3);
	is_string(bplist_scan(made.bytes, made.size), NULL, "three thousand are fine");
	make_tower(&made, PLIST_DEPTH_MAX, 1);
	is_string(bplist_scan(made.bytes, made.size), NULL, "64 levels are fine");
	make_tower(&made, PLIST_DEPTH_MAX + 1, 1);
	is_string(bplist_scan(made.bytes, made.size), "is nested too deeply; no real profile is",
		  "65 are not");
}

/* A dictionary with the keys ONE and OTHER, objects as they are. */
static const char *scan_pair(const char *one, size_t one_len, const char *other, size_t other_len)
{
	struct made made;

	begin(&made);
	OBJECT("\xd2\1\2\3\3");
	object(&made, one, one_len);
	object(&made, other, other_len);
	OBJECT("\x09");
	end(&made, 0);
	return bplist_scan(made.bytes, made.size);
}
#define PAIR(one, other) scan_pair(one, sizeof one - 1, other, sizeof other - 1)

static void check_twins(void)
{
	static const char twice[] =
		"has a key twice in one dictionary; no device's answer to that is known";

	is_string(PAIR("\x52xy", "\x52xz"), NULL, "two keys");
	is_string(PAIR("\x52xy", "\x51x"), NULL, "one that begins as the other");
	is_string(PAIR("\x52xy", "\x61\0x"), NULL, "one in UTF-16");
	is_string(PAIR("\x52xy", "\x52xy"), twice, "a key that is there twice");
	is_string(PAIR("\x52xy", "\x62\0x\0y"), twice, "in another way to write it");
	is_string(PAIR("\x50", "\x60"), twice, "an empty one");
}

/* Data of LEN bytes, referred to COUNT times. */
static const char *scan_repeated(uint16_t len, uint16_t count)
{
	size_t data = 4U + len, array = 4U + count, size = 8 + data + array + 4 + 32;
	unsigned char *bytes = calloc(1, size), *at = bytes + 8, *trailer = bytes + size - 32;
	const char *wrong;

	memcpy(bytes, "bplist00", 8);
	memcpy(at, (unsigned char[]){ 0x4f, 0x11, len >> 8, len & 0xff }, 4);
	at += data;
	memcpy(at, (unsigned char[]){ 0xaf, 0x11, count >> 8, count & 0xff }, 4);
	at += array;
	at[1] = 8;
	at[2] = (unsigned char)((8 + data) >> 8);
	at[3] = (unsigned char)(8 + data);
	trailer[6] = 2;
	trailer[7] = 1;
	trailer[15] = 2;
	trailer[23] = 1;
	trailer[30] = (unsigned char)((8 + data + array) >> 8);
	trailer[31] = (unsigned char)(8 + data + array);
	wrong = bplist_scan(bytes, size);
	free(bytes);
	return wrong;
}

static void check_expansion(void)
{
	is_string(scan_repeated(4096, 1024), NULL, "4 MiB in 5 KiB are the most");
	is_string(scan_repeated(4096, 1025), "holds too much text or data", "one more is refused");
}

/* What libplist itself writes: every value of a whole list passes, and no byte of it crashes. */
static void check_real(void)
{
	static const char xml[] =
		"<plist><dict><key>a</key><array><integer>1</integer><real>2.5</real>"
		"<true/><data>QUJD</data><date>2026-01-01T00:00:00Z</date>"
		"<string>\xc3\xa4</string><dict/></array></dict></plist>";
	plist_t list = NULL;
	char *bytes = NULL;
	uint32_t size = 0;
	unsigned refused = 0;

	plist_from_xml(xml, sizeof xml - 1, &list);
	plist_to_bin(list, &bytes, &size);
	plist_free(list);
	is_string(bplist_scan((unsigned char *)bytes, size), NULL, "a list of every type");
	for (uint32_t cut = 0; cut < size; cut++)
		refused += bplist_scan((unsigned char *)bytes, cut) != NULL;
	is_number(refused, size, "cut short anywhere, it is refused");
	for (uint32_t at = 8; at < size; at++) {
		for (int bit = 0; bit < 8; bit++) {
			plist_t again = NULL;

			bytes[at] = (char)(bytes[at] ^ 1 << bit);
			if (!bplist_scan((unsigned char *)bytes, size))
				plist_from_bin(bytes, size, &again);
			if (again)
				plist_free(again);
			bytes[at] = (char)(bytes[at] ^ 1 << bit);
		}
	}
	ok(true, "each bit changed is refused, or read by libplist");
	free(bytes);
}

static void check_trailer(void)
{
	static const struct {
		size_t at; /* from the end */
		unsigned char value;
		const char *what;
	} rows[] = {
		{ 26, 0, "offsets of no byte" },	{ 26, 9, "offsets of nine bytes" },
		{ 25, 0, "references of no byte" },	{ 25, 9, "references of nine bytes" },
		{ 17, 9, "more objects than offsets" }, { 24, 0xff, "an absurd count" },
		{ 9, 7, "a top that is not there" },	{ 1, 3, "offsets inside of the header" },
		{ 1, 0xff, "offsets behind the end" },	{ 8, 0xff, "offsets far behind the end" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct made made;

		begin(&made);
		OBJECT("\x09");
		end(&made, 0);
		made.bytes[made.size - rows[i].at] = rows[i].value;
		is_string(bplist_scan(made.bytes, made.size), DAMAGED, rows[i].what);
	}
	is_string(bplist_scan((const unsigned char *)"bplist00", 8), DAMAGED, "only a header");
}

int main(void)
{
	check_single();
	check_bombs();
	check_expansion();
	check_twins();
	check_real();
	check_trailer();
	return tap_done();
}
