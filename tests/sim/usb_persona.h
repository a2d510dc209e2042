/* SPDX-License-Identifier: Apache-2.0 */
/* What a simulated device shows of itself on USB: its product, its texts, its descriptors. */
#ifndef TESTS_SIM_USB_PERSONA_H
#define TESTS_SIM_USB_PERSONA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct phone;

#define USB_VENDOR_APPLE 0x05ac
#define USB_RELEASE	 0x1501 /* bcdDevice, of all */
#define USB_PACKET	 512U	/* of a bulk endpoint at high speed */
#define USB_MUX_OUT	 4
#define USB_MUX_IN	 5

/* All configurations together have no more interfaces and texts than these. */
#define USB_INTERFACES_MAX 4
#define USB_TEXTS	   8
/* The longest text in a descriptor: 253 bytes of UTF-16. */
#define USB_TEXT_MAX 126
/* No descriptor of ours is longer. */
#define USB_DESCRIPTOR_MAX 256

struct usb_shape; /* usb_persona.c: the configurations of a mode */

struct usb_persona {
	const struct usb_shape *shape;
	uint16_t product;
	char texts[USB_TEXTS][USB_TEXT_MAX + 1]; /* by number; 0 is not used, "" is none */
	unsigned char mac[6];			 /* of its network interface */
};

/* What PHONE shows in its mode. */
void usb_persona_of(const struct phone *phone, struct usb_persona *ret_persona);
uint8_t usb_persona_configurations(const struct usb_persona *persona);

/* Writes the descriptor TYPE (1 device, 2 configuration, 3 string, 6 qualifier) of this INDEX.
 * Returns its length, 0 when there is none. */
size_t usb_persona_descriptor(const struct usb_persona *persona, uint8_t type, uint8_t index,
			      unsigned char to[USB_DESCRIPTOR_MAX]);

/* Whether the configuration with this VALUE (0: none is chosen) has the interface, with this
 * alternate setting. */
bool usb_persona_interface(const struct usb_persona *persona, uint8_t value, uint8_t interface,
			   uint8_t alternate);
/* Whether the configuration has the endpoint ADDRESS (bit 7: in) in one of its interfaces, each in
 * its setting of ALTERNATES. */
bool usb_persona_endpoint(const struct usb_persona *persona, uint8_t value,
			  const uint8_t alternates[USB_INTERFACES_MAX], uint8_t address);
/* Whether usbmux is spoken in the configuration. */
bool usb_persona_muxes(const struct usb_persona *persona, uint8_t value);

#endif
