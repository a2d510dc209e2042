/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration profile of the operator's: XML, binary or signed. */
#include "profiles/profile/profile.h"

#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	int r = profile_open_bytes("fuzz", bytes, size, &problems, &profile);

	must(r < 0 ? !profile && problems.count > 0 : profile && problems.count == 0);
	if (profile)
		must(profile->identifier[0] && profile->uuid[0] && profile->size == size);
	profile_free(profile);
	problems_done(&problems);
	return 0;
}
