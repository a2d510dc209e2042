/* SPDX-License-Identifier: Apache-2.0 */
/* One device as usbmuxd announces it, judged by itself; and as a gate shows it. */
#ifndef DEVICE_MUX_ENTRY_H
#define DEVICE_MUX_ENTRY_H

#include <plist/plist.h>

#include "device/facts/muxtalk.h"

/*
 * Judges an Attached message. What it says is a stranger's word: a serial number is the device's
 * own. RET_ENTRY becomes MUX_ARRIVED with a device that can be named, or MUX_ODD with the reason
 * and, unless it is 0, the handle.
 * Needed are DeviceID and SerialNumber; what else is missing is unknown (0, USB), but what is there
 * must have its type and bounds.
 */
void entry_judge(plist_t attached, struct mux_event *ret_entry);

/* An arrived ENTRY as an Attached message, the caller's to plist_free. */
plist_t entry_to_attached(const struct mux_event *entry);

#endif
