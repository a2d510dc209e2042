/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a session that signs in: the credential, and the requests for a token. */
#ifndef STATION_GRAPH_SESSION_SIGN_IN_H
#define STATION_GRAPH_SESSION_SIGN_IN_H

#include <stdbool.h>

#include "profiles/library/source.h"
#include "station/graph/sign_in.h"

struct session_identity;

/* Reads the credential of SOURCE, which must outlive it. For MAY_ASK see session.h. Returns 0 and
 * RET_IDENTITY (session_identity_close), or -1 and REFUSAL. */
int session_identity_open(const struct source *source, bool may_ask,
			  struct session_identity **ret_identity, struct refusal *refusal);
void session_identity_close(struct session_identity *identity);

/* Signs in for GRAPH, its URL; takes as long as a person does where one is needed. Returns 0 and
 * RET_TOKEN (secret_free(bearer)), or -1 and REFUSAL. */
int session_identity_sign_in(struct session_identity *identity, const char *graph,
			     struct sign_in_token *ret_token, struct refusal *refusal);

#endif
