/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of profiles with variables: what is refused, and what they become. */
#include "config.h"

#include "profiles/blueprint/profile_template.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/signer.h"
#include "tests/unit/tap.h"

/* A profile whose last key stands in line 9. */
#define TOP(identifier)                                                                      \
	"<plist version=\"1.0\"><dict>\n"                                                    \
	"<key>PayloadType</key><string>Configuration</string>\n"                             \
	"<key>PayloadVersion</key><integer>1</integer>\n"                                    \
	"<key>PayloadIdentifier</key><string>" identifier "</string>\n"                      \
	"<key>PayloadUUID</key><string>9F4E2C10-52A7-4B7E-8E0B-7D9A3B1C5F01</string>\n"      \
	"<key>PayloadContent</key><array><dict><key>PayloadType</key><string>a.b</string>\n" \
	"<key>PayloadVersion</key><integer>1</integer><key>PayloadIdentifier</key>\n"        \
	"<string>a.b.c</string><key>PayloadUUID</key>\n"                                     \
	"<string>9F4E2C10-52A7-4B7E-8E0B-7D9A3B1C5F02</string>"
#define END	    "</dict></array></dict></plist>\n"
#define WITH(value) TOP("org.example.a") "<key>Label</key><string>" value "</string>" END

static struct assets *assets;

static const struct {
	const char *text, *want; /* "" nothing is wrong */
} checked[] = {
	{ WITH("{serial}"), "" },
	{ WITH("a {udid} b {product} c {ecid} {asset} {name}"), "" },
	{ WITH("{ \"json\": {serial} }"), "" },
	{ WITH("&#123;serial} {asset}"), "" },
	{ WITH("plain"), "p: is called a template, but has no variable such as {serial}\n" },
	{ WITH("&#123;serial}"),
	  "p: is called a template, but has no variable such as {serial}\n" },
	{ WITH("{serail}"), "p:9:78: {serail} is unknown; did you mean {serial}?\n" },
	{ WITH("{Room}"), "p:9:78: {Room} is unknown; did you mean {room}?\n" },
	{ WITH("{something}"),
	  "p:9:78: {something} is unknown; known are {serial}, {udid}, {product}, {ecid} and the "
	  "columns of the assets file\n" },
	{ WITH("{{serial}}"), "p:9:79: has two braces where a variable has one\n" },
	{ WITH("{room}"), "a.csv:3: has nothing in the column room, which p needs\n" },
	{ WITH("<![CDATA[{serial}]]>"),
	  "p:9:87: has a variable in a string with a comment or CDATA, which is not filled\n" },
	{ TOP("org.example.a") "<key>{serial}</key><string>{serial}</string>" END,
	  "p:9:59: has a variable in a key; only strings are filled\n" },
	{ TOP("org.example.a") "<key>More</key><dict><key>PayloadType</key><string>x{name}</string>"
			       "<key>Label</key><string>{name}</string></dict>" END,
	  "p:9:106: has a variable in a PayloadType, which must be the same for all\n" },
	{ TOP("org.example.{serial}") END,
	  "p: has a variable in its PayloadIdentifier or PayloadUUID, by which it is found again "
	  "on the device; they must be the same for all\n" },
};

static struct profile *open_text(const char *text)
{
	struct problems problems = { 0 };
	struct profile *profile = NULL;

	if (profile_open_bytes("p", (const unsigned char *)text, strlen(text), &problems,
			       &profile) < 0)
		problems_print(&problems, stderr);
	problems_done(&problems);
	return profile;
}

static void check_check(void)
{
	for (size_t i = 0; i < sizeof checked / sizeof checked[0]; i++) {
		struct profile *profile = open_text(checked[i].text);
		struct problems problems = { 0 };
		int r = profile_template_check(profile, assets, &problems);
		char *got = problems_text(&problems);

		is_string(got, checked[i].want, "what is wrong");
		is_number(r, checked[i].want[0] ? -EINVAL : 0, "and what is returned");
		free(got);
		profile_free(profile);
	}
}

static void check_signed(void)
{
	struct signed_bytes made = signer_sign(WITH("{serial}"), strlen(WITH("{serial}")), 0);
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	char *got;

	is_number(profile_open_bytes("p", made.bytes, made.size, &problems, &profile), 0, "signed");
	is_number(profile_template_check(profile, assets, &problems), -EINVAL, "is no template");
	got = problems_text(&problems);
	is_string(got,
		  "p: is signed, and a signature does not survive a change: a template must be the "
		  "file before it was signed\n",
		  "and why");
	free(got);
	free(made.bytes);
	profile_free(profile);
}

/* What stands in place of the string; or what is returned. */
static const struct {
	const char *string, *serial, *udid, *want;
	int r;
} filled[] = {
	{ "{serial}", "C02ABC", NULL, "C02ABC", 0 },
	{ "{serial}{serial}", "C02ABC", NULL, "C02ABCC02ABC", 0 },
	{ "{ {asset} }", "C02ABC", NULL, "{ LIB-1 }", 0 },
	{ "&#123;serial}{asset}", "c02abc", NULL, "&#123;serial}LIB-1", 0 },
	{ "{name}", "C02ABC", NULL, "Kim &lt;&amp;&gt; \"{serial}\"", 0 },
	{ "{udid}", "X", "00008020-001C2D8A3E62002E", "00008020-001C2D8A3E62002E", 0 },
	{ "{serial}", NULL, NULL, NULL, -ENODATA },
	{ "{asset}", NULL, NULL, NULL, -ENODATA },
	{ "{asset}", "UNKNOWN", NULL, NULL, -ENOKEY },
	{ "{room}", "D7", NULL, NULL, -ENODATA },
	{ "{serial}", "</string>", NULL, NULL, -EBADMSG },
	{ "{udid}", "X", "a b", NULL, -EBADMSG },
};

static void check_fill(void)
{
	for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++) {
		struct blueprint_facts facts = { .serial = filled[i].serial,
						 .udid = filled[i].udid,
						 .assets = assets };
		char text[2000], want[2000];
		struct profile *profile;
		unsigned char *bytes = NULL;
		size_t size = 0;
		int r;

		snprintf(text, sizeof text, "%s", WITH("@"));
		snprintf(want, sizeof want, "%.*s%s%s", (int)(strchr(text, '@') - text), text,
			 filled[i].string, strchr(text, '@') + 1);
		profile = open_text(want);
		r = profile_template_fill(profile, &facts, &bytes, &size);
		is_number(r, filled[i].r, filled[i].string);
		snprintf(want, sizeof want, "%.*s%s%s", (int)(strchr(text, '@') - text), text,
			 filled[i].want ? filled[i].want : "", strchr(text, '@') + 1);
		if (r == 0)
			is_string((char *)bytes, want, "all else stays as it is");
		free(bytes);
		profile_free(profile);
	}
}

/* A second payload, which its values call. */
#define SECOND(identifier)                                                          \
	TOP("org.example.a")                                                        \
	"</dict><dict><key>PayloadType</key><string>a.b</string>"                   \
	"<key>PayloadVersion</key><integer>1</integer><key>PayloadIdentifier</key>" \
	"<string>" identifier "</string><key>PayloadUUID</key>"                     \
	"<string>9F4E2C10-52A7-4B7E-8E0B-7D9A3B1C5F03</string>" END

/* What is a profile with some devices' values only. */
static void check_kind(void)
{
	static const struct {
		const char *text, *serial, *what;
		int r;
	} cases[] = {
		{ SECOND("{asset}"), "C02ABC", "a payload's own name", 0 },
		{ SECOND("{asset}"), "E8", "another payload's", -EINVAL },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct blueprint_facts facts = { .serial = cases[i].serial, .assets = assets };
		struct profile *profile = open_text(cases[i].text);
		unsigned char *bytes = NULL;
		size_t size;

		is_number(profile_template_fill(profile, &facts, &bytes, &size), cases[i].r,
			  cases[i].what);
		free(bytes);
		profile_free(profile);
	}
}

/* What is filled in makes a file past what a device would be sent. */
static void check_size(void)
{
	static char text[PROFILE_SIZE_MAX];
	struct blueprint_facts facts = { .serial = "D7", .assets = assets };
	struct profile *profile;
	unsigned char *bytes;
	size_t used, size;

	used = (size_t)snprintf(text, sizeof text, "%s", TOP("a.b.d") "<key>L</key><string>");
	while (used < PROFILE_SIZE_MAX / 2)
		used += (size_t)snprintf(text + used, sizeof text - used, "{name}{udid}");
	snprintf(text + used, sizeof text - used, "%s", "</string>" END);
	facts.udid = "0123456789012345678901234567890123456789";
	profile = open_text(text);
	is_number(profile_template_fill(profile, &facts, &bytes, &size), -E2BIG, "too large");
	profile_free(profile);
}

int main(void)
{
	struct problems problems = { 0 };

	folder_enter();
	scratch_write_text("a.csv", "serial,asset,name,room\n"
				    "C02ABC,LIB-1,\"Kim <&> \"\"{serial}\"\"\",1\n"
				    "D7,LIB-7,Lee,\n"
				    "E8,a.b.c,Max,com.apple.mdm\n");
	if (assets_load("a.csv", &problems, &assets) < 0)
		problems_print(&problems, stderr);
	check_check();
	check_signed();
	check_fill();
	check_kind();
	check_size();
	assets_free(assets);
	signer_done();
	folder_leave();
	return tap_done();
}
