/* SPDX-License-Identifier: Apache-2.0 */
/* A device's UDID, the name under which usbmuxd knows it, in the two forms that exist. */
#ifndef DEVICE_FACTS_UDID_H
#define DEVICE_FACTS_UDID_H

#include <stdbool.h>
#include <stddef.h>

/* 40 hexadecimal digits; the newer form is 25 characters. */
#define UDID_MAX 40

/* A valid UDID in its canonical text: 40 lower-case digits, or 8-16 upper-case digits with the
 * dash (doc/protocol.md, "UDID"). A zeroed value is "no UDID". */
struct udid {
	char text[UDID_MAX + 1];
};

/*
 * Reads a UDID as usbmuxd, lockdown or the USB serial number give it: either form, any case, the
 * newer form with or without its dash. Nothing else is accepted: a serial number is a device's own
 * word and may hold anything.
 * Returns 0, or -EINVAL and leaves RET_UDID alone.
 */
int udid_parse(const char *text, struct udid *ret_udid);

bool udid_equal(const struct udid *a, const struct udid *b);
bool udid_is_set(const struct udid *udid);

#endif
