/* SPDX-License-Identifier: Apache-2.0 */
/* What a gate lets pass: never another device, never another record. */
#include <errno.h>
#include <string.h>

#include "device/mux/dict.h"
#include "device/mux/request.h"
#include "tests/fuzz/entry.h"

#define UDID "00008110-001A2B3C4D5E6F70"

static void check(const struct frame *passed)
{
	uint64_t handle = 7;
	const char *id = UDID;
	plist_t body;

	must(frame_body(passed, &body) == 0);
	must(dict_string(body, "PairRecordID", &id) != -EINVAL && strcmp(id, UDID) == 0);
	must(dict_number(body, "DeviceID", UINT32_MAX, &handle) != -EINVAL && handle == 7);
	plist_free(body);
}

/* The whole message with its header. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct shown shown = { { .verb = MUX_ARRIVED, .handle = 7, .udid = { UDID } }, true };
	struct frame asked = { (uint8_t *)bytes, size }, frame = { 0 };
	int kind;

	if (size < FRAME_HEADER)
		return 0;
	kind = request_judge(&asked, &shown, &frame);
	if (kind == REQUEST_FORWARD || kind == REQUEST_CONNECT)
		check(&frame);
	must(kind < 0 || frame_tag(&frame) == frame_tag(&asked));
	frame_done(&frame);
	return 0;
}
