/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as USB/IP and usbmux over USB have them: the highest byte first, at any address. */
#ifndef TESTS_SIM_USB_NUMBER_H
#define TESTS_SIM_USB_NUMBER_H

#include <stdint.h>

uint16_t usb_get16(const unsigned char *from);
uint32_t usb_get32(const unsigned char *from);
void usb_put16(unsigned char *to, uint16_t number);
void usb_put32(unsigned char *to, uint32_t number);

#endif
