/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint of the operator's, and the names that it gives. */
#include "profiles/blueprint/blueprint.h"

#include "tests/fuzz/entry.h"

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
	static const struct library_source none = { .folder = NULL };
	struct problems problems = { 0 };
	struct blueprint *blueprint = NULL;
	int r = blueprint_load_from(entry_file(bytes, size), &none, &problems, &blueprint);

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
