/* SPDX-License-Identifier: Apache-2.0 */
/* A bench: simulated devices, and the host's side of usbmuxd that they are plugged into. */
#ifndef TESTS_SIM_BENCH_H
#define TESTS_SIM_BENCH_H

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-event.h>

#include "tests/sim/plan.h"

struct armed_outage; /* outage.h */
struct identity_pool;
struct listener;
struct mux_client;
struct phone;
struct record;
struct usb_door;

#define BENCH_DOORS 2 /* TCP, and a path */
/* Ports of the hub that the phones are plugged into: one for each that a bench may have. */
#define PORTS_MAX 1000

struct bench {
	sd_event *event;
	struct dice dice;
	struct identity_pool *identities;
	struct phone *phones; /* in order of making */
	unsigned phone_count;
	uint32_t last_handle;

	struct mux_client *clients; /* mux.c */
	unsigned last_client;
	struct record *records;
	char buid[37];
	unsigned refused; /* Connects that did not work */

	/* Where the mux listens; NULL: nowhere there. */
	struct listener *doors[BENCH_DOORS];
	struct armed_outage *armed;  /* outages that wait for their Connect */
	sd_event_source *outage_due; /* one begins in the next round of the event loop */
	sd_event_source *outage_over;
	bool silent; /* no byte moves */

	struct usb_door *usb; /* NULL: not served over USB/IP */
};

/* An empty bench; everything made up on it follows from SEED. Returns 0 or -ENOMEM. */
int bench_new(sd_event *event, uint64_t seed, struct bench **ret_bench);
void bench_free(struct bench *bench);

/*
 * Completes PLAN, makes its phone, and plugs it in unless the plan says otherwise. Returns 0,
 * -EEXIST when a phone with this UDID or serial is there already, or -ENOMEM.
 */
int bench_add(struct bench *bench, struct phone_plan *plan, struct phone **ret_phone);

/* NULL when there is none. Linear, as all here: a bench has some hundred phones. */
struct phone *bench_phone(const struct bench *bench, const char *udid);
struct phone *bench_phone_by_handle(const struct bench *bench, uint32_t handle);
/* The one that is plugged into PORT. */
struct phone *bench_phone_in(const struct bench *bench, unsigned port);

/* Sets the fault on the first COUNT phones that have none, or on the bench. Returns how many there
 * were, or -ENOMEM. */
int bench_spread(struct bench *bench, const struct fault_order *order, unsigned count);

/* Where a phone that arrives on BUS now is: bus << 16 | address, as usbmuxd's LocationID. */
uint32_t bench_location(const struct bench *bench, uint32_t bus);

#endif
