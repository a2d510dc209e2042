/* SPDX-License-Identifier: Apache-2.0 */
/* Where a page listens: "192.168.7.1:8443", "[fd00::1]:8443"; and the address that a bench has. */
#ifndef STATION_TOOLS_LISTEN_ADDRESS_H
#define STATION_TOOLS_LISTEN_ADDRESS_H

#include <netinet/in.h>
#include <sys/socket.h>

/* Room for the text of an address, or of an address and a port, with its end. */
#define LISTEN_ADDRESS_MAX (INET6_ADDRSTRLEN + 16)

struct listen_address {
	struct sockaddr_storage socket;
	socklen_t size;
	char host[LISTEN_ADDRESS_MAX]; /* "192.168.7.1", "fd00::1" */
};

/*
 * Reads TEXT: an IP address and a port, or an address alone, which gets PORT. "Any address" is
 * none: links have to name one. Returns 0 and RET_ADDRESS, or -EINVAL.
 */
int listen_address_parse(const char *text, unsigned port, struct listen_address *ret_address);

/* The first address of this computer that others reach: IPv4 before IPv6, never a loopback's.
 * Returns 0 and RET_ADDRESS with PORT, -ENONET when there is none, or another negative errno. */
int listen_address_own(unsigned port, struct listen_address *ret_address);

/* Listens there. Returns 0, RET_FD and the port that was taken (for port 0, any that is free) in
 * ADDRESS; or negative errno. */
int listen_address_open(struct listen_address *address, int *ret_fd);

/* "192.168.7.1:8443", as links have it. Fills OUT and returns it. */
const char *listen_address_to_text(const struct listen_address *address,
				   char out[static LISTEN_ADDRESS_MAX]);

#endif
