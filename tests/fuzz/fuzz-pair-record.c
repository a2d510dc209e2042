/* SPDX-License-Identifier: Apache-2.0 */
/* A pair record as usbmuxd hands it over, whoever put it there. */
#include "device/pair_record.h"

#include <string.h>

#include "profiles/plist/bplist_scan.h"
#include "tests/fuzz/entry.h"

/* What a binary list unfolds to is held by the limits of the process (device/confine.h), not by the
 * decoder: such a list is no find. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size < 8 || memcmp(bytes, "bplist00", 8) != 0 || !bplist_scan(bytes, size))
		pair_record_is_whole((const char *)bytes, size);
	return 0;
}
