# SPDX-License-Identifier: Apache-2.0
# What the USB bus shows, through libudev.
noinst_LIBRARIES += libusbview.a
libusbview_a_SOURCES =
libusbview_a_SOURCES += %D%/usb_device.h
