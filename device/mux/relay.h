/* SPDX-License-Identifier: Apache-2.0 */
/* Carries bytes both ways between two sockets. */
#ifndef DEVICE_MUX_RELAY_H
#define DEVICE_MUX_RELAY_H

#include <systemd/sd-event.h>

/* Most bytes held for a peer that does not read, each way. Held only while it does not. */
#define RELAY_HELD_MAX (64 * 1024)

struct relay;

/* The relay is over, but not freed. */
typedef void (*relay_ended_t)(void *userdata);

/*
 * Carries between the two non-blocking stream sockets FD until both ways have ended. An end of one
 * side's bytes is passed on as such, after the bytes before it; the other way goes on. A message's
 * length is passed on in one piece (lengths.h), other bytes as they come. ENDED is called once,
 * never from within this call. Returns 0 and the relay, which now owns both, or negative errno.
 */
int relay_new(sd_event *event, const int fd[static 2], relay_ended_t ended, void *userdata,
	      struct relay **ret_relay);

/* Closes both sockets, whatever is still held. Takes NULL. */
void relay_free(struct relay *relay);

#endif
