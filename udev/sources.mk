# SPDX-License-Identifier: Apache-2.0
# What the USB bus shows, through libudev.
noinst_LIBRARIES += libusbview.a
libusbview_a_SOURCES =
libusbview_a_SOURCES += %D%/usb_device.h
libusbview_a_SOURCES += %D%/usb_identity.h
libusbview_a_SOURCES += %D%/usb_serial.h
libusbview_a_SOURCES += %D%/usb_port.h
libusbview_a_SOURCES += %D%/usb_hearing.h
libusbview_a_SOURCES += %D%/usb_watch.h
