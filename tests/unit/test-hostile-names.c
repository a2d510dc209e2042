/* SPDX-License-Identifier: Apache-2.0 */
/* Names that a hostile device may have, on their way through ledger, table, CSV and JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/csv.h"
#include "station/ledger/ledger.h"
#include "station/faces/result_json.h"
#include "station/faces/table.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static const char *const names[] = {
	/* terminals */
	"\033[2J\033[H",
	"\033]0;owned\007",
	"\033]52;c;ZXZpbA==\007",
	"\033P1$r\033\\",
	"\x9b"
	"31m",
	"\xc2\x9b"
	"31m",
	"\b\b\b\bgood",
	"name\rpassed",
	"\a",
	"\x7f",
	"\x0e\x0f",
	"\033",
	/* lines and cells */
	"two\nlines",
	"two\r\nlines",
	"\v\f",
	"tab\there",
	"\u2028",
	"\u2029",
	"a,b",
	"a;b",
	"\"",
	"\"\"",
	"quote\"d",
	"'",
	"trailing ",
	" leading",
	"a\",\"b\r\nc",
	/* formulas */
	"=1+1",
	"+1",
	"-1",
	"@SUM(A1)",
	"\t=1+1",
	"\r=1+1",
	"\n=1+1",
	" =1+1",
	"\uff1d1+1",
	"\uff0b1",
	"\uff0d1",
	"\uff20SUM",
	"=HYPERLINK(\"http://x\",\"y\")",
	"=cmd|' /C calc'!A0",
	"\u200b=1+1",
	"\xff=1",
	"\ufeff=1+1",
	/* direction and things unseen */
	"\u202egnp.exe",
	"\u2066x\u2069",
	"\u200fabc",
	"zero\u200bwidth",
	"\u00adsoft",
	"\U000e0041",
	/* broken UTF-8 */
	"\xc3",
	"\xe2\x82",
	"\xf0\x9f\x98",
	"\xc0\xaf",
	"\xed\xa0\x80",
	"\xf5\x80\x80\x80",
	"\xfe\xff",
	"\x80\x80\x80",
	"ok\xe9t\xe9",
	/* wide, combining, long */
	"会議室会議室会議室会議室会議室会議室会議室",
	"e\u0301\u0301\u0301\u0301",
	"😀😀😀😀😀😀😀😀😀😀😀😀😀",
	"<script>alert(1)</script>",
	"&amp;",
	"${jndi:ldap://x}",
	"%s%n%s%n",
	"../../etc/passwd",
	"NULL",
	"null",
	"",
	" ",
};
#define NAMES (sizeof names / sizeof names[0])

/* A name of 1,000 bytes, wide at its 255th. */
static char long_name[1024];

static const char *name_at(size_t i)
{
	return i < NAMES ? names[i] : long_name;
}

/* Whether TEXT is what a terminal may get: as clean as the cleaner makes it. */
static bool is_clean(const char *text)
{
	char cleaned[CLEAN_MAX + 1];

	clean_string(text, cleaned);
	return strcmp(text, cleaned) == 0;
}

/* Reads one cell of RFC 4180 from *AT to OUT; false when it is not one. */
static bool read_cell(const char **at, char *out)
{
	const char *s = *at;

	if (*s != '"') {
		while (*s && !strchr(",\"\r\n", *s))
			*out++ = *s++;
	} else {
		for (s++; *s && (*s != '"' || s[1] == '"'); s++) {
			s += *s == '"';
			*out++ = *s;
		}
		if (*s++ != '"')
			return false;
	}
	*out = '\0';
	*at = s;
	return true;
}

static void check_csv(const char *name, size_t i)
{
	static const char *const starters[] = { "=",	  "+",	    "-",  "@",	"\uff1d", "\uff0b",
						"\uff0d", "\uff20", "\t", "\r", "\n" };
	const char *const cells[] = { name, "next" };
	char *line = NULL, cell[2 * CLEAN_MAX], cleaned[CLEAN_MAX + 1];
	const char *at;
	size_t size;
	FILE *out = open_memstream(&line, &size);

	csv_write_line(out, cells, 2);
	fclose(out);
	at = line;
	ok(read_cell(&at, cell) && *at++ == ',', "name %zu is one cell of CSV", i);
	ok(strcmp(at, "next\r\n") == 0, "and leaves the next alone");
	for (size_t s = 0; s < sizeof starters / sizeof starters[0]; s++)
		if (strncmp(cell + strspn(cell, " "), starters[s], strlen(starters[s])) == 0)
			ok(false, "it begins a formula: %s", cell);
	clean_string(name, cleaned);
	ok(is_clean(cell) && strcmp(cell + (cell[0] == '\'' && cleaned[0] != '\''), cleaned) == 0,
	   "it is the cleaned name, with an apostrophe at most");
	free(line);
}

static void check_table(const char *name, size_t i)
{
	const char *const headings[] = { "NAME", "STATE" };
	const char *const cells[] = { name, "end" };
	struct table *table = table_new(headings, 2);
	char *text = NULL, *line, *rest, *last = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	unsigned lines = 0;

	(void)table_add_row(table, cells, NULL);
	table_print(table, out, 30, false);
	fclose(out);
	rest = text;
	while ((line = strsep(&rest, "\n")) && *line) {
		lines++;
		ok(is_clean(line), "name %zu: line %u is clean", i, lines);
		last = line;
	}
	is_number(lines, 2, "one line for the headings, one for the name");
	ok(last && strcmp(last + strlen(last) - 3, "end") == 0, "the next cell is whole");
	free(text);
	table_free(table);
}

/* All results, in the order of the names. */
static int check_json(const struct result *result, void *userdata)
{
	size_t *i = userdata;
	json_t *json = result_to_json(result), *back;
	char *text = json_dumps(json, JSON_ENSURE_ASCII), cleaned[CLEAN_MAX + 1];
	const char *got, *in_chain;

	clean_string(name_at(*i), cleaned);
	back = text ? json_loads(text, 0, NULL) : NULL;
	got = json_string_value(json_object_get(back, "name"));
	is_string(got ? got : "", cleaned, "the name is in JSON, cleaned");
	is_string(result->notes[NOTE_NAME], cleaned, "and in the result");
	in_chain = json_string_value(json_object_get(
		json_array_get(json_object_get(json_object_get(back, "fault"), "chain"), 0),
		"text"));
	is_string(in_chain ? in_chain : "", cleaned, "and in the device's own words");
	json_decref(back);
	json_decref(json);
	free(text);
	++*i;
	return 0;
}

/* Writes one job with NAME wherever a device has a say. */
static void write_job(struct ledger *ledger, const char *name)
{
	struct job_opening what = {
		.udid = { "0123456789abcdef0123456789abcdef01234567" },
		.batch = name,
		.blueprint = "",
		.blueprint_sha256 = "",
		.operator= name,
	};
	struct fault fault = fault_new(FAULT_PROFILE_REFUSED, "%s", name);
	int64_t job = 0;

	fault_add_link(&fault, name, 1, name);
	(void)ledger_open_job(ledger, &what, 1000, &job);
	(void)ledger_note(ledger, job, NOTE_NAME, name, 1001);
	(void)ledger_end_job(ledger, job, OUTCOME_FAILED, &fault, 1002);
}

static void check_ledger(void)
{
	char dir[SCRATCH_PATH], path[SCRATCH_PATH];
	struct result_filter all = { 0 };
	struct ledger *ledger = NULL;
	size_t seen = 0;

	scratch_make(dir);
	is_number(
		ledger_open(scratch_path(path, dir, "ledger.sqlite"), 1, &ledger, &(unsigned){ 0 }),
		0, "a ledger");
	for (size_t i = 0; i <= NAMES; i++)
		write_job(ledger, name_at(i));
	is_number(ledger_commit(ledger), 0, "takes all names");
	is_number(results_each(ledger, &all, check_json, &seen), 0, "and gives them back");
	is_number(seen, NAMES + 1, "every one");
	ledger_close(ledger);
	scratch_remove(dir);
}

int main(void)
{
	memset(long_name, 'x', sizeof long_name - 1);
	memcpy(long_name + CLEAN_MAX - 1, "会", 3);
	ok(NAMES >= 40, "a corpus of %zu names", NAMES);
	for (size_t i = 0; i <= NAMES; i++) {
		check_csv(name_at(i), i);
		check_table(name_at(i), i);
	}
	check_ledger();
	return tap_done();
}
