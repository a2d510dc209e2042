/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a session that signs in: the credential, and the requests for a token. */
#define _GNU_SOURCE /* asprintf */
#include "station/graph/session_sign_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/secret_file.h"
#include "station/graph/ask.h"
#include "station/graph/cloud.h"
#include "station/graph/guid.h"
#include "station/tools/clock.h"

/* Largest answer of the sign-in: tokens are a few KiB. */
#define ANSWER_MAX (256U << 10)

struct session_identity {
	const struct source *source;
	bool may_ask;
	char *token_url, *code_url;
	char *secret;		   /* SOURCE_SECRET */
	struct assertion_key *key; /* SOURCE_CERTIFICATE */
};

/* The first of PROBLEMS as a refusal. */
static int refuse_file(struct problems *problems, struct refusal *refusal)
{
	if (problems->count > 0)
		refuse(refusal, REFUSAL_FILE, "%s: %s", problems->list[0].file,
		       problems->list[0].text);
	else
		refuse(refusal, REFUSAL_HOST, "no memory");
	problems_done(problems);
	return -1;
}

static int read_credential(struct session_identity *identity, struct refusal *refusal)
{
	const struct source *source = identity->source;
	struct problems problems = { 0 };
	const char *why = NULL;
	char *secret;
	size_t size;
	int r;

	if (source->sign_in == SOURCE_DEVICE_CODE)
		return 0;
	if (secret_file_read(source->credential, &problems, &secret, &size) < 0)
		return refuse_file(&problems, refusal);
	if (source->sign_in == SOURCE_SECRET) {
		identity->secret = secret;
		return 0;
	}
	r = assertion_key_read(secret, size, &identity->key, &why);
	secret_free(secret);
	return r == 0 ? 0 : refuse(refusal, REFUSAL_FILE, "%s: %s", source->credential, why);
}

int session_identity_open(const struct source *source, bool may_ask,
			  struct session_identity **ret_identity, struct refusal *refusal)
{
	struct session_identity *identity = calloc(1, sizeof *identity);
	const char *base =
		source->sign_in_url ? source->sign_in_url : cloud_find(source->cloud)->sign_in;

	if (!identity)
		return refuse(refusal, REFUSAL_HOST, "no memory");
	identity->source = source;
	identity->may_ask = may_ask;
	if (asprintf(&identity->token_url, "%s/%s/oauth2/v2.0/token", base, source->tenant) < 0)
		identity->token_url = NULL;
	if (asprintf(&identity->code_url, "%s/%s/oauth2/v2.0/devicecode", base, source->tenant) < 0)
		identity->code_url = NULL;
	if (!identity->token_url || !identity->code_url)
		refuse(refusal, REFUSAL_HOST, "no memory");
	else if (read_credential(identity, refusal) == 0) {
		*ret_identity = identity;
		return 0;
	}
	session_identity_close(identity);
	return -1;
}

void session_identity_close(struct session_identity *identity)
{
	if (!identity)
		return;
	secret_free(identity->secret);
	assertion_key_free(identity->key);
	free(identity->token_url);
	free(identity->code_url);
	free(identity);
}

/* Sends FORM, which is taken over, to URL. */
static int send_form(const struct session_identity *identity, const char *url, char *form,
		     ask_take *take, void *userdata, struct refusal *refusal)
{
	const struct exchange_order order = {
		.method = "POST",
		.url = url,
		.headers = { "Content-Type: application/x-www-form-urlencoded",
			     "Accept: application/json" },
		.header_count = 2,
		.connect = ASK_CONNECT,
		.total = ASK_TOTAL,
		.most = ANSWER_MAX,
		.ca = identity->source->ca,
		.proxy = identity->source->proxy,
		.body = (const unsigned char *)form,
		.body_size = form ? strlen(form) : 0,
	};
	int r;

	if (!form)
		return refuse(refusal, REFUSAL_HOST, "no memory for signing in");
	/* Asking for a token twice gives two tokens: no harm. */
	r = ask(&order, true, take, userdata, refusal);
	secret_free(form);
	return r;
}

/* What waits for an answer. */
struct awaited {
	struct sign_in_token *token;
	struct sign_in_code *code;
	enum sign_in_poll verdict;
	struct refusal *refusal;
};

static int take_token(const struct exchange_answer *answer, void *userdata)
{
	struct awaited *awaited = userdata;

	return sign_in_read_token(answer, clock_wall() / 1000, awaited->token, awaited->refusal);
}

static int take_code(const struct exchange_answer *answer, void *userdata)
{
	struct awaited *awaited = userdata;

	return sign_in_read_code(answer, awaited->code, awaited->refusal);
}

static int take_poll(const struct exchange_answer *answer, void *userdata)
{
	struct awaited *awaited = userdata;

	awaited->verdict = sign_in_judge_poll(answer);
	if (awaited->verdict == SIGN_IN_WAIT || awaited->verdict == SIGN_IN_SLOWER)
		return 0;
	return take_token(answer, userdata);
}

/* Asks about CODE, as often as told, until the person is done or it is too late. */
static int poll_code(const struct session_identity *identity, const struct sign_in_code *code,
		     struct awaited *awaited)
{
	msec_t end = clock_monotonic() + code->lasts * 1000LL;
	unsigned interval = code->interval;

	while (clock_monotonic() < end) {
		char *form = sign_in_poll_form(identity->source, code->device_code);

		ask_pause(interval * 1000LL);
		if (send_form(identity, identity->token_url, form, take_poll, awaited,
			      awaited->refusal) < 0)
			return -1;
		if (awaited->verdict == SIGN_IN_DONE)
			return 0;
		/* RFC 8628, 3.5: by five seconds, for good. */
		if (awaited->verdict == SIGN_IN_SLOWER)
			interval += 5;
	}
	return refuse(awaited->refusal, REFUSAL_SIGN_IN,
		      "nobody signed in with the code in time; ask for a new one");
}

static int sign_in_with_code(const struct session_identity *identity, const char *graph,
			     struct sign_in_token *ret_token, struct refusal *refusal)
{
	struct sign_in_code code;
	struct awaited awaited = { .token = ret_token, .code = &code, .refusal = refusal };
	int r;

	if (!identity->may_ask)
		return refuse(
			refusal, REFUSAL_SIGN_IN,
			"a person must sign in with a code: run it on a terminal (muster profile refresh %s)",
			identity->source->name);
	if (send_form(identity, identity->code_url, sign_in_code_form(identity->source, graph),
		      take_code, &awaited, refusal) < 0)
		return -1;
	fprintf(stderr, "%s: to sign in, open %s and enter the code %s\n", identity->source->name,
		code.url, code.user_code);
	r = poll_code(identity, &code, &awaited);
	secret_free(code.device_code);
	return r;
}

int session_identity_sign_in(struct session_identity *identity, const char *graph,
			     struct sign_in_token *ret_token, struct refusal *refusal)
{
	const struct source *source = identity->source;
	struct awaited awaited = { .token = ret_token, .refusal = refusal };
	char id[GUID_TEXT_MAX], *form = NULL;

	switch (source->sign_in) {
	case SOURCE_DEVICE_CODE:
		return sign_in_with_code(identity, graph, ret_token, refusal);
	case SOURCE_SECRET:
		form = sign_in_secret_form(source, graph, identity->secret);
		break;
	case SOURCE_CERTIFICATE:
		form = sign_in_assertion_form(source, graph,
					      &(struct sign_in_assertion){
						      .key = identity->key,
						      .endpoint = identity->token_url,
						      .id = guid_make(id),
						      .now = clock_wall() / 1000,
					      });
		break;
	}
	return send_form(identity, identity->token_url, form, take_token, &awaited, refusal);
}
