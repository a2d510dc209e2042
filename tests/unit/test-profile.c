/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of profiles as files: what cannot be a file, what a profile tells, bombs and damage. */
#include "profiles/profile/profile.h"

#include <errno.h>
#include <plist/plist.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profiles/files/digest.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static const char head[] = "<plist version=\"1.0\"><dict>"
			   "<key>PayloadType</key><string>Configuration</string>"
			   "<key>PayloadVersion</key><integer>1</integer>";
static const char payloads[] =
	"<key>PayloadContent</key><array><dict>"
	"<key>PayloadType</key><string>com.apple.webClip.managed</string>"
	"<key>PayloadVersion</key><integer>1</integer>"
	"<key>PayloadIdentifier</key><string>org.example.one</string>"
	"<key>PayloadUUID</key><string>one</string></dict></array></dict></plist>";

/* A profile with IDENTIFIER and UUID, and MORE keys. */
static const char *make(const char *identifier, const char *uuid, const char *more)
{
	static char text[4096];

	snprintf(text, sizeof text,
		 "%s<key>PayloadIdentifier</key><string>%s</string>"
		 "<key>PayloadUUID</key><string>%s</string>%s%s",
		 head, identifier, uuid, more, payloads);
	return text;
}

/* Opens the file "p" and wants the problems WANT. */
static void check_file(const char *want, const char *what)
{
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	int r = profile_open("p", &problems, &profile);
	char *text = problems_text(&problems);

	is_string(text, want, what);
	is_number(r, want[0] == '\0' ? 0 : -EINVAL, what);
	ok(!profile == (r < 0), "a profile only with success");
	profile_free(profile);
	free(text);
}

static void check_text(const char *text, const char *want, const char *what)
{
	scratch_write_text("p", text);
	check_file(want, what);
}

static void check_no_files(void)
{
	check_file("p: cannot be opened: No such file or directory\n", "missing");
	mkdir("p", 0700);
	check_file("p: is a folder, not a file\n", "a folder");
	rmdir("p");
	mkfifo("p", 0600);
	check_file("p: is not a regular file\n", "a FIFO that nobody writes to");
	unlink("p");
	ok(symlink("p", "p") == 0, "a link is made");
	check_file("p: cannot be opened: Too many levels of symbolic links\n", "a link to itself");
	unlink("p");
	check_text("", "p: is empty\n", "no byte");
	if (geteuid() == 0) {
		tap_skip("root reads every file");
		return;
	}
	chmod("p", 0);
	check_file("p: cannot be opened: Permission denied\n", "unreadable");
	unlink("p");
}

static void check_sizes(void)
{
	const char *fine = make("org.example", "u", "");
	char *large = malloc(20U << 20);

	memset(large, ' ', 20U << 20);
	memcpy(large, fine, strlen(fine));
	scratch_write("p", large, 20U << 20);
	check_file("p: is too large: 20971520 bytes, and at most 4194304 are taken\n", "20 MB");
	scratch_write("p", large, PROFILE_SIZE_MAX);
	check_file("", "as large as it may be");
	free(large);
}

static void check_identifiers(void)
{
	char longer[300], text[400];

	memset(longer, 'x', sizeof longer);
	longer[255] = '\0';
	check_text(make(longer, "u", ""), "", "an identifier of 255 bytes");
	longer[255] = 'x';
	longer[256] = '\0';
	check_text(make(longer, "u", ""),
		   "p:1:125: PayloadIdentifier is too long: at most 255 bytes are taken\n",
		   "an identifier of 256 bytes");
	longer[64] = '\0';
	check_text(make("i", longer, ""), "", "a UUID of 64 bytes");
	longer[64] = 'x';
	longer[65] = '\0';
	check_text(make("i", longer, ""),
		   "p:1:171: PayloadUUID is too long: at most 64 bytes are taken\n",
		   "a UUID of 65 bytes");
	snprintf(text, sizeof text,
		 "p:1:125: PayloadIdentifier holds a character that does not "
		 "show on a screen\n");
	check_text(make("a\nb", "u", ""), text, "a line end in an identifier");
	check_text(make("a&#27;b", "u", ""), text, "an escape in an identifier");
	check_text(make("a\xe2\x80\xae"
			"b",
			"u", ""),
		   text, "a change of direction");
	check_text(make("org.example.one", "u", ""), "", "a payload called as the profile");
	check_text(make("i", "ONE", ""),
		   "p:1:420: payload 1: PayloadUUID is the same as the profile's own\n",
		   "a UUID in other letters");
}

static void check_told(void)
{
	static const char more[] =
		"<key>PayloadDisplayName</key><string>Caf\xc3\xa9 &amp; bar</string>"
		"<key>PayloadOrganization</key><string>a\nb</string>";
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	char sha256[65];
	const char *text = make("org.example", "AbC", more);

	scratch_write_text("p", text);
	is_number(profile_open("p", &problems, &profile), 0, "a profile opens");
	if (!profile)
		return;
	is_string(profile->file, "p", "its file");
	is_string(profile->identifier, "org.example", "its identifier");
	is_string(profile->uuid, "AbC", "its UUID as it is written");
	is_string(profile->display_name, "Caf\xc3\xa9 & bar", "its name");
	is_string(profile->organization, "a b", "its organization, cleaned");
	ok(!profile->enrolls, "it does not enroll");
	is_number((long long)profile->payload_count, 1, "its payloads");
	is_string(profile_container_to_text(profile->container), "xml", "its container");
	digest_to_text((const unsigned char *)text, strlen(text), sha256);
	is_string(profile->sha256, sha256, "its digest");
	ok(profile->size == strlen(text) && memcmp(profile->bytes, text, profile->size) == 0,
	   "its bytes are the file's own");
	profile_free(profile);
}

static void check_digest(void)
{
	char sha256[65];

	digest_to_text((const unsigned char *)"abc", 3, sha256);
	is_string(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		  "the digest of abc");
}

static void check_types(void)
{
	check_text(make("i", "u", "<key>PayloadScope</key><true/>"),
		   "p:1:211: PayloadScope must be a text, and is yes or no (true, false)\n",
		   "a scope that is none");
	check_text(make("i", "u", "<key>DurationUntilRemoval</key><real>1.5</real>"), "",
		   "a duration with a point");
	check_text(make("i", "u", "<key>DurationUntilRemoval</key><integer>1</integer>"), "",
		   "a duration without one");
	check_text(make("i", "u", "<key>ConsentText</key><array/>"),
		   "p:1:211: ConsentText must be a dictionary, and is an array\n",
		   "a consent that is none");
	check_text(make("i", "u", "<key>TargetDeviceType</key><real>1</real>"),
		   "p:1:211: TargetDeviceType must be a whole number, and is a number with a "
		   "point\n",
		   "half a device type");
}

/* The same problems from a binary list, without places. */
static void check_binary(void)
{
	plist_t list = NULL;
	char *bytes = NULL;
	uint32_t size = 0;
	const char *text = make("i", "ONE", "<key>RemovalDate</key><true/>");

	plist_from_xml(text, (uint32_t)strlen(text), &list);
	plist_to_bin(list, &bytes, &size);
	plist_free(list);
	scratch_write("p", bytes, size);
	check_file("p: RemovalDate must be a date, and is yes or no (true, false)\n"
		   "p: payload 1: PayloadUUID is the same as the profile's own\n",
		   "a binary profile with two mistakes");
	scratch_write("p", bytes, size - 1);
	check_file("p: is a damaged binary property list; get the original again\n",
		   "a binary profile cut short");
	free(bytes);
}

static void check_containers(void)
{
	check_text("-----BEGIN CMS-----\nMII\n",
		   "p: is PEM text, which no device takes; turn it into DER: openssl cms -cmsout "
		   "-inform PEM -outform DER -in OLD -out NEW\n",
		   "PEM");
	check_text(
		"{\"value\":\"MII\"}",
		"p: is JSON, perhaps a whole reply of Microsoft Graph; take out its \"value\" and "
		"decode that: jq -r .value OLD | base64 -d >NEW\n",
		"JSON");
	check_text(
		"<!DOCTYPE html><html>",
		"p: is a web page, perhaps a sign-in page saved in place of the profile; sign in, "
		"then download the profile again\n",
		"a page");
	scratch_write("p", "\xff\xfe<\0", 4);
	check_file("p: is UTF-16 text, perhaps saved again by an editor; get the original, or save "
		   "it as UTF-8 if it is not signed\n",
		   "UTF-16");
}

static void check_mark(void)
{
	char text[4100];

	snprintf(text, sizeof text, "\xef\xbb\xbf\r\n%s", make("i", "u", ""));
	check_text(text, "", "the mark of UTF-8 and a line end first");
}

static void check_bounds(void)
{
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	char *text;

	is_number(profile_open_bytes("b", NULL, 0, &problems, &profile), -EINVAL, "no bytes");
	is_number(profile_open_bytes("b", NULL, PROFILE_SIZE_MAX + 1, &problems, &profile), -EINVAL,
		  "too many bytes");
	text = problems_text(&problems);
	is_string(text,
		  "b: has 0 bytes; 1 to 4194304 are taken\n"
		  "b: has 4194305 bytes; 1 to 4194304 are taken\n",
		  "are said");
	free(text);
	profile_free(NULL);
}

static void check_many_payloads(void)
{
	char *text = malloc(1U << 20), *at = text;

	at += sprintf(at,
		      "%s<key>PayloadIdentifier</key><string>i</string>"
		      "<key>PayloadUUID</key><string>u</string><key>PayloadContent</key><array>",
		      head);
	for (int i = 0; i < 201; i++)
		at += sprintf(at, "<dict/>");
	sprintf(at, "</array></dict></plist>");
	check_text(text, "p:1:211: has too many payloads in it\n", "201 payloads");
	free(text);
}

int main(void)
{
	folder_enter();
	check_no_files();
	check_sizes();
	check_identifiers();
	check_told();
	check_digest();
	check_types();
	check_binary();
	check_containers();
	check_mark();
	check_bounds();
	check_many_payloads();
	folder_leave();
	return tap_done();
}
