/* SPDX-License-Identifier: Apache-2.0 */
/* Enrollments as a verb tells them to a station: what is written is read, and nothing else is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/enrollment_json.h"
#include "station/tools/http.h"
#include "tests/unit/tap.h"

static struct enrollments told, heard;

static void test_round_trip(void)
{
	char *text;

	strcpy(told.source, "intune");
	told.count = ENROLLMENTS_MAX;
	for (int i = 0; i < ENROLLMENTS_MAX; i++) {
		told.list[i] = (struct enrollment){ .job = i + 1, .at = 1700000000000 + i };
		memset(told.list[i].profile, '"', CLEAN_MAX);
	}
	text = enrollments_to_json(&told);
	ok(text && strlen(text) <= HTTP_BODY_MAX, "a full list can be posted");
	is_number(text ? enrollments_from_json(text, strlen(text), &heard) : -1, 0, "and is read");
	ok(memcmp(&told, &heard, sizeof told) == 0, "as it was");
	free(text);
}

#define ONE "{\"job\":1,\"at\":5,\"profile\":\"P\"}"

static const struct {
	const char *text, *what;
	int want;
} table[] = {
	{ "{\"source\":\"s\",\"enrollments\":[]}", "none", 0 },
	{ "{\"source\":\"s\",\"enrollments\":[" ONE "]}", "one", 0 },
	{ "", "nothing", -1 },
	{ "[]", "no object", -1 },
	{ "{\"source\":\"s\"}", "no list", -1 },
	{ "{\"source\":5,\"enrollments\":[]}", "a source that is no text", -1 },
	{ "{\"source\":\"s\",\"enrollments\":{}}", "a list that is none", -1 },
	{ "{\"source\":\"s\",\"enrollments\":[5]}", "a row that is none", -1 },
	{ "{\"source\":\"s\",\"enrollments\":[],\"x\":1}", "a key too many", -1 },
	{ "{\"source\":\"s\",\"enrollments\":[{\"job\":0,\"at\":5,\"profile\":\"P\"}]}", "job 0",
	  -1 },
	{ "{\"source\":\"s\",\"enrollments\":[{\"job\":1,\"at\":-5,\"profile\":\"P\"}]}",
	  "a time before all times", -1 },
	{ "{\"source\":\"s\",\"enrollments\":[{\"job\":1.5,\"at\":5,\"profile\":\"P\"}]}",
	  "a job that is no whole number", -1 },
	{ "{\"source\":\"s\",\"enrollments\":[{\"job\":1,\"at\":5}]}", "no profile", -1 },
};

static void test_many(void)
{
	char text[8192] = "{\"source\":\"s\",\"enrollments\":[" ONE;

	for (int i = 0; i < ENROLLMENTS_MAX; i++)
		strcat(text, "," ONE);
	strcat(text, "]}");
	ok(enrollments_from_json(text, strlen(text), &heard) < 0, "one more than are taken");
}

int main(void)
{
	test_round_trip();
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		ok((enrollments_from_json(table[i].text, strlen(table[i].text), &heard) < 0) ==
			   (table[i].want < 0),
		   "%s", table[i].what);
	is_number(enrollments_from_json("{\"source\":\"a\\nb\",\"enrollments\":[]}", 34, &heard), 0,
		  "a source from outside");
	ok(!strchr(heard.source, '\n'), "is cleaned");
	test_many();
	return tap_done();
}
