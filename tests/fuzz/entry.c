/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz entries share: the entry's name, promises to hold, and ways to hand bytes in. */
#include "tests/fuzz/entry.h"

#include <string.h>

#include "device/facts/clean.h"

bool entry_is_clean(const char *text)
{
	char again[CLEAN_MAX + 1];

	clean_string(text, again);
	return strcmp(text, again) == 0;
}

plist_t entry_plist(const uint8_t *bytes, size_t size)
{
	plist_t plist = NULL;

	plist_from_xml((const char *)bytes, (uint32_t)size, &plist);
	return plist;
}
