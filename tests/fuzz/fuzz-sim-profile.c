/* SPDX-License-Identifier: Apache-2.0 */
/* A profile that a host installs on a simulated device. */
#include "tests/fuzz/entry.h"
#include "tests/sim/payload.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	plist_t chain = NULL;
	struct profile *profile = profile_read((const char *)bytes, size, &chain);

	must(profile ? !chain && profile->identifier[0] : chain != NULL);
	profile_free(profile);
	plist_free(chain);
	return 0;
}
