/* SPDX-License-Identifier: Apache-2.0 */
/* A Mac's report as Enroll.command writes it, read as a stranger's word. */
#ifndef STATION_FACES_MAC_REPORT_JSON_H
#define STATION_FACES_MAC_REPORT_JSON_H

#include <stddef.h>

#include "station/rules/mac_report.h"

/* Largest report, in bytes: ours have under 1 KiB, with sixteen profiles under 5. */
#define MAC_REPORT_MAX (16U << 10)

/* Reads the SIZE bytes at TEXT: JSON of just the form that Enroll.command writes. Returns 0 and
 * RET_REPORT; or -EINVAL and WHY, static. */
int mac_report_from_json(const char *text, size_t size, struct mac_report *ret_report,
			 const char **ret_why);

#endif
