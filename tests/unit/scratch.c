/* SPDX-License-Identifier: Apache-2.0 */
/* A test's own directory, and files in it. */
#include "config.h"

#include "tests/unit/scratch.h"

#include <err.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void scratch_make(char out[static SCRATCH_PATH])
{
	snprintf(out, SCRATCH_PATH, "/tmp/muster-test-XXXXXX");
	if (!mkdtemp(out))
		err(99, "%s", out);
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

void scratch_remove(const char *dir)
{
	if (nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS) < 0)
		warn("%s", dir);
}

const char *scratch_path(char out[static SCRATCH_PATH], const char *dir, const char *name)
{
	if (snprintf(out, SCRATCH_PATH, "%s/%s", dir, name) >= SCRATCH_PATH)
		errx(99, "%s/%s is too long", dir, name);
	return out;
}

char *scratch_read(const char *path, size_t *ret_size)
{
	FILE *file = fopen(path, "re");
	char *bytes = NULL;
	size_t used = 0, n = 1;

	if (!file)
		return NULL;
	while (n > 0) {
		bytes = realloc(bytes, used + 65536 + 1);
		if (!bytes)
			err(99, "%s", path);
		n = fread(bytes + used, 1, 65536, file);
		used += n;
	}
	bytes[used] = '\0';
	fclose(file);
	if (ret_size)
		*ret_size = used;
	return bytes;
}

void scratch_write(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "we");

	if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
		err(99, "%s", path);
}

void scratch_write_text(const char *path, const char *text)
{
	scratch_write(path, text, strlen(text));
}
