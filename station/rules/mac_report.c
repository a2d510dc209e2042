/* SPDX-License-Identifier: Apache-2.0 */
/* What a Mac's own report of its enrollment means. */
#include "station/rules/mac_report.h"

#include <string.h>
#include <strings.h>

enum mac_enrolled mac_enrolled_from_text(const char *text)
{
	size_t len = strspn(text, "YyEeSsNnOo");

	/* A word of its own: nothing is made of "Yesterday". */
	if (text[len] != '\0' && text[len] != ' ')
		return MAC_ENROLLED_UNKNOWN;
	if (len == 3 && strncasecmp(text, "yes", 3) == 0)
		return MAC_ENROLLED_YES;
	return len == 2 && strncasecmp(text, "no", 2) == 0 ? MAC_ENROLLED_NO : MAC_ENROLLED_UNKNOWN;
}

static bool lists(const struct mac_report *report, const char *identifier)
{
	for (unsigned i = 0; i < report->profile_count; i++)
		if (strcmp(report->profiles[i], identifier) == 0)
			return true;
	return false;
}

/* It says that it is enrolled; at the right place? */
static enum handover_standing judge_place(const struct mac_report *report,
					  const struct mac_expected *expected)
{
	if (!expected->known)
		return HANDOVER_UNPROVEN;
	if (lists(report, expected->identifier))
		return HANDOVER_ENROLLED;
	if (report->host[0] == '\0' || expected->host[0] == '\0')
		return HANDOVER_UNPROVEN;
	if (strcmp(report->host, expected->host) == 0)
		return HANDOVER_ENROLLED;
	/* A profile that fetches the real one does not say which server that will name. */
	return expected->final ? HANDOVER_ELSEWHERE : HANDOVER_UNPROVEN;
}

enum handover_standing mac_report_judge(const struct mac_report *report,
					const struct mac_expected *expected)
{
	switch (report->enrolled) {
	case MAC_ENROLLED_UNKNOWN:
		return HANDOVER_GIVEN;
	case MAC_ENROLLED_NO:
		return HANDOVER_NOT;
	case MAC_ENROLLED_YES:
		return judge_place(report, expected);
	}
	return HANDOVER_GIVEN;
}
