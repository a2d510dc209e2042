/* SPDX-License-Identifier: Apache-2.0 */
/* A service that does what its requests say, on a bench with one phone: for tests of connections.
 */
#ifndef TESTS_UNIT_SIM_ECHO_H
#define TESTS_UNIT_SIM_ECHO_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>

#include "tests/unit/sim-host.h"

/* What the service has seen; set back by echo_begin. */
struct echo_seen {
	unsigned requests;
	unsigned closed;
	int latency; /* for the test to set: milliseconds before each answer */
	bool has_tls;
	bool certificate_known;
};
extern struct echo_seen seen;

/* The length of the Data that answers "big". */
#define ECHO_BIG ((size_t)1 << 20)

/* A bench with one phone, and a connection to the service, with TLS at once when TLS. */
int echo_begin(struct sim *sim, bool tls);
/* Another port of the bench's phone that leads to the service, once. */
uint16_t echo_port(struct sim *sim, bool tls);
void echo_end(struct sim *sim, int fd);

/*
 * A request that the service answers with WHAT as Text; "nothing" and "big" excepted. "count" has a
 * second answer, "first" or "later"; "start" and "stop" go on with and without TLS, "close" closes,
 * "reboot" restarts the phone.
 */
plist_t echo_request(const char *what);
plist_t echo_reply(const char *text);

/* Checks that the next reply has this Text. */
void is_reply(struct sim *sim, int fd, const char *want);

#endif
