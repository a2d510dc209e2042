/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of the operator's files share: problems as text, files in a folder of the test's own. */
#include "tests/unit/problems_text.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/muster-test-XXXXXX";

static void must(int fine, const char *what)
{
	if (fine)
		return;
	printf("Bail out! cannot %s\n", what);
	exit(1);
}

char *problems_text(struct problems *problems)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	must(out != NULL, "open a stream");
	problems_print(problems, out);
	fclose(out);
	problems_done(problems);
	return text;
}

void folder_enter(void)
{
	must(mkdtemp(folder) && chdir(folder) == 0, "make a folder");
}

void folder_leave(void)
{
	DIR *dir = opendir(".");
	struct dirent *entry;

	must(dir != NULL, "read the folder");
	while ((entry = readdir(dir)))
		unlink(entry->d_name);
	closedir(dir);
	must(chdir("/") == 0 && rmdir(folder) == 0, "remove the folder");
}

void folder_write(const char *file, const void *bytes, size_t size)
{
	FILE *out = fopen(file, "we");

	must(out && fwrite(bytes, 1, size, out) == size && fclose(out) == 0, "write a file");
}

void folder_write_text(const char *file, const char *text)
{
	folder_write(file, text, strlen(text));
}
