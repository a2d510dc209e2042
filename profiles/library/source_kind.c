/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of sources: one row for each service that hands out enrollment profiles. */
#include <stddef.h>

#include "profiles/library/source.h"

/* What the rows say is in doc/graph.md, "Other sources", with where it was read. */
const struct source_kind source_kinds[SOURCE_KINDS] = {
	{ .word = "intune", .graph = true, .validity = { .rule = SOURCE_DAYS, .days = 14 } },
	{ .word = "fleet",
	  .validity = { .rule = SOURCE_UNLIMITED },
	  .remark = "https://HOST/api/v1/fleet/enrollment_profiles/ota?enroll_secret=..." },
	{ .word = "simplemdm",
	  .validity = { .rule = SOURCE_UNLIMITED },
	  .remark = "https://a.simplemdm.com/enroll/?c=... of a group enrollment" },
	{ .word = "micromdm",
	  .validity = { .rule = SOURCE_UNLIMITED },
	  .remark = "https://HOST/mdm/enroll" },
	{ .word = "nanomdm",
	  .validity = { .rule = SOURCE_UNLIMITED },
	  .remark = "wherever you put its enrollment profile: it has no address of its own" },
	{ .word = "jamf",
	  .asks_validity = true,
	  .remark = "an invitation's link that gives the file without a page before it" },
	{ .word = "url", .asks_validity = true, .remark = "any address that gives the file" },
};
