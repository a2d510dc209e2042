/* SPDX-License-Identifier: Apache-2.0 */
/* The serial numbers that Apple devices show on USB, in each mode (doc/protocol.md). */
#ifndef TESTS_SIM_USB_SERIAL_H
#define TESTS_SIM_USB_SERIAL_H

struct phone;

/* Longest text; each buffer below has room for it and its end. */
#define USB_SERIAL_MAX 126

/* The UDID without its dash, or whatever the phone's usb_serial makes of it. */
void usb_serial_normal(const struct phone *phone, char to[USB_SERIAL_MAX + 1]);
/* In recovery and DFU: chip, board, ECID, and the serial or the boot loader's version. */
void usb_serial_boot(const struct phone *phone, char to[USB_SERIAL_MAX + 1]);
/* The nonces, which stand in the first string in these modes. */
void usb_serial_nonces(const struct phone *phone, char to[USB_SERIAL_MAX + 1]);

#endif
