/* SPDX-License-Identifier: Apache-2.0 */
/* Resets one USB port, as if its device had been unplugged and plugged in again. */
#include "udev/port_reset.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "device/facts/port.h"
#include "udev/usb_attribute.h"
#include "udev/usb_identity.h"

#define CLASS_HUB 0x09

/* Writes OFF, then ON, to the file at PATH: one descriptor, since the path may go in between. */
static int switch_twice(const char *path, const char *off, const char *on)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), r = 0;

	if (fd < 0)
		return -errno;
	if (pwrite(fd, off, 1, 0) < 0 || pwrite(fd, on, 1, 0) < 0)
		r = -errno;
	close(fd);
	return r;
}

/* Linux 6.0 and newer, hubs that can: the device leaves the bus and comes back. */
static int switch_port(const char *root, const char *port)
{
	char path[PATH_MAX], real[PATH_MAX];

	snprintf(path, sizeof path, "%s" USB_DEVICES "/%s/port/disable", root, port);
	/* The link goes with the device. */
	return realpath(path, real) ? switch_twice(real, "1", "0") : -errno;
}

static int reset_device(const char *root, const char *port)
{
	unsigned bus = 0, address = 0;
	char path[PATH_MAX];
	int r = usb_attribute_read(root, port, "busnum", 10, &bus), fd;

	if (r == 0)
		r = usb_attribute_read(root, port, "devnum", 10, &address);
	if (r < 0)
		return r;
	snprintf(path, sizeof path, "%s/dev/bus/usb/%03u/%03u", root, bus, address);
	fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;
	if (ioctl(fd, USBDEVFS_RESET, NULL) < 0)
		r = -errno;
	close(fd);
	return r;
}

static int authorize_again(const char *root, const char *port)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s" USB_DEVICES "/%s/authorized", root, port);
	return switch_twice(path, "0", "1");
}

int port_reset(const char *root, const char *port)
{
	static int (*const ways[])(const char *root, const char *port) = {
		switch_port,
		reset_device,
		authorize_again,
	};
	unsigned vendor = 0, class = 0;
	int r = port_is_valid(port) ? usb_attribute_read(root, port, "idVendor", 16, &vendor)
				    : -EINVAL;

	if (r == 0)
		r = usb_attribute_read(root, port, "bDeviceClass", 16, &class);
	if (r < 0)
		return r == -ENOENT ? -ENODEV : r;
	if (vendor != USB_VENDOR_APPLE || class == CLASS_HUB)
		return -EPERM;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		r = ways[i](root, port);
		if (r == 0)
			break;
	}
	return r;
}
