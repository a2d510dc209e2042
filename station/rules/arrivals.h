/* SPDX-License-Identifier: Apache-2.0 */
/* One view of the bench from two: what is on the bus (udev) and what usbmuxd reaches. Pure. */
#ifndef STATION_RULES_ARRIVALS_H
#define STATION_RULES_ARRIVALS_H

#include <stdbool.h>
#include <stdint.h>

#include "device/facts/fault.h"
#include "device/facts/step.h"
#include "device/facts/udid.h"
#include "station/rules/board.h"
#include "udev/usb_device.h"

/* A device that comes back to its port within this time, in milliseconds, was not unplugged: a hub
 * was reset, or the device changed its configuration. A person who plugs again takes longer. */
#define ARRIVAL_RETURN_TIME 1000
/* How long a mode that a person must see to has to stay before it counts, in milliseconds: a device
 * that boots passes through its boot loader. */
#define ARRIVAL_MODE_TIME 300

/* After a reset of a port this much time, in milliseconds, passes before another one: a device that
 * comes back from the first as silent as before needs a person. */
#define ARRIVAL_RESET_PAUSE 60000

/* A device, by what each source says of it. */
struct arrival {
	bool used;

	bool on_bus;	       /* udev has it on the port usb.port … */
	msec_t went;	       /* … or had it there until then, and it may come back: 0 not so */
	struct usb_device usb; /* zeroed for a device that only usbmuxd shows */
	msec_t since;	       /* when it came, or came back, or usbmuxd lost it */
	bool overdue;	       /* ARRIVAL_OVERDUE was given for it */

	bool reachable;	  /* usbmuxd shows it */
	uint32_t handle;  /* also after it left the bus, until usbmuxd says so too; 0 none */
	struct udid udid; /* what usbmuxd calls it */
};

enum arrival_what {
	ARRIVAL_SEEN,	 /* it is on the bus */
	ARRIVAL_REACHED, /* usbmuxd shows it */
	/* It has been on the bus for so long that it should be otherwise: in normal mode without
	 * usbmuxd, or in a mode in which it cannot be worked on. */
	ARRIVAL_OVERDUE,
	ARRIVAL_LOST, /* usbmuxd shows it no longer; it may still be on the bus */
	ARRIVAL_WENT, /* it left the bus; nobody reaches it any more */
	ARRIVAL_BACK, /* it is on the bus again, on its port: it was enumerated anew */
	ARRIVAL_GONE, /* it did not come back, or its port has another: forgotten after this */
};
#define ARRIVAL_WHATS 7
const char *arrival_what_to_text(enum arrival_what what);

/* What a piece of news means, in this order. AT is the device's place in struct arrivals, which it
 * keeps from its first change to its last; what is forgotten can be read until the next call. */
#define ARRIVAL_CHANGES_MAX 4
struct arrival_changes {
	unsigned count;
	struct {
		enum arrival_what what;
		unsigned at;
	} list[ARRIVAL_CHANGES_MAX];
};

/* Zeroed but for its first member: nothing is there. */
struct arrivals {
	msec_t reach_limit; /* how long usbmuxd may take to show what is on the bus */
	bool mux_up;	    /* while it is not, nothing is expected of it */
	struct arrival list[SLOTS_MAX];
};

/* udev: DEVICE is on its port, newly or still. News of it may come twice, or without that of its
 * leaving before. Gives nothing when there are more than SLOTS_MAX devices. */
struct arrival_changes arrivals_usb(struct arrivals *arrivals, const struct usb_device *device,
				    msec_t now);
/* udev: what was on DEVICE's port with its address is no longer there. */
struct arrival_changes arrivals_usb_gone(struct arrivals *arrivals, const struct usb_device *device,
					 msec_t now);

/* usbmuxd shows a device on a cable; zeroed where it says nothing. */
struct mux_sight {
	uint32_t handle; /* never 0 */
	struct udid udid;
	uint32_t location; /* bus << 16 | address */
};
/* The device on the bus is the one at its location that does not call itself otherwise (a usbmuxd
 * on another machine has locations too), or without a location the only one of its name. */
struct arrival_changes arrivals_mux(struct arrivals *arrivals, const struct mux_sight *sight,
				    msec_t now);
struct arrival_changes arrivals_mux_gone(struct arrivals *arrivals, uint32_t handle, msec_t now);
/* usbmuxd answers, or (UP false) is away: arrivals_mux_gone follows for each arrivals_reachable. */
void arrivals_mux_up(struct arrivals *arrivals, bool up, msec_t now);
/* The handle of some device that usbmuxd shows; 0 when there is none. */
uint32_t arrivals_reachable(const struct arrivals *arrivals);
/* Whether SIGHT could not be joined to anything on the bus though it should be there: the news of
 * it may be waiting. */
bool arrivals_misses(const struct arrivals *arrivals, const struct mux_sight *sight);

/* What it means that it is NOW: one device's change at a time; to be called until it gives none. */
struct arrival_changes arrivals_time(struct arrivals *arrivals, msec_t now);
/* When arrivals_time has to be called next; -1 when nothing is waited for. */
msec_t arrivals_deadline(const struct arrivals *arrivals);

/* Who it is, by either source; unset when neither knows. */
struct udid arrival_udid(const struct arrival *arrival);
/* What is the matter with a device that is ARRIVAL_OVERDUE. */
struct fault arrival_fault(const struct arrival *arrival);
/* Whether a device that is ARRIVAL_OVERDUE may come to its senses by a reset of its port, which was
 * done LAST_RESET (0 never). */
bool arrival_wants_reset(const struct arrival *arrival, msec_t last_reset, msec_t now);
/* Gives the device at the place AT, which is ARRIVAL_OVERDUE, the same time once more. */
void arrivals_wait_again(struct arrivals *arrivals, unsigned at, msec_t now);
/* Whether the device on the bus may be the one with UDID and ECID (unset, 0: unknown). */
bool usb_may_be(const struct usb_device *usb, const struct udid *udid, uint64_t ecid);

#endif
