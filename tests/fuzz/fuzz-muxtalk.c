/* SPDX-License-Identifier: Apache-2.0 */
/* What muster-mux says to the station, and the other way. */
#include "device/facts/muxtalk.h"

#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct record record;
	struct mux_event event;
	struct mux_order order;
	struct udid udid;

	if (record_parse((const char *)bytes, size, &record) < 0)
		return 0;
	if (mux_event_parse(&record, &event) == 0) {
		if (event.verb == MUX_ARRIVED)
			must(event.handle && udid_parse(event.udid.text, &udid) == 0);
		if (event.verb == MUX_DOWN || event.verb == MUX_ODD || event.verb == MUX_REFUSED)
			must(entry_is_clean(event.text));
	}
	if (mux_order_parse(&record, &order) == 0) {
		must(order.verb != MUX_OPEN || udid_parse(order.udid.text, &udid) == 0);
		must(order.verb != MUX_ADMIT || order.pid > 0);
	}
	return 0;
}
