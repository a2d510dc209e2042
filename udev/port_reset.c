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

#include "udev/usb_device.h"
#include "udev/usb_identity.h"

#define DEVICES "/sys/bus/usb/devices"
/* Digits of a bus or a port: 255 at most. */
#define DIGITS_MAX 3
/* Ports in a row: five hubs, and the controller's. */
#define LEVELS_MAX 6
#define CLASS_HUB  "09"

/* The end of a number of 1 to DIGITS_MAX digits without leading zero; NULL when there is none. */
static const char *skip_number(const char *text)
{
	size_t len = strspn(text, "0123456789");

	return len == 0 || len > DIGITS_MAX || text[0] == '0' ? NULL : text + len;
}

bool port_is_name(const char *name)
{
	const char *at = strlen(name) <= USB_PORT_MAX ? skip_number(name) : NULL;
	unsigned levels = 0;
	char mark = '-';

	while (at && *at == mark && levels < LEVELS_MAX) {
		at = skip_number(at + 1);
		levels++;
		mark = '.';
	}
	return at && *at == '\0' && levels > 0;
}

/* Reads the attribute NAME of PORT without its line end. Returns 0 or negative errno. */
static int read_attribute(const char *root, const char *port, const char *name, char out[static 16])
{
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof path, "%s" DEVICES "/%s/%s", root, port, name);
	file = fopen(path, "re");
	if (!file)
		return errno == ENOENT ? -ENODEV : -errno;
	if (!fgets(out, 16, file))
		out[0] = '\0';
	fclose(file);
	out[strcspn(out, "\n")] = '\0';
	return 0;
}

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

	snprintf(path, sizeof path, "%s" DEVICES "/%s/port/disable", root, port);
	/* The link goes with the device. */
	return realpath(path, real) ? switch_twice(real, "1", "0") : -errno;
}

static int reset_device(const char *root, const char *port)
{
	char bus[16], address[16], path[PATH_MAX];
	int r = read_attribute(root, port, "busnum", bus), fd;

	if (r == 0)
		r = read_attribute(root, port, "devnum", address);
	if (r < 0)
		return r;
	snprintf(path, sizeof path, "%s/dev/bus/usb/%03ld/%03ld", root, strtol(bus, NULL, 10),
		 strtol(address, NULL, 10));
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

	snprintf(path, sizeof path, "%s" DEVICES "/%s/authorized", root, port);
	return switch_twice(path, "0", "1");
}

int port_reset(const char *root, const char *port)
{
	static int (*const ways[])(const char *root, const char *port) = {
		switch_port,
		reset_device,
		authorize_again,
	};
	char vendor[16], class[16];
	int r = port_is_name(port) ? read_attribute(root, port, "idVendor", vendor) : -EINVAL;

	if (r == 0)
		r = read_attribute(root, port, "bDeviceClass", class);
	if (r < 0)
		return r;
	if (strcmp(vendor, USB_VENDOR_APPLE_TEXT) != 0 || strcmp(class, CLASS_HUB) == 0)
		return -EPERM;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		r = ways[i](root, port);
		if (r == 0)
			break;
	}
	return r;
}
