/* SPDX-License-Identifier: Apache-2.0 */
/* The roll of what is attached: found, taken out, and bounded. */
#include "device/mux/roll.h"

#include <errno.h>

#include "tests/unit/tap.h"

static struct mux_event entry_of(uint32_t handle)
{
	return (struct mux_event){ .verb = MUX_ARRIVED, .handle = handle, .location = handle * 3 };
}

static void fill(struct roll *roll, uint32_t count)
{
	int failed = 0;

	for (uint32_t handle = 1; handle <= count; handle++) {
		struct mux_event entry = entry_of(handle);

		failed += roll_add(roll, &entry) < 0;
	}
	is_number(failed, 0, "all have room");
}

int main(void)
{
	struct roll roll = { 0 };
	struct mux_event more = entry_of(ROLL_MAX + 1);
	int right = 0;

	ok(!roll_find(&roll, 1) && !roll_remove(&roll, 1), "nothing is on an empty roll");
	fill(&roll, ROLL_MAX);
	is_number(roll_add(&roll, &more), -ENOSPC, "one more has none");
	for (uint32_t handle = 1; handle <= ROLL_MAX; handle++) {
		const struct mux_event *found = roll_find(&roll, handle);

		right += found && found->location == handle * 3;
	}
	is_number(right, ROLL_MAX, "each is found as it was added");
	for (uint32_t handle = 1; handle <= ROLL_MAX; handle += 2)
		right -= roll_remove(&roll, handle);
	is_number(right, ROLL_MAX / 2, "every second is taken out");
	ok(!roll_find(&roll, 1) && roll_find(&roll, 2), "and only it");
	ok(!roll_remove(&roll, 1), "once");
	is_number(roll_add(&roll, &more), 0, "there is room again");
	roll_done(&roll);
	ok(!roll_find(&roll, 2), "then it is empty");
	fill(&roll, 3);
	roll_done(&roll);
	return tap_done();
}
