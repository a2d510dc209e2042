/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds an entry its corpus without a fuzzer: one check a file, within the fuzzer's limits. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "config.h"
#include "tests/fuzz/entry.h"
#include "tests/unit/patience.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* The process may have this much memory: what a worker has. */
#define MEMORY_MAX (256UL << 20)
/* Seconds of processor time for one file; the kernel counts whole ones. */
#define SECONDS_MAX 2

static void set_limit(__rlimit_resource_t limit, rlim_t most)
{
	const struct rlimit to = { most, RLIM_INFINITY };

	must(setrlimit(limit, &to) == 0);
}

/* Gives the process SECONDS_MAX more, so that a decoder that takes longer is killed. */
static void limit_time(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	set_limit(RLIMIT_CPU, (rlim_t)used.ru_utime.tv_sec + (rlim_t)used.ru_stime.tv_sec +
				      (rlim_t)(SECONDS_MAX * patience()));
}

/* BYTES are copied to where a read past their end is seen. */
static void feed(const char *bytes, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	must(copy);
	if (size > 0)
		memcpy(copy, bytes, size);
	limit_time();
	must(LLVMFuzzerTestOneInput(copy, size) == 0);
	free(copy);
}

static void feed_file(const char *name)
{
	size_t size;
	char *bytes = scratch_read(name, &size);

	printf("# %s\n", name); /* who kills the program is the last that stands there */
	fflush(stdout);
	if (bytes)
		feed(bytes, size);
	ok(bytes, "%s", name);
	free(bytes);
}

static int is_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char *argv[])
{
	const char *source = getenv("MUSTER_SOURCE"), *name = strstr(argv[0], "fuzz-");
	char folder[PATH_MAX];
	struct dirent **entries;
	int count;

	(void)argc;
	snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s", source ? source : ".",
		 name ? name + strlen("fuzz-") : "");
	count = chdir(folder) < 0 ? -1 : scandir(".", &entries, is_file, alphasort);
	ok(count > 0, "%s has files", folder);
#ifndef WITH_SANITIZERS
	if (patience() == 1)
		set_limit(RLIMIT_AS, MEMORY_MAX);
#endif
	feed(NULL, 0);
	ok(true, "nothing at all");
	for (int i = 0; i < count; i++) {
		feed_file(entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return tap_done();
}
