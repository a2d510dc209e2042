/* SPDX-License-Identifier: Apache-2.0 */
/* The links of one run of muster handover serve: made, told, answered for. */
#ifndef STATION_FACES_HANDOVER_SERVER_H
#define STATION_FACES_HANDOVER_SERVER_H

#include "station/faces/handover/handover_page.h"
#include "station/rules/link.h"
#include "station/tools/https.h"
#include "station/tools/page_certificate.h"
#include "station/tools/state.h"

/* Most links of one run: they stand on one sheet. */
#define HANDOVER_LINKS_MAX 100
/* Room for a link, with its end. */
#define HANDOVER_URL_MAX (LISTEN_ADDRESS_MAX + LINK_TOKEN_LEN + 16)

struct handover_server {
	const struct state *state;
	const char *batch;
	struct handover_profile profile;
	struct listen_address address;
	struct page_certificate certificate;
	struct https *https;
	unsigned count;
	struct link links[HANDOVER_LINKS_MAX];
	char ends[24]; /* of all links: the time of day */
	char saved[72];
	bool quiet; /* nothing is said of downloads on standard output */
	bool in_trouble;
};

/* Makes COUNT links with LIFE, listens, and makes the certificate. Returns 0 or negative errno. */
int handover_server_open(struct handover_server *server, unsigned count, msec_t life);
void handover_server_close(struct handover_server *server);

/* Serves until nobody can need it any more, or a signal. Returns 0 or negative errno. */
int handover_server_run(struct handover_server *server);

/* The link's address. Fills OUT and returns it. */
const char *handover_server_url(const struct handover_server *server, unsigned number,
				char out[static HANDOVER_URL_MAX]);

/* How many links were used. */
unsigned handover_server_used(const struct handover_server *server);

#endif
