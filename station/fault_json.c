/* SPDX-License-Identifier: Apache-2.0 */
/* A fault as JSON: the one form of it in boards, events and results. */
#include "station/fault_json.h"

#include "station/json_text.h"

static json_t *chain_to_json(const struct fault *fault)
{
	json_t *chain = json_array();

	for (unsigned i = 0; chain && i < fault->chain_len; i++) {
		const struct fault_link *link = &fault->chain[i];
		json_t *entry =
			json_pack("{s:o, s:I, s:o}", "domain", json_from_text(link->domain), "code",
				  (json_int_t)link->code, "text", json_from_text(link->text));

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
	return json_pack("{s:s, s:o, s:o, s:I, s:o, s:s, s:s, s:o}", "name",
			 fault_name(fault->kind), "step",
			 json_from_step(fault->has_step, fault->step), "domain",
			 json_from_text(fault->domain), "code", (json_int_t)fault->code, "text",
			 json_from_text(fault->text), "sentence", fault_sentence(fault->kind),
			 "remedy", fault_remedy(fault->kind), "chain", chain_to_json(fault));
}
