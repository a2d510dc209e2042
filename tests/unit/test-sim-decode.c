/* SPDX-License-Identifier: Apache-2.0 */
/* The simulator's border to strangers' property lists: forms, nesting, bombs, wrong types. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/decode.h"
#include "tests/unit/tap.h"

static bool reads(const char *bytes, size_t len)
{
	plist_t plist = decode_plist(bytes, len, NULL);
	bool read = plist != NULL;

	plist_free(plist);
	return read;
}

static bool reads_text(const char *text)
{
	return reads(text, strlen(text));
}

static void test_xml(void)
{
	static const struct {
		const char *what, *text;
		bool read;
	} cases[] = {
		{ "a dict", "<plist><dict/></plist>", true },
		{ "a comment with tags in it", "<plist><!-- <array><array> --><dict/></plist>",
		  true },
		{ "an instruction", "<?xml version=\"1.0\"?><plist><dict/></plist>", true },
		{ "a declaration",
		  "<?xml version=\"1.0\"?><!DOCTYPE plist PUBLIC \"a\" \"b\"><plist><dict/></plist>",
		  true },
		{ "a declaration inside", "<plist><array><!DOCTYPE x></array></plist>", false },
		{ "nothing", "", false },
		{ "blanks only", " \n ", false },
		{ "words", "hello", false },
		{ "another language", "<html></html>", false },
		{ "a comment that does not end", "<plist><!-- <dict/></plist>", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ok(reads_text(cases[i].text) == cases[i].read, "%s is %s", cases[i].what,
		   cases[i].read ? "read" : "not read");
}

/* LEVELS arrays, each behind FILLER, as XML; the caller's. */
static char *nest(unsigned levels, const char *filler)
{
	size_t step = strlen("<array>") + strlen(filler);
	char *text = malloc(levels * (step + strlen("</array>")) + 64);
	char *at = text;

	at += sprintf(at, "<plist>");
	for (unsigned i = 0; i < levels; i++)
		at += sprintf(at, "%s<array>", filler);
	for (unsigned i = 0; i < levels; i++)
		at += sprintf(at, "</array>");
	sprintf(at, "</plist>");
	return text;
}

/* WORD so many times, the caller's. */
static char *repeat(const char *word, unsigned times)
{
	size_t len = strlen(word);
	char *text = malloc(times * len + 1);

	for (unsigned i = 0; i < times; i++)
		memcpy(text + i * len, word, len);
	text[times * len] = '\0';
	return text;
}

/* The list's own tag is a level. What libplist skips must not hide a level from the count. */
static void test_nesting(void)
{
	static const struct {
		const char *what, *filler;
	} tricks[] = {
		{ "levels with", "" },
		{ "levels behind false ends in comments", "<!--</array>-->" },
		{ "levels behind false ends in CDATA", "<![CDATA[</array>]]>" },
		{ "levels behind false ends in instructions", "<?a > </array> ?>" },
	};
	char *text = nest(DECODE_DEPTH_MAX - 1, "");

	ok(reads_text(text), "as many levels as are allowed");
	free(text);
	text = nest(DECODE_DEPTH_MAX, "");
	ok(!reads_text(text), "one level more");
	free(text);
	for (size_t i = 0; i < sizeof(tricks) / sizeof(tricks[0]); i++) {
		text = nest(200000, tricks[i].filler);
		ok(!reads_text(text), "200000 %s", tricks[i].what);
		free(text);
	}
	text = repeat("<array a=\"/>\">", 200000);
	ok(!reads_text(text), "200000 levels whose tags seem to close themselves");
	free(text);
}

/* A binary list of LEVELS arrays, each with COPIES references to the next, by hand. */
static size_t make_binary(unsigned char *out, unsigned levels, unsigned copies)
{
	size_t len = 8, offsets;
	size_t at[256];

	memcpy(out, "bplist00", 8);
	for (unsigned i = 0; i < levels; i++) {
		at[i] = len;
		out[len++] = (unsigned char)(0xa0 | copies);
		for (unsigned k = 0; k < copies; k++)
			out[len++] = (unsigned char)(i + 1);
	}
	at[levels] = len;
	out[len++] = 0x09; /* true */
	offsets = len;
	for (unsigned i = 0; i <= levels; i++) {
		out[len++] = (unsigned char)(at[i] >> 8);
		out[len++] = (unsigned char)at[i];
	}
	memset(out + len, 0, 32);
	out[len + 6] = 2;
	out[len + 7] = 1;
	out[len + 15] = (unsigned char)(levels + 1);
	out[len + 30] = (unsigned char)(offsets >> 8);
	out[len + 31] = (unsigned char)offsets;
	return len + 32;
}

static void test_binary(void)
{
	unsigned char file[4096];
	bool binary = false;
	size_t len = make_binary(file, 3, 2);
	plist_t plist = decode_plist((const char *)file, len, &binary);

	ok(plist && binary, "a binary list is read, and known as one");
	plist_free(plist);
	plist = decode_plist("<plist><dict/></plist>", 22, &binary);
	ok(plist && !binary, "and XML as XML");
	plist_free(plist);
	len = make_binary(file, DECODE_DEPTH_MAX, 1);
	ok(!reads((char *)file, len), "too many levels");
	len = make_binary(file, 40, 2);
	ok(!reads((char *)file, len), "a bomb of 2^40 references");
	len = make_binary(file, 3, 1);
	for (size_t cut = 1; cut < len; cut++) {
		if (reads((char *)file, len - cut) && cut < 32)
			ok(false, "cut by %zu bytes, it is read", cut);
	}
	file[9] = 0; /* the first array holds itself */
	ok(!reads((char *)file, len), "a list that holds itself");
	file[9] = 200;
	ok(!reads((char *)file, len), "a reference to nowhere");
}

/* A text of LEN bytes in a list of binary form, which COPIES references in each of two arrays name.
 */
static bool reads_copies(size_t len, unsigned copies)
{
	unsigned char head[] = { 0xaf, 0x11, copies >> 8, copies }, *file;
	size_t array = 4 + copies, text = 8 + 2 * array, offsets = text + 6 + len, at = 8;
	bool read;

	file = calloc(1, offsets + 3 * 4 + 32);
	memcpy(file, "bplist00", 8);
	for (unsigned i = 0; i < 2; i++, at += array) {
		memcpy(file + at, head, 4);
		memset(file + at + 4, (int)i + 1, copies);
		file[offsets + 4 * i + 2] = (unsigned char)(at >> 8);
		file[offsets + 4 * i + 3] = (unsigned char)at;
	}
	memcpy(file + text, "\x5f\x12", 2);
	for (unsigned i = 0; i < 4; i++) {
		file[text + 2 + i] = (unsigned char)(len >> (24 - 8 * i));
		file[offsets + 8 + i] = (unsigned char)(text >> (24 - 8 * i));
		file[offsets + 12 + 28 + i] = (unsigned char)(offsets >> (24 - 8 * i));
	}
	memset(file + text + 6, 'x', len);
	file[offsets + 12 + 6] = 4;
	file[offsets + 12 + 7] = 1;
	file[offsets + 12 + 15] = 3;
	read = reads((char *)file, offsets + 12 + 32);
	free(file);
	return read;
}

/* TIMES references in one text of an XML list. */
static bool reads_references(unsigned times)
{
	static const char begin[] = "<plist><string>", end[] = "</string></plist>";
	char *references = repeat("&amp;", times);
	char *text = malloc(strlen(begin) + strlen(references) + sizeof end);
	bool read;

	strcpy(stpcpy(stpcpy(text, begin), references), end);
	read = reads_text(text);
	free(text);
	free(references);
	return read;
}

static void test_amounts(void)
{
	ok(reads_copies(1000, 100), "a text that is named ten thousand times");
	ok(!reads_copies(1 << 20, 100), "one of a mebibyte would be ten gibibytes");
	ok(reads_references(10000), "ten thousand references in one text");
	ok(!reads_references(800000), "4 MiB of them would keep libplist busy");
}

/* Any byte of a binary list may be wrong: no crash, whatever the answer. */
static void test_damage(void)
{
	unsigned char file[4096], damaged[4096];
	size_t len = make_binary(file, 5, 2);
	unsigned answers = 0;

	for (size_t i = 8; i < len; i++) {
		for (unsigned value = 0; value < 256; value += 5) {
			memcpy(damaged, file, len);
			damaged[i] = (unsigned char)value;
			reads((char *)damaged, len);
			answers++;
		}
	}
	ok(answers > 1000, "%u damaged lists were judged", answers);
}

static void test_types(void)
{
	plist_t dict = plist_new_dict();
	size_t len = 99;

	plist_dict_set_item(dict, "text", plist_new_string("x"));
	plist_dict_set_item(dict, "data", plist_new_data("abc", 3));
	plist_dict_set_item(dict, "yes", plist_new_bool(1));
	is_string(dict_text(dict, "text"), "x", "a string");
	ok(!dict_text(dict, "data") && !dict_text(dict, "no") && !dict_text(NULL, "text"),
	   "no string: data, nothing, no dict");
	ok(dict_bytes(dict, "data", &len) && len == 3, "data");
	ok(!dict_bytes(dict, "text", &len), "no data: a string");
	ok(dict_true(dict, "yes") && !dict_true(dict, "text") && !dict_true(dict, "no"),
	   "true is a true boolean only");
	plist_free(dict);
	dict = plist_new_string("x");
	ok(!dict_text(dict, "text"), "a string is no dict");
	plist_free(dict);
}

int main(void)
{
	test_xml();
	test_nesting();
	test_binary();
	test_amounts();
	test_damage();
	test_types();
	return tap_done();
}
