/* SPDX-License-Identifier: Apache-2.0 */
/* What the station says to a worker, and the plan that it makes of it. */
#include <string.h>

#include "device/facts/talk.h"
#include "device/plan.h"
#include "tests/fuzz/entry.h"

/* The orders of one input stand in lines. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *line = (const char *)bytes, *end = line + size;
	struct plan plan = { 0 };
	struct record record;
	struct order order;

	while (line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		size_t len = (size_t)((stop ? stop : end) - line);

		if (record_parse(line, len, &record) == 0 && order_parse(&record, &order) == 0 &&
		    order.verb == ORDER_PLAN)
			plan_add(&plan, &order.plan);
		line += len + 1;
	}
	must(plan.count <= STEPS_MAX && (!plan_is_whole(&plan) || plan.count > 0));
	return 0;
}
