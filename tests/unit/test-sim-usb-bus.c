/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of simulated devices on a USB bus, with a guest's kernel played: list, import, transfers.
 */
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/phone.h"
#include "tests/sim/usb_cable.h"
#include "tests/sim/usb_door.h"
#include "tests/unit/sim-host.h"
#include "tests/unit/tap.h"
#include "tests/unit/usb-guest.h"

static void bus_end(struct sim *sim)
{
	usb_door_free(sim->bench->usb);
	sim_done(sim);
}

static void test_list(void)
{
	static const unsigned char request[8] = { 0x01, 0x11, 0x80, 0x05 };
	unsigned char answer[12], device[312];
	struct sim sim;
	struct guest *guest;

	sim_new(&sim, 3);
	phone_unplug(sim.bench->phones->next);
	guest = guest_new(&sim);
	guest_send(guest, request, 3);
	sim_settle(&sim);
	guest_send(guest, request + 3, 5);
	ok(sim_read(&sim, guest->fd, answer, sizeof(answer)), "the list is answered");
	ok(memcmp(answer, "\x01\x11\x00\x05\0\0\0\0\0\0\0\x02", 12) == 0, "two are plugged in");
	ok(sim_read(&sim, guest->fd, device, sizeof(device)), "the first");
	is_string((char *)device + 256, "1-1", "is in port 1");
	ok(sim_read(&sim, guest->fd, device, sizeof(device)), "the other one");
	is_string((char *)device + 256, "1-3", "in port 3");
	is_number(device[303], 0xab, "is an iPad");
	ok(sim_closed(&sim, guest->fd), "then the server closes");
	guest_free(guest);
	bus_end(&sim);
}

static void test_import(void)
{
	struct sim sim;
	struct guest *guest;
	struct phone *phone;
	int device;

	sim_new(&sim, 2);
	phone = sim.bench->phones;
	guest = guest_new(&sim);
	guest_ask(guest, "1-2");
	is_number(guest_get(guest), 0x12a8, "port 2 has an iPhone");
	ok(phone->next->cable && !phone->cable, "the guest has it");
	phone_unplug(phone->next);
	ok(sim_closed(&sim, guest->fd), "pulling the cable closes the connection");
	guest_free(guest);
	guest = guest_import(&sim);
	device = phone->cable != NULL;
	guest_free(guest);
	sim_settle(&sim);
	ok(device && !phone->cable && phone->on_bus, "a guest that ends gives it back");
	guest = guest_import(&sim);
	ok(phone->cable, "and the next one gets it");
	guest_free(guest);
	bus_end(&sim);
}

static const char *const strange_ids[] = { "",	    "1-",     "1-0",	       "1-01", "2-1",
					   "1-1.1", "1-1001", "1-99999999999", "1- 1", "usb1" };

static void test_strange_ids(void)
{
	struct sim sim;

	sim_new(&sim, 1);
	for (size_t i = 0; i < sizeof(strange_ids) / sizeof(strange_ids[0]); i++) {
		struct guest *guest = guest_new(&sim);
		unsigned char answer[8] = { 0 };

		guest_ask(guest, strange_ids[i]);
		ok(sim_read(&sim, guest->fd, answer, sizeof(answer)) && answer[7] == 1 &&
			   sim_closed(&sim, guest->fd),
		   "'%s' is no port", strange_ids[i]);
		guest_free(guest);
	}
	bus_end(&sim);
}

/* Guests wait for ports: the first gets the device, the next when the first is done with it. */
static void test_waiting(void)
{
	struct sim sim;
	struct phone *phone;
	struct guest *first, *second, *third;

	sim_new(&sim, 1);
	phone = sim.bench->phones;
	phone_unplug(phone);
	first = guest_new(&sim);
	second = guest_new(&sim);
	third = guest_new(&sim);
	guest_ask(first, "1-1");
	guest_ask(second, "1-1");
	guest_ask(third, "1-7");
	sim_settle(&sim);
	phone_plug(phone);
	is_number(guest_get(first), phone->product_id, "who waited first has it when it is there");
	guest_free(first);
	is_number(guest_get(second), phone->product_id, "then who waited next");
	phone_unplug(phone);
	ok(sim_closed(&sim, second->fd), "it is unplugged");
	guest_free(second);
	phone->port = 7;
	phone_plug(phone);
	is_number(guest_get(third), phone->product_id, "and put into another port");
	guest_free(third);
	first = guest_new(&sim);
	guest_ask(first, "1-9");
	sim_settle(&sim);
	guest_free(first);
	sim_settle(&sim);
	phone_unplug(phone);
	phone->port = 9;
	phone_plug(phone);
	ok(!phone->cable, "who has left gets nothing");
	bus_end(&sim);
}

static bool back_as(void *of)
{
	const struct phone *phone = of;

	return phone->on_bus && phone->cable;
}

static void test_modes(void)
{
	static const unsigned char setup[8] = { 0x80, 0x06, 0, 1, 0, 0, 18 };
	unsigned char device[18] = { 0 };
	struct sim sim;
	struct phone *phone;
	struct guest *guest, *next;
	uint32_t location;

	sim_new(&sim, 1);
	phone = sim.bench->phones;
	guest = guest_import(&sim);
	location = phone->location;
	phone_change_mode(phone, MODE_RECOVERY, 1);
	ok(sim_closed(&sim, guest->fd), "on its way to recovery it leaves");
	guest_free(guest);
	next = guest_new(&sim);
	guest_ask(next, "1-1");
	is_number(guest_get(next), 0x1281, "and is back");
	ok(sim_wait(&sim, back_as, phone), "in the guest's hands");
	ok(phone->location != location && !phone->handle, "with another address, not in the mux");
	is_number(guest_control(next, setup, device, sizeof(device)), 18, "it answers");
	is_number(device[10] | device[11] << 8, 0x1281, "as itself");
	is_number(guest_configure(next, 1), 0, "its configuration");
	guest_submit(next, 0x04, device, sizeof(device));
	guest_free(next);
	phone_change_mode(phone, MODE_NORMAL, 1);
	next = guest_new(&sim);
	guest_ask(next, "1-1");
	sim_settle(&sim);
	ok(sim_wait(&sim, back_as, phone) && phone->handle, "and is well again");
	guest_free(next);
	bus_end(&sim);
}

static void is_return(struct guest *guest, uint32_t number, int status, size_t length,
		      const char *what)
{
	static struct guest_return ret;

	ok(guest_return(guest, &ret) && ret.number == number, "returned: %s", what);
	is_number(ret.status, status, "its status");
	is_number((long long)ret.length, (long long)length, "its length");
}

static void test_transfers(void)
{
	unsigned char bytes[600] = { 0 };
	struct sim sim;
	struct guest *guest;
	uint32_t number, waiting, unlink;

	sim_new(&sim, 1);
	guest = guest_import(&sim);
	number = guest_submit(guest, 0x85, NULL, 512);
	is_return(guest, number, -EPIPE, 0, "no endpoint before a configuration");
	is_number(guest_configure(guest, 4), 0, "a configuration");
	number = guest_submit(guest, 0x02, bytes, sizeof(bytes));
	is_return(guest, number, 0, sizeof(bytes), "bytes to an endpoint that nobody listens to");
	waiting = guest_submit(guest, 0x81, NULL, 512);
	number = guest_submit(guest, 0x8e, NULL, 512);
	is_return(guest, number, -EPIPE, 0, "an endpoint that is not there");
	unlink = guest_unlink(guest, waiting);
	is_return(guest, unlink, -ECONNRESET, 0, "a transfer that waits is taken back");
	unlink = guest_unlink(guest, waiting);
	is_return(guest, unlink, 0, 0, "once");
	waiting = guest_submit(guest, 0x85, NULL, 512);
	is_number(guest_configure(guest, 0), 0, "none is chosen again");
	is_return(guest, waiting, -EPIPE, 0, "what waited has no endpoint any more");
	guest_free(guest);
	bus_end(&sim);
}

static void test_halt(void)
{
	static const unsigned char halt[8] = { 0x02, 0x03, 0, 0, 0x85 };
	static const unsigned char clear[8] = { 0x02, 0x01, 0, 0, 0x85 };
	struct sim sim;
	struct guest *guest;
	uint32_t number;

	sim_new(&sim, 1);
	guest = guest_import(&sim);
	is_number(guest_configure(guest, 3), 0, "a configuration");
	is_number(guest_control(guest, halt, NULL, 0), 0, "an endpoint is halted");
	number = guest_submit(guest, 0x85, NULL, 512);
	is_return(guest, number, -EPIPE, 0, "it stalls");
	is_number(guest_control(guest, clear, NULL, 0), 0, "and cleared");
	number = guest_submit(guest, 0x85, NULL, 512);
	is_return(guest, guest_unlink(guest, number), -ECONNRESET, 0, "then it waits");
	guest_free(guest);
	bus_end(&sim);
}

/* What no kernel sends ends the connection, and hurts nobody else. */
static void send_strange(struct sim *sim, const void *bytes, size_t length, const char *what)
{
	struct guest *guest = guest_import(sim);

	guest_send(guest, bytes, length);
	ok(sim_closed(sim, guest->fd), "%s", what);
	ok(sim->bench->phones->on_bus && !sim->bench->phones->cable, "the device is there still");
	guest_free(guest);
}

static void test_garbage(void)
{
	uint32_t long_out[12] = { htobe32(1), htobe32(1), 0, 0, htobe32(4), 0, htobe32(70000) };
	unsigned char noise[512];
	struct sim sim;
	struct guest *guest;

	sim_new(&sim, 1);
	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (unsigned char)(i * 7 + 3);
	guest = guest_new(&sim);
	guest_send(guest, noise, sizeof(noise));
	ok(sim_closed(&sim, guest->fd), "noise before an import");
	guest_free(guest);
	send_strange(&sim, noise, sizeof(noise), "noise behind it");
	send_strange(&sim, long_out, sizeof(long_out), "a transfer that is too long");
	guest = guest_import(&sim);
	is_number(guest_configure(guest, 4), 0, "a guest");
	for (int i = 0; i < 300; i++)
		guest_submit(guest, 0x81, NULL, 512);
	ok(sim_closed(&sim, guest->fd), "that has too many transfers waiting");
	guest_free(guest);
	guest = guest_import(&sim);
	guest_submit(guest, 0x00, "", 0);
	guest_free(guest);
	sim_settle(&sim);
	ok(!sim.bench->phones->cable, "one that leaves before its answer");
	bus_end(&sim);
}

int main(void)
{
	test_list();
	test_import();
	test_strange_ids();
	test_waiting();
	test_modes();
	test_transfers();
	test_halt();
	test_garbage();
	return tap_done();
}
