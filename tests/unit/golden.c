/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing what a face shows with a file of what it should. */
#include "tests/unit/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

/* Largest file of these. */
#define GOLDEN_MAX 65536

static FILE *open_golden(const char *name, const char *mode)
{
	const char *source = getenv("MUSTER_SOURCE");
	char path[4096];

	snprintf(path, sizeof path, "%s/tests/golden/%s", source ? source : ".", name);
	return fopen(path, mode);
}

static void write_golden(const char *got, const char *name)
{
	FILE *file = open_golden(name, "we");

	if (!file || fputs(got, file) == EOF || fclose(file) == EOF)
		perror(name);
}

/* Prints the first line that is not as it should be. */
static void print_difference(const char *got, const char *want)
{
	size_t line = 0;

	for (size_t i = 0; got[i] && got[i] == want[i]; i++)
		if (got[i] == '\n')
			line = i + 1;
	printf("# got:  %.*s\n", (int)strcspn(got + line, "\n"), got + line);
	printf("# want: %.*s\n", (int)strcspn(want + line, "\n"), want + line);
}

bool is_golden(const char *got, const char *name)
{
	static char want[GOLDEN_MAX];
	const char *mode = getenv("MUSTER_GOLDEN");
	bool same;
	FILE *file;
	size_t len = 0;

	if (mode && strcmp(mode, "write") == 0)
		write_golden(got, name);
	file = open_golden(name, "re");
	if (file) {
		len = fread(want, 1, sizeof want - 1, file);
		fclose(file);
	}
	want[len] = '\0';
	same = strcmp(got, want) == 0;
	ok(same, "as in golden/%s", name);
	if (!same)
		print_difference(got, want);
	return same;
}
