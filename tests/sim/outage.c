/* SPDX-License-Identifier: Apache-2.0 */
/* What goes wrong with the bench's usbmuxd as a whole: one outage at a time. */
#include "tests/sim/outage.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <systemd/sd-event.h>
#include <time.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/listen.h"
#include "tests/sim/mux.h"
#include "tests/sim/phone.h"

#define CONNECTS_PER_DEVICE 2

struct armed_outage {
	struct armed_outage *next; /* bench: armed */
	enum outage outage;
	int ms;
	uint64_t connects; /* still to come before it begins */
};

static void each_door(struct bench *bench, void (*call)(struct listener *))
{
	for (size_t i = 0; i < BENCH_DOORS; i++) {
		if (bench->doors[i])
			call(bench->doors[i]);
	}
}

static int doors_open(struct bench *bench)
{
	int r = 0;

	for (size_t i = 0; i < BENCH_DOORS && r >= 0; i++) {
		if (bench->doors[i])
			r = listener_open(bench->doors[i]);
	}
	if (r < 0)
		(void)sd_event_exit(bench->event, r);
	return r < 0 ? r : 0;
}

/* DeviceIDs begin with 1 again, and anywhere in the order: an id from before is another device's.
 */
static void renumber(struct bench *bench)
{
	unsigned skip =
		bench->phone_count ? (unsigned)(dice_throw(&bench->dice) % bench->phone_count) : 0;
	unsigned number = 0;

	bench->last_handle = 0;
	for (int round = 0; round < 2; round++) {
		number = 0;
		for (struct phone *phone = bench->phones; phone; phone = phone->next, number++) {
			if (phone->handle && (number < skip) == (round == 1))
				phone_renumber(phone, ++bench->last_handle);
		}
	}
}

static void hold_all(struct bench *bench, bool held)
{
	bench->silent = held;
	mux_hold(bench, held);
	for (struct phone *phone = bench->phones; phone; phone = phone->next)
		channels_hold(phone, held);
}

static int outage_end(struct bench *bench)
{
	bench->outage_over = sd_event_source_disable_unref(bench->outage_over);
	if (bench->silent)
		hold_all(bench, false);
	return doors_open(bench);
}

static int on_over(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	(void)outage_end(userdata); /* which ends the event loop when it fails */
	return 0;
}

int outage_begin(struct bench *bench, enum outage outage, int ms)
{
	int r = bench->outage_over ? outage_end(bench) : 0;

	if (r < 0)
		return r;
	switch (outage) {
	case OUTAGE_RESTART:
		each_door(bench, listener_close);
		mux_clients_free(bench);
		renumber(bench);
		break;
	case OUTAGE_SILENT:
		hold_all(bench, true);
		break;
	case OUTAGE_BACKLOG:
		each_door(bench, listener_crowd);
		break;
	}
	if (ms > 0)
		r = sd_event_add_time_relative(bench->event, &bench->outage_over, CLOCK_MONOTONIC,
					       (uint64_t)ms * 1000, 1, on_over, bench);
	return ms > 0 && r >= 0 ? 0 : outage_end(bench);
}

int outage_arm(struct bench *bench, enum outage outage, int ms)
{
	struct armed_outage *armed = calloc(1, sizeof(*armed));
	uint64_t most = (uint64_t)bench->phone_count * CONNECTS_PER_DEVICE;

	if (!armed)
		return -ENOMEM;
	*armed = (struct armed_outage){ .next = bench->armed, .outage = outage, .ms = ms };
	armed->connects = 1 + (most ? dice_throw(&bench->dice) % most : 0);
	bench->armed = armed;
	return 0;
}

/* Begins the outages that are due; they follow each other without a pause. */
static int on_due(sd_event_source *source, void *userdata)
{
	struct bench *bench = userdata;
	struct armed_outage **place = &bench->armed;

	(void)source;
	bench->outage_due = sd_event_source_disable_unref(bench->outage_due);
	while (*place) {
		struct armed_outage *armed = *place;

		if (armed->connects) {
			place = &armed->next;
			continue;
		}
		*place = armed->next;
		(void)outage_begin(bench, armed->outage, armed->ms);
		free(armed);
	}
	return 0;
}

void outage_count_connect(struct bench *bench)
{
	for (struct armed_outage *armed = bench->armed; armed; armed = armed->next) {
		if (armed->connects && --armed->connects == 0 && !bench->outage_due)
			(void)sd_event_add_defer(bench->event, &bench->outage_due, on_due, bench);
	}
}

void outages_free(struct bench *bench)
{
	while (bench->armed) {
		struct armed_outage *next = bench->armed->next;

		free(bench->armed);
		bench->armed = next;
	}
	bench->outage_due = sd_event_source_disable_unref(bench->outage_due);
	bench->outage_over = sd_event_source_disable_unref(bench->outage_over);
}
