/* SPDX-License-Identifier: Apache-2.0 */
/* A device that answers wrong in one way: lockdown and its services. */
#define _GNU_SOURCE /* memmem */
#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/scenario/odd_phone.h"

/* Messages are a length, most significant byte first, and a property list. */
static plist_t get_request(struct wire *wire)
{
	uint32_t len;

	get_bytes(wire, &len, sizeof len);
	return get_plist(wire, be32toh(len));
}

static void put_reply(struct wire *wire, plist_t reply)
{
	char *xml = NULL;
	uint32_t len = 0, prefix;

	plist_to_xml(reply, &xml, &len);
	prefix = htobe32(len);
	put_bytes(wire, &prefix, sizeof prefix);
	put_bytes(wire, xml, len);
	free(xml);
	plist_free(reply);
}

static plist_t version(struct wire *wire)
{
	if (odd(wire, "number-version"))
		return plist_new_uint(17);
	return plist_new_string(odd(wire, "short-version") ? "17"
				: odd(wire, "old-version") ? "6.1"
							   : "17.4");
}

static plist_t all_values(struct wire *wire)
{
	plist_t values = plist_new_dict();

	if (odd(wire, "text-values")) {
		plist_free(values);
		return plist_new_string("everything");
	}
	plist_dict_set_item(values, "ProductVersion", version(wire));
	plist_dict_set_item(values, "ProductType", plist_new_string("iPad13,18"));
	plist_dict_set_item(values, "DeviceName", plist_new_string("\033[31mOdd\n"));
	if (odd(wire, "number-udid"))
		plist_dict_set_item(values, "UniqueDeviceID", plist_new_uint(1));
	else if (!odd(wire, "no-udid"))
		plist_dict_set_item(values, "UniqueDeviceID",
				    plist_new_string(odd(wire, "other-udid")
							     ? "00008030-001A2B3C4D5E6F71"
						     : odd(wire, "odd-udid") ? "../../etc"
									     : ODD_UDID));
	return values;
}

static plist_t value_of(struct wire *wire, const char *key)
{
	if (!key)
		return all_values(wire);
	if (strcmp(key, "ProductVersion") == 0)
		return version(wire);
	if (strcmp(key, "DevicePublicKey") == 0 && !odd(wire, "no-key"))
		return odd(wire, "bad-key") ? plist_new_data("garbage", 7)
					    : plist_new_data(wire->phone->public_key,
							     strlen(wire->phone->public_key));
	return NULL;
}

static void answer_get(struct wire *wire, plist_t request, plist_t reply)
{
	const char *key = text_of(request, "Key");
	plist_t value =
		odd(wire, "no-value") || text_of(request, "Domain") ? NULL : value_of(wire, key);
	uint32_t huge = UINT32_MAX;

	if (odd(wire, "huge"))
		put_bytes(wire, &huge, sizeof huge);
	else if (odd(wire, "deep"))
		put_deep(wire);
	else if (odd(wire, "bomb"))
		put_bomb(wire);
	if (value)
		plist_dict_set_item(reply, "Value", value);
	else if (!odd(wire, "no-value"))
		plist_dict_set_item(reply, "Error", plist_new_string("MissingValue"));
}

static void answer_pair(struct wire *wire, plist_t reply)
{
	if (++wire->phone->memory->pairs == 1 && odd(wire, "drops"))
		_exit(0);
	if (!odd(wire, "no-bag"))
		plist_dict_set_item(reply, "EscrowBag", plist_new_data("bag", 3));
}

/* Answers ClientHello with what is no TLS, and notes what comes then. */
static void be_garbage(struct wire *wire, const char *where)
{
	char bytes[4096];
	ssize_t n = read(wire->fd, bytes, sizeof bytes);

	if (n > 0 && write(wire->fd, "HTTP/1.0 400 No\r\n\r\n", 19) != 19)
		_exit(0);
	while ((n = read(wire->fd, bytes, sizeof bytes)) > 0) {
		bool in_clear = memmem(bytes, (size_t)n, "<plist", 6) != NULL;

		note(wire, where, in_clear ? "in clear" : "more");
		if (in_clear)
			break;
	}
	_exit(0);
}

static void begin_tls(struct wire *wire)
{
	wire->ssl = SSL_new(wire->phone->tls);
	SSL_set_fd(wire->ssl, wire->fd);
	if (SSL_accept(wire->ssl) != 1)
		_exit(0);
	if (odd(wire, "hang-up"))
		_exit(0);
}

static void answer_session(struct wire *wire, plist_t reply)
{
	bool forgets = odd(wire, "forgets") && wire->phone->memory->pairs < 2;

	if (forgets) {
		plist_dict_set_item(reply, "Error", plist_new_string("InvalidHostID"));
		put_reply(wire, reply);
		return;
	}
	plist_dict_set_item(reply, "SessionID", plist_new_string("1"));
	plist_dict_set_item(reply, "EnableSessionSSL", plist_new_bool(!odd(wire, "clear-session")));
	put_reply(wire, reply);
	if (odd(wire, "garbage-session"))
		be_garbage(wire, "lockdown");
	if (!odd(wire, "clear-session"))
		begin_tls(wire);
}

void odd_lockdown(struct wire *wire)
{
	for (;;) {
		plist_t request = get_request(wire), reply = plist_new_dict();
		const char *verb = text_of(request, "Request");

		note(wire, "lockdown", verb);
		plist_dict_set_item(reply, "Request", plist_new_string(verb ? verb : ""));
		if (verb && strcmp(verb, "StartSession") == 0) {
			answer_session(wire, reply);
			plist_free(request);
			continue;
		}
		if (verb && strcmp(verb, "QueryType") == 0)
			plist_dict_set_item(reply, "Type",
					    plist_new_string("com.apple.mobile.lockdown"));
		if (verb && strcmp(verb, "GetValue") == 0)
			answer_get(wire, request, reply);
		if (verb && strcmp(verb, "Pair") == 0)
			answer_pair(wire, reply);
		if (verb && strcmp(verb, "StartService") == 0 && !odd(wire, "no-port"))
			plist_dict_set_item(reply, "Port", plist_new_uint(ODD_SERVICE_PORT));
		if (verb && strcmp(verb, "StartService") == 0)
			plist_dict_set_item(reply, "EnableServiceSSL",
					    plist_new_bool(!odd(wire, "clear-service")));
		put_reply(wire, reply);
		plist_free(request);
	}
}

void odd_service(struct wire *wire)
{
	if (odd(wire, "garbage-service"))
		be_garbage(wire, "service");
	if (!odd(wire, "clear-service"))
		begin_tls(wire);
	for (;;) {
		plist_t request = get_request(wire), reply = plist_new_dict();

		note(wire, "service", text_of(request, "RequestType"));
		plist_dict_set_item(reply, "Status", plist_new_string("Acknowledged"));
		plist_dict_set_item(reply, "OrderedIdentifiers", plist_new_array());
		put_reply(wire, reply);
		plist_free(request);
	}
}
