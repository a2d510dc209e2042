/* SPDX-License-Identifier: Apache-2.0 */
/* One connection from a host to one port of a simulated device: framing, TLS, latency, rules. */
#ifndef TESTS_SIM_CHANNEL_H
#define TESTS_SIM_CHANNEL_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

#include "tests/sim/words.h"

struct channel;
struct phone;

/* Port of lockdown on every device (doc/protocol.md, "Lockdown"). */
#define LOCKDOWN_PORT 62078
/* Longest message taken from a host: a profile of some MiB in XML. */
#define CHANNEL_MESSAGE_MAX (16U << 20)

/*
 * A property-list service: u32 big-endian length, then a plist, each way (doc/protocol.md,
 * "Services"). One static const object each; services.c has the list.
 */
struct service {
	const char *name; /* "com.apple.mobile.MCInstall" */
	const char
		*request_key; /* names the request for rules: "Request", "RequestType", "Command" */
	size_t state_size;    /* of the zeroed memory each connection gets; 0 for none */
	/* REQUEST has come whole and its latency has passed. Answers with channel_reply, now or
	 * later, any number of times. REQUEST stays the channel's. */
	void (*request)(struct channel *channel, void *state, plist_t request);
	/* The connection is gone; frees what STATE owns. May be NULL. */
	void (*closed)(struct channel *channel, void *state);
	/* More latency for this REQUEST in milliseconds, beside the phone's own. May be NULL. */
	int (*latency)(struct phone *phone, plist_t request);
	/* The name of its request of this NUMBER, NULL behind the last: rules can wait for it. */
	const char *(*request_name)(size_t number);
	bool without_trust; /* may be started without a session */
};

/* The service that StartService calls NAME, or NULL. */
const struct service *service_by_name(const char *name);

/* The request called NAME of any service or of lockdown, or "*": a constant. NULL when there is
 * none, with the reason in PROBLEM. */
const char *service_request(const char *name, char problem[PROBLEM_MAX]);

struct stream;

/*
 * The host has connected to SERVICE on PHONE and talks over STREAM from now on, which is the
 * channel's, also on failure. Uses what STREAM holds already. Returns 0 or -ENOMEM.
 */
int channel_new(struct phone *phone, const struct service *service, bool tls,
		struct stream *stream);
/* HELD: nothing comes or leaves on any of PHONE's until the same with false. */
void channels_hold(struct phone *phone, bool held);
/* Closes the connection at once. Not to be called by a service. */
void channel_free(struct channel *channel);

struct phone *channel_phone(struct channel *channel);
sd_event *channel_event(struct channel *channel);

/*
 * Sends REPLY, as XML or in the binary form that the host's last request came in. Takes ownership.
 */
void channel_reply(struct channel *channel, plist_t reply);

/* After the replies queued so far have left: become the TLS server with the phone's identity. The
 * host's certificate is asked for; channel_host_certificate tells which it was. */
void channel_start_tls(struct channel *channel);
/* After the replies queued so far: TLS close, then clear text on the same connection. */
void channel_stop_tls(struct channel *channel);
bool channel_has_tls(const struct channel *channel);

/* The certificate the host gave in the TLS handshake in DER, or NULL/0. Valid while TLS is. */
const unsigned char *channel_host_certificate(struct channel *channel, size_t *ret_len);

/* Closes after the replies queued so far have left. */
void channel_close(struct channel *channel);

/* Opens a port on the channel's phone for one connection to SERVICE, with TLS at once when TLS.
 * Returns the port, 1024 or above and not in use; 0 when too many wait for their connection. */
uint16_t phone_open_port(struct phone *phone, const struct service *service, bool tls);

/* The phone restarts: all channels close now, it leaves the bus, and is back after its reboot_time
 * with a new handle. */
void phone_reboot(struct phone *phone);

#endif
