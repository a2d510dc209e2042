/* SPDX-License-Identifier: Apache-2.0 */
/* A result as JSON, the form that scripts and the page read (doc/ledger.md, "A result as JSON"). */
#include "station/faces/result_json.h"

#include "station/faces/fault_json.h"

static json_t *when(wall_t wall)
{
	char out[WALL_TEXT_MAX];

	return text_to_json(wall_to_text(wall, out));
}

static json_t *steps_to_json(const struct result *result)
{
	json_t *steps = json_array();

	for (unsigned i = 0; i < result->step_count; i++) {
		const struct result_step *step = &result->steps[i];
		char name[STEP_TEXT_MAX];
		json_t *entry = json_pack(
			"{s:s, s:s, s:b, s:i, s:o, s:o, s:o}", "step", step_to_text(step->id, name),
			"outcome", step_outcome_to_text(step->outcome), "verified", step->verified,
			"attempts", (int)step->attempts, "began", when(step->began), "ended",
			when(step->ended), "detail", text_to_json(step->detail));

		if (json_array_append_new(steps, entry) < 0) {
			json_decref(steps);
			return NULL;
		}
	}
	return steps;
}

/* How a Mac got its profile; null for what was no handover. */
static json_t *handover_to_json(const struct result *result)
{
	if (result->way[0] == '\0')
		return json_null();
	return json_pack("{s:o, s:o, s:o}", "way", text_to_json(result->way), "profile",
			 text_to_json(result->profile), "note", text_to_json(result->remark));
}

/* Adds what is text and nothing else, in the order of the document. Returns 0 or -1. */
static int add_texts(json_t *object, const struct result *result)
{
	const struct {
		const char *key;
		const char *value;
	} texts[] = {
		{ "udid", result->notes[NOTE_UDID] },
		{ "serial", result->notes[NOTE_SERIAL] },
		{ "ecid", result->notes[NOTE_ECID] },
		{ "product", result->notes[NOTE_PRODUCT] },
		{ "os", result->notes[NOTE_OS] },
		{ "build", result->notes[NOTE_BUILD] },
		{ "name", result->notes[NOTE_NAME] },
		{ "asset", result->asset }, /* only a handover has one yet */
		{ "slot", result->slot },
		{ "port", result->port },
		{ "batch", result->batch },
		{ "blueprint", result->blueprint },
		{ "blueprint_sha256", result->blueprint_sha256 },
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (json_object_set_new(object, texts[i].key, text_to_json(texts[i].value)) < 0)
			return -1;
	return 0;
}

/* What an MDM witnessed, or null. */
static json_t *enrollment_to_json(const struct result *result)
{
	if (result->notes[NOTE_ENROLLED][0] == '\0')
		return json_null();
	return json_pack("{s:o, s:o, s:o}", "profile",
			 text_to_json(result->notes[NOTE_ENROLLED_IN]), "enrollmentProfileName",
			 text_to_json(result->notes[NOTE_ENROLLED_BY]), "enrolled",
			 text_to_json(result->notes[NOTE_ENROLLED]));
}

json_t *result_to_json(const struct result *result)
{
	json_t *object = json_object();

	if (add_texts(object, result) < 0 ||
	    json_object_set_new(object, "outcome", text_to_json(outcome_to_text(result->outcome))) <
		    0 ||
	    json_object_set_new(object, "fault", fault_to_json(&result->fault)) < 0 ||
	    json_object_set_new(object, "steps", steps_to_json(result)) < 0 ||
	    json_object_set_new(object, "enrollment", enrollment_to_json(result)) < 0 ||
	    json_object_set_new(object, "handover", handover_to_json(result)) < 0 ||
	    json_object_set_new(object, "began", when(result->began)) < 0 ||
	    json_object_set_new(object, "ended", when(result->ended)) < 0 ||
	    json_object_set_new(object, "operator", text_to_json(result->operator)) < 0) {
		json_decref(object);
		return NULL;
	}
	return object;
}
