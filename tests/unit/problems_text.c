/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of the operator's files share: problems as text, files in a folder of the test's own.
 */
#include "tests/unit/problems_text.h"

#include <err.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/unit/scratch.h"

static char folder[SCRATCH_PATH];

char *problems_text(struct problems *problems)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		err(99, "a stream");
	problems_print(problems, out);
	fclose(out);
	problems_done(problems);
	return text;
}

void folder_enter(void)
{
	scratch_make(folder);
	if (chdir(folder) < 0)
		err(99, "%s", folder);
}

void folder_leave(void)
{
	if (chdir("/") < 0)
		err(99, "/");
	scratch_remove(folder);
}
