/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint of the operator's, and the names that it gives. */
#define _GNU_SOURCE /* memfd_create */
#include "profiles/blueprint/blueprint.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "device/facts/clean.h"
#include "tests/fuzz/entry.h"

/* The path of a file in memory with the BYTES, good until the next call: blueprints are read from
 * files. */
static const char *file_of(const uint8_t *bytes, size_t size)
{
	static char path[32];
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("fuzz", MFD_CLOEXEC);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	}
	must(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, bytes, size, 0) == (ssize_t)size);
	return path;
}

static void fill_names(const struct blueprint *blueprint)
{
	const struct blueprint_facts facts = { .serial = "C39",
					       .udid = "00008110-001A2B3C4D5E6F70",
					       .ecid = "1",
					       .assets = blueprint->assets };

	for (size_t i = 0; i < blueprint->step_count; i++) {
		char *name = NULL;

		if (blueprint->steps[i].name)
			blueprint_fill(blueprint->steps[i].name, &facts, &name);
		must(!name || entry_is_clean(name));
		free(name);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct problems problems = { 0 };
	struct blueprint *blueprint = NULL;
	int r = blueprint_load(file_of(bytes, size), &problems, &blueprint);

	must(r < 0 ? !blueprint && problems.errors > 0 : blueprint && problems.errors == 0);
	if (blueprint) {
		must(blueprint->step_count >= 2 && blueprint->step_count <= STEPS_MAX);
		blueprint_fits(blueprint, "iPad11,6", "17.5.1");
		fill_names(blueprint);
	}
	blueprint_free(blueprint);
	problems_done(&problems);
	return 0;
}
