/* SPDX-License-Identifier: Apache-2.0 */
/* The station's ear and mouth in muster-mux: orders in, events out, in order and without loss. */
#ifndef DEVICE_MUX_CONVERSATION_H
#define DEVICE_MUX_CONVERSATION_H

#include <systemd/sd-event.h>

#include "device/facts/muxtalk.h"

/* Events that wait while the station does not read. A full bench with its usbmuxd restarted makes
 * a few hundred; a station that lets thousands lie hangs. */
#define CONVERSATION_WAITING_MAX 8192

struct conversation;

typedef void (*conversation_order_t)(void *userdata, const struct mux_order *order);

/*
 * Talks over SOCKET, which stays the caller's. The loop ends with 0 at the station's end of it, and
 * with negative errno when the station breaks the rules: -EPROTO for an order that is none,
 * -ENOBUFS past CONVERSATION_WAITING_MAX.
 * Returns 0 or negative errno.
 */
int conversation_new(sd_event *event, int socket, conversation_order_t order, void *userdata,
		     struct conversation **ret_conversation);
/* Takes NULL. */
void conversation_free(struct conversation *conversation);

/* Sends EVENT now, or when the station reads again, behind those that wait. */
void conversation_say(struct conversation *conversation, const struct mux_event *event);

#endif
