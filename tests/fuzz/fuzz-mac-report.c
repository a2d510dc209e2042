/* SPDX-License-Identifier: Apache-2.0 */
/* A Mac's report from a stick that anybody may have had in hands. */
#include "station/faces/handover/mac_report_json.h"

#include <errno.h>
#include <string.h>

#include "tests/fuzz/entry.h"

static void check_serial(const struct mac_serial *serial)
{
	struct mac_serial again;

	must(!serial->barcode && mac_serial_read(serial->text, &again) == MAC_SERIAL_FINE);
	must(strcmp(again.text, serial->text) == 0 && !again.barcode);
}

static void check_report(const struct mac_report *report)
{
	check_serial(&report->serial);
	must(entry_is_clean(report->product) && entry_is_clean(report->os));
	must(entry_is_clean(report->build) && entry_is_clean(report->host));
	must(strlen(report->profile_sha256) == HANDOVER_DIGEST - 1);
	must(strspn(report->profile_sha256, "0123456789abcdef") == HANDOVER_DIGEST - 1);
	must(report->profile_count <= MAC_REPORT_PROFILES);
	for (unsigned i = 0; i < report->profile_count; i++)
		must(entry_is_clean(report->profiles[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct mac_report report = { .profile_count = MAC_REPORT_PROFILES + 1 };
	const char *why = NULL;
	int r = mac_report_from_json((const char *)bytes, size, &report, &why);

	if (r == 0) {
		must(!why);
		check_report(&report);
	} else {
		must(r == -EINVAL && why && why[0]);
		must(report.profile_count == MAC_REPORT_PROFILES + 1);
	}
	return 0;
}
