/* SPDX-License-Identifier: Apache-2.0 */
/* Which devices usbmuxd has announced and not taken back. */
#include "device/mux/roll.h"

#include <errno.h>
#include <stdlib.h>

#define ROLL_FIRST 64

void roll_done(struct roll *roll)
{
	free(roll->entry);
	*roll = (struct roll){ 0 };
}

int roll_add(struct roll *roll, const struct mux_event *entry)
{
	if (roll->count == ROLL_MAX)
		return -ENOSPC;
	if (roll->count == roll->room) {
		size_t room = roll->room ? 2 * roll->room : ROLL_FIRST;
		struct mux_event *wider = reallocarray(roll->entry, room, sizeof *wider);

		if (!wider)
			return -ENOMEM;
		roll->entry = wider;
		roll->room = room;
	}
	roll->entry[roll->count++] = *entry;
	return 0;
}

const struct mux_event *roll_find(const struct roll *roll, uint32_t handle)
{
	for (size_t i = 0; i < roll->count; i++)
		if (roll->entry[i].handle == handle)
			return &roll->entry[i];
	return NULL;
}

bool roll_remove(struct roll *roll, uint32_t handle)
{
	for (size_t i = 0; i < roll->count; i++) {
		if (roll->entry[i].handle != handle)
			continue;
		roll->entry[i] = roll->entry[--roll->count];
		return true;
	}
	return false;
}
