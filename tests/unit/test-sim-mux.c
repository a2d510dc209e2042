/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the simulated usbmuxd: each request, the listeners' events, and what it refuses. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/frame.h"
#include "tests/sim/phone.h"
#include "tests/unit/sim-host.h"
#include "tests/unit/tap.h"

static plist_t properties(plist_t attached)
{
	return plist_dict_get_item(attached, "Properties");
}

static void test_list(void)
{
	struct sim sim;
	plist_t answer, list, entry;
	uint32_t tag = 0;
	int fd;

	sim_new(&sim, 3);
	phone_unplug(sim.bench->phones->next);
	fd = sim_connect(&sim);
	mux_send(fd, 0xdeadbeef, mux_request("ListDevices"));
	answer = mux_receive(&sim, fd, &tag);
	is_number(tag, 0xdeadbeef, "the tag comes back");
	list = plist_dict_get_item(answer, "DeviceList");
	is_number(plist_array_get_size(list), 2, "two of three devices are plugged in");
	entry = plist_array_get_item(list, 0);
	is_string(text_of(entry, "MessageType"), "Attached", "an entry is as an event");
	is_number(number_of(entry, "DeviceID"), 1, "DeviceIDs begin with 1");
	is_number(number_of(properties(entry), "DeviceID"), 1, "and are there twice");
	is_string(text_of(properties(entry), "SerialNumber"), sim.bench->phones->udid, "the UDID");
	is_string(text_of(properties(entry), "ConnectionType"), "USB", "on USB");
	is_number(number_of(properties(entry), "ConnectionSpeed"), 480000000, "at high speed");
	is_number(number_of(properties(entry), "ProductID"), 0x12ab, "an iPad");
	is_number(number_of(properties(entry), "LocationID") >> 16, 3, "on bus 3");
	plist_free(answer);
	mux_send(fd, 77, mux_request("Nothing"));
	plist_free(mux_receive(&sim, fd, &tag));
	is_number(tag, 77, "the tag of a Result comes back too");
	close(fd);
	sim_done(&sim);
}

/* The next event's type and DeviceID are as given. */
static void is_event(struct sim *sim, int fd, const char *type, long long handle)
{
	uint32_t tag = 1;
	plist_t event = mux_receive(sim, fd, &tag);

	is_string(text_of(event, "MessageType"), type, "the event");
	is_number(number_of(event, "DeviceID"), handle, "of the device");
	is_number(tag, 0, "without tag");
	plist_free(event);
}

static bool restart_over(void *of)
{
	const struct phone *phone = of;

	return !phone->restart;
}

static void test_listen(void)
{
	struct sim sim;
	struct phone *phone;
	uint32_t location;
	int fd, other;

	sim_new(&sim, 2);
	phone = sim.bench->phones;
	fd = sim_connect(&sim);
	other = sim_connect(&sim);
	is_number(mux_ask_result(&sim, fd, mux_request("Listen")), 0, "Listen is taken");
	is_event(&sim, fd, "Attached", 1);
	is_event(&sim, fd, "Attached", 2);
	location = phone->location;
	phone_unplug(phone);
	is_event(&sim, fd, "Detached", 1);
	phone_plug(phone);
	is_event(&sim, fd, "Attached", 3);
	ok(phone->location != location && phone->location >> 16 == location >> 16,
	   "it has another address on the same bus");
	phone->setup.reboot_time = 1;
	phone_reboot(phone);
	phone_reboot(phone);
	is_event(&sim, fd, "Detached", 3);
	is_event(&sim, fd, "Attached", 4);
	phone_reboot(phone);
	is_event(&sim, fd, "Detached", 4);
	phone_unplug(phone);
	ok(sim_wait(&sim, restart_over, phone) && !phone->handle,
	   "a cable pulled in a restart: it stays away");
	phone_vanish(phone->next);
	is_event(&sim, fd, "Detached", 2);
	is_number(mux_ask_result(&sim, other, mux_request("ListDevices")), -1,
		  "who does not listen hears answers only");
	mux_send(fd, 5, mux_request("ListDevices"));
	is_number(mux_ask_result(&sim, fd, mux_request("ListDevices")), FRAME_BAD_COMMAND,
		  "a listener asks nothing more");
	ok(sim_closed(&sim, fd), "or is thrown out");
	close(fd);
	close(other);
	sim_done(&sim);
}

static void test_listeners(void)
{
	struct sim sim;
	plist_t message, answer, list;
	int fd, other;

	sim_new(&sim, 0);
	fd = sim_connect(&sim);
	other = sim_connect(&sim);
	message = mux_request("Listen");
	plist_dict_set_item(message, "ProgName", plist_new_string("test"));
	plist_dict_set_item(message, "BundleID", plist_new_string("org.test"));
	is_number(mux_ask_result(&sim, fd, message), 0, "Listen is taken");
	answer = mux_ask(&sim, other, mux_request("ListListeners"));
	list = plist_dict_get_item(answer, "ListenerList");
	is_number(plist_array_get_size(list), 1, "one listens");
	is_string(text_of(plist_array_get_item(list, 0), "ID String"), "1-test", "it has a name");
	is_string(text_of(plist_array_get_item(list, 0), "BundleID"), "org.test", "and a bundle");
	plist_free(answer);
	close(fd);
	close(other);
	sim_done(&sim);
}

static plist_t record_request(const char *type, const char *id, const char *bytes)
{
	plist_t message = mux_request(type);

	if (id)
		plist_dict_set_item(message, "PairRecordID", plist_new_string(id));
	if (bytes)
		plist_dict_set_item(message, "PairRecordData",
				    plist_new_data(bytes, strlen(bytes)));
	return message;
}

static void test_records(void)
{
	struct sim sim;
	plist_t message, answer;
	const char *udid;
	uint64_t length = 0;
	int fd, listener;

	sim_new(&sim, 1);
	udid = sim.bench->phones->udid;
	fd = sim_connect(&sim);
	listener = sim_connect(&sim);
	is_number(mux_ask_result(&sim, listener, mux_request("Listen")), 0, "one listens");
	is_event(&sim, listener, "Attached", 1);
	is_number(mux_ask_result(&sim, fd, record_request("ReadPairRecord", udid, NULL)), ENOENT,
		  "no record at first");
	is_number(mux_ask_result(&sim, fd, record_request("SavePairRecord", udid, NULL)), EINVAL,
		  "a record has bytes");
	is_number(mux_ask_result(&sim, fd, record_request("SavePairRecord", NULL, "x")), EINVAL,
		  "and a name");
	is_number(mux_ask_result(&sim, fd, record_request("SavePairRecord", "../x", "x")), EINVAL,
		  "a good one");
	message = record_request("SavePairRecord", udid, "the record");
	plist_dict_set_item(message, "DeviceID", plist_new_uint(1));
	is_number(mux_ask_result(&sim, fd, message), 0, "it is saved");
	is_event(&sim, listener, "Paired", 1);
	answer = mux_ask(&sim, fd, record_request("ReadPairRecord", udid, NULL));
	ok(memcmp(plist_get_data_ptr(plist_dict_get_item(answer, "PairRecordData"), &length),
		  "the record", 10) == 0 &&
		   length == 10,
	   "it is read as it was saved");
	plist_free(answer);
	is_number(mux_ask_result(&sim, fd, record_request("DeletePairRecord", udid, NULL)), 0,
		  "it is deleted");
	is_number(mux_ask_result(&sim, fd, record_request("DeletePairRecord", udid, NULL)), ENOENT,
		  "once");
	close(fd);
	close(listener);
	sim_done(&sim);
}

static plist_t connect_request(uint64_t handle, uint64_t port)
{
	plist_t message = mux_request("Connect");

	plist_dict_set_item(message, "DeviceID", plist_new_uint(handle));
	plist_dict_set_item(message, "PortNumber", plist_new_uint(port));
	return message;
}

static void test_connect(void)
{
	struct sim sim;
	plist_t message, answer;
	int fd;

	sim_new(&sim, 1);
	fd = sim_connect(&sim);
	is_number(mux_ask_result(&sim, fd, connect_request(0, 32498)), FRAME_BAD_DEVICE,
		  "no device 0");
	is_number(mux_ask_result(&sim, fd, connect_request(1ULL << 32 | 1, 32498)),
		  FRAME_BAD_DEVICE, "numbers are not cut");
	is_number(mux_ask_result(&sim, fd, connect_request(1, 62078)), FRAME_REFUSED,
		  "a port that is not swapped is another one");
	is_number(mux_ask_result(&sim, fd, connect_request(1, 1 << 16 | 32498)), FRAME_REFUSED,
		  "nor is a port cut");
	/* The connection is still good for commands; now the first request rides with Connect. */
	message = plist_new_dict();
	plist_dict_set_item(message, "Request", plist_new_string("QueryType"));
	mux_send(fd, 9, connect_request(1, 32498));
	service_send(fd, message, false);
	answer = mux_receive(&sim, fd, NULL);
	is_number(number_of(answer, "Number"), 0, "lockdown is connected to");
	plist_free(answer);
	answer = service_receive(&sim, fd, NULL);
	is_string(text_of(answer, "Type"), "com.apple.mobile.lockdown", "and answers");
	plist_free(answer);
	phone_unplug(sim.bench->phones);
	ok(sim_closed(&sim, fd), "with the cable goes the connection");
	close(fd);
	fd = sim_connect(&sim);
	is_number(mux_ask_result(&sim, fd, connect_request(1, 32498)), FRAME_BAD_DEVICE,
		  "and the device");
	close(fd);
	sim_done(&sim);
}

static void test_open_ports(void)
{
	static const struct service service = { .name = "test" };
	struct sim sim;
	struct phone *phone;
	uint16_t port, last = 1;
	bool tls;
	int n = 0;

	sim_new(&sim, 1);
	phone = sim.bench->phones;
	port = phone_open_port(phone, &service, true);
	ok(port >= 1024, "a port is opened");
	ok(phone_open_port(phone, &service, false) != port, "and another one");
	ok(phone_take_port(phone, port, &tls) == &service && tls, "it is the service, with TLS");
	ok(!phone_take_port(phone, port, &tls), "once");
	while (last && n++ < 1000)
		last = phone_open_port(phone, &service, false);
	ok(!last && n < 1000, "they end");
	sim_done(&sim);
}

/* Sends LENGTH bytes one by one, and lets the bench look at each. */
static void drip(struct sim *sim, int fd, const unsigned char *from, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (send(fd, from + i, 1, MSG_NOSIGNAL) != 1)
			abort();
		sd_event_run(sim->event, 0);
	}
}

static void test_split_and_joined(void)
{
	static const char xml[] = "<plist version=\"1.0\"><dict><key>MessageType</key>"
				  "<string>ReadBUID</string></dict></plist>";
	unsigned char bytes[2 * (FRAME_HEADER + sizeof(xml))];
	const struct frame frame = { FRAME_HEADER + sizeof(xml) - 1, FRAME_PLIST,
				     FRAME_MESSAGE_PLIST, 7 };
	struct sim sim;
	plist_t answer;
	int fd;

	sim_new(&sim, 0);
	fd = sim_connect(&sim);
	frame_put(bytes, &frame);
	memcpy(bytes + FRAME_HEADER, xml, sizeof(xml) - 1);
	drip(&sim, fd, bytes, frame.length);
	answer = mux_receive(&sim, fd, NULL);
	is_string(text_of(answer, "BUID"), sim.bench->buid, "a request in single bytes");
	plist_free(answer);
	memcpy(bytes + frame.length, bytes, frame.length);
	if (send(fd, bytes, 2UL * frame.length, MSG_NOSIGNAL) != 2L * frame.length)
		abort();
	for (int i = 0; i < 2; i++) {
		answer = mux_receive(&sim, fd, NULL);
		is_string(text_of(answer, "BUID"), sim.bench->buid, "one of two in a piece");
		plist_free(answer);
	}
	close(fd);
	sim_done(&sim);
}

static const struct {
	const char *name;
	struct frame frame; /* length 0: that of the payload */
	const char *payload;
	uint32_t want_message; /* of the answer; 0: the connection is closed */
	uint32_t want_version;
	unsigned want;
} odd[] = {
	{ "a length below the header's", { 8, 1, 8, 1 }, "", 0, 0, 0 },
	{ "a length above usbmuxd's buffer", { 65537, 1, 8, 1 }, "", 0, 0, 0 },
	{ "version 7", { 0, 7, 8, 1 }, "", 8, 1, FRAME_BAD_VERSION },
	{ "the binary protocol", { 0, 0, 3, 1 }, "", 1, 0, FRAME_BAD_VERSION },
	{ "no property list", { 0, 1, 8, 1 }, "what", 8, 1, FRAME_BAD_COMMAND },
	{ "a binary one", { 0, 1, 8, 1 }, "bplist00", 8, 1, FRAME_BAD_COMMAND },
	{ "another message number", { 0, 1, 4, 1 }, "", 8, 1, FRAME_BAD_COMMAND },
	{ "an unknown type",
	  { 0, 1, 8, 1 },
	  "<plist><dict><key>MessageType</key><string>What</string></dict></plist>",
	  8,
	  1,
	  FRAME_BAD_COMMAND },
	{ "no type", { 0, 1, 8, 1 }, "<plist><dict></dict></plist>", 8, 1, FRAME_BAD_COMMAND },
};

/* The number in the Result behind HEADER. */
static unsigned result_number(struct sim *sim, int fd, const struct frame *header)
{
	static char payload[FRAME_MAX];
	size_t length = header->length - FRAME_HEADER;
	const char *number;

	if (!sim_read(sim, fd, payload, length))
		return 99;
	if (header->message == FRAME_MESSAGE_RESULT)
		return (unsigned char)payload[0];
	payload[length] = '\0';
	number = strstr(payload, "<integer>");
	return number ? (unsigned)strtoul(number + strlen("<integer>"), NULL, 10) : 99;
}

static void send_odd(int fd, const struct frame *like, const char *payload)
{
	unsigned char bytes[FRAME_HEADER + 128];
	struct frame frame = *like;
	size_t length = FRAME_HEADER + strlen(payload);

	if (!frame.length)
		frame.length = (uint32_t)length;
	frame_put(bytes, &frame);
	memcpy(bytes + FRAME_HEADER, payload, strlen(payload));
	if (send(fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length)
		abort();
}

static void test_odd(void)
{
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		struct frame header;
		struct sim sim;
		uint32_t word[4];
		int fd;

		sim_new(&sim, 0);
		fd = sim_connect(&sim);
		send_odd(fd, &odd[i].frame, odd[i].payload);
		if (!odd[i].want_message) {
			ok(sim_closed(&sim, fd), "%s ends the connection", odd[i].name);
		} else if (ok(sim_read(&sim, fd, word, sizeof(word)), "%s is answered",
			      odd[i].name)) {
			header = (struct frame){ word[0], word[1], word[2], word[3] };
			is_number(header.message, odd[i].want_message, "as it was asked");
			is_number(header.version, odd[i].want_version, "in its version");
			is_number(result_number(&sim, fd, &header), odd[i].want, "with the reason");
		}
		close(fd);
		sim_done(&sim);
	}
}

int main(void)
{
	test_list();
	test_listen();
	test_listeners();
	test_records();
	test_connect();
	test_open_ports();
	test_split_and_joined();
	test_odd();
	return tap_done();
}
