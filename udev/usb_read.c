/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what sysfs has of a USB device, when it is one of Apple's that the station knows. */
#include "udev/usb_read.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/number.h"
#include "udev/usb_identity.h"
#include "udev/usb_port.h"
#include "udev/usb_serial.h"

/* Digits of a vendor's or a product's number in sysfs. */
#define ID_DIGITS 4

static int read_id(struct udev_device *udev_device, const char *attribute, uint16_t *ret_id)
{
	const char *text = udev_device_get_sysattr_value(udev_device, attribute);

	if (!text || strlen(text) != ID_DIGITS || strspn(text, "0123456789abcdef") != ID_DIGITS)
		return -ENOENT;
	*ret_id = (uint16_t)strtoul(text, NULL, 16);
	return 0;
}

/* The number of a bus, or a device's address on it. */
static int read_byte(struct udev_device *udev_device, const char *attribute, uint8_t *ret_byte)
{
	const char *text = udev_device_get_sysattr_value(udev_device, attribute);
	uint64_t number;

	if (!text || number_parse(text, 1, UINT8_MAX, &number) < 0)
		return -ENOENT;
	*ret_byte = (uint8_t)number;
	return 0;
}

/* "480"; the slowest, "1.5", is not of a device that the station knows. */
static unsigned read_speed(struct udev_device *udev_device)
{
	const char *text = udev_device_get_sysattr_value(udev_device, "speed");
	uint64_t number;

	return text && number_parse(text, 1, UINT32_MAX, &number) == 0 ? (unsigned)number : 0;
}

static void read_serial(struct udev_device *udev_device, struct usb_device *device)
{
	const char *text = udev_device_get_sysattr_value(udev_device, "serial");
	struct usb_serial serial = usb_serial_read(device->mode, text ? text : "");

	device->udid = serial.udid;
	device->ecid = serial.ecid;
	device->chip = serial.chip;
	device->family = usb_identity_family(device->product, serial.chip, serial.board);
	memcpy(device->serial, serial.serial, sizeof device->serial);
}

int usb_read_device(struct udev_device *udev_device, struct usb_device *ret_device)
{
	struct usb_device device = { 0 };
	uint16_t vendor;
	int r;

	if (usb_port_from_name(udev_device_get_sysname(udev_device), device.port) < 0)
		return -ENODEV;
	r = read_id(udev_device, "idVendor", &vendor);
	if (r == 0)
		r = read_id(udev_device, "idProduct", &device.product);
	if (r == 0)
		r = usb_identity_find(vendor, device.product, &device.mode);
	if (r == 0)
		r = read_byte(udev_device, "busnum", &device.bus);
	if (r == 0)
		r = read_byte(udev_device, "devnum", &device.address);
	if (r < 0)
		return r;
	device.speed = read_speed(udev_device);
	read_serial(udev_device, &device);
	usb_port_connector(udev_device_get_syspath(udev_device), device.port, device.connector);
	*ret_device = device;
	return 0;
}
