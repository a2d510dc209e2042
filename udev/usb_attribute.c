/* SPDX-License-Identifier: Apache-2.0 */
/* What sysfs says of a USB device in numbers, where libudev is not needed for it. */
#include "udev/usb_attribute.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int usb_attribute_read(const char *root, const char *device, const char *name, int base,
		       unsigned *ret_number)
{
	char path[PATH_MAX], text[32], *end;
	unsigned long number;
	FILE *file;

	if (snprintf(path, sizeof path, "%s" USB_DEVICES "/%s/%s", root, device, name) >=
	    (int)sizeof path)
		return -ENAMETOOLONG;
	file = fopen(path, "re");
	if (!file)
		return -errno;
	/* An attribute of a device that has just left cannot be read. */
	if (!fgets(text, sizeof text, file))
		text[0] = '\0';
	fclose(file);
	number = strtoul(text, &end, base);
	if (end == text || number > UINT_MAX)
		return -EINVAL;
	*ret_number = (unsigned)number;
	return 0;
}
