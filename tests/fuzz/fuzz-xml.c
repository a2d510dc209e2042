/* SPDX-License-Identifier: Apache-2.0 */
/* XML property lists: what the scan lets through, libplist can bear. */
#include "profiles/plist/xml_scan.h"

#include <plist/plist.h>

#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct problems problems = { 0 };
	struct xml_scan scan;

	if (xml_scan("fuzz", (const char *)bytes, size, &problems, &scan) == 0) {
		must(scan.count > 0 && scan.values[0].next == scan.count);
		free(scan.values);
		plist_free(entry_plist(bytes, size));
	} else {
		must(problems.count > 0);
	}
	problems_done(&problems);
	return 0;
}
