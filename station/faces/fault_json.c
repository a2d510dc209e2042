/* SPDX-License-Identifier: Apache-2.0 */
/* A fault as JSON: the one form of it in boards, events and results. */
#include "station/faces/fault_json.h"

json_t *text_to_json(const char *text)
{
	char cleaned[CLEAN_MAX + 1];

	return clean_string(text, cleaned) > 0 ? json_string(cleaned) : json_null();
}

json_t *step_to_json(bool there, struct step_id step)
{
	char text[STEP_TEXT_MAX];

	return there ? json_string(step_to_text(step, text)) : json_null();
}

static json_t *chain_to_json(const struct fault *fault)
{
	json_t *chain = json_array();

	for (unsigned i = 0; chain && i < fault->chain_len; i++) {
		const struct fault_link *link = &fault->chain[i];
		json_t *entry =
			json_pack("{s:o, s:I, s:o}", "domain", text_to_json(link->domain), "code",
				  (json_int_t)link->code, "text", text_to_json(link->text));

		if (json_array_append_new(chain, entry) < 0) {
			json_decref(chain);
			return NULL;
		}
	}
	return chain;
}

json_t *fault_to_json(const struct fault *fault)
{
	if (!fault_is_set(fault))
		return json_null();
	/* A code means nothing without the domain that counts it. */
	return json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:s, s:s, s:o}", "name", fault_name(fault->kind), "step",
		step_to_json(fault->has_step, fault->step), "domain", text_to_json(fault->domain),
		"code", fault->domain[0] ? json_integer(fault->code) : json_null(), "detail",
		text_to_json(fault->text), "sentence", fault_sentence(fault->kind), "remedy",
		fault_remedy(fault->kind), "chain", chain_to_json(fault));
}
