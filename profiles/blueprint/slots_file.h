/* SPDX-License-Identifier: Apache-2.0 */
/* The bench's slots (slots.yaml): what each port is called, and how the slots lie on their hubs. */
#ifndef PROFILES_BLUEPRINT_SLOTS_FILE_H
#define PROFILES_BLUEPRINT_SLOTS_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "device/facts/port.h"
#include "profiles/values/problem.h"

/* Largest file, in bytes. */
#define SLOTS_FILE_SIZE_MAX (256U << 10)
/* Most slots, and most hubs that they lie on. */
#define SLOTS_FILE_MAX	    256
#define SLOTS_FILE_HUBS_MAX 32
/* Most rows, and most columns, of a hub: at one with more a person cannot point. */
#define SLOTS_FILE_SIDE_MAX 64
/* Longest name of a slot or hub in bytes, without its end: read from two metres. */
#define SLOTS_FILE_NAME_MAX 31
/* Ports of one slot: a connector has a USB 2 half and a USB 3 half. */
#define SLOTS_FILE_PORTS_MAX 2

struct slots_file_slot {
	char name[SLOTS_FILE_NAME_MAX + 1];
	size_t port_count; /* one at least */
	char ports[SLOTS_FILE_PORTS_MAX][PORT_MAX + 1];
	bool disabled; /* what is plugged in there is not worked on */
	size_t hub;    /* its index */
};

/* A block of slots on the board: ROWS times COLUMNS places, filled row by row with the slots of
 * this hub in their order. */
struct slots_file_hub {
	char name[SLOTS_FILE_NAME_MAX + 1];
	unsigned rows, columns;
};

/* Gives HUB the rows and columns that it lacks (0), so that COUNT slots, one at least, have a
 * place; with a side of the operator's that may not be enough. */
void slots_file_lay_out(struct slots_file_hub *hub, unsigned count);

/* The slots in the order of the file: all of the first hub, then all of the next. */
struct slots_file {
	size_t hub_count, slot_count;
	struct slots_file_hub hubs[SLOTS_FILE_HUBS_MAX];
	struct slots_file_slot slots[SLOTS_FILE_MAX];
};

/*
 * Reads FILE (muster-slots(5)). All that is wrong goes to PROBLEMS, in one go: names and ports that
 * are there twice, ports that are none, hubs with more slots than places.
 * Returns 0 and RET_SLOTS (the caller's, free), -EINVAL when PROBLEMS tell why not, or -ENOMEM.
 */
int slots_file_load(const char *file, struct problems *problems, struct slots_file **ret_slots);

/*
 * Finds the slot that has PORT, or else CONNECTOR (struct usb_device has both), among its ports.
 * Returns it (SLOTS's own), or NULL; also for SLOTS NULL.
 */
const struct slots_file_slot *slots_file_find(const struct slots_file *slots, const char *port,
					      const char *connector);

/*
 * What the slot with PORT and CONNECTOR is called: its name in SLOTS (which may be NULL), else the
 * connector's path. Always a name; no two connectors have the same. One of SLOTS's or CONNECTOR.
 */
const char *slots_file_name(const struct slots_file *slots, const char *port,
			    const char *connector);

/*
 * Writes SLOTS to FILE, whole or not at all: into a new file beside it, which then takes its place
 * and is durable. A comment that somebody wrote into the old one is lost. What slots_file_load
 * reads from it equals SLOTS, which must be as that would give it.
 * Returns 0 or a negative errno, and then the old file is as it was.
 */
int slots_file_save(const struct slots_file *slots, const char *file);

#endif
