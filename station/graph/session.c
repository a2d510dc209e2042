/* SPDX-License-Identifier: Apache-2.0 */
/* A session with Microsoft Graph for one source: signed in when needed, asked, page by page. */
#define _GNU_SOURCE /* asprintf */
#include "station/graph/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/secret_file.h"
#include "station/graph/ask.h"
#include "station/graph/cloud.h"
#include "station/graph/guid.h"
#include "station/graph/reply.h"
#include "station/graph/session_sign_in.h"
#include "station/graph/throttle.h"
#include "station/graph/url.h"
#include "station/tools/clock.h"

struct session {
	const struct source *source;
	const char *graph; /* URL without a path */
	struct session_identity *identity;
	struct sign_in_token token; /* bearer NULL: none yet */
	int64_t date;
};

int session_open(const struct source *source, bool may_ask, struct session **ret_session,
		 struct refusal *refusal)
{
	struct session *session = calloc(1, sizeof *session);

	if (!session)
		return refuse(refusal, REFUSAL_HOST, "no memory");
	session->source = source;
	session->date = -1;
	session->graph = source->graph_url ? source->graph_url : cloud_find(source->cloud)->graph;
	if (session_identity_open(source, may_ask, &session->identity, refusal) < 0) {
		session_close(session);
		return -1;
	}
	*ret_session = session;
	return 0;
}

static void forget_token(struct session *session)
{
	secret_free(session->token.bearer);
	session->token.bearer = NULL;
}

void session_close(struct session *session)
{
	if (!session)
		return;
	forget_token(session);
	session_identity_close(session->identity);
	free(session);
}

int64_t session_date(const struct session *session)
{
	return session->date;
}

/* One request with its answer. */
struct call {
	struct session *session;
	const char *method, *url, *body, *what;
	bool expired; /* the token was not taken */
	json_t *json;
	struct refusal *refusal;
};

static int take_answer(const struct exchange_answer *answer, void *userdata)
{
	struct call *call = userdata;
	const char *date = exchange_header(answer, "date");

	call->session->date = date ? http_date_parse(date) : -1;
	call->expired = answer->failure == EXCHANGE_WELL && answer->status == 401;
	if (answer->failure != EXCHANGE_WELL || answer->status < 200 || answer->status > 299)
		return reply_refuse(answer, call->what, call->refusal);
	call->json = reply_read(answer);
	return call->json ? 0 : reply_refuse_form(call->what, call->refusal);
}

static int send_call(struct call *call)
{
	char id[GUID_TEXT_MAX], request[sizeof "client-request-id: " + GUID_TEXT_MAX];
	struct exchange_order order = {
		.method = call->method,
		.url = call->url,
		.headers = { call->session->token.bearer, "Accept: application/json", request,
			     "Content-Type: application/json" },
		.header_count = call->body ? 4 : 3,
		.connect = ASK_CONNECT,
		.total = ASK_TOTAL,
		.most = EXCHANGE_BODY_MAX,
		.ca = call->session->source->ca,
		.proxy = call->session->source->proxy,
		.body = (const unsigned char *)call->body,
		.body_size = call->body ? strlen(call->body) : 0,
	};

	snprintf(request, sizeof request, "client-request-id: %s", guid_make(id));
	return ask(&order, !call->body, take_answer, call, call->refusal);
}

/* Sends CALL with a token that is still good, and once more with a new one if it was not. */
static int do_call(struct call *call)
{
	struct session *session = call->session;
	int64_t now = clock_wall() / 1000;

	if (session->token.bearer && session->token.expires - now < SIGN_IN_SPARE)
		forget_token(session);
	for (unsigned tries = 0; tries < 2; tries++) {
		if (!session->token.bearer &&
		    session_identity_sign_in(session->identity, session->graph, &session->token,
					     call->refusal) < 0)
			return -1;
		call->expired = false;
		if (send_call(call) == 0)
			return 0;
		if (!call->expired)
			return -1;
		forget_token(session);
	}
	return -1;
}

static char *below_graph(const struct session *session, const char *path)
{
	char *url;

	return asprintf(&url, "%s%s", session->graph, path) < 0 ? NULL : url;
}

int session_get(struct session *session, const char *path, const char *what, json_t **ret_json,
		struct refusal *refusal)
{
	char *url = below_graph(session, path);
	struct call call = {
		.session = session, .method = "GET", .url = url, .what = what, .refusal = refusal
	};
	int r = url ? do_call(&call) : refuse(refusal, REFUSAL_HOST, "no memory");

	free(url);
	if (r == 0)
		*ret_json = call.json;
	return r;
}

int session_post(struct session *session, const char *path, json_t *body, const char *what,
		 json_t **ret_json, struct refusal *refusal)
{
	char *url = below_graph(session, path), *text = json_dumps(body, JSON_COMPACT);
	struct call call = { .session = session,
			     .method = "POST",
			     .url = url,
			     .body = text,
			     .what = what,
			     .refusal = refusal };
	int r = url && text ? do_call(&call) : refuse(refusal, REFUSAL_HOST, "no memory");

	json_decref(body);
	free(url);
	free(text);
	if (r == 0)
		*ret_json = call.json;
	return r;
}

/* Sets *URL to where the list goes on, or NULL. The token goes nowhere but to Graph. */
static int take_next(const struct session *session, const json_t *page, char **url,
		     const char *what, struct refusal *refusal)
{
	const char *next = reply_text(page, "@odata.nextLink");

	free(*url);
	*url = NULL;
	if (next[0] == '\0')
		return 0;
	if (!url_is_below(next, session->graph))
		return refuse(refusal, REFUSAL_SERVICE,
			      "cannot %s: the list goes on at another server, which is not asked",
			      what);
	*url = strdup(next);
	return *url ? 0 : refuse(refusal, REFUSAL_HOST, "no memory");
}

int session_get_pages(struct session *session, const char *path, const char *what,
		      session_take_page *take, void *userdata, struct refusal *refusal)
{
	char *url = below_graph(session, path);
	int r = url ? 0 : refuse(refusal, REFUSAL_HOST, "no memory");

	for (unsigned pages = 0; r == 0 && url; pages++) {
		struct call call = { .session = session,
				     .method = "GET",
				     .url = url,
				     .what = what,
				     .refusal = refusal };

		if (pages == SESSION_PAGES_MAX)
			r = refuse(refusal, REFUSAL_SERVICE, "cannot %s: the list does not end",
				   what);
		if (r == 0)
			r = do_call(&call);
		if (r == 0 && take(call.json, userdata) < 0)
			r = reply_refuse_form(what, refusal);
		if (r == 0)
			r = take_next(session, call.json, &url, what, refusal);
		json_decref(call.json);
	}
	free(url);
	return r;
}
