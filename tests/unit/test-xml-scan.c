/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the scan before libplist: where values stand in XML, texts that libplist hides, bombs.
 */
#include "profiles/plist/xml_scan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/plist/plist_limits.h"
#include "profiles/plist/xml_scalar.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/tap.h"

static const struct {
	const char *tag, *text;
	bool fine;
} scalars[] = {
	{ "integer", "0", true },
	{ "integer", "-7", true },
	{ "integer", "+7", true },
	{ "integer", " 7\n", true },
	{ "integer", "0x1F", true },
	{ "integer", "18446744073709551615", true },
	{ "integer", "18446744073709551616", false },
	{ "integer", "-9223372036854775809", false },
	{ "integer", "", false },
	{ "integer", " ", false },
	{ "integer", "five", false },
	{ "integer", "5.0", false },
	{ "integer", "1 2", false },
	{ "real", "1", true },
	{ "real", "-1.5", true },
	{ "real", ".5", true },
	{ "real", "5.", true },
	{ "real", "1e-3", true },
	{ "real", "1e", false },
	{ "real", ".", false },
	{ "real", "1,5", false },
	{ "real", "", false },
	{ "real", "0x1p3", false },
	{ "date", "2026-02-28T09:30:00Z", true },
	{ "date", "2024-02-29T23:59:60Z", true },
	{ "date", "2000-02-29T00:00:00Z", true },
	{ "date", "2026-02-29T09:30:00Z", false },
	{ "date", "1900-02-29T00:00:00Z", false },
	{ "date", "2026-02-30T09:30:00Z", false },
	{ "date", "2026-04-31T09:30:00Z", false },
	{ "date", "2026-13-01T09:30:00Z", false },
	{ "date", "2026-00-01T09:30:00Z", false },
	{ "date", "2026-01-00T09:30:00Z", false },
	{ "date", "2026-01-01T24:00:00Z", false },
	{ "date", "2026-01-01T23:60:00Z", false },
	{ "date", "2026-01-01T09:30:00", false },
	{ "date", "2026-01-01 09:30:00Z", false },
	{ "date", "2026-01-01", false },
	{ "date", "", false },
	{ "data", "", true },
	{ "data", "QUJD", true },
	{ "data", "\n\tQUI=\n", true },
	{ "data", "QQ==", true },
	{ "data", "QUJ", false },
	{ "data", "Q===", false },
	{ "data", "QQ=A", false },
	{ "data", "Q!JD", false },
	{ "true", "", true },
	{ "true", "yes", false },
	{ "false", " ", false },
	{ "string", "anything <at> all", true },
};

static void check_scalars(void)
{
	for (size_t i = 0; i < sizeof scalars / sizeof scalars[0]; i++)
		ok(!xml_scalar_fault(scalars[i].tag, scalars[i].text, strlen(scalars[i].text)) ==
			   scalars[i].fine,
		   "<%s>%s is %s", scalars[i].tag, scalars[i].text,
		   scalars[i].fine ? "taken" : "refused");
	ok(xml_scalar_fault("integer", "1\0", 2), "a NUL is no part of a number");
}

static const char places[] =
	"<plist>\n"
	"<dict>\n"
	"  <key>one</key><integer>1</integer>\n"
	"  <key>two</key>\n"
	"  <array><string>ä</string><!-- c\n --><dict><key>in</key><true/></dict>\n"
	"    <true/></array>\n"
	"  <key>three</key><dict/>\n"
	"</dict></plist>\n";

static void check_place(const struct xml_scan *scan, size_t value, unsigned line, unsigned column)
{
	const struct xml_value *at = value == XML_NONE ? NULL : &scan->values[value];

	ok(at && at->line == line && at->column == column, "a value at %u:%u", line, column);
}

/* Goes through the array and the dictionaries item by item. */
static void check_walk(const struct xml_scan *scan)
{
	size_t two = xml_scan_member(scan, 0, "two"), at = xml_scan_first(scan, two);

	for (size_t i = 0; i < 3; i++, at = xml_scan_after(scan, two, at))
		ok(at == xml_scan_item(scan, two, i), "item %zu comes after the one before", i);
	ok(at == XML_NONE, "and none after the last");
	ok(xml_scan_after(scan, two, XML_NONE) == XML_NONE, "nor after none");
	at = xml_scan_first(scan, 0);
	ok(xml_scan_is(scan, at, "one"), "the first key is the first in the file");
	ok(!xml_scan_is(scan, at, "on") && !xml_scan_is(scan, at, "ones") &&
		   !xml_scan_is(scan, XML_NONE, "one"),
	   "and has that name alone");
	ok(!xml_scan_is(scan, xml_scan_item(scan, two, 0), "two"), "an item has no key");
	ok(xml_scan_first(scan, xml_scan_member(scan, 0, "three")) == XML_NONE,
	   "an empty dictionary has no first");
	ok(xml_scan_first(scan, XML_NONE) == XML_NONE, "nothing has no first");
}

static void check_places(void)
{
	struct problems problems = { 0 };
	struct xml_scan scan = { 0 };
	size_t two;

	is_number(xml_scan("f", places, strlen(places), &problems, &scan), 0, "a list is scanned");
	is_number((long long)scan.count, 8, "all values are there");
	check_walk(&scan);
	check_place(&scan, 0, 2, 1);
	check_place(&scan, xml_scan_member(&scan, 0, "one"), 3, 3);
	check_place(&scan, xml_scan_member(&scan, 0, "three"), 8, 3);
	two = xml_scan_member(&scan, 0, "two");
	check_place(&scan, two, 4, 3);
	check_place(&scan, xml_scan_item(&scan, two, 0), 5, 10);
	check_place(&scan, xml_scan_item(&scan, two, 1), 6, 5);
	check_place(&scan, xml_scan_item(&scan, two, 2), 7, 5);
	check_place(&scan, xml_scan_member(&scan, xml_scan_item(&scan, two, 1), "in"), 6, 11);
	ok(xml_scan_member(&scan, 0, "in") == XML_NONE,
	   "a key is looked for in its own dictionary");
	ok(xml_scan_member(&scan, 0, "on") == XML_NONE, "half a key is none");
	ok(xml_scan_item(&scan, two, 3) == XML_NONE, "an array has an end");
	ok(xml_scan_item(&scan, XML_NONE, 0) == XML_NONE, "nothing holds nothing");
	ok(xml_scan_member(&scan, XML_NONE, "one") == XML_NONE, "and has no keys");
	free(scan.values);
}

static void check_scan(const char *bytes, size_t size, const char *want, const char *what)
{
	struct problems problems = { 0 };
	struct xml_scan scan = { 0 };
	int r = xml_scan("f", bytes, size, &problems, &scan);
	char *text = problems_text(&problems);

	if (r == 0)
		free(scan.values);
	is_string(text, want, what);
	free(text);
}

/* COUNT times EACH between a plist's tags. */
static char *repeat(const char *each, size_t count)
{
	size_t len = strlen(each);
	char *text = malloc(count * len + 1);

	for (size_t i = 0; i < count; i++)
		memcpy(text + i * len, each, len);
	text[count * len] = '\0';
	return text;
}

static void check_bombs(void)
{
	char *deep = repeat("<array>", 200000), *wide = repeat("<true/>", PLIST_VALUES_MAX + 1);
	char *list = malloc(strlen(wide) + 20);

	check_scan(deep, strlen(deep), "f:1:449: is nested too deeply; no real profile is\n",
		   "200,000 levels end at the 65th");
	sprintf(list, "<array>%s</array>", wide);
	check_scan(list, strlen(list), "f:1:140001: holds too many values\n",
		   "one value too many, with the array");
	sprintf(list, "<array>%s</array>", wide + 2 * strlen("<true/>"));
	check_scan(list, strlen(list), "", "the most there may be");
	free(deep);
	free(wide);
	free(list);
}

/* Every cut and every changed byte of a list ends in an answer. */
static void check_every_byte(void)
{
	unsigned refused = 0;
	char *copy = strdup(places);

	for (size_t cut = 0; cut < strlen(places) - 1; cut++) {
		struct problems problems = { 0 };
		struct xml_scan scan = { 0 };
		char *part = malloc(cut + 1);

		memcpy(part, places, cut);
		part[cut] = '\0';
		if (xml_scan("f", part, cut, &problems, &scan) == 0)
			free(scan.values);
		else
			refused++;
		problems_done(&problems);
		free(part);
	}
	is_number(refused, (long long)strlen(places) - 1, "cut short anywhere, it is refused");
	for (size_t at = 0; at < strlen(places); at++) {
		static const char bytes[] = { '<', '>', '/', '&', '\0', '\xff', '!', '?', 'x' };

		for (size_t i = 0; i < sizeof bytes; i++) {
			struct problems problems = { 0 };
			struct xml_scan scan = { 0 };

			copy[at] = bytes[i];
			if (xml_scan("f", copy, strlen(places), &problems, &scan) == 0)
				free(scan.values);
			problems_done(&problems);
		}
		copy[at] = places[at];
	}
	ok(true, "each byte changed is survived");
	free(copy);
}

static void check_entities(void)
{
	static const struct {
		const char *text;
		bool fine;
	} rows[] = {
		{ "&amp;&lt;&gt;&quot;&apos;", true },
		{ "&#65;", true },
		{ "&#x41;", true },
		{ "&#;", false },
		{ "&#x;", false },
		{ "&#xZ;", false },
		{ "&#65", false },
		{ "&nbsp;", false },
		{ "&", false },
		{ "a & b", false },
		{ "&amp", false },
		{ "<![CDATA[ & <b> ]]>", true },
		{ "<![CDATA[ ]]", false },
		{ "a<!-- & -->b", true },
		{ "a<!-- ", false },
		{ "a<!-->", false },
		{ "a<!--> & -->b", true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct problems problems = { 0 };
		struct xml_scan scan = { 0 };
		char list[100];
		int r;

		snprintf(list, sizeof list, "<string>%s</string>", rows[i].text);
		r = xml_scan("f", list, strlen(list), &problems, &scan);
		ok(r == (rows[i].fine ? 0 : -EINVAL), "%s is %s", rows[i].text,
		   rows[i].fine ? "taken" : "refused");
		free(scan.values);
		problems_done(&problems);
	}
}

/* TIMES references in one text of an XML list. */
static int scan_references(size_t times)
{
	static const char begin[] = "<string>", one[] = "&amp;", end[] = "</string>";
	size_t len = strlen(begin) + times * strlen(one) + strlen(end);
	char *list = malloc(len + 1), *at = stpcpy(list, begin);
	struct problems problems = { 0 };
	struct xml_scan scan = { 0 };
	int r;

	while (times-- > 0)
		at = stpcpy(at, one);
	strcpy(at, end);
	r = xml_scan("f", list, len, &problems, &scan);
	free(scan.values);
	problems_done(&problems);
	free(list);
	return r;
}

static void check_references(void)
{
	ok(scan_references(10000) == 0, "ten thousand references in one text are taken");
	ok(scan_references(800000) == -EINVAL, "4 MiB of them would keep libplist busy");
}

int main(void)
{
	check_scalars();
	check_places();
	check_bombs();
	check_every_byte();
	check_entities();
	check_references();
	check_scan("", 0, "f:1:1: holds no value\n", "nothing");
	check_scan("<dict><key>a</key><true/><key>a</key><true/></dict>", 51,
		   "f:1:26: warning: a is there twice; line 1 has it already\n",
		   "a key that is there twice");
	check_scan(
		"<dict><key>a</key><true/>\n<key>b</key><dict><key>a</key><true/></dict>\n"
		"<key>a</key><true/><key>b</key><true/>\n<key>a</key><true/></dict>",
		136,
		"f:3:1: warning: a is there twice; line 1 has it already\n"
		"f:3:20: warning: b is there twice; line 2 has it already\n"
		"f:4:1: warning: a is there twice; line 1 has it already\n",
		"keys that are there again, each with where it was first; one inside is another");
	check_scan("<dict><key>a</key><true/><key>&#97;</key><true/></dict>", 55,
		   "f:1:26: is a key with a reference or a comment in it; write its letters as "
		   "they are\n",
		   "a twin that is written otherwise");
	check_scan("<dict><key>a<!-- --></key><true/></dict>", 40,
		   "f:1:7: is a key with a reference or a comment in it; write its letters as "
		   "they are\n",
		   "a key with a comment in it");
	check_scan("<dict><key>a&amp;b</key><true/></dict>", 38, "",
		   "a key with what XML has no other way to write");
	return tap_done();
}
