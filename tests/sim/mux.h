/* SPDX-License-Identifier: Apache-2.0 */
/* The bench's usbmuxd: its clients, what they ask, and what its listeners hear. */
#ifndef TESTS_SIM_MUX_H
#define TESTS_SIM_MUX_H

#include <stdbool.h>
#include <stdint.h>

struct bench;
struct phone;

/* A client has connected on the socket FD, which is taken, also on failure. Returns 0 or a negative
 * errno. */
int mux_client_new(struct bench *bench, int fd);

/* HELD: nothing comes from the clients or goes to them until the same with false. */
void mux_hold(struct bench *bench, bool held);

/* Closes all clients' connections, but not those that were passed on to a phone. */
void mux_clients_free(struct bench *bench);

/* Tell the clients that listen. */
void mux_attached(struct bench *bench, const struct phone *phone);
void mux_detached(struct bench *bench, uint32_t handle);

#endif
