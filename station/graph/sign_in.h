/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in to Microsoft: the forms that are sent, and what is answered. */
#ifndef STATION_GRAPH_SIGN_IN_H
#define STATION_GRAPH_SIGN_IN_H

#include <stdint.h>

#include "device/facts/clean.h"
#include "device/facts/exchange.h"
#include "profiles/library/source.h"
#include "station/graph/assertion.h"
#include "station/graph/refusal.h"

/* A token that ends in less than this is asked for anew, in seconds. */
#define SIGN_IN_SPARE 300
/* How long an assertion may be used, in seconds: time for one request, and clocks that differ. */
#define SIGN_IN_ASSERTION_LIFE 600

/* Every form below is the caller's, secret_free; NULL when it cannot be made. */

/* For the application itself; SCOPE is Graph's URL. */
char *sign_in_secret_form(const struct source *source, const char *scope, const char *secret);
/* The same with a certificate: ENDPOINT is whom the assertion is for, ID must never come twice. */
struct sign_in_assertion {
	const struct assertion_key *key;
	const char *endpoint, *id;
	int64_t now; /* seconds since 1970 */
};
char *sign_in_assertion_form(const struct source *source, const char *scope,
			     const struct sign_in_assertion *assertion);

/* For a person: a code is asked for, shown, and then asked about. */
char *sign_in_code_form(const struct source *source, const char *scope);
char *sign_in_poll_form(const struct source *source, const char *device_code);

struct sign_in_code {
	char *device_code; /* secret */
	char user_code[CLEAN_MAX + 1], url[CLEAN_MAX + 1];
	unsigned lasts, interval; /* seconds */
};
/* Reads the answer with a code. Returns 0 and RET_CODE (free(device_code)), or -1 and REFUSAL. */
int sign_in_read_code(const struct exchange_answer *answer, struct sign_in_code *ret_code,
		      struct refusal *refusal);

/* What the answer to a poll means. */
enum sign_in_poll {
	SIGN_IN_DONE,	/* the token is there */
	SIGN_IN_WAIT,	/* the person is not done */
	SIGN_IN_SLOWER, /* the same, and ask less often from now on */
	SIGN_IN_OVER,	/* refused, too late, or a failure */
};
enum sign_in_poll sign_in_judge_poll(const struct exchange_answer *answer);

struct sign_in_token {
	char *bearer;	 /* "Authorization: Bearer …": secret */
	int64_t expires; /* seconds since 1970 */
};
/* Reads the answer with a token, at NOW. Returns 0 and RET_TOKEN (secret_free(bearer)), or -1 and
 * REFUSAL. */
int sign_in_read_token(const struct exchange_answer *answer, int64_t now,
		       struct sign_in_token *ret_token, struct refusal *refusal);

#endif
