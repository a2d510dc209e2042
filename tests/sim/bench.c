/* SPDX-License-Identifier: Apache-2.0 */
/* A bench: the list of simulated devices and where they sit on the bus. */
#include "tests/sim/bench.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/certificate.h"
#include "tests/sim/listen.h"
#include "tests/sim/mux.h"
#include "tests/sim/outage.h"
#include "tests/sim/phone.h"
#include "tests/sim/records.h"

/* USB addresses end at 127. The lowest are the root's and the hubs': enough seven-port hubs for
 * the rest, fifteen below three below the root. */
#define ADDRESS_MAX   127U
#define ADDRESS_FIRST 20U
#define PHONES_A_BUS  100U
#define BUS_FIRST     3U

int bench_new(sd_event *event, uint64_t seed, struct bench **ret_bench)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	if (!bench)
		return -ENOMEM;
	bench->event = sd_event_ref(event);
	bench->dice.state = seed;
	dice_uuid(&bench->dice, bench->buid);
	bench->identities = identity_pool_new();
	if (!bench->identities) {
		bench_free(bench);
		return -ENOMEM;
	}
	*ret_bench = bench;
	return 0;
}

void bench_free(struct bench *bench)
{
	if (!bench)
		return;
	for (size_t i = 0; i < BENCH_DOORS; i++)
		listener_free(bench->doors[i]);
	outages_free(bench);
	mux_clients_free(bench);
	while (bench->phones) {
		struct phone *next = bench->phones->next;

		phone_free(bench->phones);
		bench->phones = next;
	}
	records_free(bench->records);
	identity_pool_free(bench->identities);
	sd_event_unref(bench->event);
	free(bench);
}

static bool bench_has(const struct bench *bench, const struct phone_plan *plan)
{
	for (const struct phone *phone = bench->phones; phone; phone = phone->next) {
		if (strcasecmp(phone->udid, plan->udid) == 0 ||
		    strcmp(phone->serial, plan->serial) == 0)
			return true;
	}
	return false;
}

/* The first port that no phone was ever seen in or made for. */
static unsigned bench_new_port(const struct bench *bench)
{
	unsigned port = 1;
	const struct phone *phone = bench->phones;

	while (phone) {
		bool taken = phone->port == port;

		port += taken;
		phone = taken ? bench->phones : phone->next;
	}
	return port;
}

int bench_add(struct bench *bench, struct phone_plan *plan, struct phone **ret_phone)
{
	unsigned number = bench->phone_count + 1;
	struct phone **end = &bench->phones;
	struct phone *phone;
	int r = plan_complete(plan, &bench->dice, number);

	if (r < 0)
		return r;
	if (bench_has(bench, plan))
		return -EEXIST;
	r = phone_new(bench, plan, &phone);
	if (r < 0)
		return r;
	phone->port = bench_new_port(bench);
	while (*end)
		end = &(*end)->next;
	*end = phone;
	bench->phone_count = number;
	phone->location = (BUS_FIRST + (number - 1) / PHONES_A_BUS) << 16;
	if (!plan->unplugged)
		phone_plug(phone);
	*ret_phone = phone;
	return 0;
}

struct phone *bench_phone(const struct bench *bench, const char *udid)
{
	for (struct phone *phone = bench->phones; phone; phone = phone->next) {
		if (strcmp(phone->udid, udid) == 0)
			return phone;
	}
	return NULL;
}

struct phone *bench_phone_by_handle(const struct bench *bench, uint32_t handle)
{
	for (struct phone *phone = bench->phones; phone; phone = phone->next) {
		if (handle && phone->handle == handle)
			return phone;
	}
	return NULL;
}

struct phone *bench_phone_in(const struct bench *bench, unsigned port)
{
	for (struct phone *phone = bench->phones; phone; phone = phone->next) {
		if (phone->plugged && phone->port == port)
			return phone;
	}
	return NULL;
}

int bench_spread(struct bench *bench, const struct fault_order *order, unsigned count)
{
	unsigned done = 0;

	if (fault_of_bench(order)) {
		int r = fault_begin(order, bench, true);

		return r < 0 ? r : (int)count;
	}
	for (struct phone *phone = bench->phones; phone && done < count; phone = phone->next) {
		int r;

		if (phone->faults)
			continue;
		r = fault_set(order, phone);
		if (r < 0)
			return r;
		done++;
	}
	return (int)done;
}

static bool location_taken(const struct bench *bench, uint32_t location)
{
	for (const struct phone *phone = bench->phones; phone; phone = phone->next) {
		if (phone->on_bus && phone->location == location)
			return true;
	}
	return false;
}

uint32_t bench_location(const struct bench *bench, uint32_t bus)
{
	uint32_t address = 0;

	/* As the kernel: the next address above those given so far, then round again. */
	for (const struct phone *phone = bench->phones; phone; phone = phone->next) {
		if (phone->location >> 16 == bus && (phone->location & 0xffff) > address)
			address = phone->location & 0xffff;
	}
	do {
		address = address < ADDRESS_FIRST || address >= ADDRESS_MAX ? ADDRESS_FIRST
									    : address + 1;
	} while (location_taken(bench, bus << 16 | address));
	return bus << 16 | address;
}
