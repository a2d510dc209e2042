/* SPDX-License-Identifier: Apache-2.0 */
/* A host of a simulated bench in its own process, for tests; no call blocks the bench. */
#ifndef TESTS_UNIT_SIM_HOST_H
#define TESTS_UNIT_SIM_HOST_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

struct bench;

/* A bench on an event loop. All waits below run that loop, for five seconds at most; then, and on
 * any failure, they give what is not there: 0, NULL, false. */
struct sim {
	sd_event *event;
	struct bench *bench;
	bool hasty; /* for the test to set: waits end as soon as nothing is left to do */
};

void sim_new(struct sim *sim, unsigned devices);
void sim_done(struct sim *sim);

/* A new connection to the bench's usbmuxd; the caller closes it. */
int sim_connect(struct sim *sim);

/* Runs the loop until CONDITION holds. */
bool sim_wait(struct sim *sim, bool (*condition)(void *), void *of);

/* Reads exactly LENGTH bytes, running the loop; false at the end. */
bool sim_read(struct sim *sim, int fd, void *to, size_t length);
/* Whether the bench has closed the connection FD, with nothing left to read. */
bool sim_closed(struct sim *sim, int fd);

/* One usbmux message in version 1. Takes MESSAGE. */
void mux_send(int fd, uint32_t tag, plist_t message);
/* "MessageType" TYPE, to which the caller may add. */
plist_t mux_request(const char *type);
/* The next message, the caller's; RET_TAG may be NULL. */
plist_t mux_receive(struct sim *sim, int fd, uint32_t *ret_tag);
/* Sends MESSAGE and receives. Takes MESSAGE. */
plist_t mux_ask(struct sim *sim, int fd, plist_t message);
/* Asks for what is answered with a Result; its number, -1 when there was none. */
int mux_ask_result(struct sim *sim, int fd, plist_t message);

/* A connection to PORT of the phone with HANDLE, or -1. */
int sim_connect_port(struct sim *sim, uint32_t handle, uint16_t port);

/* One message of a device's service. Takes MESSAGE. */
void service_send(int fd, plist_t message, bool binary);
/* The next message, the caller's; RET_BINARY may be NULL. */
plist_t service_receive(struct sim *sim, int fd, bool *ret_binary);

/* DICT[KEY] as text, "" when it is none; valid as long as DICT. */
const char *text_of(plist_t dict, const char *key);
long long number_of(plist_t dict, const char *key);

#endif
