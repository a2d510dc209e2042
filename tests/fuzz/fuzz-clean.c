/* SPDX-License-Identifier: Apache-2.0 */
/* Any text of a stranger becomes one that is fit for a screen. */
#include <string.h>

#include "device/facts/clean.h"
#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char text[CLEAN_MAX + 1];
	size_t len = clean_text((const char *)bytes, size, text), at = 0;
	uint32_t rune;

	must(len <= CLEAN_MAX && len == strlen(text));
	while (at < len) {
		size_t one = clean_rune((const unsigned char *)text + at, len - at, &rune);

		must(one > 0 && rune >= 0x20 && (rune < 0x7f || rune > 0x9f));
		at += one;
	}
	must(entry_is_clean(text));
	return 0;
}
