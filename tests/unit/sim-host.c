/* SPDX-License-Identifier: Apache-2.0 */
/* A host that talks to a simulated bench in its own process. */
#define _GNU_SOURCE
#include "tests/unit/sim-host.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/decode.h"
#include "tests/sim/frame.h"
#include "tests/sim/mux.h"

#define WAIT_MS 5000
/* More than any answer in a test. */
#define ANSWER_MAX (32U << 20)

void sim_new(struct sim *sim, unsigned devices)
{
	struct phone_setup setup;

	sim->hasty = false;
	if (sd_event_new(&sim->event) < 0 || bench_new(sim->event, 1, &sim->bench) < 0)
		abort();
	setup_default(&setup);
	for (unsigned i = 0; i < devices; i++) {
		struct phone_plan plan;
		struct phone *phone;

		plan_init(&plan, &setup);
		if (bench_add(sim->bench, &plan, &phone) < 0)
			abort();
		plan_done(&plan);
	}
}

void sim_done(struct sim *sim)
{
	bench_free(sim->bench);
	sd_event_unref(sim->event);
}

int sim_connect(struct sim *sim)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0 ||
	    mux_client_new(sim->bench, pair[0]) < 0)
		abort();
	return pair[1];
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool sim_wait(struct sim *sim, bool (*condition)(void *), void *of)
{
	int64_t end = now_ms() + WAIT_MS;

	while (sim->hasty) {
		if (condition(of))
			return true;
		if (sd_event_run(sim->event, 0) <= 0)
			return condition(of);
	}
	while (!condition(of)) {
		int64_t left = end - now_ms();

		if (left <= 0 || sd_event_run(sim->event, (uint64_t)left * 1000) < 0)
			return false;
	}
	return true;
}

struct reading {
	int fd;
	unsigned char *to;
	size_t left;
	bool ended;
};

static bool reading_over(void *of)
{
	struct reading *reading = of;

	while (reading->left) {
		ssize_t n = recv(reading->fd, reading->to, reading->left, 0);

		if (n < 0 && errno == EAGAIN)
			return false;
		if (n <= 0) {
			reading->ended = true;
			return true;
		}
		reading->to += n;
		reading->left -= (size_t)n;
	}
	return true;
}

bool sim_read(struct sim *sim, int fd, void *to, size_t length)
{
	struct reading reading = { .fd = fd, .to = to, .left = length };

	return sim_wait(sim, reading_over, &reading) && !reading.ended;
}

bool sim_closed(struct sim *sim, int fd)
{
	unsigned char byte;
	struct reading reading = { .fd = fd, .to = &byte, .left = 1 };

	return sim_wait(sim, reading_over, &reading) && reading.ended;
}

static void send_all(int fd, const void *from, size_t length)
{
	/* The socket's buffer holds all that tests send at once. */
	if (send(fd, from, length, MSG_NOSIGNAL) != (ssize_t)length)
		abort();
}

plist_t mux_request(const char *type)
{
	plist_t message = plist_new_dict();

	plist_dict_set_item(message, "MessageType", plist_new_string(type));
	return message;
}

void mux_send(int fd, uint32_t tag, plist_t message)
{
	unsigned char header[FRAME_HEADER];
	char *xml = NULL;
	uint32_t length = 0;
	struct frame frame = { .version = FRAME_PLIST, .message = FRAME_MESSAGE_PLIST, .tag = tag };

	plist_to_xml(message, &xml, &length);
	plist_free(message);
	frame.length = FRAME_HEADER + length;
	frame_put(header, &frame);
	send_all(fd, header, sizeof(header));
	send_all(fd, xml, length);
	free(xml);
}

/* Reads LENGTH bytes as a property list. */
static plist_t receive_plist(struct sim *sim, int fd, uint32_t length, bool *ret_binary)
{
	char *text = length <= ANSWER_MAX ? malloc(length + 1) : NULL;
	plist_t message = NULL;

	if (text && sim_read(sim, fd, text, length))
		message = decode_plist(text, length, ret_binary);
	free(text);
	return message;
}

plist_t mux_receive(struct sim *sim, int fd, uint32_t *ret_tag)
{
	uint32_t word[4];

	if (!sim_read(sim, fd, word, sizeof(word)) || le32toh(word[0]) < sizeof(word) ||
	    le32toh(word[2]) != FRAME_MESSAGE_PLIST)
		return NULL;
	if (ret_tag)
		*ret_tag = le32toh(word[3]);
	return receive_plist(sim, fd, le32toh(word[0]) - FRAME_HEADER, NULL);
}

plist_t mux_ask(struct sim *sim, int fd, plist_t message)
{
	mux_send(fd, 1, message);
	return mux_receive(sim, fd, NULL);
}

int mux_ask_result(struct sim *sim, int fd, plist_t message)
{
	plist_t answer = mux_ask(sim, fd, message);
	int number = strcmp(text_of(answer, "MessageType"), "Result") == 0
			     ? (int)number_of(answer, "Number")
			     : -1;

	plist_free(answer);
	return number;
}

int sim_connect_port(struct sim *sim, uint32_t handle, uint16_t port)
{
	int fd = sim_connect(sim);
	plist_t message = mux_request("Connect");

	plist_dict_set_item(message, "DeviceID", plist_new_uint(handle));
	plist_dict_set_item(message, "PortNumber", plist_new_uint(frame_swap_port(port)));
	if (mux_ask_result(sim, fd, message) == 0)
		return fd;
	close(fd);
	return -1;
}

void service_send(int fd, plist_t message, bool binary)
{
	char *text = NULL;
	uint32_t length = 0;
	uint32_t prefix;

	if (binary)
		plist_to_bin(message, &text, &length);
	else
		plist_to_xml(message, &text, &length);
	plist_free(message);
	prefix = htobe32(length);
	send_all(fd, &prefix, sizeof(prefix));
	send_all(fd, text, length);
	free(text);
}

plist_t service_receive(struct sim *sim, int fd, bool *ret_binary)
{
	uint32_t prefix;

	if (!sim_read(sim, fd, &prefix, sizeof(prefix)))
		return NULL;
	return receive_plist(sim, fd, be32toh(prefix), ret_binary);
}

const char *text_of(plist_t dict, const char *key)
{
	const char *text = dict ? dict_text(dict, key) : NULL;

	return text ? text : "";
}

long long number_of(plist_t dict, const char *key)
{
	plist_t node = dict ? plist_dict_get_item(dict, key) : NULL;
	uint64_t number = 0;

	if (!node || plist_get_node_type(node) != PLIST_UINT)
		return -1;
	plist_get_uint_val(node, &number);
	return (long long)number;
}
