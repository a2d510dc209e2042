/* SPDX-License-Identifier: Apache-2.0 */
/* A host's connection to a service of a simulated device, in the clear or in TLS, for tests. */
#ifndef TESTS_UNIT_SIM_LINK_H
#define TESTS_UNIT_SIM_LINK_H

#include <openssl/ssl.h>
#include <plist/plist.h>
#include <stdbool.h>
#include <stdint.h>

#include "tests/unit/sim-host.h"
#include "tests/unit/sim-keys.h"

struct link {
	struct sim *sim;
	int fd;	  /* -1: not connected; all calls fail then */
	SSL *ssl; /* NULL: in the clear */
};

/* Connects to PORT of the phone with HANDLE. */
struct link link_open(struct sim *sim, uint32_t handle, uint16_t port);
void link_close(struct link *link);

/* Begins TLS as the client that presents CERTIFICATE (NULL: none) with KEY. Whether the device
 * takes it shows with the first answer: TLS 1.3 is done before the device has looked. */
bool link_tls(struct link *link, X509 *certificate, EVP_PKEY *key);
/* Ends TLS both ways; the connection goes on in the clear. */
bool link_clear(struct link *link);

/* Takes MESSAGE. */
bool link_send(struct link *link, plist_t message);
/* Exactly LEN bytes; false at the end. */
bool link_read(struct link *link, void *to, size_t len);
/* The next message, the caller's; NULL when the device closes or is silent. */
plist_t link_receive(struct link *link);
plist_t link_ask(struct link *link, plist_t message);

/* A lockdown request with this name; the caller adds to it. */
plist_t lockdown_request(const char *name);
/* Asks and returns the answer's Error, "" for none, "closed" for no answer. Takes REQUEST. Valid
 * until the next call. */
const char *lockdown_error(struct link *link, plist_t request);

/* A connection to lockdown with a session in TLS by HOST's host certificate, after a Pair. */
struct link link_session(struct sim *sim, uint32_t handle, const struct host *host);
/* Starts a service in the SESSION, and connects to it with TLS if the device wants that. */
struct link link_service(struct link *session, uint32_t handle, const char *name,
			 const struct host *host);

#endif
