/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of a connection to a simulated device: messages, rules, latency. */
#include "tests/sim/channel.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "tests/sim/bench.h"
#include "tests/sim/phone.h"
#include "tests/unit/sim-echo.h"
#include "tests/unit/tap.h"

static void test_forms(void)
{
	struct sim sim;
	int fd = echo_begin(&sim, false);

	for (int i = 0; i < 2; i++) {
		bool binary = !i;
		plist_t reply;

		service_send(fd, echo_request("echo"), i);
		reply = service_receive(&sim, fd, &binary);
		is_string(text_of(reply, "Text"), "echo", "it answers");
		is_number(binary, i, "in the form that it was asked in");
		plist_free(reply);
	}
	service_send(fd, echo_request("count"), false);
	is_reply(&sim, fd, "count");
	is_reply(&sim, fd, "later");
	ok(!seen.has_tls && !seen.certificate_known, "in clear text");
	service_send(fd, echo_request("close"), false);
	is_reply(&sim, fd, "close");
	ok(sim_closed(&sim, fd), "a close comes after the reply");
	is_number(seen.closed, 1, "and the service hears of it");
	echo_end(&sim, fd);
}

static void test_split_and_joined(void)
{
	static const char xml[] = "<plist version=\"1.0\"><dict><key>Do</key>"
				  "<string>count</string></dict></plist>";
	unsigned char bytes[2 * (4 + sizeof(xml) - 1)];
	size_t length = sizeof(bytes) / 2;
	uint32_t prefix = htobe32((uint32_t)length - 4);
	struct sim sim;
	int fd = echo_begin(&sim, false);

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
	echo_end(&sim, fd);
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
		int fd = echo_begin(&sim, false);

		send(fd, bad[i].bytes, sizeof(bad[i].bytes), MSG_NOSIGNAL);
		ok(sim_closed(&sim, fd), "%s ends the connection", bad[i].name);
		is_number(seen.requests, 0, "unseen by the service");
		echo_end(&sim, fd);
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
		int fd = echo_begin(&sim, false);
		struct phone *phone = sim.bench->phones;
		bool silent = rules[i].action == RULE_SILENT;
		const struct rule_deed deed = {
			.action = rules[i].action,
			.answer = rules[i].action == RULE_ANSWER ? echo_reply("ruled") : NULL,
			.away = -1,
		};

		rules_add(&phone->rules, rules[i].point, "echo", &deed, 1);
		service_send(fd, echo_request("echo"), false);
		if (silent)
			service_send(fd, echo_request("next"), false);
		if (rules[i].want)
			is_reply(&sim, fd, rules[i].want);
		else
			ok(sim_closed(&sim, fd), "rule %zu closes", i);
		is_number(seen.requests, rules[i].seen + silent, "as the service sees it");
		is_number(phone->handle != 0, rules[i].action != RULE_VANISH, "as the bus sees it");
		echo_end(&sim, fd);
	}
}

static void test_latency(void)
{
	struct sim sim;
	int fd = echo_begin(&sim, false);

	seen.latency = 3600 * 1000;
	service_send(fd, echo_request("echo"), false);
	sim_wait(&sim, all_done, &sim);
	is_number(seen.requests, 0, "a request waits for its latency");
	phone_unplug(sim.bench->phones);
	ok(sim_closed(&sim, fd), "but not for ever with the cable out");
	echo_end(&sim, fd);

	fd = echo_begin(&sim, false);
	sim.bench->phones->setup.request_latency = 1;
	seen.latency = 1;
	for (int i = 0; i < 3; i++)
		service_send(fd, echo_request(i < 1 ? "a" : i < 2 ? "b" : "c"), false);
	is_reply(&sim, fd, "a");
	is_reply(&sim, fd, "b");
	is_reply(&sim, fd, "c");
	echo_end(&sim, fd);
}

static void test_back_pressure(void)
{
	enum {
		ASKED = 20
	};
	struct sim sim;
	int fd = echo_begin(&sim, false);
	char *bytes = malloc(ECHO_BIG);
	unsigned answered = 0;

	for (int i = 0; i < ASKED; i++)
		service_send(fd, echo_request("big"), true);
	sim_wait(&sim, all_done, &sim);
	ok(seen.requests < 3, "a host that does not read is not served on (%u)", seen.requests);
	while (answered < ASKED) {
		plist_t reply = service_receive(&sim, fd, NULL);
		uint64_t length = 0;

		if (!reply)
			break;
		plist_get_data_ptr(plist_dict_get_item(reply, "Data"), &length);
		answered += length == ECHO_BIG;
		plist_free(reply);
	}
	is_number(answered, ASKED, "until it does");
	free(bytes);
	echo_end(&sim, fd);
}

static void test_reboot_in_request(void)
{
	struct sim sim;
	int fd = echo_begin(&sim, false);

	service_send(fd, echo_request("reboot"), false);
	is_reply(&sim, fd, "reboot");
	ok(sim_closed(&sim, fd), "the restart comes behind the answer");
	ok(sim.bench->phones->plugged && !sim.bench->phones->handle, "and is under way");
	echo_end(&sim, fd);
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
	return tap_done();
}
