/* SPDX-License-Identifier: Apache-2.0 */
/* The bench's usbmuxd: one table of requests, and the events for those who listen. */
#define _GNU_SOURCE
#include "tests/sim/mux.h"

#include <errno.h>
#include <plist/plist.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/decode.h"
#include "tests/sim/frame.h"
#include "tests/sim/outage.h"
#include "tests/sim/phone.h"
#include "tests/sim/records.h"
#include "tests/sim/stream.h"

/* Bits a second of USB 2, which phones speak; usbmuxd has it from libusb. */
#define HIGH_SPEED 480000000

struct mux_client {
	struct mux_client *next; /* bench: clients */
	struct bench *bench;
	struct stream *stream;
	unsigned number;
	bool listening;
	plist_t listen; /* its Listen request: says who it is */
	/* Set by a Connect that worked: what the connection becomes. */
	struct phone *phone;
	const struct service *service;
	bool tls;
};

static void client_send(struct mux_client *client, const struct frame *like, const void *payload,
			size_t length)
{
	unsigned char header[FRAME_HEADER];
	struct frame frame = *like;

	frame.length = (uint32_t)(FRAME_HEADER + length);
	frame_put(header, &frame);
	stream_write(client->stream, header, sizeof(header));
	stream_write(client->stream, payload, length);
}

/* TAG is the request's, 0 for an event. Takes MESSAGE. */
static void client_tell(struct mux_client *client, uint32_t tag, plist_t message)
{
	const struct frame frame = { .version = FRAME_PLIST,
				     .message = FRAME_MESSAGE_PLIST,
				     .tag = tag };
	char *xml = NULL;
	uint32_t length = 0;

	plist_to_xml(message, &xml, &length);
	plist_free(message);
	if (xml)
		client_send(client, &frame, xml, length);
	free(xml);
}

static plist_t message_new(const char *type)
{
	plist_t message = plist_new_dict();

	plist_dict_set_item(message, "MessageType", plist_new_string(type));
	return message;
}

static void client_result(struct mux_client *client, uint32_t tag, unsigned number)
{
	plist_t message = message_new("Result");

	plist_dict_set_item(message, "Number", plist_new_uint(number));
	client_tell(client, tag, message);
}

/* The answer to a request of the binary protocol. */
static void client_result_binary(struct mux_client *client, uint32_t tag, uint32_t number)
{
	const struct frame frame = { .version = FRAME_BINARY,
				     .message = FRAME_MESSAGE_RESULT,
				     .tag = tag };
	const unsigned char word[] = { (unsigned char)number, 0, 0, 0 };

	client_send(client, &frame, word, sizeof(word));
}

static plist_t attached_new(const struct phone *phone)
{
	plist_t message = message_new("Attached");
	plist_t properties = plist_new_dict();

	plist_dict_set_item(message, "DeviceID", plist_new_uint(phone->handle));
	plist_dict_set_item(properties, "ConnectionSpeed", plist_new_uint(HIGH_SPEED));
	plist_dict_set_item(properties, "ConnectionType", plist_new_string("USB"));
	plist_dict_set_item(properties, "DeviceID", plist_new_uint(phone->handle));
	plist_dict_set_item(properties, "LocationID", plist_new_uint(phone->location));
	plist_dict_set_item(properties, "ProductID", plist_new_uint(phone->product_id));
	plist_dict_set_item(properties, "SerialNumber", plist_new_string(phone_usb_serial(phone)));
	plist_dict_set_item(message, "Properties", properties);
	return message;
}

static plist_t event_new(const char *type, uint32_t handle)
{
	plist_t message = message_new(type);

	plist_dict_set_item(message, "DeviceID", plist_new_uint(handle));
	return message;
}

/* Takes MESSAGE. */
static void tell_listeners(struct bench *bench, plist_t message)
{
	for (struct mux_client *client = bench->clients; client; client = client->next) {
		if (client->listening)
			client_tell(client, 0, plist_copy(message));
	}
	plist_free(message);
}

void mux_attached(struct bench *bench, const struct phone *phone)
{
	tell_listeners(bench, attached_new(phone));
}

void mux_detached(struct bench *bench, uint32_t handle)
{
	tell_listeners(bench, event_new("Detached", handle));
}

/* The number of KEY in DICT, or 0 where it is none. */
static uint64_t dict_number(plist_t dict, const char *key)
{
	plist_t node = plist_dict_get_item(dict, key);
	uint64_t number = 0;

	if (node && plist_get_node_type(node) == PLIST_UINT)
		plist_get_uint_val(node, &number);
	return number;
}

static void ask_list_devices(struct mux_client *client, uint32_t tag, plist_t request)
{
	plist_t message = plist_new_dict();
	plist_t list = plist_new_array();

	(void)request;
	for (const struct phone *phone = client->bench->phones; phone; phone = phone->next) {
		if (phone->handle)
			plist_array_append_item(list, attached_new(phone));
	}
	plist_dict_set_item(message, "DeviceList", list);
	client_tell(client, tag, message);
}

static void ask_listen(struct mux_client *client, uint32_t tag, plist_t request)
{
	client->listening = true;
	client->listen = plist_copy(request);
	client_result(client, tag, FRAME_OK);
	for (const struct phone *phone = client->bench->phones; phone; phone = phone->next) {
		if (phone->handle)
			client_tell(client, 0, attached_new(phone));
	}
}

static plist_t listener_new(const struct mux_client *client)
{
	const char *bundle = dict_text(client->listen, "BundleID");
	const char *program = dict_text(client->listen, "ProgName");
	plist_t listener = plist_new_dict();
	char *id = NULL;

	if (!program)
		program = "unknown";
	if (asprintf(&id, "%u-%s", client->number, program) < 0)
		id = NULL;
	plist_dict_set_item(listener, "Blacklisted", plist_new_bool(0));
	if (bundle)
		plist_dict_set_item(listener, "BundleID", plist_new_string(bundle));
	plist_dict_set_item(listener, "ConnType", plist_new_uint(0));
	plist_dict_set_item(listener, "ID String", plist_new_string(id ? id : program));
	plist_dict_set_item(listener, "ProgName", plist_new_string(program));
	free(id);
	return listener;
}

static void ask_list_listeners(struct mux_client *client, uint32_t tag, plist_t request)
{
	plist_t message = plist_new_dict();
	plist_t list = plist_new_array();

	(void)request;
	for (struct mux_client *other = client->bench->clients; other; other = other->next) {
		if (other->listening)
			plist_array_append_item(list, listener_new(other));
	}
	plist_dict_set_item(message, "ListenerList", list);
	client_tell(client, tag, message);
}

static void ask_read_buid(struct mux_client *client, uint32_t tag, plist_t request)
{
	plist_t message = plist_new_dict();

	(void)request;
	plist_dict_set_item(message, "BUID", plist_new_string(client->bench->buid));
	client_tell(client, tag, message);
}

static void ask_read_record(struct mux_client *client, uint32_t tag, plist_t request)
{
	const char *id = dict_text(request, "PairRecordID");
	const char *bytes;
	size_t length;
	int r = id ? records_read(client->bench->records, id, &bytes, &length) : EINVAL;
	plist_t message;

	if (r) {
		client_result(client, tag, (unsigned)r);
		return;
	}
	message = plist_new_dict();
	plist_dict_set_item(message, "PairRecordData", plist_new_data(bytes, length));
	client_tell(client, tag, message);
}

static void ask_save_record(struct mux_client *client, uint32_t tag, plist_t request)
{
	struct bench *bench = client->bench;
	const char *id = dict_text(request, "PairRecordID");
	const struct phone *phone;
	size_t length = 0;
	const char *bytes = dict_bytes(request, "PairRecordData", &length);
	int r = EINVAL;

	phone = id ? bench_phone(bench, id) : NULL;
	if (phone && phone->record_refused)
		r = EACCES;
	else if (id && bytes)
		r = records_save(&bench->records, id, bytes, length);
	client_result(client, tag, (unsigned)r);
	if (r)
		return;
	phone = bench_phone_by_handle(bench, (uint32_t)dict_number(request, "DeviceID"));
	if (phone && strcmp(phone->udid, id) == 0)
		tell_listeners(bench, event_new("Paired", phone->handle));
}

static void ask_delete_record(struct mux_client *client, uint32_t tag, plist_t request)
{
	const char *id = dict_text(request, "PairRecordID");
	int r = id ? records_delete(&client->bench->records, id) : EINVAL;

	client_result(client, tag, (unsigned)r);
}

static void client_free(struct mux_client *client)
{
	struct mux_client **place = &client->bench->clients;

	while (*place != client)
		place = &(*place)->next;
	*place = client->next;
	stream_free(client->stream);
	plist_free(client->listen);
	free(client);
}

static void ask_connect(struct mux_client *client, uint32_t tag, plist_t request)
{
	uint64_t handle = dict_number(request, "DeviceID");
	uint64_t port = dict_number(request, "PortNumber");

	if (handle <= UINT32_MAX)
		client->phone = bench_phone_by_handle(client->bench, (uint32_t)handle);
	if (client->phone && port <= UINT16_MAX)
		client->service = phone_take_port(client->phone, frame_swap_port((uint16_t)port),
						  &client->tls);
	outage_count_connect(client->bench);
	if (client->service)
		phone_count_connect(client->phone);
	else
		client->bench->refused++;
	client_result(client, tag,
		      !client->phone	? FRAME_BAD_DEVICE
		      : client->service ? FRAME_OK
					: FRAME_REFUSED);
}

/* The connection becomes one to the phone; the client as such is no more. */
static void client_pass_on(struct mux_client *client)
{
	const struct mux_client was = *client;

	client->stream = NULL;
	client_free(client);
	/* Without memory the connection closes: the channel has taken it. */
	(void)channel_new(was.phone, was.service, was.tls, was.stream);
}

static const struct {
	const char *type;
	void (*ask)(struct mux_client *client, uint32_t tag, plist_t request);
} requests[] = {
	{ "ListDevices", ask_list_devices },	 { "Listen", ask_listen },
	{ "ListListeners", ask_list_listeners }, { "Connect", ask_connect },
	{ "ReadBUID", ask_read_buid },		 { "ReadPairRecord", ask_read_record },
	{ "SavePairRecord", ask_save_record },	 { "DeletePairRecord", ask_delete_record },
};

static void client_ask(struct mux_client *client, uint32_t tag, plist_t request)
{
	const char *type = dict_text(request, "MessageType");

	for (size_t i = 0; type && i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (strcmp(requests[i].type, type) == 0) {
			requests[i].ask(client, tag, request);
			return;
		}
	}
	client_result(client, tag, FRAME_BAD_COMMAND);
}

/* One frame; REQUEST is NULL when its payload is no property list. */
static void client_take(struct mux_client *client, const struct frame *frame, plist_t request)
{
	if (frame->version == FRAME_BINARY) {
		/* The protocol of before 2010, without pair records: no client speaks it now. */
		client_result_binary(client, frame->tag, FRAME_BAD_VERSION);
	} else if (frame->version != FRAME_PLIST) {
		client_result(client, frame->tag, FRAME_BAD_VERSION);
	} else if (client->listening) {
		client_result(client, frame->tag, FRAME_BAD_COMMAND);
		stream_finish(client->stream);
	} else if (frame->message != FRAME_MESSAGE_PLIST || !request) {
		client_result(client, frame->tag, FRAME_BAD_COMMAND);
	} else {
		client_ask(client, frame->tag, request);
	}
}

static plist_t payload_decode(const unsigned char *bytes, const struct frame *frame)
{
	bool binary = false;
	plist_t request = decode_plist((const char *)bytes + FRAME_HEADER,
				       frame->length - FRAME_HEADER, &binary);

	/* usbmuxd reads XML only. */
	if (!binary)
		return request;
	plist_free(request);
	return NULL;
}

/* Returns 1 after a frame, 0 when none is whole, -EBADMSG when none can follow. */
static int client_next(struct mux_client *client)
{
	size_t length;
	const unsigned char *bytes = stream_input(client->stream, &length);
	struct frame frame;
	plist_t request;
	int r = frame_look(bytes, length, &frame);

	if (r <= 0)
		return r;
	request = payload_decode(bytes, &frame);
	stream_use(client->stream, frame.length);
	client_take(client, &frame, request);
	plist_free(request);
	return 1;
}

static void client_ready(void *owner)
{
	struct mux_client *client = owner;
	int r = 1;

	while (r > 0 && !client->service && stream_waiting(client->stream) < STREAM_OUTPUT_FULL)
		r = client_next(client);
	if (client->service)
		client_pass_on(client);
	else if (r < 0)
		client_free(client);
}

static void client_gone(void *owner)
{
	client_free(owner);
}

int mux_client_new(struct bench *bench, int fd)
{
	static const struct stream_owner calls = { client_ready, client_gone };
	struct mux_client *client = calloc(1, sizeof(*client));
	struct stream *stream;
	int r = stream_new(bench->event, fd, &stream);

	if (r < 0 || !client) {
		if (r == 0)
			stream_free(stream);
		free(client);
		return -ENOMEM;
	}
	*client = (struct mux_client){ .next = bench->clients,
				       .bench = bench,
				       .stream = stream,
				       .number = ++bench->last_client };
	bench->clients = client;
	stream_give(stream, &calls, client);
	stream_hold(stream, bench->silent);
	return 0;
}

void mux_hold(struct bench *bench, bool held)
{
	for (struct mux_client *client = bench->clients; client; client = client->next)
		stream_hold(client->stream, held);
}

void mux_clients_free(struct bench *bench)
{
	while (bench->clients)
		client_free(bench->clients);
}
