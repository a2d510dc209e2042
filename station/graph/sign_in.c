/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in to Microsoft: the forms that are sent, and what is answered. */
#define _GNU_SOURCE /* asprintf */
#include "station/graph/sign_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/secret_file.h"
#include "station/graph/reply.h"
#include "station/graph/url.h"

/* What a device code is asked for: as much as the verbs need, and no more. */
#define CODE_SCOPES                                                                         \
	"%s/DeviceManagementServiceConfig.ReadWrite.All %s/DeviceManagementManagedDevices." \
	"Read.All"
/* Longest life of a code or token that is believed, and pauses between polls, in seconds. */
#define LIFE_MAX     (24 * 3600)
#define INTERVAL_MAX 60

/* A field of a form. A value of NULL is none. */
struct field {
	const char *name, *value;
};

/* Puts "name=value" behind FORM, which is wiped. */
static char *add_field(char *form, const struct field *field)
{
	char *value = url_escape(field->value), *longer = NULL;

	if (value && form &&
	    asprintf(&longer, "%s%s%s=%s", form, form[0] ? "&" : "", field->name, value) < 0)
		longer = NULL;
	secret_free(value);
	secret_free(form);
	return longer;
}

static char *make_form(const struct field *fields, size_t count)
{
	char *form = strdup("");

	for (size_t i = 0; i < count && form; i++)
		form = add_field(form, &fields[i]);
	return form;
}
#define MAKE_FORM(fields) make_form(fields, sizeof(fields) / sizeof((fields)[0]))

/* Graph's URL as the scope of an application. */
static char *default_scope(const char *graph)
{
	char *scope;

	return asprintf(&scope, "%s/.default", graph) < 0 ? NULL : scope;
}

char *sign_in_secret_form(const struct source *source, const char *graph, const char *secret)
{
	char *scope = default_scope(graph), *form;
	const struct field fields[] = {
		{ "client_id", source->client },
		{ "scope", scope },
		{ "client_secret", secret },
		{ "grant_type", "client_credentials" },
	};

	form = scope ? MAKE_FORM(fields) : NULL;
	free(scope);
	return form;
}

static char *make_assertion(const struct source *source, const struct sign_in_assertion *assertion)
{
	json_t *header = json_pack("{s:s, s:s, s:s}", "alg", ASSERTION_ALGORITHM, "typ", "JWT",
				   "x5t#S256", assertion_thumbprint(assertion->key));
	json_t *claims =
		json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "aud", assertion->endpoint, "iss",
			  source->client, "sub", source->client, "jti", assertion->id, "nbf",
			  (json_int_t)assertion->now, "iat", (json_int_t)assertion->now, "exp",
			  (json_int_t)assertion->now + SIGN_IN_ASSERTION_LIFE);
	char *first = json_dumps(header, JSON_COMPACT), *second = json_dumps(claims, JSON_COMPACT);
	char *whole = first && second ? assertion_sign(assertion->key, first, second) : NULL;

	free(first);
	free(second);
	json_decref(header);
	json_decref(claims);
	return whole;
}

char *sign_in_assertion_form(const struct source *source, const char *graph,
			     const struct sign_in_assertion *assertion)
{
	char *scope = default_scope(graph), *proof = make_assertion(source, assertion), *form;
	const struct field fields[] = {
		{ "client_id", source->client },
		{ "scope", scope },
		{ "client_assertion_type",
		  "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" },
		{ "client_assertion", proof },
		{ "grant_type", "client_credentials" },
	};

	form = scope && proof ? MAKE_FORM(fields) : NULL;
	free(scope);
	secret_free(proof);
	return form;
}

char *sign_in_code_form(const struct source *source, const char *graph)
{
	char *scope, *form;

	if (asprintf(&scope, CODE_SCOPES, graph, graph) < 0)
		return NULL;
	{
		const struct field fields[] = { { "client_id", source->client },
						{ "scope", scope } };

		form = MAKE_FORM(fields);
	}
	free(scope);
	return form;
}

char *sign_in_poll_form(const struct source *source, const char *device_code)
{
	const struct field fields[] = {
		{ "grant_type", "urn:ietf:params:oauth:grant-type:device_code" },
		{ "client_id", source->client },
		{ "device_code", device_code },
	};

	return MAKE_FORM(fields);
}

/* The number at KEY from 1 to MOST, or OTHERWISE. */
static unsigned read_number(const json_t *json, const char *key, unsigned most, unsigned otherwise)
{
	json_int_t number = json_integer_value(json_object_get(json, key));

	return number >= 1 && number <= most ? (unsigned)number : otherwise;
}

int sign_in_read_code(const struct exchange_answer *answer, struct sign_in_code *ret_code,
		      struct refusal *refusal)
{
	static const char what[] = "ask for a sign-in code";
	struct sign_in_code code = { .device_code = NULL };
	json_t *json;

	if (answer->status != 200)
		return reply_refuse(answer, what, refusal);
	json = reply_read(answer);
	clean_string(reply_text(json, "user_code"), code.user_code);
	clean_string(reply_text(json, "verification_uri"), code.url);
	/* Defaults are those of RFC 8628, 3.2. */
	code.lasts = read_number(json, "expires_in", LIFE_MAX, 900);
	code.interval = read_number(json, "interval", INTERVAL_MAX, 5);
	if (reply_text(json, "device_code")[0] != '\0')
		code.device_code = strdup(reply_text(json, "device_code"));
	json_decref(json);
	if (!code.device_code || code.user_code[0] == '\0' || code.url[0] == '\0') {
		free(code.device_code);
		return reply_refuse_form(what, refusal);
	}
	*ret_code = code;
	return 0;
}

enum sign_in_poll sign_in_judge_poll(const struct exchange_answer *answer)
{
	enum sign_in_poll verdict = SIGN_IN_OVER;
	const char *error;
	json_t *json;

	/* RFC 8628, 3.5: a time-out is no answer, but asks for more patience. */
	if (answer->failure == EXCHANGE_SLOW)
		return SIGN_IN_SLOWER;
	if (answer->failure != EXCHANGE_WELL)
		return SIGN_IN_OVER;
	if (answer->status == 200)
		return SIGN_IN_DONE;
	json = reply_read(answer);
	error = reply_text(json, "error");
	if (strcmp(error, "authorization_pending") == 0)
		verdict = SIGN_IN_WAIT;
	else if (strcmp(error, "slow_down") == 0)
		verdict = SIGN_IN_SLOWER;
	json_decref(json);
	return verdict;
}

int sign_in_read_token(const struct exchange_answer *answer, int64_t now,
		       struct sign_in_token *ret_token, struct refusal *refusal)
{
	static const char what[] = "sign in";
	struct sign_in_token token = { .bearer = NULL };
	json_t *json;
	int r = 0;

	if (answer->failure != EXCHANGE_WELL || answer->status != 200)
		return reply_refuse(answer, what, refusal);
	json = reply_read(answer);
	token.expires = now + read_number(json, "expires_in", LIFE_MAX, SIGN_IN_SPARE);
	if (reply_text(json, "access_token")[0] == '\0' ||
	    asprintf(&token.bearer, "Authorization: Bearer %s", reply_text(json, "access_token")) <
		    0)
		r = reply_refuse_form(what, refusal);
	json_decref(json);
	if (r == 0)
		*ret_token = token;
	return r;
}
