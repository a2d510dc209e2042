/* SPDX-License-Identifier: Apache-2.0 */
/* lockdownd of a simulated device: values, pairing, sessions, the starting of services. */
#include "tests/sim/lockdown.h"

#include <openssl/rand.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/channel.h"
#include "tests/sim/decode.h"
#include "tests/sim/notifications.h"
#include "tests/sim/pairing.h"
#include "tests/sim/person.h"
#include "tests/sim/phone.h"
#include "tests/sim/values.h"

#define UUID_TEXT 37

/* One connection to lockdown. Zeroed: no session. */
struct session {
	char id[UUID_TEXT]; /* "" outside a session */
	char *host_id;
	bool proved; /* in TLS: the host's certificate was looked at, and fits */
};

static bool in_session(const struct session *session)
{
	return session->id[0] != '\0';
}

static void end_session(struct session *session)
{
	free(session->host_id);
	*session = (struct session){ 0 };
}

static void closed(struct channel *channel, void *state)
{
	(void)channel;
	end_session(state);
}

/* What one request leads to: a reply under way, and the name of an error, if any. */
struct exchange {
	struct channel *channel;
	struct phone *phone;
	struct session *session;
	plist_t request;
	plist_t reply;
};

static void put_text(plist_t dict, const char *key, const char *text)
{
	if (text)
		plist_dict_set_item(dict, key, plist_new_string(text));
}

static void put_success(struct exchange *x)
{
	put_text(x->reply, "Result", "Success");
}

static const char *do_query_type(struct exchange *x)
{
	put_text(x->reply, "Type", "com.apple.mobile.lockdown");
	return NULL;
}

/* Repeats the request's domain and key, as devices do. */
static void echo_key(struct exchange *x)
{
	put_text(x->reply, "Domain", dict_text(x->request, "Domain"));
	put_text(x->reply, "Key", dict_text(x->request, "Key"));
}

static const char *do_get_value(struct exchange *x)
{
	plist_t value = NULL;
	const char *error;

	echo_key(x);
	error = values_get(x->phone, dict_text(x->request, "Domain"), dict_text(x->request, "Key"),
			   in_session(x->session), &value);
	if (!error)
		plist_dict_set_item(x->reply, "Value", value);
	return error;
}

static const char *do_set_value(struct exchange *x)
{
	const char *key = dict_text(x->request, "Key");
	plist_t value = plist_dict_get_item(x->request, "Value");
	const char *changed = NULL, *error;

	echo_key(x);
	if (!key)
		return "MissingKey";
	if (!value)
		return "MissingValue";
	error = values_set(x->phone, dict_text(x->request, "Domain"), key, value,
			   in_session(x->session), &changed);
	if (error)
		return error;
	plist_dict_set_item(x->reply, "Value", plist_copy(value));
	if (changed)
		notification_post(x->phone, changed);
	return NULL;
}

static const char *do_remove_value(struct exchange *x)
{
	const char *key = dict_text(x->request, "Key");

	echo_key(x);
	if (!key)
		return "MissingKey";
	return values_remove(x->phone, dict_text(x->request, "Domain"), key,
			     in_session(x->session));
}

static const char *do_pair(struct exchange *x)
{
	plist_t bag = NULL;
	const char *error = pairing_pair(x->phone, channel_event(x->channel), x->request, &bag);

	if (!error)
		plist_dict_set_item(x->reply, "EscrowBag", bag);
	return error;
}

static const char *do_validate_pair(struct exchange *x)
{
	return pairing_validate(x->phone, x->request);
}

static const char *do_unpair(struct exchange *x)
{
	return pairing_unpair(x->phone, x->request);
}

static const char *refuse_locked(struct exchange *x, const char *error)
{
	person_sees_lock(x->phone, channel_event(x->channel));
	return error;
}

/* A random UUID in upper case. False when there is no randomness. */
static bool make_session_id(char out[static UUID_TEXT])
{
	unsigned char b[16];

	if (RAND_bytes(b, sizeof(b)) != 1)
		return false;
	b[6] = (b[6] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
	snprintf(out, UUID_TEXT,
		 "%02X%02X%02X%02X-%02X%02X-%02X%02X-%02X%02X-%02X%02X%02X%02X%02X%02X", b[0], b[1],
		 b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
		 b[15]);
	return true;
}

static const char *do_start_session(struct exchange *x)
{
	const char *host_id = dict_text(x->request, "HostID");

	if (in_session(x->session))
		return "SessionActive";
	if (!host_id)
		return "MissingHostID";
	if (!pairing_by_host(x->phone, host_id))
		return "InvalidHostID";
	if (x->phone->locked)
		return refuse_locked(x, "PasswordProtected");
	x->session->host_id = strdup(host_id);
	if (!x->session->host_id || !make_session_id(x->session->id)) {
		end_session(x->session);
		return "InvalidResponse";
	}
	put_text(x->reply, "SessionID", x->session->id);
	plist_dict_set_item(x->reply, "EnableSessionSSL",
			    plist_new_bool(x->phone->setup.session_tls));
	return NULL;
}

static const char *do_stop_session(struct exchange *x)
{
	const char *id = dict_text(x->request, "SessionID");

	if (!in_session(x->session))
		return "SessionInactive";
	if (!id)
		return "MissingSessionID";
	if (strcmp(id, x->session->id) != 0)
		return "InvalidSessionID";
	put_success(x);
	end_session(x->session);
	return NULL;
}

static const char *do_start_service(struct exchange *x)
{
	const char *name = dict_text(x->request, "Service");
	const struct service *service = name ? service_by_name(name) : NULL;
	bool trusted = in_session(x->session);
	bool tls = trusted && x->phone->setup.service_tls;
	uint16_t port;
	size_t len;

	put_text(x->reply, "Service", name);
	if (!name)
		return "MissingService";
	if (!service)
		return "InvalidService";
	if (!trusted && !service->without_trust)
		return "ServiceProhibited";
	/* An escrow bag opens nothing before the first unlock. */
	if (x->phone->locked && !service->without_trust)
		return refuse_locked(x, dict_bytes(x->request, "EscrowBag", &len)
						? "MissingValue"
						: "PasswordProtected");
	port = phone_open_port(x->phone, service, tls);
	if (port == 0)
		return "ServiceLimit";
	plist_dict_set_item(x->reply, "Port", plist_new_uint(port));
	if (tls)
		plist_dict_set_item(x->reply, "EnableServiceSSL", plist_new_bool(1));
	return NULL;
}

static const char *do_goodbye(struct exchange *x)
{
	put_success(x);
	return NULL;
}

/* What follows the reply, when the request went well. */
enum sequel {
	SEQUEL_NONE,
	SEQUEL_TLS,
	SEQUEL_CLEAR,
	SEQUEL_CLOSE
};

static const struct lockdown_request {
	const char *name;
	const char *(*answer)(struct exchange *x); /* NULL, or the name of an error */
	enum sequel sequel;
} requests[] = {
	{ "QueryType", do_query_type, SEQUEL_NONE },
	{ "GetValue", do_get_value, SEQUEL_NONE },
	{ "SetValue", do_set_value, SEQUEL_NONE },
	{ "RemoveValue", do_remove_value, SEQUEL_NONE },
	{ "Pair", do_pair, SEQUEL_NONE },
	{ "ValidatePair", do_validate_pair, SEQUEL_NONE },
	{ "Unpair", do_unpair, SEQUEL_NONE },
	{ "StartSession", do_start_session, SEQUEL_TLS },
	{ "StopSession", do_stop_session, SEQUEL_CLEAR },
	{ "StartService", do_start_service, SEQUEL_NONE },
	{ "Goodbye", do_goodbye, SEQUEL_CLOSE },
};

static const struct lockdown_request *find_request(const char *name)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (strcmp(requests[i].name, name) == 0)
			return &requests[i];
	}
	return NULL;
}

static void follow(struct channel *channel, enum sequel sequel)
{
	switch (sequel) {
	case SEQUEL_NONE:
		break;
	case SEQUEL_TLS:
		if (channel_phone(channel)->setup.session_tls)
			channel_start_tls(channel);
		break;
	case SEQUEL_CLEAR:
		channel_stop_tls(channel);
		break;
	case SEQUEL_CLOSE:
		channel_close(channel);
		break;
	}
}

/* In a session the host must have shown the certificate of the record it named. */
static bool host_is_proved(struct channel *channel, struct session *session)
{
	const struct pairing *pairing;
	const unsigned char *der;
	size_t len = 0;

	if (!in_session(session) || session->proved || !channel_phone(channel)->setup.session_tls)
		return true;
	pairing = pairing_by_host(channel_phone(channel), session->host_id);
	der = channel_host_certificate(channel, &len);
	session->proved = pairing && der && pairing_has_certificate(pairing, der, len);
	return session->proved;
}

static void answer(struct channel *channel, void *state, plist_t request)
{
	const char *name = dict_text(request, "Request");
	const struct lockdown_request *known = name ? find_request(name) : NULL;
	struct exchange x = { .channel = channel,
			      .phone = channel_phone(channel),
			      .session = state,
			      .request = request };
	const char *error;

	if (!name || !host_is_proved(channel, state)) {
		channel_close(channel);
		return;
	}
	x.reply = plist_new_dict();
	put_text(x.reply, "Request", name);
	error = known ? known->answer(&x) : "InvalidRequest";
	put_text(x.reply, "Error", error);
	channel_reply(channel, x.reply);
	if (!error)
		follow(channel, known->sequel);
}

static const char *request_name(size_t number)
{
	return number < sizeof(requests) / sizeof(requests[0]) ? requests[number].name : NULL;
}

const struct service lockdown_service = {
	.name = "com.apple.mobile.lockdown",
	.request_key = "Request",
	.state_size = sizeof(struct session),
	.request = answer,
	.request_name = request_name,
	.closed = closed,
	.without_trust = true,
};
