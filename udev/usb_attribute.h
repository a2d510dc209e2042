/* SPDX-License-Identifier: Apache-2.0 */
/* What sysfs says of a USB device in numbers, where libudev is not needed for it. */
#ifndef UDEV_USB_ATTRIBUTE_H
#define UDEV_USB_ATTRIBUTE_H

/* Where sysfs has all USB devices, interfaces and buses, below a system's root. */
#define USB_DEVICES "/sys/bus/usb/devices"

/*
 * Reads the attribute NAME of DEVICE ("1-4.2", "usb3", "3-4.2:1.0"), a number in BASE, of the
 * system below ROOT ("" is this one). Returns 0 and RET_NUMBER; -ENOENT when there is no such
 * device or attribute; -EINVAL when it is no number (the device may have just left); -ENAMETOOLONG;
 * or another negative errno.
 */
int usb_attribute_read(const char *root, const char *device, const char *name, int base,
		       unsigned *ret_number);

#endif
