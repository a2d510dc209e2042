/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of a connection to a simulated device: messages, rules, latency, TLS that comes and goes.
 */
#include "tests/sim/channel.h"

#include <endian.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/certificate.h"
#include "tests/sim/phone.h"
#include "tests/unit/sim-host.h"
#include "tests/unit/sim-keys.h"
#include "tests/unit/sim-secret.h"
#include "tests/unit/tap.h"

/* What the service below has seen; set back by begin(). */
static struct {
	unsigned requests;
	unsigned closed;
	int latency;
	bool has_tls;
	bool certificate_known;
} seen;

#define BIG ((size_t)1 << 20)

static plist_t reply_new(const char *text)
{
	plist_t reply = plist_new_dict();

	plist_dict_set_item(reply, "Text", plist_new_string(text));
	return reply;
}

static void reply_big(struct channel *channel)
{
	plist_t reply = plist_new_dict();
	char *bytes = calloc(1, BIG);

	plist_dict_set_item(reply, "Data", plist_new_data(bytes, BIG));
	free(bytes);
	channel_reply(channel, reply);
}

/* Does what the request's "Do" says. */
static void on_request(struct channel *channel, void *state, plist_t request)
{
	const char *what = text_of(request, "Do");
	unsigned *count = state;
	size_t length;

	seen.requests++;
	seen.has_tls = channel_has_tls(channel);
	seen.certificate_known = channel_host_certificate(channel, &length) && length;
	(*count)++;
	if (strcmp(what, "nothing") == 0)
		return;
	if (strcmp(what, "big") == 0)
		reply_big(channel);
	else
		channel_reply(channel, reply_new(what));
	if (strcmp(what, "count") == 0)
		channel_reply(channel, reply_new(*count == 1 ? "first" : "later"));
	else if (strcmp(what, "start") == 0)
		channel_start_tls(channel);
	else if (strcmp(what, "stop") == 0)
		channel_stop_tls(channel);
	else if (strcmp(what, "close") == 0)
		channel_close(channel);
	else if (strcmp(what, "reboot") == 0)
		phone_reboot(channel_phone(channel));
}

static void on_closed(struct channel *channel, void *state)
{
	(void)channel;
	(void)state;
	seen.closed++;
}

static int latency(struct phone *phone, plist_t request)
{
	(void)phone;
	(void)request;
	return seen.latency;
}

static const struct service service = { .name = "test",
					.request_key = "Do",
					.state_size = sizeof(unsigned),
					.request = on_request,
					.closed = on_closed,
					.latency = latency };

/* A bench with one phone, and a connection to the service above. */
static int begin(struct sim *sim, bool tls)
{
	uint16_t port;

	memset(&seen, 0, sizeof(seen));
	sim_new(sim, 1);
	port = phone_open_port(sim->bench->phones, &service, tls);
	return sim_connect_port(sim, 1, port);
}

static void end(struct sim *sim, int fd)
{
	close(fd);
	sim_done(sim);
}

static plist_t request_new(const char *what)
{
	plist_t request = plist_new_dict();

	plist_dict_set_item(request, "Do", plist_new_string(what));
	return request;
}

static void is_reply(struct sim *sim, int fd, const char *want)
{
	plist_t reply = service_receive(sim, fd, NULL);

	is_string(text_of(reply, "Text"), want, "the reply");
	plist_free(reply);
}

static void test_forms(void)
{
	struct sim sim;
	int fd = begin(&sim, false);

	for (int i = 0; i < 2; i++) {
		bool binary = !i;
		plist_t reply;

		service_send(fd, request_new("echo"), i);
		reply = service_receive(&sim, fd, &binary);
		is_string(text_of(reply, "Text"), "echo", "it answers");
		is_number(binary, i, "in the form that it was asked in");
		plist_free(reply);
	}
	service_send(fd, request_new("count"), false);
	is_reply(&sim, fd, "count");
	is_reply(&sim, fd, "later");
	ok(!seen.has_tls && !seen.certificate_known, "in clear text");
	service_send(fd, request_new("close"), false);
	is_reply(&sim, fd, "close");
	ok(sim_closed(&sim, fd), "a close comes after the reply");
	is_number(seen.closed, 1, "and the service hears of it");
	end(&sim, fd);
}

static void test_split_and_joined(void)
{
	static const char xml[] = "<plist version=\"1.0\"><dict><key>Do</key>"
				  "<string>count</string></dict></plist>";
	unsigned char bytes[2 * (4 + sizeof(xml) - 1)];
	size_t length = sizeof(bytes) / 2;
	uint32_t prefix = htobe32((uint32_t)length - 4);
	struct sim sim;
	int fd = begin(&sim, false);

	memcpy(bytes, &prefix, 4);
	memcpy(bytes + 4, xml, sizeof(xml) - 1);
	memcpy(bytes + length, bytes, length);
	for (size_t i = 0; i < length; i++) {
		send(fd, bytes + i, 1, MSG_NOSIGNAL);
		sd_event_run(sim.event, 0);
	}
	is_reply(&sim, fd, "count");
	is_reply(&sim, fd, "first");
	send(fd, bytes, 2 * length, MSG_NOSIGNAL);
	for (int i = 0; i < 2; i++) {
		is_reply(&sim, fd, "count");
		is_reply(&sim, fd, "later");
	}
	end(&sim, fd);
}

static const struct {
	const char *name;
	unsigned char bytes[12];
} bad[] = {
	{ "a message of four gigabytes", { 255, 255, 255, 255 } },
	{ "one byte above the most", { 1, 0, 0, 1 } },
	{ "a message of nothing", { 0, 0, 0, 0 } },
	{ "what is no property list", { 0, 0, 0, 4, 'w', 'h', 'a', 't' } },
};

static void test_bad(void)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct sim sim;
		int fd = begin(&sim, false);

		send(fd, bad[i].bytes, sizeof(bad[i].bytes), MSG_NOSIGNAL);
		ok(sim_closed(&sim, fd), "%s ends the connection", bad[i].name);
		is_number(seen.requests, 0, "unseen by the service");
		end(&sim, fd);
	}
}

static const struct {
	enum rule_point point;
	enum rule_action action;
	bool seen;	  /* by the service */
	const char *want; /* the next answer; NULL: the connection is closed */
} rules[] = {
	{ RULE_BEFORE, RULE_ANSWER, false, "ruled" }, { RULE_AFTER, RULE_ANSWER, true, "ruled" },
	{ RULE_BEFORE, RULE_CLOSE, false, NULL },     { RULE_AFTER, RULE_CLOSE, true, NULL },
	{ RULE_BEFORE, RULE_VANISH, false, NULL },    { RULE_AFTER, RULE_VANISH, true, NULL },
	{ RULE_BEFORE, RULE_SILENT, false, "next" },  { RULE_AFTER, RULE_SILENT, true, "next" },
};

static void test_rules(void)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct sim sim;
		int fd = begin(&sim, false);
		struct phone *phone = sim.bench->phones;
		bool silent = rules[i].action == RULE_SILENT;

		rules_add(&phone->rules, rules[i].point, "echo", rules[i].action,
			  rules[i].action == RULE_ANSWER ? reply_new("ruled") : NULL, 1);
		service_send(fd, request_new("echo"), false);
		if (silent)
			service_send(fd, request_new("next"), false);
		if (rules[i].want)
			is_reply(&sim, fd, rules[i].want);
		else
			ok(sim_closed(&sim, fd), "rule %zu closes", i);
		is_number(seen.requests, rules[i].seen + silent, "as the service sees it");
		is_number(phone->handle != 0, rules[i].action != RULE_VANISH, "as the bus sees it");
		end(&sim, fd);
	}
}

static bool all_done(void *of)
{
	struct sim *sim = of;

	return sd_event_run(sim->event, 0) == 0;
}

static void test_latency(void)
{
	struct sim sim;
	int fd = begin(&sim, false);

	seen.latency = 3600 * 1000;
	service_send(fd, request_new("echo"), false);
	sim_wait(&sim, all_done, &sim);
	is_number(seen.requests, 0, "a request waits for its latency");
	phone_unplug(sim.bench->phones);
	ok(sim_closed(&sim, fd), "but not for ever with the cable out");
	end(&sim, fd);

	fd = begin(&sim, false);
	sim.bench->phones->setup.request_latency = 1;
	seen.latency = 1;
	for (int i = 0; i < 3; i++)
		service_send(fd, request_new(i < 1 ? "a" : i < 2 ? "b" : "c"), false);
	is_reply(&sim, fd, "a");
	is_reply(&sim, fd, "b");
	is_reply(&sim, fd, "c");
	end(&sim, fd);
}

static void test_back_pressure(void)
{
	enum {
		ASKED = 20
	};
	struct sim sim;
	int fd = begin(&sim, false);
	char *bytes = malloc(BIG);
	unsigned answered = 0;

	for (int i = 0; i < ASKED; i++)
		service_send(fd, request_new("big"), true);
	sim_wait(&sim, all_done, &sim);
	ok(seen.requests < 3, "a host that does not read is not served on (%u)", seen.requests);
	while (answered < ASKED) {
		plist_t reply = service_receive(&sim, fd, NULL);
		uint64_t length = 0;

		if (!reply)
			break;
		plist_get_data_ptr(plist_dict_get_item(reply, "Data"), &length);
		answered += length == BIG;
		plist_free(reply);
	}
	is_number(answered, ASKED, "until it does");
	free(bytes);
	end(&sim, fd);
}

static void test_reboot_in_request(void)
{
	struct sim sim;
	int fd = begin(&sim, false);

	service_send(fd, request_new("reboot"), false);
	is_reply(&sim, fd, "reboot");
	ok(sim_closed(&sim, fd), "the restart comes behind the answer");
	ok(sim.bench->phones->plugged && !sim.bench->phones->handle, "and is under way");
	end(&sim, fd);
}

/* Makes the phone trust HOST. */
static struct host trusted_host(struct phone *phone)
{
	plist_t key = identity_public_key(phone->identity);
	struct host host = host_new("A", key);

	phone->pairings = calloc(1, sizeof(*phone->pairings));
	phone->pairings->host_id = strdup(host.id);
	phone->pairings->system_buid = strdup("B");
	phone->pairings->root_certificate = new_pem_node(host.root);
	phone->pairings->host_certificate = new_pem_node(host.host);
	plist_free(key);
	return host;
}

static void test_tls_in_mid_stream(int version, bool good_bye)
{
	struct sim sim;
	int fd = begin(&sim, false);
	struct host host = trusted_host(sim.bench->phones);
	struct secret secret;

	for (int i = 0; i < 2; i++) {
		service_send(fd, request_new("start"), false);
		is_reply(&sim, fd, "start");
		ok(secret_connect(&secret, &sim, fd, &host, version), "TLS %x is made", version);
		ok(secret_ask(&secret, "echo"), "a request in secret");
		ok(seen.has_tls && seen.certificate_known, "the service knows it is, and by whom");
		ok(secret_ask(&secret, "stop"), "it is stopped behind a reply");
		if (good_bye)
			SSL_shutdown(secret.ssl);
		/* What follows in clear text comes with the host's good-bye, or behind it. */
		if (i)
			sim_wait(&sim, all_done, &sim);
		ok(!secret_read(&secret, &(char){ 0 }, 1), "the device says good-bye");
		secret_free(&secret);
		service_send(fd, request_new("clear"), false);
		is_reply(&sim, fd, "clear");
		ok(!seen.has_tls && !seen.certificate_known, "in clear text again");
	}
	host_done(&host);
	end(&sim, fd);
}

static void test_tls_from_the_start(void)
{
	struct sim sim;
	int fd = begin(&sim, true);
	struct host host = trusted_host(sim.bench->phones);
	struct secret secret;

	ok(secret_connect(&secret, &sim, fd, &host, TLS1_3_VERSION), "TLS from the first byte");
	ok(secret_ask(&secret, "echo"), "a request in secret");
	SSL_shutdown(secret.ssl);
	ok(!secret_read(&secret, &(char){ 0 }, 1), "good-bye is answered");
	ok(sim_closed(&sim, fd), "and the connection closed");
	secret_free(&secret);
	host_done(&host);
	end(&sim, fd);
}

static void test_tls_refused(void)
{
	struct sim sim;
	int fd = begin(&sim, true);
	struct host host = trusted_host(sim.bench->phones);
	struct host stranger = host_new(
		"S", plist_dict_get_item(plist_dict_get_item(sim.bench->phones->values, ""),
					 "DevicePublicKey"));
	struct secret secret;

	secret_connect(&secret, &sim, fd, &stranger, TLS1_2_VERSION);
	ok(!secret_ask(&secret, "echo"), "a host that is not trusted is not served");
	is_number(seen.requests, 0, "nothing of it reaches the service");
	secret_free(&secret);
	host_done(&stranger);
	host_done(&host);
	end(&sim, fd);

	fd = begin(&sim, true);
	service_send(fd, request_new("echo"), false);
	is_number(seen.requests, 0, "clear text where TLS should be is not served");
	sim_wait(&sim, all_done, &sim);
	is_number(seen.closed, 1, "but ends the connection");
	end(&sim, fd);
}

int main(void)
{
	test_forms();
	test_split_and_joined();
	test_bad();
	test_rules();
	test_latency();
	test_back_pressure();
	test_reboot_in_request();
	test_tls_in_mid_stream(TLS1_VERSION, true);
	test_tls_in_mid_stream(TLS1_2_VERSION, false);
	test_tls_in_mid_stream(TLS1_3_VERSION, true);
	test_tls_from_the_start();
	test_tls_refused();
	return tap_done();
}
