# SPDX-License-Identifier: Apache-2.0
# What the USB bus shows, through libudev.
noinst_LIBRARIES += libusbview.a
libusbview_a_CPPFLAGS = $(AM_CPPFLAGS) $(UDEV_CFLAGS)
libusbview_a_SOURCES =
libusbview_a_SOURCES += %D%/usb_device.h
libusbview_a_SOURCES += %D%/usb_hearing.c %D%/usb_hearing.h
libusbview_a_SOURCES += %D%/usb_identity.c %D%/usb_identity.h
libusbview_a_SOURCES += %D%/usb_port.c %D%/usb_port.h
libusbview_a_SOURCES += %D%/usb_read.c %D%/usb_read.h
libusbview_a_SOURCES += %D%/usb_roll.c %D%/usb_roll.h
libusbview_a_SOURCES += %D%/usb_serial.c %D%/usb_serial.h
libusbview_a_SOURCES += %D%/usb_watch.c %D%/usb_watch.h
# What a program needs that links libusbview.a, after it.
USBVIEW_LIBS = libfacts.a $(UDEV_LIBS)
