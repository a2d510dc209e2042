/* SPDX-License-Identifier: Apache-2.0 */
/* What usbmuxd does on USB with a simulated device, for tests: packets, connections, windows. */
#ifndef TESTS_UNIT_USB_MUXD_H
#define TESTS_UNIT_USB_MUXD_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/sim/bytes.h"
#include "tests/unit/usb-guest.h"

/* As usbmuxd has them. */
#define MUXD_IN_MAX	16384
#define MUXD_PACKET_MAX (3 * 16384)
#define MUXD_WINDOW	131072U

struct muxd {
	struct guest *guest; /* configured */
	unsigned version;
	uint16_t sent;
	unsigned char packet[65536]; /* what has come of the last one */
	size_t length;
	unsigned splits;  /* packets that came in more than one transfer */
	unsigned empties; /* transfers of nothing */
	unsigned out;	  /* transfers out that were not returned yet */
	bool odd;	  /* something came that usbmuxd would not take */
};

/* One connection. */
struct muxd_call {
	struct muxd *muxd;
	uint16_t from, to;
	uint32_t sequence, acknowledged; /* ours */
	uint32_t heard;			 /* of the device */
	uint32_t window;		 /* of the device, in bytes */
	uint32_t offer;			 /* our window; for the test to set */
	uint32_t edge;			 /* the device may send up to here */
	struct bytes input;
	size_t longest; /* payload that came */
	bool open, over;
};

/* The device in port 1, in configuration 4, after the exchange of VERSION. */
void muxd_begin(struct muxd *muxd, struct sim *sim, unsigned version);
void muxd_end(struct muxd *muxd);

/* Sends the packet, with the empty transfer behind it that a full one needs. */
void muxd_send(struct muxd *muxd, uint32_t protocol, const void *payload, size_t length);
/* The next packet of the device: its protocol, or -1; payload and length by PAYLOAD and LENGTH,
 * valid until the next call. */
int muxd_receive(struct muxd *muxd, const unsigned char **ret_payload, size_t *ret_length);

/* Connects; call->open says whether it worked. */
struct muxd_call muxd_open(struct muxd *muxd, uint16_t from, uint16_t to);
void muxd_segment(struct muxd_call *call, uint8_t flags, const void *payload, size_t length);
/* Takes the next segment of the device. False: none came. */
bool muxd_take(struct muxd_call *call);
/* Sends as the device's window allows, taking what comes. */
bool muxd_write(struct muxd_call *call, const void *from, size_t length);
/* Takes segments until LENGTH bytes have come. */
bool muxd_read(struct muxd_call *call, size_t length);
void muxd_close(struct muxd_call *call);

/* A service's messages. Takes MESSAGE. */
bool muxd_say(struct muxd_call *call, plist_t message);
/* The next message, the caller's, or NULL. */
plist_t muxd_hear(struct muxd_call *call);

#endif
