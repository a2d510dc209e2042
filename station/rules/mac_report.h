/* SPDX-License-Identifier: Apache-2.0 */
/* What a Mac's own report of its enrollment means. */
#ifndef STATION_RULES_MAC_REPORT_H
#define STATION_RULES_MAC_REPORT_H

#include <stdbool.h>

#include "device/facts/clean.h"
#include "station/rules/mac_serial.h"
#include "station/values/handover.h"

/* What the Mac said to "is an MDM enrollment there". */
enum mac_enrolled {
	MAC_ENROLLED_UNKNOWN, /* it did not say it in words that we know */
	MAC_ENROLLED_NO,
	MAC_ENROLLED_YES,
};

/* Most profiles that a report lists: a person's Mac has a handful. */
#define MAC_REPORT_PROFILES 16

/* A report, as Enroll.command wrote it; texts are cleaned, "" is what it did not say. */
struct mac_report {
	struct mac_serial serial;
	char product[CLEAN_MAX + 1], os[CLEAN_MAX + 1], build[CLEAN_MAX + 1];
	char profile_sha256[HANDOVER_DIGEST]; /* of the profile that lay beside the script */
	enum mac_enrolled enrolled;
	char host[CLEAN_MAX + 1];			   /* of its MDM's server, in lower case */
	unsigned profile_count;				   /* that it lists */
	char profiles[MAC_REPORT_PROFILES][CLEAN_MAX + 1]; /* their identifiers */
};

/* Where the profile enrolls, by our own copy of it: what stands on the stick proves nothing. */
struct mac_expected {
	bool known;	  /* there is such a copy */
	bool final;	  /* it names the server itself; else it is fetched from elsewhere */
	const char *host; /* in lower case; "" when it names none */
	const char *identifier;
};

/* What the Mac answered to "MDM enrollment": "Yes (User Approved)", "No" …; "" says nothing. */
enum mac_enrolled mac_enrolled_from_text(const char *text);

enum handover_standing mac_report_judge(const struct mac_report *report,
					const struct mac_expected *expected);

#endif
