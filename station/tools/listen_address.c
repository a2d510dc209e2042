/* SPDX-License-Identifier: Apache-2.0 */
/* Where a page listens: "192.168.7.1:8443", "[fd00::1]:8443"; and the address that a bench has. */
#include "station/tools/listen_address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Connections that wait to be taken. */
#define QUEUE 16

static struct sockaddr_in *as_v4(struct listen_address *address)
{
	return (struct sockaddr_in *)&address->socket;
}

static struct sockaddr_in6 *as_v6(struct listen_address *address)
{
	return (struct sockaddr_in6 *)&address->socket;
}

/* Sets the address HOST and PORT. Returns 0 or -EINVAL. */
static int set(struct listen_address *address, const char *host, unsigned port)
{
	*address = (struct listen_address){ .size = sizeof(struct sockaddr_in) };
	if (inet_pton(AF_INET, host, &as_v4(address)->sin_addr) == 1) {
		address->socket.ss_family = AF_INET;
		as_v4(address)->sin_port = htons((uint16_t)port);
		if (as_v4(address)->sin_addr.s_addr == htonl(INADDR_ANY))
			return -EINVAL;
	} else if (inet_pton(AF_INET6, host, &as_v6(address)->sin6_addr) == 1) {
		address->socket.ss_family = AF_INET6;
		address->size = sizeof(struct sockaddr_in6);
		as_v6(address)->sin6_port = htons((uint16_t)port);
		if (IN6_IS_ADDR_UNSPECIFIED(&as_v6(address)->sin6_addr))
			return -EINVAL;
	} else {
		return -EINVAL;
	}
	snprintf(address->host, sizeof address->host, "%s", host);
	return 0;
}

/* Reads ":8443" or nothing. Returns 0 or -EINVAL. */
static int parse_port(const char *text, unsigned *port)
{
	size_t digits;

	if (*text == '\0')
		return 0;
	digits = strspn(text + 1, "0123456789");
	if (*text != ':' || digits == 0 || digits > 5 || text[1 + digits] != '\0' ||
	    atoi(text + 1) > 65535)
		return -EINVAL;
	*port = (unsigned)atoi(text + 1);
	return 0;
}

int listen_address_parse(const char *text, unsigned port, struct listen_address *ret_address)
{
	struct listen_address address;
	char host[INET6_ADDRSTRLEN];
	bool bracket = text[0] == '[';
	const char *from = text + bracket;
	/* Without a bracket, more than one colon is an address of IPv6 alone. */
	bool bare = !bracket && strchr(text, ':') != strrchr(text, ':');
	size_t len = bare ? strlen(text) : strcspn(from, bracket ? "]" : ":");

	if (len >= sizeof host || (bracket && from[len] != ']'))
		return -EINVAL;
	memcpy(host, from, len);
	host[len] = '\0';
	if (parse_port(from + len + bracket, &port) < 0 || set(&address, host, port) < 0)
		return -EINVAL;
	*ret_address = address;
	return 0;
}

/* Is the interface's address one that others reach? Those of a link alone need its name. */
static bool is_reached(const struct ifaddrs *found, int family)
{
	const struct sockaddr_in6 *v6;

	if (!found->ifa_addr || found->ifa_addr->sa_family != family ||
	    !(found->ifa_flags & IFF_UP) || (found->ifa_flags & IFF_LOOPBACK))
		return false;
	v6 = (const struct sockaddr_in6 *)found->ifa_addr;
	return family == AF_INET || !IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr);
}

static const struct ifaddrs *first_of(const struct ifaddrs *list, int family)
{
	for (; list; list = list->ifa_next)
		if (is_reached(list, family))
			return list;
	return NULL;
}

int listen_address_own(unsigned port, struct listen_address *ret_address)
{
	const struct ifaddrs *found;
	struct ifaddrs *list;
	char host[INET6_ADDRSTRLEN];
	int r = -ENONET;

	if (getifaddrs(&list) < 0)
		return -errno;
	found = first_of(list, AF_INET);
	if (!found)
		found = first_of(list, AF_INET6);
	if (found &&
	    getnameinfo(found->ifa_addr,
			found->ifa_addr->sa_family == AF_INET ? sizeof(struct sockaddr_in)
							      : sizeof(struct sockaddr_in6),
			host, sizeof host, NULL, 0, NI_NUMERICHOST) == 0)
		r = set(ret_address, host, port);
	freeifaddrs(list);
	return r;
}

int listen_address_open(struct listen_address *address, int *ret_fd)
{
	struct sockaddr *socket_address = (struct sockaddr *)&address->socket;
	int fd = socket(address->socket.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	const int yes = 1;
	int r = 0;

	if (fd < 0)
		return -errno;
	/* The port of a run that has just ended is free again. */
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
	    bind(fd, socket_address, address->size) < 0 || listen(fd, QUEUE) < 0 ||
	    getsockname(fd, socket_address, &address->size) < 0)
		r = -errno;
	if (r < 0)
		close(fd);
	else
		*ret_fd = fd;
	return r;
}

const char *listen_address_to_text(const struct listen_address *address,
				   char out[static LISTEN_ADDRESS_MAX])
{
	struct listen_address copy = *address;

	if (copy.socket.ss_family == AF_INET)
		snprintf(out, LISTEN_ADDRESS_MAX, "%.45s:%u", copy.host,
			 ntohs(as_v4(&copy)->sin_port));
	else
		snprintf(out, LISTEN_ADDRESS_MAX, "[%.45s]:%u", copy.host,
			 ntohs(as_v6(&copy)->sin6_port));
	return out;
}
