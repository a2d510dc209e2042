/* SPDX-License-Identifier: Apache-2.0 */
/* Handovers and Macs' reports as JSON: what is written is read back, what is spoilt is refused. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/handover/handover_json.h"
#include "station/faces/handover/mac_report_json.h"
#include "tests/unit/tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DIGEST	     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const char report[] =
	"{\"muster-handover\": 1, \"serial\": \"C02XL0THJGH5\", \"product\": \"Mac14,2\", "
	"\"os\": \"15.1\", \"build\": \"24B83\", \"profile_sha256\": \"" DIGEST "\", "
	"\"mdm\": \"Yes (User Approved)\", \"dep\": \"No\", "
	"\"server\": \"https://MDM.muster.test:443/mdm?token=secret\", "
	"\"profiles\": [\"a.b\", \"c\"], \"time\": \"2026-11-23T12:00:00Z\"}";

/* TEXT with the first FROM replaced by TO. The caller's. */
static char *spoil(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char *out = NULL;

	if (!at || asprintf(&out, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) < 0)
		return NULL;
	return out;
}

static void check_report(void)
{
	struct mac_report got;
	const char *why = "";

	is_number(mac_report_from_json(report, strlen(report), &got, &why), 0, "a report");
	is_string(got.serial.text, "C02XL0THJGH5", "serial number");
	is_string(got.product, "Mac14,2", "product");
	is_string(got.os, "15.1", "system");
	is_string(got.build, "24B83", "build");
	is_string(got.profile_sha256, DIGEST, "digest");
	is_number(got.enrolled, MAC_ENROLLED_YES, "enrolled");
	is_string(got.host, "mdm.muster.test", "of the server its host alone");
	is_number(got.profile_count, 2, "profiles");
	is_string(got.profiles[0], "a.b", "the first");
}

static void check_spoilt_reports(void)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "{", "[" },
		{ "}", "" },
		{ "}", "} more" },
		{ "handover\": 1", "handover\": 2" },
		{ "handover\": 1", "handover\": \"1\"" },
		{ "\"muster-handover\": 1, ", "" },
		{ "\"C02XL0THJGH5\"", "12" },
		{ "C02XL0THJGH5", "C02" },
		{ "C02XL0THJGH5", "SC02XL0THJGH5" },
		{ "C02XL0THJGH5", "../../../x" },
		{ "\"os\": \"15.1\", ", "" },
		{ "\"os\": \"15.1\"", "\"os\": null" },
		{ "\"os\": \"15.1\"", "\"os\": \"15.1\", \"os\": \"15.2\"" },
		{ "\"os\": \"15.1\"", "\"os\": \"15.1\", \"more\": \"\"" },
		{ DIGEST, "0123" },
		{ "0123456789abcdef", "0123456789abcdeg" },
		{ "[\"a.b\", \"c\"]", "\"a.b\"" },
		{ "[\"a.b\", \"c\"]", "[1]" },
		{ "[\"a.b\", \"c\"]",
		  "[\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\","
		  "\"\",\"\"]" },
		{ "\"a.b\"", "\"\xff\"" },
	};
	static char large[MAC_REPORT_MAX + 1], deep[MAC_REPORT_MAX];

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *text = spoil(report, rows[i].from, rows[i].to);
		struct mac_report got;
		const char *why = NULL;

		ok(text && mac_report_from_json(text, strlen(text), &got, &why) == -EINVAL && why,
		   "spoilt: %s -> %s", rows[i].from, rows[i].to);
		free(text);
	}
	memset(large, ' ', sizeof large);
	memcpy(large, report, sizeof report - 1);
	ok(mac_report_from_json(large, sizeof large, &(struct mac_report){ 0 },
				&(const char *){ NULL }) == -EINVAL,
	   "one byte too large");
	ok(mac_report_from_json(large, sizeof large - 1, &(struct mac_report){ 0 },
				&(const char *){ NULL }) == 0,
	   "as large as one may be");
	memset(deep, '[', sizeof deep);
	ok(mac_report_from_json(deep, sizeof deep, &(struct mac_report){ 0 },
				&(const char *){ NULL }) == -EINVAL,
	   "as deep as one may be");
}

/* A stranger's text is cleaned. */
static void check_cleaned(void)
{
	char *text = spoil(report, "Mac14,2", "Mac\\u001b[31m\\u202e");
	struct mac_report got;
	const char *why;

	is_number(mac_report_from_json(text, strlen(text), &got, &why), 0, "controls in a text");
	is_string(got.product, "Mac [31m", "are not in what is read");
	free(text);
}

static struct handover example(void)
{
	return (struct handover){ .way = HANDOVER_STICK,
				  .standing = HANDOVER_ELSEWHERE,
				  .serial = "C02XL0THJGH5",
				  .product = "Mac14,2",
				  .os = "15.1",
				  .build = "24B83",
				  .profile = "school \"a\" \\ b",
				  .profile_sha256 = DIGEST,
				  .asset = "Gr\xc3\xbc\xc3\x9f",
				  .note = "n",
				  .batch = "Macs",
				  .operator= "kim" };
}

static void check_handover(void)
{
	struct handover want = example(), got = { 0 };
	char *text = handover_to_json(&want);

	is_number(handover_from_json(text, strlen(text), &got), 0, "a handover is read back");
	ok(memcmp(&want, &got, sizeof want) == 0, "with all that it says");
	free(text);
}

static void check_longest(void)
{
	struct handover want = { .way = HANDOVER_PAGE }, got = { 0 };
	char *const texts[] = { want.serial, want.product, want.os, want.build, want.profile,
				want.asset, want.note, want.batch, want.operator};
	char *text;

	for (size_t i = 0; i < COUNT(texts); i++)
		memset(texts[i], '"', CLEAN_MAX);
	text = handover_to_json(&want);
	ok(text && strlen(text) < HANDOVER_JSON_MAX, "the longest fits");
	is_number(handover_from_json(text, strlen(text), &got), 0, "and is read back");
	ok(memcmp(&want, &got, sizeof want) == 0, "with all that it says");
	free(text);
}

static void check_spoilt_handovers(void)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "{", "" },
		{ "\"stick\"", "\"pigeon\"" },
		{ "\"elsewhere\"", "\"somewhere\"" },
		{ "\"elsewhere\"", "true" },
		{ "\"serial\"", "\"cereal\"" },
		{ "\"kim\"", "\"kim\", \"verified\": true" },
		{ "\"kim\"", "\"kim\", \"operator\": \"lee\"" },
		{ DIGEST, "0123" },
		{ DIGEST, DIGEST "0" },
		{ "\"15.1\"", "15.1" },
	};
	struct handover want = example();
	char *text = handover_to_json(&want);

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *spoilt = spoil(text, rows[i].from, rows[i].to);

		ok(spoilt && handover_from_json(spoilt, strlen(spoilt), &want) == -EINVAL,
		   "spoilt: %s -> %s", rows[i].from, rows[i].to);
		free(spoilt);
	}
	is_number(handover_from_json("", 0, &want), -EINVAL, "nothing");
	is_number(handover_from_json(text, HANDOVER_JSON_MAX + 1, &want), -EINVAL, "too large");
	free(text);
}

int main(void)
{
	check_report();
	check_spoilt_reports();
	check_cleaned();
	check_handover();
	check_longest();
	check_spoilt_handovers();
	return tap_done();
}
