/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of sources: one row for each service that hands out enrollment profiles. */
#include <stddef.h>

#include "profiles/source.h"

/* What the rows say is in doc/graph.md, "Other sources", with where it was read. */
const struct source_kind source_kinds[] = {
	{ "intune", "Microsoft Intune", .graph = true, .validity = { SOURCE_DAYS, .days = 14 },
	  .remark = "by Microsoft Graph: the export for direct enrollment" },
	{ "fleet", "Fleet", .validity = { SOURCE_UNLIMITED },
	  .remark = "https://HOST/api/v1/fleet/enrollment_profiles/ota?enroll_secret=..." },
	{ "simplemdm", "SimpleMDM", .validity = { SOURCE_UNLIMITED },
	  .remark = "https://a.simplemdm.com/enroll/?c=... of a group enrollment" },
	{ "micromdm", "MicroMDM", .validity = { SOURCE_UNLIMITED },
	  .remark = "https://HOST/mdm/enroll" },
	{ "nanomdm", "NanoMDM", .validity = { SOURCE_UNLIMITED },
	  .remark = "wherever you put its enrollment profile: it has no address of its own" },
	{ "jamf", "Jamf Pro", .asks_validity = true,
	  .remark = "an invitation's link that gives the file without a page before it" },
	{ "url", "a server", .asks_validity = true, .remark = "any address that gives the file" },
};
const size_t source_kind_count = sizeof source_kinds / sizeof source_kinds[0];
