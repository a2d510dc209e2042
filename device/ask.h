/* SPDX-License-Identifier: Apache-2.0 */
/* What the device libraries' codes mean: the one place that turns them into faults. */
#ifndef DEVICE_ASK_H
#define DEVICE_ASK_H

#include <libimobiledevice/libimobiledevice.h>
#include <libimobiledevice/lockdown.h>
#include <libimobiledevice/property_list_service.h>

#include "device/facts/fault.h"

/* Before each call into the libraries: an old entry in OpenSSL's error queue, or an old errno,
 * makes them take "try again" for a failure (doc/protocol.md, "Session and TLS"). */
void ask_begin(void);

/* The fault of a library's code, with the number in `code`, the library's enum in `domain`, and
 * WHAT was asked in `text`. "No error" gives no fault; a number that no list has, answer-malformed.
 */
struct fault ask_lockdown(lockdownd_error_t error, const char *what);
struct fault ask_device(idevice_error_t error, const char *what);
struct fault ask_service(property_list_service_error_t error, const char *what);
/* libusbmuxd's negative results: usbmuxd could not be asked, which is this computer's trouble. */
struct fault ask_mux(int result, const char *what);

/* The same fault of a connection whose encryption stood already: what the libraries call a failure
 * of TLS is then a connection that broke. */
struct fault ask_of_private(struct fault fault);

/* After this fault nothing can be said on the connection it came from: it is broken, or its two
 * ends may be out of step. */
bool ask_breaks_connection(const struct fault *fault);

#endif
