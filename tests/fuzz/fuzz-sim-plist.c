/* SPDX-License-Identifier: Apache-2.0 */
/* A property list that a host sends to a simulated device. */
#include "tests/fuzz/entry.h"
#include "tests/sim/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	bool binary;
	plist_t plist = decode_plist((const char *)bytes, size, &binary);

	dict_text(plist, "a");
	dict_true(plist, "a");
	plist_free(plist);
	return 0;
}
