/* SPDX-License-Identifier: Apache-2.0 */
/* Who bears witness to a result: the device that was read back, an MDM, a person. */
#include "station/faces/witness.h"

#include <stdio.h>
#include <string.h>

#include "station/values/handover.h"

const char *witness_to_text(enum witness witness)
{
	static const char *const words[WITNESSES] = { "device", "MDM", "person" };

	return words[witness];
}

/* The last step is the one that looks whether all is as it should be. */
static bool is_verified(const struct result *result)
{
	const struct result_step *last;

	if (result->step_count == 0)
		return false;
	last = &result->steps[result->step_count - 1];
	return last->verified && (last->outcome == STEP_DONE || last->outcome == STEP_ALREADY);
}

bool result_has_witness(const struct result *result, enum witness witness)
{
	switch (witness) {
	case WITNESS_DEVICE:
		return is_verified(result);
	case WITNESS_MDM:
		return result->notes[NOTE_ENROLLED][0] != '\0';
	case WITNESS_PERSON:
		return strcmp(result->way, handover_way_to_text(HANDOVER_RECORD)) == 0;
	}
	return false;
}

const char *result_witnesses(const struct result *result, char out[static WITNESS_LIST_MAX])
{
	size_t len = 0;

	out[0] = '\0';
	for (int i = 0; i < WITNESSES; i++)
		if (result_has_witness(result, (enum witness)i))
			len += (size_t)snprintf(out + len, WITNESS_LIST_MAX - len, "%s%s",
						len > 0 ? ", " : "",
						witness_to_text((enum witness)i));
	return out;
}
