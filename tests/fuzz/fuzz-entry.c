/* SPDX-License-Identifier: Apache-2.0 */
/* A device as usbmuxd announces it: the serial number is the device's own word. */
#include "device/mux/entry.h"

#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	plist_t attached = entry_plist(bytes, size);
	struct mux_event event;
	struct udid udid;

	if (attached && plist_get_node_type(attached) == PLIST_DICT) {
		entry_judge(attached, &event);
		must(event.verb == MUX_ARRIVED || event.verb == MUX_ODD);
		if (event.verb == MUX_ARRIVED) {
			must(event.handle && udid_parse(event.udid.text, &udid) == 0);
			plist_free(entry_to_attached(&event));
		} else {
			must(entry_is_clean(event.text));
		}
	}
	plist_free(attached);
	return 0;
}
