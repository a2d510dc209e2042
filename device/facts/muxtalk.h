/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation between the station and muster-mux: arrivals one way, gates the other. */
#ifndef DEVICE_FACTS_MUXTALK_H
#define DEVICE_FACTS_MUXTALK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "device/facts/clean.h"
#include "device/facts/record.h"
#include "device/facts/udid.h"

/*
 * One record a message (record.h); muster-mux's end of the socket is fd 3.
 *
 *   station                      muster-mux
 *                            <-- up                    usbmuxd answers; `arrived` follows for each
 *                                                      device that is there
 *                            <-- down WHY              usbmuxd is away; every device has left
 *                            <-- arrived HANDLE UDID PRODUCT LOCATION SPEED TYPE
 *                                                      HANDLE is usbmux's DeviceID, good until
 *                                                      `left HANDLE` or `down`
 *                            <-- odd HANDLE LOCATION WHY
 *                                                      an entry that names no usable device
 *                            <-- left HANDLE           an arrived or odd one has gone
 *                            <-- hung                  usbmuxd takes connections, but answers none
 *                            <-- awake                 it answers again; `up` and `down` end it too
 *   open KEY HANDLE UDID     -->                       make a gate to that device
 *                            <-- gate KEY PATH         it listens at PATH, but admits nobody yet
 *                            <-- refused KEY WHY       it cannot be made
 *   admit KEY PID            -->                       that process, and no other, may pass
 *   close KEY                -->                       cut whatever passes, forget the gate
 *   probe                    -->                       ask usbmuxd at once whether it answers
 *
 * Numbers are decimal (number.h), TYPE is "usb" or "network". A UDID may arrive under a second
 * HANDLE while the first is still there. KEY is a number of the station's choice, not reused while
 * muster-mux runs; `close` of a KEY that is not open does nothing.
 * muster-mux ends when the socket does.
 */
#define MUXTALK_FD 3
/* Room for a gate's path: what fits into a UNIX socket address. */
#define GATE_PATH_MAX 108

enum mux_verb {
	MUX_UP,
	MUX_DOWN,
	MUX_ARRIVED,
	MUX_ODD,
	MUX_LEFT,
	MUX_HUNG,
	MUX_AWAKE,
	MUX_GATE,
	MUX_REFUSED,
};

struct mux_event {
	enum mux_verb verb;
	uint32_t handle;	  /* arrived (never 0), odd (0: it has none), left */
	struct udid udid;	  /* arrived */
	uint16_t product;	  /* arrived: USB product id */
	uint32_t location;	  /* arrived, odd: bus << 16 | address on Linux; 0 unknown */
	uint64_t speed;		  /* arrived: bits a second; 0 unknown */
	bool network;		  /* arrived: over Wi-Fi, not USB */
	uint64_t key;		  /* gate, refused */
	char path[GATE_PATH_MAX]; /* gate */
	char text[CLEAN_MAX + 1]; /* down, odd, refused: why, cleaned */
	bool own;		  /* down: muster-mux itself has ended; never on the wire */
};

enum mux_order_verb {
	MUX_OPEN,
	MUX_ADMIT,
	MUX_CLOSE,
	MUX_PROBE,
};

struct mux_order {
	enum mux_order_verb verb;
	uint64_t key;	  /* all but probe */
	uint32_t handle;  /* open */
	struct udid udid; /* open */
	pid_t pid;	  /* admit */
};

/* Each returns 0, or -EPROTO for a message of no known form. */
int mux_event_parse(const struct record *record, struct mux_event *ret_event);
int mux_order_parse(const struct record *record, struct mux_order *ret_order);

/* Each returns as record_send. */
int mux_event_send(int socket, const struct mux_event *event);
int mux_order_send(int socket, const struct mux_order *order);

#endif
