/* SPDX-License-Identifier: Apache-2.0 */
/* What a device answers of its profiles, and single values of it. */
#include "device/mcinstall_answer.h"

#include "device/value.h"
#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	plist_t answer = entry_plist(bytes, size);
	struct fault fault = mcinstall_judge(answer, FAULT_PROFILE_REFUSED);
	enum profile_presence presence;
	char text[CLEAN_MAX + 1];
	uint64_t number;
	bool flag;

	must(entry_is_clean(fault.domain) && entry_is_clean(fault.text));
	must(fault.chain_len <= FAULT_CHAIN_MAX);
	for (unsigned i = 0; i < fault.chain_len; i++)
		must(entry_is_clean(fault.chain[i].text));
	mcinstall_find(answer, "a", "b", &presence);
	value_flag(answer, "Status", &flag);
	value_number(answer, "Status", &number);
	if (value_text(answer, "Status", text))
		must(entry_is_clean(text));
	plist_free(answer);
	return 0;
}
