/* SPDX-License-Identifier: Apache-2.0 */
/* Every profile of the linter's corpus, with exactly the verdicts that its table lists. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profiles/lint/lint.h"
#include "tests/unit/tap.h"

#define VERDICTS "verdicts.txt"
/* Whom the host trusts, in place of this host's own: one that has expired. */
#define AUTHORITIES "authorities.pem"

/* 2026-11-23: no test depends on the day that it runs. */
#define NOW 1795392000

/* The devices that the corpus is judged for; each has its own verdicts. */
static const struct {
	const char *name;
	struct lint_target target;
} targets[] = {
	{ "any", { NOW, EXPIRY_NEVER, PLATFORMS, "" } },
	{ "ipad", { NOW, NOW - 15 * EXPIRY_DAY, PLATFORM_IOS, ">=15" } },
	{ "mac", { NOW, NOW - 12 * EXPIRY_DAY, PLATFORM_MACOS, ">=12" } },
};
#define TARGETS (sizeof targets / sizeof targets[0])

static int is_case(const struct dirent *entry)
{
	return strstr(entry->d_name, ".mobileconfig") != NULL;
}

/* Writes all that is said of NAME, one problem a line, to OUT. */
static void judge(const char *name, const struct lint_target *target, FILE *out)
{
	struct problems problems = { 0 };
	struct survey *survey = NULL;
	int r = lint_file(name, target, &problems, &survey);

	ok((r == 0) == (survey != NULL), "%s: a survey only with success", name);
	for (size_t i = 0; i < problems.count; i++) {
		const struct problem *problem = &problems.list[i];

		fprintf(out, "%u:%u %s: %s\n", problem->line, problem->column,
			rule_text(problem->rule)->id, problem->text);
	}
	survey_free(survey);
	problems_done(&problems);
}

/* What is said of NAME for each target; what is the same as for any is left out. The caller's. */
static char *judge_all(const char *name)
{
	char *texts[TARGETS], *all;
	size_t size;
	FILE *out;

	for (size_t i = 0; i < TARGETS; i++) {
		out = open_memstream(&texts[i], &size);
		judge(name, &targets[i].target, out);
		fclose(out);
	}
	out = open_memstream(&all, &size);
	for (size_t i = 0; i < TARGETS; i++)
		if (i == 0 || strcmp(texts[i], texts[0]) != 0)
			fprintf(out, "-- %s\n%s", targets[i].name, texts[i]);
	fclose(out);
	for (size_t i = 0; i < TARGETS; i++)
		free(texts[i]);
	return all;
}

/* What the table ALL says of NAME: the lines after "== NAME". The caller's, free. */
static char *find_verdict(const char *all, const char *name)
{
	char head[300];
	const char *begin, *end;

	snprintf(head, sizeof head, "== %s\n", name);
	begin = strstr(all, head);
	if (!begin)
		return NULL;
	begin += strlen(head);
	end = strstr(begin, "== ");
	return end ? strndup(begin, (size_t)(end - begin)) : strdup(begin);
}

static const char *read_verdicts(void)
{
	static char all[1 << 17];
	FILE *file = fopen(VERDICTS, "re");
	size_t size = file ? fread(all, 1, sizeof all - 1, file) : 0;

	if (file)
		fclose(file);
	all[size] = '\0';
	return all;
}

/* A rule that no case breaks is not known to work. */
static void check_rules(const char *all)
{
	for (int rule = RULE_NONE + 1; rule < RULES; rule++) {
		char said[64];

		/* What libplist alone refuses, nothing is known to be; the other is of blueprints.
		 */
		if (rule == RULE_PLIST || rule == RULE_WIFI_FIRST)
			continue;
		snprintf(said, sizeof said, " %s: ", rule_text((enum rule)rule)->id);
		ok(strstr(all, said), "a case breaks%s", said);
	}
}

/* With --print FILE the table is written anew, to be read before it is believed. */
int main(int argc, char **argv)
{
	const char *source = getenv("MUSTER_SOURCE");
	FILE *print = argc > 2 && strcmp(argv[1], "--print") == 0 ? fopen(argv[2], "we") : NULL;
	struct dirent **cases;
	const char *all;
	int count;

	if (chdir(source ? source : ".") < 0 || chdir("tests/unit/lint-corpus") < 0) {
		printf("Bail out! there is no corpus\n");
		return 1;
	}
	setenv("TZ", "UTC", 1); /* dates are told in local time */
	setenv("SSL_CERT_FILE", AUTHORITIES, 1);
	setenv("SSL_CERT_DIR", "/nonexistent", 1);
	all = read_verdicts();
	check_rules(all);
	count = scandir(".", &cases, is_case, alphasort);
	for (int i = 0; i < count; i++) {
		char *got = judge_all(cases[i]->d_name);
		char *want = find_verdict(all, cases[i]->d_name);

		if (print)
			fprintf(print, "== %s\n%s", cases[i]->d_name, got);
		else
			is_string(got, want, cases[i]->d_name);
		ok(!strstr(got, "S3cret"), "%s: no secret is told", cases[i]->d_name);
		free(got);
		free(want);
		free(cases[i]);
	}
	free(cases);
	if (print)
		fclose(print);
	ok(count > 70, "the corpus is whole");
	return tap_done();
}
