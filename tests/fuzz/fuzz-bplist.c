/* SPDX-License-Identifier: Apache-2.0 */
/* Binary property lists: what the scan lets through, libplist can bear. */
#include <plist/plist.h>
#include <string.h>

#include "profiles/plist/bplist_scan.h"
#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	plist_t plist = NULL;

	if (size < 8 || memcmp(bytes, "bplist00", 8) != 0 || bplist_scan(bytes, size))
		return 0;
	plist_from_bin((const char *)bytes, (uint32_t)size, &plist);
	plist_free(plist);
	return 0;
}
