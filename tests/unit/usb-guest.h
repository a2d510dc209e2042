/* SPDX-License-Identifier: Apache-2.0 */
/* A guest's kernel at the USB/IP server of a simulated bench in its own process, for tests. */
#ifndef TESTS_UNIT_USB_GUEST_H
#define TESTS_UNIT_USB_GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/unit/sim-host.h"

/* Numbers of transfers that one test may use. */
#define GUEST_NUMBERS 65536
/* The longest transfer in. */
#define GUEST_IN_MAX 65536

/* One connection to the server. All waits are as those of sim-host.h. */
struct guest {
	struct sim *sim;
	int fd;
	uint32_t number;	   /* of the last command */
	bool is_in[GUEST_NUMBERS]; /* what each of them was */
};

/* How a transfer ended, or an unlink. */
struct guest_return {
	uint32_t number;
	bool unlinked; /* of an unlink */
	int status;
	size_t length;
	unsigned char bytes[GUEST_IN_MAX];
};

/* Connects; the bench gets its door when it has none. The caller's, guest_free. */
struct guest *guest_new(struct sim *sim);
void guest_free(struct guest *guest);

/* Sends as much as that, running the bench. */
void guest_send(struct guest *guest, const void *from, size_t length);
/* Asks for what is in BUS_ID, without waiting for it. */
void guest_ask(struct guest *guest, const char *bus_id);
/* The answer: its product; 0 when it was refused or nothing came. */
unsigned guest_get(struct guest *guest);
/* A new connection with what is in port 1. */
struct guest *guest_import(struct sim *sim);

/* Submits a transfer on the endpoint ADDRESS (bit 7: in). OUT is NULL for one in. Its number. */
uint32_t guest_submit(struct guest *guest, uint8_t address, const void *out, size_t length);
uint32_t guest_unlink(struct guest *guest, uint32_t victim);
/* The next return of any. */
bool guest_return(struct guest *guest, struct guest_return *ret);

/* A request on endpoint 0 with up to LENGTH bytes in. Their count, or below how it failed. */
int guest_control(struct guest *guest, const unsigned char setup[8], void *to, size_t length);
/* SET_CONFIGURATION; 0 or how it failed. */
int guest_configure(struct guest *guest, uint8_t value);

#endif
