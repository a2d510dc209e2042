/* SPDX-License-Identifier: Apache-2.0 */
/* Where usbmuxd is. */
#ifndef DEVICE_MUX_ADDRESS_H
#define DEVICE_MUX_ADDRESS_H

#include <sys/socket.h>

#include "device/facts/clean.h"

/* Most addresses kept of one host name: tried in turn. */
#define ADDRESS_MAX 8

struct mux_address {
	char text[CLEAN_MAX + 1]; /* as given, for messages; cleaned */
	unsigned count;		  /* at least 1 */
	struct {
		struct sockaddr_storage to;
		socklen_t len;
	} at[ADDRESS_MAX];
};

/*
 * Reads TEXT as libusbmuxd reads USBMUXD_SOCKET_ADDRESS: UNIX:PATH, HOST:PORT or [V6]:PORT; NULL or
 * "" is /var/run/usbmuxd. Unlike libusbmuxd, never takes the default for what it cannot read. A
 * host's name is looked up, which may wait for a name server: for the start of a process only.
 * Returns 0, -EINVAL when TEXT has none of the three forms, or -EHOSTUNREACH when the name has no
 * address.
 */
int address_read(const char *text, struct mux_address *ret_address);

#endif
