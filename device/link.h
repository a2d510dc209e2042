/* SPDX-License-Identifier: Apache-2.0 */
/* The connection to one device: lockdown in clear or in a session, and the services it starts. */
#ifndef DEVICE_LINK_H
#define DEVICE_LINK_H

#include "device/ask.h"
#include "device/conversation.h"
#include "device/facts/fault.h"
#include "device/facts/udid.h"
#include "device/tls_witness.h"

/* The oldest system with which libimobiledevice begins a session without pairing by itself. */
#define OLDEST_MAJOR 7

struct link {
	struct conversation *talk;
	struct udid udid;
	uint32_t handle; /* usbmux's DeviceID */
	idevice_t device;
	lockdownd_client_t lockdown; /* NULL: not connected */
	bool in_session;	     /* lockdown speaks, or is to speak, in a session */
	bool told_clear;	     /* the note of a service without TLS is said */
	struct tls_witness *witness;
};

/*
 * Finds the device and connects to its lockdown in clear, with a few tries: a device that has just
 * started takes seconds to answer. Touches no pair record. LINK lives as long as the process.
 */
struct fault link_open(struct link *link, struct conversation *talk, const struct udid *udid,
		       uint32_t handle);

/*
 * Begins a session with the record that usbmuxd keeps, on a new connection, and makes sure that it
 * is private: link-not-private when the device leaves TLS out. To be called only when
 * pair_record_look gave PAIR_RECORD_KEPT and the device's version was found good
 * (link_version_fits): without a record the library would pair by itself, and with an unknown
 * version it can do nothing newer than TLS 1.0. A TLS failure is tried again on two new
 * connections: just after Trust was tapped, it passes.
 */
struct fault link_begin_session(struct link *link);

/* Back to lockdown in clear, at the next question. */
void link_end_session(struct link *link);

/*
 * The three questions. When the connection is found broken and was not new, they are asked once
 * more on a new one of the same sort: devices close an idle connection after some ten seconds.
 */
/* RET_VALUE (the caller's) is NULL when the device said yes but gave no value. DOMAIN or KEY may be
 * NULL. */
struct fault link_get(struct link *link, const char *domain, const char *key, plist_t *ret_value);
struct fault link_set(struct link *link, const char *key, const char *text);
/* Starts SERVICE and connects to it, with TLS if the device says so. A failed TLS handshake is a
 * fault: the library's own way to open services would go on in clear. */
struct fault link_start(struct link *link, const char *service,
			property_list_service_client_t *ret_client);

/* VERSION is one the library understands, not older than OLDEST_MAJOR. Otherwise answer-malformed,
 * or service-missing for a system that is too old. */
struct fault link_version_fits(const char *version);

/* Lockdown's client in clear, connected: Pair is asked on it. The link's. */
struct fault link_clear(struct link *link, lockdownd_client_t *ret_lockdown);
/* Forgets the connection: the next question makes a new one. */
void link_drop(struct link *link);

#endif
