/* SPDX-License-Identifier: Apache-2.0 */
/* Who bears witness to a result, by what the ledger has of it. */
#include <stdio.h>

#include "station/faces/witness.h"
#include "tests/unit/tap.h"

static const struct {
	const char *what;
	enum step_outcome last;
	bool verified;
	const char *enrolled, *way, *want;
} table[] = {
	{ "read back", STEP_DONE, true, "", "", "device" },
	{ "was so before", STEP_ALREADY, true, "", "", "device" },
	{ "could not be read back", STEP_DONE, false, "", "", "" },
	{ "failed", STEP_FAILED, true, "", "", "" },
	{ "unknown", STEP_UNKNOWN, true, "", "", "" },
	{ "read back and managed", STEP_DONE, true, "2026-11-23T00:00:00Z", "", "device, MDM" },
	{ "managed all the same", STEP_FAILED, false, "2026-11-23T00:00:00Z", "", "MDM" },
	{ "a Mac, by its own report", STEP_DONE, true, "", "stick", "device" },
	{ "a Mac that has the stick", STEP_DONE, false, "", "stick", "" },
	{ "a Mac that had the page", STEP_DONE, false, "", "page", "" },
	{ "a Mac, by a person's word", STEP_DONE, false, "", "record", "person" },
	{ "and by Intune's", STEP_DONE, false, "2026-11-23T00:00:00Z", "record", "MDM, person" },
};

int main(void)
{
	static char empty[] = "";
	char out[WITNESS_LIST_MAX];
	struct result result = { .step_count = 0, .way = empty };

	for (int i = 0; i < NOTE_KEYS_COUNT; i++)
		result.notes[i] = empty;
	is_string(result_witnesses(&result, out), "", "nothing was done");
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		result.step_count = 2;
		result.steps[0] = (struct result_step){ .outcome = STEP_DONE, .verified = true };
		result.steps[1].outcome = table[i].last;
		result.steps[1].verified = table[i].verified;
		result.notes[NOTE_ENROLLED] = (char *)table[i].enrolled;
		result.way = (char *)table[i].way;
		is_string(result_witnesses(&result, out), table[i].want, table[i].what);
	}
	return tap_done();
}
