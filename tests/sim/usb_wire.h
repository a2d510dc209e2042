/* SPDX-License-Identifier: Apache-2.0 */
/* USB/IP on the wire: a guest's requests read, their answers written. */
#ifndef TESTS_SIM_USB_WIRE_H
#define TESTS_SIM_USB_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USB_WIRE_BUS_ID 32
/* A device in the list and in the answer to an import, without its interfaces. */
#define USB_WIRE_DEVICE 312
/* Version, code and status, before every request and answer of the first stage. */
#define USB_WIRE_OP 8
/* Every command and return of the second stage. */
#define USB_WIRE_HEADER 48
/* Most bytes in a transfer to a device. usbmuxd's longest is 48 KiB. */
#define USB_WIRE_OUT_MAX ((64U << 10) - USB_WIRE_HEADER)

/* Status of a return, as the kernel counts errors. */
enum usb_status {
	USB_DONE = 0,
	USB_STALL = -32,     /* EPIPE */
	USB_UNLINKED = -104, /* ECONNRESET */
	USB_SHORT = -121,    /* EREMOTEIO: less came than was wanted, and that was not to be */
};

enum usb_op_code {
	USB_OP_LIST = 0x8005,
	USB_OP_IMPORT = 0x8003,
};

struct usb_op {
	enum usb_op_code code;
	char bus_id[USB_WIRE_BUS_ID]; /* of an import; ends with a zero byte */
};

/* What a guest is told about a device before it has it. */
struct usb_offer {
	char bus_id[USB_WIRE_BUS_ID];
	uint32_t bus, address;
	uint16_t vendor, product, release;
	uint8_t configurations;
};

enum usb_command_kind {
	USB_SUBMIT = 1,
	USB_UNLINK = 2,
};

struct usb_command {
	enum usb_command_kind kind;
	uint32_t number; /* the return carries it */
	uint32_t victim; /* of an unlink: the number of the submit that is to end */
	/* Of a submit: */
	bool in;
	uint8_t endpoint; /* 0 to 15 */
	bool short_not_ok;
	uint32_t length; /* of the transfer */
	unsigned char setup[8];
	const unsigned char *out; /* LENGTH bytes, in the bytes that were looked at; NULL for in */
};

/* Reads the request that BYTES begin with. Returns its length, 0 when more bytes are needed, or
 * -EBADMSG when it is none. RET is filled only for a whole one. */
int usb_op_look(const unsigned char *bytes, size_t length, struct usb_op *ret_op);
/* Reads the command that BYTES begin with, as usb_op_look. */
int usb_command_look(const unsigned char *bytes, size_t length, struct usb_command *ret_command);

/* The head of the answer to a request. GOOD: what was asked for follows. */
void usb_op_answer(unsigned char to[USB_WIRE_OP], enum usb_op_code code, bool good);
void usb_offer_put(unsigned char to[USB_WIRE_DEVICE], const struct usb_offer *offer);
/* The head of the return of the submit NUMBER; its ACTUAL bytes follow if it was in. */
void usb_return_put(unsigned char to[USB_WIRE_HEADER], uint32_t number, enum usb_status status,
		    uint32_t actual);
/* The return of the unlink NUMBER: USB_UNLINKED, or USB_DONE when its victim had returned. */
void usb_unlinked_put(unsigned char to[USB_WIRE_HEADER], uint32_t number, enum usb_status status);

#endif
