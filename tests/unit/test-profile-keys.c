/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the keys of a profile: each left out, and each of each wrong type, XML and binary. */
#include <errno.h>
#include <plist/plist.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/profile/profile.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/tap.h"

/* The types of values, as problems call them, and one of each. */
static const struct {
	const char *name, *value;
} types[] = {
	{ "a text", "<string>x</string>" },
	{ "a whole number", "<integer>1</integer>" },
	{ "a number with a point", "<real>1.5</real>" },
	{ "yes or no (true, false)", "<true/>" },
	{ "a date", "<date>2026-01-01T00:00:00Z</date>" },
	{ "data", "<data>QUJD</data>" },
	{ "a dictionary", "<dict><key>URL</key><string>x</string></dict>" },
	{ "an array", "<array><string>x</string></array>" },
};
#define TYPES (sizeof types / sizeof types[0])

/* The keys of a certificate's profile, outside and in its payload. */
static const struct row {
	bool inside, required;
	const char *key, *value;
	const char *want; /* the type asked for */
	const char *also; /* another type that is taken */
} rows[] = {
	{ false, true, "PayloadType", "<string>Configuration</string>", "a text", NULL },
	{ false, true, "PayloadVersion", "<integer>1</integer>", "a whole number", NULL },
	{ false, true, "PayloadIdentifier", "<string>i</string>", "a text", NULL },
	{ false, true, "PayloadUUID", "<string>u</string>", "a text", NULL },
	{ false, false, "PayloadDisplayName", "<string>n</string>", "a text", NULL },
	{ false, false, "PayloadDescription", "<string>n</string>", "a text", NULL },
	{ false, false, "PayloadOrganization", "<string>n</string>", "a text", NULL },
	{ false, false, "PayloadRemovalDisallowed", "<true/>", "yes or no (true, false)", NULL },
	{ false, false, "PayloadScope", "<string>User</string>", "a text", NULL },
	{ false, false, "PayloadExpirationDate", "<date>2026-01-01T00:00:00Z</date>", "a date",
	  NULL },
	{ false, false, "HasRemovalPasscode", "<false/>", "yes or no (true, false)", NULL },
	{ false, false, "RemovalDate", "<date>2026-01-01T00:00:00Z</date>", "a date", NULL },
	{ false, false, "DurationUntilRemoval", "<real>1.5</real>", "a number", "a whole number" },
	{ false, false, "ConsentText", "<dict/>", "a dictionary", NULL },
	{ false, false, "TargetDeviceType", "<integer>1</integer>", "a whole number", NULL },
	{ false, false, "IsEncrypted", "<false/>", "yes or no (true, false)", NULL },
	{ true, true, "PayloadType", "<string>com.apple.security.pem</string>", "a text", NULL },
	{ true, true, "PayloadVersion", "<integer>1</integer>", "a whole number", NULL },
	{ true, true, "PayloadIdentifier", "<string>i.i</string>", "a text", NULL },
	{ true, true, "PayloadUUID", "<string>v</string>", "a text", NULL },
	{ true, true, "PayloadContent", "<data>QUJD</data>", "data", NULL },
	{ true, false, "PayloadDisplayName", "<string>n</string>", "a text", NULL },
	{ true, false, "PayloadDescription", "<string>n</string>", "a text", NULL },
	{ true, false, "PayloadOrganization", "<string>n</string>", "a text", NULL },
};
#define ROWS (sizeof rows / sizeof rows[0])

/* Appends the keys outside or inside, one a line; row ODD with VALUE instead, or not at all. */
static char *append(char *at, bool inside, size_t odd, const char *value)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].inside == inside && (i != odd || value))
			at += sprintf(at, "<key>%s</key>%s\n", rows[i].key,
				      i == odd ? value : rows[i].value);
	return at;
}

/* A profile whose row ODD has VALUE; NULL leaves it out. */
static const char *make(size_t odd, const char *value)
{
	static char text[8192];
	char *at = text;

	at += sprintf(at, "<plist><dict>\n");
	at = append(at, false, odd, value);
	at += sprintf(at, "<key>PayloadContent</key><array><dict>\n");
	at = append(at, true, odd, value);
	sprintf(at, "</dict></array></dict></plist>\n");
	return text;
}

/* The line of row ODD in what make() makes, or that of its dictionary when it is left out. */
static unsigned line_of(size_t odd, bool there)
{
	unsigned line = 2, inside = 2;

	for (size_t i = 0; i < odd; i++)
		line += rows[i].inside == rows[odd].inside;
	for (size_t i = 0; i < ROWS; i++)
		inside += !rows[i].inside;
	if (!rows[odd].inside)
		return there ? line : 1;
	return there ? inside + line - 1 : inside;
}

/* Opens the SIZE BYTES and wants the problems WANT. */
static void check_bytes(const char *bytes, size_t size, const char *want, const char *what)
{
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	int r = profile_open_bytes("p", (const unsigned char *)bytes, size, &problems, &profile);
	char *text = problems_text(&problems);

	if (strcmp(text, want) != 0 || r != (want[0] == '\0' ? 0 : -EINVAL))
		is_string(text, want, what);
	else
		ok(true, "%s", what);
	profile_free(profile);
	free(text);
}

/* Wants PROBLEM ("" for none) of the profile TEXT, at LINE and COLUMN in XML, nowhere in binary. */
static void check_both(const char *text, unsigned line, unsigned column, const char *problem,
		       const char *what)
{
	char want[400] = "", *bytes = NULL;
	plist_t list = NULL;
	uint32_t size = 0;

	if (problem[0] != '\0')
		snprintf(want, sizeof want, "p:%u:%u: %s\n", line, column, problem);
	check_bytes(text, strlen(text), want, what);
	plist_from_xml(text, (uint32_t)strlen(text), &list);
	plist_to_bin(list, &bytes, &size);
	if (problem[0] != '\0')
		snprintf(want, sizeof want, "p: %s\n", problem);
	check_bytes(bytes, size, want, what);
	plist_free(list);
	free(bytes);
}

static void check_left_out(size_t row)
{
	char problem[200] = "", what[200];
	const char *where = rows[row].inside ? "payload 1: " : "";

	/* A payload without its type is no certificate; then nothing is asked of its content. */
	if (rows[row].required)
		snprintf(problem, sizeof problem, "%slacks %s", where, rows[row].key);
	snprintf(what, sizeof what, "%s%s left out", where, rows[row].key);
	check_both(make(row, NULL), line_of(row, false), rows[row].inside ? 33 : 8, problem, what);
}

static void check_type(size_t row, size_t type)
{
	char problem[200], what[200];
	const char *where = rows[row].inside ? "payload 1: " : "";

	if (strcmp(types[type].name, rows[row].want) == 0 ||
	    (rows[row].also && strcmp(types[type].name, rows[row].also) == 0) ||
	    (strcmp(rows[row].want, "a number") == 0 && strstr(types[type].name, "number")))
		return;
	snprintf(problem, sizeof problem, "%s%s must be %s, and is %s", where, rows[row].key,
		 rows[row].want, types[type].name);
	snprintf(what, sizeof what, "%s%s as %s", where, rows[row].key, types[type].name);
	check_both(make(row, types[type].value), line_of(row, true), 1, problem, what);
}

/* Versions other than 1. */
static void check_versions(void)
{
	static const char *const versions[] = { "<integer>0</integer>", "<integer>2</integer>",
						"<integer>-1</integer>",
						"<integer>18446744073709551615</integer>" };

	for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
		check_both(make(1, versions[i]), line_of(1, true), 1, "PayloadVersion must be 1",
			   versions[i]);
		check_both(make(17, versions[i]), line_of(17, true), 1,
			   "payload 1: PayloadVersion must be 1", versions[i]);
	}
}

int main(void)
{
	check_both(make(ROWS, NULL), 0, 0, "", "a profile with every key");
	for (size_t row = 0; row < ROWS; row++) {
		check_left_out(row);
		for (size_t type = 0; type < TYPES; type++)
			check_type(row, type);
	}
	check_versions();
	return tap_done();
}
