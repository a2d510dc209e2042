/* SPDX-License-Identifier: Apache-2.0 */
/* Tests that the linter comes to an end with what is made to keep it busy. */
#include "config.h"

#include <plist/plist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profiles/cms/cms_scan.h"
#include "profiles/lint/lint.h"
#include "tests/unit/tap.h"

/* Longer than this on any machine is a linter that does not end. */
#define PATIENCE 120

static const char head[] =
	"<plist version=\"1.0\"><dict><key>PayloadType</key><string>Configuration</string>"
	"<key>PayloadVersion</key><integer>1</integer>"
	"<key>PayloadIdentifier</key><string>edu.school.x</string>"
	"<key>PayloadUUID</key><string>0C9E5D0A-1F5B-4E0C-8C11-000000000000</string>"
	"<key>PayloadContent</key><array>";
static const char payload[] = "<dict><key>PayloadType</key><string>com.apple.wifi.managed</string>"
			      "<key>PayloadVersion</key><integer>1</integer>"
			      "<key>PayloadIdentifier</key><string>edu.school.wifi#</string>"
			      "<key>PayloadUUID</key><string>0C9E5D0A-1F5B-4E0C-8C11-@</string>"
			      "<key>SSID_STR</key><string>school</string>";
static const char tail[] = "</array></dict></plist>";

/* Lints TEXT, and wants the first problem to break RULE and the survey to be there or not. */
static void judge(const char *text, bool binary, enum rule rule, bool told, const char *what)
{
	const struct lint_target target = { 1795392000, EXPIRY_NEVER, PLATFORMS, "" };
	struct problems problems = { 0 };
	struct survey *survey = NULL;
	char *bytes = NULL;
	uint32_t size = 0;
	plist_t list = NULL;

	if (binary) {
		plist_from_xml(text, (uint32_t)strlen(text), &list);
		plist_to_bin(list, &bytes, &size);
		plist_free(list);
	}
	lint_bytes("f", (const unsigned char *)(binary ? bytes : text),
		   binary ? size : strlen(text), &target, &problems, &survey);
	is_number(survey != NULL, told, what);
	if (rule == RULE_NONE)
		is_number((long long)problems.count, 0, "nothing is wrong");
	else
		ok(problems.count > 0 && problems.list[0].rule == rule, "%s: %s", what,
		   rule_text(rule)->id);
	ok(problems.count <= PROBLEMS_MAX, "and not too much is said");
	survey_free(survey);
	problems_done(&problems);
	free(bytes);
}

/* Writes PIECE to AT, with NUMBER in place of # and, in twelve digits, of @. */
static char *put(char *at, const char *piece, int number)
{
	for (; *piece; piece++)
		if (*piece == '#' || *piece == '@')
			at += sprintf(at, "%0*d", *piece == '#' ? 1 : 12, number);
		else
			*at++ = *piece;
	return at;
}

/* COUNT times PIECE, each with its number (put), between BEFORE and AFTER. The caller's. */
static char *repeat(const char *before, const char *piece, int count, const char *after)
{
	char *text, *at;

	text = malloc(strlen(before) + strlen(after) + (size_t)count * (strlen(piece) + 24) + 1);
	at = text + sprintf(text, "%s", before);
	for (int i = 0; i < count; i++)
		at = put(at, piece, i + 1);
	strcpy(at, after);
	return text;
}

static char *join(const char *a, const char *b)
{
	char *text = malloc(strlen(a) + strlen(b) + 1);

	return strcat(strcpy(text, a), b);
}

static void check_many(bool binary)
{
	char one[1024], *before, *text;

	*put(one, payload, 1) = '\0';
	before = join(head, one);
	text = repeat(before, "<key>Key#Of#</key><true/>", 9000, "</dict></array></dict></plist>");
	judge(text, binary, RULE_UNKNOWN_KEY, true, "9,000 unknown keys");
	free(text);
	text = repeat(before, "<key>Colour#</key><string>{{x#}}</string>", 7000,
		      "</dict></array></dict></plist>");
	judge(text, binary, RULE_UNKNOWN_KEY, true, "7,000 variables");
	free(text);
	free(before);
	before = join(head, one);
	text = join(before, "<key>List</key><array>");
	free(before);
	before = text;
	text = repeat(before, "<dict><key>a#</key><string>#</string></dict>", 5000,
		      "</array></dict></array></dict></plist>");
	judge(text, binary, RULE_UNKNOWN_KEY, true, "5,000 dictionaries in an array");
	free(text);
	free(before);
	before = join(payload, "</dict>");
	text = repeat(head, before, 200, tail);
	judge(text, binary, RULE_NONE, true, "200 payloads");
	free(text);
	free(before);
}

static void check_deep(void)
{
	char *before = repeat(head, "<array>", 100000, ""), *text;

	text = join(before, "");
	judge(text, false, RULE_XML, false, "100,000 levels");
	free(text);
	free(before);
}

/* Signed data that asks for the same digest many times. */
static void check_digests(void)
{
	unsigned char bytes[2048] = { 0x30, 0x82, 0,	0,    0x06, 0x09, 0x2a, 0x86, 0x48,
				      0x86, 0xf7, 0x0d, 1,    0x07, 0x02, 0xa0, 0x80, 0x30,
				      0x80, 0x02, 0x01, 0x01, 0x31, 0x82, 0,	0 };
	size_t at = 26;

	for (int i = 0; i < 9; i++, at += 4)
		memcpy(bytes + at, "\x30\x02\x05", 4);
	bytes[25] = 9 * 4;
	bytes[3] = (unsigned char)(at - 4);
	ok(cms_scan(bytes, at) != NULL, "nine digests are too many");
	bytes[25] = 8 * 4;
	ok(cms_scan(bytes, at) == NULL, "eight are not");
	bytes[27] = 0x80;
	ok(cms_scan(bytes, at) != NULL, "a digest without a length is refused");
	for (size_t size = 0; size < 60; size++)
		ok(cms_scan(bytes, size) == NULL || size > 27, "cut after %zu bytes", size);
}

int main(void)
{
	alarm(PATIENCE);
	check_many(false);
	check_many(true);
	check_deep();
	check_digests();
	return tap_done();
}
