/* SPDX-License-Identifier: Apache-2.0 */
/* Where usbmuxd is. */
#include "device/mux/address.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#include "device/facts/number.h"

#define DEFAULT_ADDRESS "UNIX:/var/run/usbmuxd"
#define UNIX_PREFIX	"UNIX:"
/* A host's name with its end. */
#define HOST_MAX 256

static int read_path(const char *path, struct mux_address *address)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t len = strlen(path);

	if (len == 0 || len >= sizeof to.sun_path)
		return -EINVAL;
	memcpy(to.sun_path, path, len + 1);
	memcpy(&address->at[0].to, &to, sizeof to);
	address->at[0].len = (socklen_t)sizeof to;
	address->count = 1;
	return 0;
}

/* Parts HOST:PORT or [V6]:PORT; returns 0 or -EINVAL. */
static int split_host(const char *text, char host[static HOST_MAX], const char **ret_port)
{
	const char *end, *colon;
	uint64_t port;

	if (*text == '[') {
		end = strchr(++text, ']');
		colon = end ? end + 1 : NULL;
	} else {
		end = colon = strchr(text, ':');
	}
	if (!end || *colon != ':' || end == text || (size_t)(end - text) >= HOST_MAX ||
	    number_parse(colon + 1, 1, UINT16_MAX, &port) < 0)
		return -EINVAL;
	memcpy(host, text, (size_t)(end - text));
	host[end - text] = '\0';
	*ret_port = colon + 1;
	return 0;
}

static int read_host(const char *text, struct mux_address *address)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
	struct addrinfo *found;
	char host[HOST_MAX];
	const char *port;

	if (split_host(text, host, &port) < 0)
		return -EINVAL;
	if (*text == '[') {
		hints.ai_family = AF_INET6;
		hints.ai_flags |= AI_NUMERICHOST;
	}
	if (getaddrinfo(host, port, &hints, &found) != 0)
		return *text == '[' ? -EINVAL : -EHOSTUNREACH;
	address->count = 0;
	for (struct addrinfo *a = found; a && address->count < ADDRESS_MAX; a = a->ai_next) {
		memcpy(&address->at[address->count].to, a->ai_addr, a->ai_addrlen);
		address->at[address->count++].len = a->ai_addrlen;
	}
	freeaddrinfo(found);
	return 0;
}

int address_read(const char *text, struct mux_address *ret_address)
{
	size_t prefix = strlen(UNIX_PREFIX);
	struct mux_address address = { 0 };
	int r;

	if (!text || text[0] == '\0')
		text = DEFAULT_ADDRESS;
	if (strncmp(text, UNIX_PREFIX, prefix) == 0)
		r = read_path(text + prefix, &address);
	else
		r = read_host(text, &address);
	if (r < 0)
		return r;
	clean_string(text, address.text);
	*ret_address = address;
	return 0;
}
