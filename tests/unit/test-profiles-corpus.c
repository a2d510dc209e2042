/* SPDX-License-Identifier: Apache-2.0 */
/* Every blueprint and profile of the corpus, with exactly the problems that expected.txt lists. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profiles/blueprint/blueprint.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/tap.h"

#define EXPECTED "expected.txt"

static bool ends(const char *name, const char *ending)
{
	size_t len = strlen(name), end = strlen(ending);

	return len > end && strcmp(name + len - end, ending) == 0;
}

static int is_case(const struct dirent *entry)
{
	return ends(entry->d_name, ".yaml") || ends(entry->d_name, ".mobileconfig");
}

/* Reads NAME; what is said of it: its problems, or that there is none. The caller's, free. */
static char *judge(const char *name)
{
	static const struct library_source none = { .folder = NULL };
	struct problems problems = { 0 };
	struct blueprint *blueprint = NULL;
	struct profile *profile = NULL;
	int r = ends(name, ".yaml") ? blueprint_load_from(name, &none, &problems, &blueprint)
				    : profile_open(name, &problems, &profile);
	char *text = problems_text(&problems);

	if (r == 0 && text[0] == '\0') {
		free(text);
		text = strdup("fine\n");
	}
	blueprint_free(blueprint);
	profile_free(profile);
	return text;
}

/* What EXPECTED, read into ALL, says of NAME: the lines after "== NAME". The caller's, free. */
static char *find_expected(const char *all, const char *name)
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

static char *read_expected(void)
{
	static char all[1 << 16];
	FILE *file = fopen(EXPECTED, "re");
	size_t size = file ? fread(all, 1, sizeof all - 1, file) : 0;

	if (file)
		fclose(file);
	all[size] = '\0';
	return all;
}

int main(int argc, char **argv)
{
	const char *source = getenv("MUSTER_SOURCE");
	bool print = argc > 1 && strcmp(argv[1], "--print") == 0;
	struct dirent **cases;
	const char *all;
	int count;

	if (chdir(source ? source : ".") < 0 || chdir("tests/unit/profiles-corpus") < 0) {
		printf("Bail out! there is no corpus\n");
		return 1;
	}
	all = read_expected();
	count = scandir(".", &cases, is_case, alphasort);
	for (int i = 0; i < count; i++) {
		char *got = judge(cases[i]->d_name), *want = find_expected(all, cases[i]->d_name);

		if (print)
			printf("== %s\n%s", cases[i]->d_name, got);
		else
			is_string(got, want, cases[i]->d_name);
		free(got);
		free(want);
		free(cases[i]);
	}
	free(cases);
	if (print)
		return 0;
	ok(count > 40, "the corpus is whole");
	return tap_done();
}
