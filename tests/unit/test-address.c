/* SPDX-License-Identifier: Apache-2.0 */
/* Where usbmuxd is: the forms that libusbmuxd knows, and the errors that it hides. */
#include "device/mux/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "tests/unit/tap.h"

#define LONG_PATH                                                                          \
	"/2345678901234567890123456789012345678901234567890123456789012345678901234567890" \
	"123456789012345678901234567"

static const struct {
	const char *text;
	int result;
	const char *shown; /* the first address */
} rows[] = {
	{ NULL, 0, "/var/run/usbmuxd" },
	{ "", 0, "/var/run/usbmuxd" },
	{ "UNIX:/run/other", 0, "/run/other" },
	{ "UNIX:here", 0, "here" },
	{ "UNIX:/a:27015", 0, "/a:27015" },
	{ "UNIX:" LONG_PATH, 0, LONG_PATH },
	{ "UNIX:" LONG_PATH "8", -EINVAL, NULL },
	{ "UNIX:", -EINVAL, NULL },
	{ "unix:/run/other", -EINVAL, NULL },
	{ "/run/other", -EINVAL, NULL },
	{ "127.0.0.1:27015", 0, "127.0.0.1 27015" },
	{ "127.0.0.1:1", 0, "127.0.0.1 1" },
	{ "127.0.0.1:65535", 0, "127.0.0.1 65535" },
	{ "127.0.0.1:65536", -EINVAL, NULL },
	{ "127.0.0.1:0", -EINVAL, NULL },
	{ "127.0.0.1:-1", -EINVAL, NULL },
	{ "127.0.0.1:", -EINVAL, NULL },
	{ "127.0.0.1:27015x", -EINVAL, NULL },
	{ "127.0.0.1", -EINVAL, NULL },
	{ ":27015", -EINVAL, NULL },
	{ "::1:27015", -EINVAL, NULL },
	{ "[::1]:27015", 0, "::1 27015" },
	{ "[::1]", -EINVAL, NULL },
	{ "[::1]27015", -EINVAL, NULL },
	{ "[::1:27015", -EINVAL, NULL },
	{ "[]:27015", -EINVAL, NULL },
	{ "[name]:27015", -EINVAL, NULL },
	{ "no-such-host.invalid:27015", -EHOSTUNREACH, NULL },
};

static void show(const struct mux_address *address, char out[static 256])
{
	const struct sockaddr_storage *to = &address->at[0].to;
	char host[INET6_ADDRSTRLEN] = "";
	unsigned port;

	if (to->ss_family == AF_UNIX) {
		snprintf(out, 256, "%s", ((const struct sockaddr_un *)to)->sun_path);
		return;
	}
	if (to->ss_family == AF_INET) {
		inet_ntop(AF_INET, &((const struct sockaddr_in *)to)->sin_addr, host, sizeof host);
		port = ntohs(((const struct sockaddr_in *)to)->sin_port);
	} else {
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)to)->sin6_addr, host,
			  sizeof host);
		port = ntohs(((const struct sockaddr_in6 *)to)->sin6_port);
	}
	snprintf(out, 256, "%s %u", host, port);
}

int main(void)
{
	struct mux_address address;
	char shown[256];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		memset(&address, 0, sizeof address);
		is_number(address_read(rows[i].text, &address), rows[i].result,
			  rows[i].text ? rows[i].text : "not set");
		if (rows[i].result < 0) {
			is_number(address.count, 0, "the result is left alone");
			continue;
		}
		show(&address, shown);
		is_string(shown, rows[i].shown, "it leads there");
	}
	is_number(address_read("UNIX:/a\x1b[31m", &address), 0, "an odd path is taken");
	is_string(address.text, "UNIX:/a [31m", "and shown clean");
	return tap_done();
}
