/* SPDX-License-Identifier: Apache-2.0 */
/* A device's answers to requests on its endpoint 0, and what they change. */
#ifndef TESTS_SIM_USB_ANSWER_H
#define TESTS_SIM_USB_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/sim/usb_persona.h"

/* All zero is a device that was just plugged in. */
struct usb_state {
	uint8_t configuration; /* its value; 0: none */
	uint8_t alternates[USB_INTERFACES_MAX];
	uint32_t halted;   /* bit n: endpoint n out; bit 16 + n: in */
	unsigned restarts; /* of the usbmux interface, by SET_CONFIGURATION or SET_INTERFACE */
};

/* Answers the request of which SETUP are the eight bytes. Returns the length of the answer in TO,
 * cut to what was wanted, or -EPIPE when the request is refused with a stall. */
int usb_answer(struct usb_state *state, const struct usb_persona *persona,
	       const unsigned char setup[8], unsigned char to[USB_DESCRIPTOR_MAX]);

/* Whether the endpoint ADDRESS (bit 7: in) is there now, and does not stall. */
bool usb_state_open(const struct usb_state *state, const struct usb_persona *persona,
		    uint8_t address);

#endif
