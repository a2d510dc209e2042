/* SPDX-License-Identifier: Apache-2.0 */
/* The bench's slots.yaml: what is read is written and read again as it was. */
#include "profiles/blueprint/slots_file.h"

#include <string.h>
#include <unistd.h>

#include "tests/fuzz/entry.h"

static char directory[] = "/tmp/muster-fuzz-XXXXXX";
static char path[64], leftover[64];

static void clear(void)
{
	unlink(path);
	unlink(leftover);
	rmdir(directory);
}

/* A file with the BYTES, and a place where another can be made beside it. */
static void put_file(const uint8_t *bytes, size_t size)
{
	FILE *file;

	if (!path[0]) {
		must(mkdtemp(directory) && atexit(clear) == 0);
		strcat(strcpy(path, directory), "/slots.yaml");
		strcat(strcpy(leftover, path), ".new");
	}
	file = fopen(path, "we");
	must(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct problems problems = { 0 };
	struct slots_file *slots = NULL, *again = NULL;
	int r;

	put_file(bytes, size);
	r = slots_file_load(path, &problems, &slots);
	must(r < 0 ? !slots && problems.count > 0 : slots && problems.count == 0);
	if (slots) {
		must(slots->slot_count >= 1 && slots->hub_count >= 1);
		must(slots_file_find(slots, slots->slots[0].ports[0], "1-1"));
		must(slots_file_save(slots, path) == 0);
		must(slots_file_load(path, &problems, &again) == 0);
		must(memcmp(slots, again, sizeof *slots) == 0);
	}
	free(slots);
	free(again);
	problems_done(&problems);
	return 0;
}
