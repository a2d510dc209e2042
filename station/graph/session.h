/* SPDX-License-Identifier: Apache-2.0 */
/* A session with Microsoft Graph for one source: signed in when needed, asked, page by page. */
#ifndef STATION_GRAPH_SESSION_H
#define STATION_GRAPH_SESSION_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "profiles/library/source.h"
#include "station/graph/refusal.h"

/* Pages of one list: a hundred hold 100 000 devices. */
#define SESSION_PAGES_MAX 100

struct session;

/*
 * Begins one for SOURCE, which must outlive it; reads the credential, asks nobody yet. Without
 * MAY_ASK a sign-in that needs a person is refused; with it, what the person must do is said on
 * stderr.
 * Returns 0 and RET_SESSION (session_close), or -1 and REFUSAL.
 */
int session_open(const struct source *source, bool may_ask, struct session **ret_session,
		 struct refusal *refusal);
void session_close(struct session *session);

/*
 * Asks for PATH below Graph's URL, which WHAT names for messages ("list the profiles").
 * Returns 0 and RET_JSON (an object, the caller's reference), or -1 and REFUSAL.
 */
int session_get(struct session *session, const char *path, const char *what, json_t **ret_json,
		struct refusal *refusal);

/* Takes a page. Returns 0 to go on, -1 when it is not of the form that is known. */
typedef int session_take_page(const json_t *page, void *userdata);
/* The same for a list, of which each page is given to TAKE. */
int session_get_pages(struct session *session, const char *path, const char *what,
		      session_take_page *take, void *userdata, struct refusal *refusal);

/* Sends BODY, whose reference is taken, also on failure. It is not sent a second time unless the
 * service says that it did nothing. */
int session_post(struct session *session, const char *path, json_t *body, const char *what,
		 json_t **ret_json, struct refusal *refusal);

/* What the service's clock said with the last answer, in seconds since 1970; -1 when it did not. */
int64_t session_date(const struct session *session);

#endif
