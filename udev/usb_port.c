/* SPDX-License-Identifier: Apache-2.0 */
/* Where on the bench a USB device sits: its port, and the connector that the port is a half of. */
#include "udev/usb_port.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Where the kernel says, from a device's folder, which port is the other half of its port. */
#define PEER_LINK "/port/peer"

int usb_port_from_name(const char *name, char ret_port[static USB_PORT_MAX + 1])
{
	if (!port_is_valid(name))
		return -EINVAL;
	strcpy(ret_port, name);
	return 0;
}

/* Writes the path of port NUMBER behind HUB, the first LEN characters at HUB: a root hub "usb1",
 * which gives "1-NUMBER", or a hub at a port, "1-4", which gives "1-4.NUMBER". */
static int join(const char *hub, size_t len, const char *number,
		char ret_port[static USB_PORT_MAX + 1])
{
	bool root = len > 3 && memcmp(hub, "usb", 3) == 0;
	char port[USB_PORT_MAX + 1];
	int wrote;

	if (root) {
		hub += 3;
		len -= 3;
	}
	if (strchr(number, '.'))
		return -EINVAL;
	wrote = snprintf(port, sizeof port, "%.*s%c%s", (int)len, hub, root ? '-' : '.', number);
	if (wrote < 0 || (size_t)wrote >= sizeof port)
		return -EINVAL;
	return usb_port_from_name(port, ret_port);
}

int usb_port_from_port_name(const char *name, char ret_port[static USB_PORT_MAX + 1])
{
	const char *mark = strstr(name, "-port");

	if (!mark)
		return -EINVAL;
	return join(name, (size_t)(mark - name), mark + strlen("-port"), ret_port);
}

void usb_port_connector(const char *syspath, const char *port, char out[static USB_PORT_MAX + 1])
{
	char path[PATH_MAX], target[PATH_MAX], peer[USB_PORT_MAX + 1];
	const char *name;
	ssize_t len = -1;

	strcpy(out, port);
	if (snprintf(path, sizeof path, "%s" PEER_LINK, syspath) < (int)sizeof path)
		len = readlink(path, target, sizeof target - 1);
	if (len <= 0)
		return;
	target[len] = '\0';
	name = strrchr(target, '/');
	name = name ? name + 1 : target;
	if (usb_port_from_port_name(name, peer) == 0 && port_compare(peer, port) < 0)
		strcpy(out, peer);
}
