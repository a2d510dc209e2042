/* SPDX-License-Identifier: Apache-2.0 */
/* One-time links to a profile: how long each lives, and what an access to it may do. */
#ifndef STATION_RULES_LINK_H
#define STATION_RULES_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "device/facts/step.h"

/* 128 random bits in hexadecimal. */
#define LINK_TOKEN_BYTES 16
#define LINK_TOKEN_LEN	 (2 * LINK_TOKEN_BYTES)

struct link {
	char token[LINK_TOKEN_LEN + 1];
	msec_t ends; /* monotonic */
	bool used;
};

/* Is TEXT of a token's form: 32 lower-case hexadecimal digits? */
bool link_is_token(const char *text);

/* The link among COUNT LINKS with TOKEN, or NULL. Takes as long for any token. */
struct link *link_find(struct link *links, size_t count, const char *token);

/* How it stands at NOW. */
enum link_state {
	LINK_OPEN,
	LINK_USED,
	LINK_EXPIRED,
};
enum link_state link_state(const struct link *link, msec_t now);

/* What an access asks for. Previews of chat programs and browsers that look ahead only LOOK. */
enum link_ask {
	LINK_LOOK, /* GET or HEAD */
	LINK_TAKE, /* POST: the button on the page */
};

/* What is answered. */
enum link_answer {
	LINK_SHOW, /* the page with the button */
	LINK_GIVE, /* the profile, and the link is used from now on */
	LINK_GONE_USED,
	LINK_GONE_EXPIRED,
};
enum link_answer link_answer(const struct link *link, enum link_ask ask, msec_t now);

/* When the last of the open links of COUNT LINKS ends; 0 when none is open at NOW. */
msec_t link_last_end(const struct link *links, size_t count, msec_t now);

#endif
