/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what goes wrong with usbmuxd: restarts, silence, a full queue, odd serials and records.
 */
#define _GNU_SOURCE
#include "tests/sim/outage.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/fault_kind.h"
#include "tests/sim/frame.h"
#include "tests/sim/listen.h"
#include "tests/sim/mux.h"
#include "tests/unit/sim-host.h"
#include "tests/unit/tap.h"

#define FOR_EVER (3600 * 1000)

static char folder[] = "/tmp/sim-outage-XXXXXX";
static char path[sizeof(folder) + 8];

static void on_client(void *userdata, int fd)
{
	(void)mux_client_new(userdata, fd);
}

/* A bench that listens at the path, too. */
static void begin(struct sim *sim, unsigned devices)
{
	sim_new(sim, devices);
	sim->hasty = true;
	if (listen_unix(sim->event, path, on_client, sim->bench, &sim->bench->doors[1]) < 0)
		abort();
}

/* A connection through the path, or the negative errno of why there is none. */
static int knock(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int r;

	strcpy(address.sun_path, path);
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	r = -errno;
	close(fd);
	return r;
}

static unsigned listed(struct sim *sim, int fd)
{
	plist_t answer = mux_ask(sim, fd, mux_request("ListDevices"));
	plist_t list = answer ? plist_dict_get_item(answer, "DeviceList") : NULL;
	unsigned count = list ? plist_array_get_size(list) : 0;

	plist_free(answer);
	return count;
}

static void test_restart(void)
{
	struct sim sim;
	int client, channel, later;
	unsigned sum = 0;

	begin(&sim, 5);
	phone_unplug(sim.bench->phones);
	phone_plug(sim.bench->phones);
	phone_unplug(sim.bench->phones->next);
	client = knock();
	is_number(listed(&sim, client), 4, "four devices before");
	channel = sim_connect_port(&sim, 3, LOCKDOWN_PORT);
	ok(channel >= 0, "and a connection to one");
	is_number(outage_begin(sim.bench, OUTAGE_RESTART, FOR_EVER), 0, "usbmuxd goes");
	ok(sim_closed(&sim, client), "with its clients");
	ok(sim_closed(&sim, channel), "and their connections");
	is_number(knock(), -ENOENT, "nothing is at its path");
	ok(sim.bench->outage_over, "until its time has come");
	is_number(outage_begin(sim.bench, OUTAGE_RESTART, 0), 0, "it restarts again, at once");
	later = knock();
	is_number(listed(&sim, later), 4, "it is back with all devices");
	for (struct phone *phone = sim.bench->phones; phone; phone = phone->next)
		sum += phone->handle;
	is_number(sum, 1 + 2 + 3 + 4, "whose DeviceIDs begin with 1");
	is_number(sim.bench->phones->next->handle, 0, "who was away stays away");
	phone_plug(sim.bench->phones->next);
	is_number(sim.bench->phones->next->handle, 5, "and they count on from there");
	close(client);
	close(channel);
	close(later);
	sim_done(&sim);
	is_number(knock(), -ENOENT, "the path is gone at the end");
}

/* An id from before a restart is another device's, some time in ten. */
static void test_renumbered(void)
{
	struct sim sim;
	unsigned moved = 0;

	begin(&sim, 5);
	for (int i = 0; i < 10; i++) {
		uint32_t before = sim.bench->phones->handle;

		is_number(outage_begin(sim.bench, OUTAGE_RESTART, 0), 0, "a restart");
		moved += sim.bench->phones->handle != before;
	}
	ok(moved > 3, "the first device had another DeviceID after %u of them", moved);
	sim_done(&sim);
}

static void test_silent(void)
{
	struct sim sim;
	int before, during, channel;
	char byte;

	begin(&sim, 2);
	before = knock();
	is_number(listed(&sim, before), 2, "it answers");
	channel = sim_connect_port(&sim, 1, LOCKDOWN_PORT);
	outage_begin(sim.bench, OUTAGE_SILENT, FOR_EVER);
	mux_send(before, 1, mux_request("ListDevices"));
	during = knock();
	ok(during >= 0, "it takes connections");
	mux_send(during, 1, mux_request("ListDevices"));
	ok(!sim_read(&sim, before, &byte, 1) && !sim_read(&sim, during, &byte, 1),
	   "but answers nobody");
	service_send(channel, mux_request("x"), false);
	ok(!sim_read(&sim, channel, &byte, 1) && !sim_closed(&sim, channel),
	   "and carries nothing to a device");
	outage_begin(sim.bench, OUTAGE_SILENT, 0);
	ok(mux_receive(&sim, before, NULL), "after it all is answered");
	ok(mux_receive(&sim, during, NULL), "who came in the meantime, too");
	ok(sim_closed(&sim, channel), "and devices are heard");
	close(before);
	close(during);
	close(channel);
	sim_done(&sim);
}

static void test_backlog(void)
{
	struct sim sim;
	int before, later;

	begin(&sim, 2);
	before = knock();
	is_number(listed(&sim, before), 2, "it answers");
	outage_begin(sim.bench, OUTAGE_BACKLOG, FOR_EVER);
	is_number(knock(), -EAGAIN, "the queue is full");
	is_number(knock(), -EAGAIN, "for everybody");
	is_number(listed(&sim, before), 2, "who is in is served");
	outage_begin(sim.bench, OUTAGE_BACKLOG, 0);
	later = knock();
	is_number(listed(&sim, later), 2, "after it there is room again");
	close(before);
	close(later);
	sim_done(&sim);
}

static bool is_over(void *of)
{
	const struct bench *bench = of;

	return !bench->outage_over && !bench->outage_due;
}

/* On TCP, where connections would wait for minutes, they are refused; the port stays. */
static void test_tcp(void)
{
	static const enum outage outages[] = { OUTAGE_RESTART, OUTAGE_BACKLOG };
	struct sim sim;
	char *where;

	begin(&sim, 1);
	sim.hasty = false;
	if (listen_tcp(sim.event, "127.0.0.1:0", on_client, sim.bench, &sim.bench->doors[0]) < 0)
		abort();
	where = strdup(listener_where(sim.bench->doors[0]));
	for (size_t i = 0; i < sizeof(outages) / sizeof(outages[0]); i++) {
		is_number(outage_begin(sim.bench, outages[i], 1), 0, "an outage of a millisecond");
		ok(sim.bench->outage_over, "is under way");
		ok(sim_wait(&sim, is_over, sim.bench), "and over");
		is_string(listener_where(sim.bench->doors[0]), where, "the address is the same");
	}
	free(where);
	sim_done(&sim);
}

/* Where usbmuxd cannot come back the simulator ends, rather than to play dead. */
static void test_no_return(void)
{
	struct sim sim;

	begin(&sim, 1);
	outage_begin(sim.bench, OUTAGE_RESTART, FOR_EVER);
	ok(symlink("nowhere", path) == 0, "something else has taken the path");
	is_number(outage_begin(sim.bench, OUTAGE_RESTART, 0), -EADDRINUSE, "it cannot come back");
	is_number(sd_event_loop(sim.event), -EADDRINUSE, "and the loop ends with that");
	unlink(path);
	sim_done(&sim);
}

static unsigned connects_until_outage(struct sim *sim, uint64_t seed)
{
	struct fault_order order;
	char problem[PROBLEM_MAX];
	unsigned count = 0;

	sim->bench->dice.state = seed;
	is_number(fault_read("mux-restart=1m", &order, problem), 0, "a restart");
	is_number(fault_begin(&order, sim->bench, true), 0, "is armed");
	while (count < 100 && !sim->bench->outage_over) {
		int fd = sim_connect_port(sim, sim->bench->phones->handle, LOCKDOWN_PORT);

		sim_closed(sim, fd);
		close(fd);
		count++;
	}
	is_number(outage_begin(sim->bench, OUTAGE_RESTART, 0), 0, "and over");
	return count;
}

static void test_armed(void)
{
	struct sim sim;
	unsigned first;

	begin(&sim, 4);
	first = connects_until_outage(&sim, 1);
	ok(first >= 1 && first <= 8, "it begins at one of two Connects a device");
	is_number(connects_until_outage(&sim, 1), first, "the same seed, the same one");
	ok(connects_until_outage(&sim, 2) != first || connects_until_outage(&sim, 3) != first,
	   "another seed, another");
	sim_done(&sim);
}

static void set(struct phone *phone, const char *text)
{
	struct fault_order order;
	char problem[PROBLEM_MAX];

	ok(fault_read(text, &order, problem) == 0 && fault_set(&order, phone) == 0, "%s", text);
}

static void is_serial(struct sim *sim, const char *want, const char *what)
{
	int fd = sim_connect(sim);
	plist_t answer = mux_ask(sim, fd, mux_request("ListDevices"));
	plist_t entry = plist_array_get_item(plist_dict_get_item(answer, "DeviceList"), 0);

	is_string(text_of(plist_dict_get_item(entry, "Properties"), "SerialNumber"), want, what);
	plist_free(answer);
	close(fd);
}

static void test_serials(void)
{
	struct sim sim;
	struct phone *phone;

	begin(&sim, 2);
	phone = sim.bench->phones;
	is_serial(&sim, phone->udid, "the serial on USB is the UDID");
	set(phone, "serial-empty");
	is_serial(&sim, "", "or nothing");
	set(phone, "serial-double");
	is_serial(&sim, phone->next->udid, "or another device's");
	set(phone, "serial-odd");
	is_serial(&sim, phone_usb_serial(phone), "or odd, and passed on as it is");
	ok(strpbrk(phone_usb_serial(phone), "\n\r\033"),
	   "with characters that are not for a screen");
	sim_done(&sim);
}

static plist_t record_request(const char *type, const char *id)
{
	plist_t message = mux_request(type);

	plist_dict_set_item(message, "PairRecordID", plist_new_string(id));
	if (type[0] == 'S')
		plist_dict_set_item(message, "PairRecordData", plist_new_data("x", 1));
	return message;
}

static void test_records(void)
{
	struct sim sim;
	struct phone *phone;
	plist_t answer;
	int fd;

	begin(&sim, 2);
	phone = sim.bench->phones;
	fd = sim_connect(&sim);
	set(phone, "record-garbled");
	answer = mux_ask(&sim, fd, record_request("ReadPairRecord", phone->udid));
	ok(plist_dict_get_item(answer, "PairRecordData"), "there is a record of it");
	plist_free(answer);
	is_number(mux_ask_result(&sim, fd, record_request("ReadPairRecord", phone->next->udid)),
		  ENOENT, "not of the other");
	is_number(mux_ask_result(&sim, fd, record_request("SavePairRecord", phone->udid)), 0,
		  "a new one takes its place");
	set(phone, "record-refused");
	is_number(mux_ask_result(&sim, fd, record_request("SavePairRecord", phone->udid)), EACCES,
		  "or cannot be saved");
	is_number(mux_ask_result(&sim, fd, record_request("SavePairRecord", phone->next->udid)), 0,
		  "while others can");
	close(fd);
	sim_done(&sim);
}

static void test_counters(void)
{
	struct sim sim;
	struct phone *phone;
	uint64_t first;

	begin(&sim, 1);
	phone = sim.bench->phones;
	ok(phone->attached_us && !phone->first_connect_us && !phone->connects, "nobody came yet");
	close(sim_connect_port(&sim, 1, LOCKDOWN_PORT));
	first = phone->first_connect_us;
	ok(first >= phone->attached_us, "the first Connect is behind the attach");
	close(sim_connect_port(&sim, 1, LOCKDOWN_PORT));
	ok(phone->first_connect_us == first && phone->connects == 2, "the second is only counted");
	is_number(sim_connect_port(&sim, 1, 5), -1, "a closed port");
	is_number(sim_connect_port(&sim, 9, LOCKDOWN_PORT), -1, "no such device");
	is_number(sim.bench->refused, 2, "two refused");
	is_number(phone->connects, 2, "which are no connects of the device");
	phone_unplug(phone);
	phone_plug(phone);
	is_number((long long)phone->first_connect_us, 0, "a new attach, a new first");
	sim_done(&sim);
}

int main(void)
{
	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof(path), "%s/mux", folder);
	test_restart();
	test_renumbered();
	test_silent();
	test_backlog();
	test_tcp();
	test_no_return();
	test_armed();
	test_serials();
	test_records();
	test_counters();
	rmdir(folder);
	return tap_done();
}
