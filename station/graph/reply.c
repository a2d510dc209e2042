/* SPDX-License-Identifier: Apache-2.0 */
/* What Microsoft answers: JSON within limits, and what its errors mean for the operator. */
#include "station/graph/reply.h"

#include <string.h>

#include "device/facts/clean.h"

json_t *reply_read(const struct exchange_answer *answer)
{
	json_t *json = json_loadb((const char *)answer->body, answer->body_size,
				  JSON_REJECT_DUPLICATES, NULL);

	if (json_is_object(json))
		return json;
	json_decref(json);
	return NULL;
}

const char *reply_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* Intune puts a document of its own into the message: its "Message" is what a person can read.
 * Cleaned into OUT. */
static void read_message(const char *message, char out[static CLEAN_MAX + 1])
{
	json_t *inner = json_loads(message, 0, NULL);
	const char *text = reply_text(inner, "Message");

	clean_string(text[0] != '\0' ? text : message, out);
	json_decref(inner);
}

struct service_error {
	char code[CLEAN_MAX + 1], message[CLEAN_MAX + 1], request[CLEAN_MAX + 1];
};

/* Both forms: {"error": {…}} of Graph, {"error": "…", "error_description"} of the sign-in. */
static void read_error(const struct exchange_answer *answer, struct service_error *ret_error)
{
	json_t *json = reply_read(answer), *error = json_object_get(json, "error");
	const char *id = exchange_header(answer, "request-id");

	clean_string(json_is_string(error) ? json_string_value(error) : reply_text(error, "code"),
		     ret_error->code);
	if (json_is_string(error))
		clean_string(reply_text(json, "error_description"), ret_error->message);
	else
		read_message(reply_text(error, "message"), ret_error->message);
	if (!id)
		id = reply_text(json_object_get(error, "innerError"), "request-id");
	clean_string(id, ret_error->request);
	json_decref(json);
}

/* What to do about the sign-in's own numbers (doc/graph.md, "Errors"). */
static const char *sign_in_remedy(const char *message)
{
	static const struct {
		const char *number, *remedy;
	} table[] = {
		{ "AADSTS7000215", "The client secret is wrong: take its value, not its id." },
		{ "AADSTS7000222", "The client secret is expired: make a new one." },
		{ "AADSTS700016", "The application is not in this tenant: look at \"client\" and "
				  "\"tenant\"." },
		{ "AADSTS700027", "The certificate is not the application's, or this host's clock "
				  "is wrong." },
		{ "AADSTS90002", "There is no such tenant: look at \"tenant\"." },
		{ "AADSTS7000218", "The application must allow public client flows for a device "
				   "code." },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strstr(message, table[i].number))
			return table[i].remedy;
	return "Look at \"tenant\", \"client\" and the credential.";
}

/* What to do about the end of a device code (RFC 8628, 3.5, and Microsoft's own words); NULL for
 * what is none. */
static const char *code_remedy(const char *code)
{
	static const struct {
		const char *code, *remedy;
	} table[] = {
		{ "authorization_declined", "Whoever had the code said no. Begin anew." },
		{ "access_denied", "Whoever had the code said no. Begin anew." },
		{ "expired_token", "Nobody signed in with the code in time. Begin anew." },
		{ "bad_verification_code", "The code is not known any more. Begin anew." },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strcmp(code, table[i].code) == 0)
			return table[i].remedy;
	return NULL;
}

/* What to do about STATUS, and its KIND. */
static const char *remedy_of(unsigned status, enum refusal_kind *ret_kind)
{
	static const struct {
		unsigned least, most;
		enum refusal_kind kind;
		const char *remedy;
	} table[] = {
		{ 401, 401, REFUSAL_SIGN_IN, "Look at the source's credential." },
		{ 403, 403, REFUSAL_DENIED,
		  "The application lacks a permission, or an administrator's consent to it." },
		{ 404, 404, REFUSAL_MISSING, "It is not there (any more)." },
		{ 429, 429, REFUSAL_BUSY, "Try again later." },
		{ 500, 599, REFUSAL_SERVICE, "Try again later." },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (status >= table[i].least && status <= table[i].most) {
			*ret_kind = table[i].kind;
			return table[i].remedy;
		}
	*ret_kind = REFUSAL_SERVICE;
	return "";
}

int reply_refuse(const struct exchange_answer *answer, const char *what, struct refusal *refusal)
{
	struct service_error error;
	enum refusal_kind kind;
	const char *remedy = remedy_of(answer->status, &kind);

	if (answer->failure != EXCHANGE_WELL)
		return refuse(refusal,
			      answer->failure == EXCHANGE_REFUSED ? REFUSAL_FILE : REFUSAL_NETWORK,
			      "cannot %s: %s (%s)", what,
			      exchange_failure_sentence(answer->failure), answer->text);
	read_error(answer, &error);
	if (code_remedy(error.code) || strstr(error.message, "AADSTS")) {
		kind = REFUSAL_SIGN_IN;
		remedy = code_remedy(error.code);
	}
	if (!remedy)
		remedy = sign_in_remedy(error.message);
	return refuse(refusal, kind, "cannot %s: HTTP %u%s%s%s%s. %s%s%s%s", what, answer->status,
		      error.code[0] ? " " : "", error.code, error.message[0] ? ", " : "",
		      error.message, remedy, error.request[0] ? " (request-id " : "", error.request,
		      error.request[0] ? ")" : "");
}

int reply_refuse_form(const char *what, struct refusal *refusal)
{
	return refuse(refusal, REFUSAL_SERVICE,
		      "cannot %s: the answer is not of the form that this muster knows", what);
}
