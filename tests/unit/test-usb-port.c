/* SPDX-License-Identifier: Apache-2.0 */
/* Ports by the kernel's names, and the connectors that two of them share. */
#include "udev/usb_port.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static void test_names(void)
{
	static const struct {
		int (*read)(const char *name, char ret_port[static USB_PORT_MAX + 1]);
		const char *name, *port; /* NULL: it is none */
	} rows[] = {
		{ usb_port_from_name, "1-4", "1-4" },
		{ usb_port_from_name, "1-4.2", "1-4.2" },
		{ usb_port_from_name, "usb1", NULL },
		{ usb_port_from_name, "1-4.2:1.0", NULL },
		{ usb_port_from_name, "1-0:1.0", NULL },
		{ usb_port_from_name, "", NULL },
		{ usb_port_from_port_name, "usb1-port4", "1-4" },
		{ usb_port_from_port_name, "usb12-port15", "12-15" },
		{ usb_port_from_port_name, "1-4-port2", "1-4.2" },
		{ usb_port_from_port_name, "1-4.2-port3", "1-4.2.3" },
		{ usb_port_from_port_name, "1-4", NULL },
		{ usb_port_from_port_name, "usb1", NULL },
		{ usb_port_from_port_name, "usb-port1", NULL },
		{ usb_port_from_port_name, "usb1-4-port1", NULL },
		{ usb_port_from_port_name, "1-port1", NULL },
		{ usb_port_from_port_name, "-port1", NULL },
		{ usb_port_from_port_name, "", NULL },
		{ usb_port_from_port_name, "1-4-port", NULL },
		{ usb_port_from_port_name, "1-4-port0", NULL },
		{ usb_port_from_port_name, "1-4-port2.3", NULL },
		{ usb_port_from_port_name, "usb1-port4-port5", NULL },
		{ usb_port_from_port_name, "1-1.2.3.4.5.6-port1", NULL },
		{ usb_port_from_port_name, "255-255.255.255.255.255.255-port255", NULL },
		{ usb_port_from_port_name, "usbusbusbusbusbusbusbusbusbusbusbusb-port1", NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char port[USB_PORT_MAX + 1] = "as it was";
		int r = rows[i].read(rows[i].name, port);

		is_number(r, rows[i].port ? 0 : -EINVAL, rows[i].name);
		is_string(port, rows[i].port ? rows[i].port : "as it was", "its port");
	}
}

/* The connector of a device at PORT whose port has PEER for its other half is WANT. */
static void check_connector(const char *port, const char *peer, const char *want)
{
	char dir[SCRATCH_PATH], path[SCRATCH_PATH], target[SCRATCH_PATH];
	char connector[USB_PORT_MAX + 1] = "";

	scratch_make(dir);
	if (peer) {
		mkdir(scratch_path(path, dir, "port"), 0755);
		snprintf(target, sizeof target, "../../../usb2/2-0:1.0/%s", peer);
		ok(symlink(target, scratch_path(path, dir, "port/peer")) == 0, "a link to %s",
		   peer);
	}
	usb_port_connector(dir, port, connector);
	is_string(connector, want, port);
	scratch_remove(dir);
}

static void test_connectors(void)
{
	check_connector("1-4", NULL, "1-4");
	check_connector("1-4", "usb2-port4", "1-4");
	check_connector("2-4", "usb1-port4", "1-4");
	check_connector("2-1", "usb1-port7", "1-7");
	check_connector("1-4.2", "2-4-port2", "1-4.2");
	check_connector("2-4.2", "1-4-port2", "1-4.2");
	check_connector("10-1", "usb9-port1", "9-1");
	check_connector("9-1", "usb10-port1", "9-1");
	check_connector("2-4", "nonsense", "2-4");
	check_connector("2-4", "", "2-4");
}

static void test_long_path(void)
{
	char connector[USB_PORT_MAX + 1] = "", path[8192];

	memset(path, 'x', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	usb_port_connector(path, "1-4", connector);
	is_string(connector, "1-4", "a path that is too long has no peer");
}

int main(void)
{
	test_names();
	test_connectors();
	test_long_path();
	return tap_done();
}
