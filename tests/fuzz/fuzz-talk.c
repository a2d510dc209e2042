/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker says to the station. */
#include "device/facts/talk.h"

#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct record record;
	struct talk talk;

	if (record_parse((const char *)bytes, size, &record) < 0 || talk_parse(&record, &talk) < 0)
		return 0;
	must(talk_verb_to_text(talk.verb));
	switch (talk.verb) {
	case TALK_HELLO:
	case TALK_NOTE:
	case TALK_DONE:
	case TALK_ALREADY:
		must(entry_is_clean(talk.text));
		break;
	case TALK_CHAIN:
		must(entry_is_clean(talk.fault.chain[0].domain));
		must(entry_is_clean(talk.fault.chain[0].text));
		break;
	case TALK_FAULT:
		must(entry_is_clean(talk.fault.domain) && entry_is_clean(talk.fault.text));
		break;
	case TALK_ABSENT:
		must(talk.seconds <= TALK_ABSENT_MAX);
		break;
	case TALK_READY:
	case TALK_WANT:
	case TALK_WAIT:
	case TALK_WAITED:
	case TALK_END:
		break;
	}
	return 0;
}
