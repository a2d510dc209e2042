/* SPDX-License-Identifier: Apache-2.0 */
/* Connects to usbmuxd at a pace that its short queue can take. */
#ifndef DEVICE_MUX_DIAL_H
#define DEVICE_MUX_DIAL_H

#include <systemd/sd-event.h>

#include "device/mux/address.h"

/* Connects under way at a time: usbmuxd 1.1.1 has a queue of 5, and is not ours alone. */
#define DIAL_TOKENS 4
/* Longest wait for a connection, queueing included, in microseconds. A restart takes 3 s. */
#define DIAL_LIMIT_USEC (10 * 1000000ULL)

struct dialer;
struct dial;

/* FD is a connected, non-blocking socket, now the callee's, or negative errno. The dial is gone. */
typedef void (*dial_done_t)(void *userdata, int fd);

/* A dialer to ADDRESS, which must outlive it. Returns 0 or negative errno. */
int dialer_new(sd_event *event, const struct mux_address *address, struct dialer **ret_dialer);
/* Takes NULL. No dial may be left. */
void dialer_free(struct dialer *dialer);
/* What it was made of; the dialer's. */
sd_event *dialer_event(const struct dialer *dialer);
const struct mux_address *dialer_address(const struct dialer *dialer);

/*
 * Connects when one of DIAL_TOKENS is free. A refusal that passes (queue full, usbmuxd away, no
 * descriptor left) is tried again after 20 to 500 ms, by chance, until DIAL_LIMIT_USEC. The token
 * is held until the socket is connected. DONE is called once, never from within this call.
 * Returns 0 and the dial, or negative errno and DONE is never called.
 */
int dial_start(struct dialer *dialer, dial_done_t done, void *userdata, struct dial **ret_dial);

/* The same at once, without a token, and each address is tried once. */
int dial_once(struct dialer *dialer, dial_done_t done, void *userdata, struct dial **ret_dial);

/* Ends DIAL without a call to its `done`. Takes NULL. */
void dial_cancel(struct dial *dial);

#endif
