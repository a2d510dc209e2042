/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the control socket: each verb, and the answers to mistakes. */
#include "tests/sim/control.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/phone.h"
#include "tests/unit/sim-host.h"
#include "tests/unit/tap.h"

#define ANSWER_MAX 65536

struct desk {
	struct sim sim;
	struct phone_setup setup;
	struct control *control;
	int fd;
};

static void begin(struct desk *desk, unsigned devices)
{
	int pair[2];

	sim_new(&desk->sim, devices);
	setup_default(&desk->setup);
	desk->control = control_new(desk->sim.bench, &desk->setup);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0 ||
	    control_accept(desk->control, pair[0]) < 0)
		abort();
	desk->fd = pair[1];
}

static void end(struct desk *desk)
{
	close(desk->fd);
	control_free(desk->control);
	sim_done(&desk->sim);
}

/* The next line of the answer, parsed; the caller's. */
static json_t *receive(struct desk *desk)
{
	static char line[ANSWER_MAX];
	size_t length = 0;

	while (length < sizeof(line) && sim_read(&desk->sim, desk->fd, line + length, 1)) {
		if (line[length++] == '\n')
			return json_loadb(line, length, 0, NULL);
	}
	return NULL;
}

static json_t *ask(struct desk *desk, const char *line)
{
	send(desk->fd, line, strlen(line), MSG_NOSIGNAL);
	send(desk->fd, "\n", 1, MSG_NOSIGNAL);
	return receive(desk);
}

static void is_ok(struct desk *desk, const char *line)
{
	json_t *answer = ask(desk, line);

	ok(json_is_true(json_object_get(answer, "ok")), "%s", line);
	json_decref(answer);
}

/* What DESK's first phone is shown as in a list; owned by RET_LIST. */
static json_t *first_shown(struct desk *desk, json_t **ret_list)
{
	*ret_list = ask(desk, "{\"do\":\"list\"}");
	return json_array_get(json_object_get(*ret_list, "devices"), 0);
}

static void test_list(void)
{
	struct desk desk;
	json_t *list, *first;
	const char *identifier = NULL;
	json_int_t handle, pairings, dialogs, installs;
	int attached, locked;

	begin(&desk, 3);
	first = first_shown(&desk, &list);
	is_number((long long)json_array_size(json_object_get(list, "devices")), 3, "three devices");
	is_string(json_string_value(json_object_get(first, "udid")), desk.sim.bench->phones->udid,
		  "the UDID");
	is_string(json_string_value(json_object_get(first, "serial")),
		  desk.sim.bench->phones->serial, "the serial");
	is_string(json_string_value(json_object_get(first, "name")), "iPad 1", "the name");
	ok(json_unpack(first, "{s:b, s:I, s:b, s:I, s:I, s:I, s:[], s:n}", "attached", &attached,
		       "handle", &handle, "locked", &locked, "pairings", &pairings, "trust_dialogs",
		       &dialogs, "installs", &installs, "profiles", "staged", &identifier) == 0,
	   "and the rest");
	ok(attached && handle == 1 && !locked && !pairings && !dialogs && !installs,
	   "as it is fresh from the box");
	json_decref(list);
	end(&desk);
}

static bool is_away(void *of)
{
	const struct phone *phone = of;

	return !phone->handle;
}

static void test_cable(void)
{
	struct desk desk;
	struct phone *phone;

	begin(&desk, 2);
	phone = desk.sim.bench->phones;
	is_ok(&desk, "{\"do\":\"unplug\",\"udid\":\"*\"}");
	ok(!phone->handle && !phone->next->handle, "the hub is pulled");
	is_ok(&desk, "{\"do\":\"plug\",\"udid\":\"*\"}");
	ok(phone->handle == 3 && phone->next->handle == 4, "and put back");
	phone->setup.reboot_time = 3600 * 1000;
	is_ok(&desk, "{\"do\":\"reboot\",\"udid\":\"*\"}");
	ok(sim_wait(&desk.sim, is_away, phone->next) && phone->restart, "all restart");
	end(&desk);
}

static bool is_back(void *of)
{
	const struct phone *phone = of;

	return phone->on_bus;
}

static bool is_off(void *of)
{
	return !is_back(of);
}

/* Ports and modes: what only shows on the bus. */
static void test_bus(void)
{
	struct desk desk;
	struct phone *phone;
	json_t *list, *first;
	const char *mode = "";
	int port = 0, on_bus = 0, imported = 1;

	begin(&desk, 2);
	phone = desk.sim.bench->phones;
	is_ok(&desk, "{\"do\":\"unplug\",\"udid\":\"00008101-0014D8E311C0AA22\"}");
	is_ok(&desk, "{\"do\":\"plug\",\"udid\":\"00008101-0014D8E311C0AA22\",\"port\":9}");
	is_number(phone->port, 9, "a device in another port");
	is_ok(&desk, "{\"do\":\"reenumerate\",\"udid\":\"*\",\"after\":\"1ms\"}");
	ok(sim_wait(&desk.sim, is_off, phone) && sim_wait(&desk.sim, is_back, phone),
	   "it leaves and is back");
	is_number(phone->port, 9, "in the same one");
	is_ok(&desk, "{\"do\":\"mode\",\"udid\":\"*\",\"mode\":\"dfu\",\"after\":\"1ms\"}");
	ok(sim_wait(&desk.sim, is_off, phone) && sim_wait(&desk.sim, is_back, phone),
	   "it changes its mode");
	first = first_shown(&desk, &list);
	ok(json_unpack(first, "{s:i, s:s, s:b, s:b}", "port", &port, "mode", &mode, "on_bus",
		       &on_bus, "imported", &imported) == 0 &&
		   port == 9 && on_bus && !imported,
	   "the list tells of it");
	is_string(mode, "dfu", "and of the mode");
	ok(json_is_false(json_object_get(first, "attached")), "in which usbmuxd does not see it");
	json_decref(list);
	is_ok(&desk, "{\"do\":\"unplug\",\"udid\":\"*\"}");
	is_ok(&desk, "{\"do\":\"mode\",\"udid\":\"*\",\"mode\":\"normal\"}");
	ok(!phone->on_bus && phone->mode == MODE_NORMAL, "the mode of one that is not plugged in");
	is_ok(&desk, "{\"do\":\"reenumerate\",\"udid\":\"*\"}");
	is_ok(&desk, "{\"do\":\"plug\",\"udid\":\"*\"}");
	ok(phone->on_bus && phone->handle, "it is there when it is plugged in");
	end(&desk);
}

static void test_setting(void)
{
	struct desk desk;
	struct phone *phone;
	const struct rule *rule;

	begin(&desk, 1);
	phone = desk.sim.bench->phones;
	is_ok(&desk, "{\"do\":\"set\",\"udid\":\"*\",\"setup\":{\"supervised\":true,"
		     "\"trust-after\":\"never\",\"unlock-after\":\"1m\"}}");
	ok(phone->setup.supervised && phone->setup.trust_after == -1, "the set-up is changed");
	ok(phone->locked, "a passcode locks at once");
	is_ok(&desk, "{\"do\":\"set\",\"udid\":\"*\",\"setup\":{\"unlock-after\":\"0\"}}");
	ok(!phone->locked, "and without one it is unlocked");
	is_ok(&desk, "{\"do\":\"fault\",\"udid\":\"*\",\"fault\":\"trust-after=2\"}");
	is_number(phone->setup.trust_after, 2000, "a fault is set");
	is_ok(&desk, "{\"do\":\"rule\",\"udid\":\"*\",\"point\":\"after\",\"request\":\"Pair\","
		     "\"action\":\"vanish\"}");
	rule = rules_match(phone->rules, RULE_AFTER, "Pair");
	ok(rule && rule->deed.action == RULE_VANISH, "a rule is added");
	ok(!rules_match(phone->rules, RULE_AFTER, "Pair"), "for once");
	is_ok(&desk, "{\"do\":\"rule\",\"udid\":\"*\",\"point\":\"before\",\"request\":\"*\","
		     "\"action\":\"silent\",\"count\":0}");
	for (int i = 0; i < 3; i++)
		ok(rules_match(phone->rules, RULE_BEFORE, "x"), "or for ever");
	end(&desk);
}

static void test_add(void)
{
	struct desk desk;
	struct phone *phone;

	begin(&desk, 0);
	is_ok(&desk, "{\"do\":\"add\",\"udid\":\"00008110-001A2B3C4D5E6F70\",\"name\":\"New\","
		     "\"product\":\"iPhone14,5\",\"unplugged\":true,"
		     "\"setup\":{\"supervised\":true},\"faults\":[\"trust-denied\"]}");
	phone = bench_phone(desk.sim.bench, "00008110-001A2B3C4D5E6F70");
	ok(phone && !phone->handle && phone->setup.supervised && phone->setup.trust_denied,
	   "a device is added");
	is_ok(&desk, "{\"do\":\"add\"}");
	is_number(desk.sim.bench->phone_count, 2, "and one as they are");
	end(&desk);
}

/* What the control socket tells of Connects and faults. */
static void test_counters(void)
{
	struct desk desk;
	json_t *list, *first, *faults;

	begin(&desk, 1);
	first = first_shown(&desk, &list);
	ok(json_is_null(json_object_get(first, "first_byte_us")), "nobody has connected");
	is_number((long long)json_array_size(json_object_get(first, "faults")), 0, "no faults");
	json_decref(list);
	close(sim_connect_port(&desk.sim, 1, LOCKDOWN_PORT));
	close(sim_connect_port(&desk.sim, 1, LOCKDOWN_PORT));
	is_number(sim_connect_port(&desk.sim, 1, 5), -1, "nothing is behind the port");
	is_ok(&desk, "{\"do\":\"fault\",\"udid\":\"*\",\"fault\":\"hang-at=Pair:2\"}");
	first = first_shown(&desk, &list);
	ok(json_integer_value(json_object_get(first, "first_byte_us")) >= 0 &&
		   json_is_integer(json_object_get(first, "first_byte_us")),
	   "the time from the attach to the first Connect");
	is_number(json_integer_value(json_object_get(first, "connects")), 2, "two worked");
	is_number(json_integer_value(json_object_get(list, "refused")), 1, "one was refused");
	faults = json_object_get(first, "faults");
	is_string(json_string_value(json_array_get(faults, 0)), "hang-at=Pair:2",
		  "the fault as it was set");
	json_decref(list);
	end(&desk);
}

static void test_mux(void)
{
	struct desk desk;
	struct phone *phone;
	int fd;

	begin(&desk, 2);
	phone = desk.sim.bench->phones;
	phone_unplug(phone);
	phone_plug(phone);
	fd = sim_connect(&desk.sim);
	is_ok(&desk, "{\"do\":\"mux-restart\"}");
	ok(sim_closed(&desk.sim, fd), "usbmuxd has been away");
	ok(phone->handle + phone->next->handle == 3, "and counts from 1 again");
	is_ok(&desk, "{\"do\":\"mux-fault\",\"fault\":\"mux-silent=60m\"}");
	ok(desk.sim.bench->silent, "or is silent");
	is_ok(&desk, "{\"do\":\"mux-restart\"}");
	ok(!desk.sim.bench->silent, "until something else happens to it");
	close(fd);
	end(&desk);
}

static const struct {
	const char *line;
	const char *error;
} wrong[] = {
	{ "", "one JSON object a line is expected" },
	{ "list", "one JSON object a line is expected" },
	{ "[1]", "one JSON object a line is expected" },
	{ "{\"do\":\"list\"", "one JSON object a line is expected" },
	{ "{}", "'do' is missing: what is to be done" },
	{ "{\"do\":1}", "'do' is missing: what is to be done" },
	{ "{\"do\":\"unplg\"}", "unknown verb 'unplg'; did you mean 'unplug'?" },
	{ "{\"do\":\"unplug\"}", "no device ''" },
	{ "{\"do\":\"unplug\",\"udid\":\"A\"}", "no device 'A'" },
	{ "{\"do\":\"fault\",\"udid\":\"*\"}", "'fault' is missing: \"NAME\" or \"NAME=ARG\"" },
	{ "{\"do\":\"fault\",\"udid\":\"*\",\"fault\":\"fire\"}", "unknown fault 'fire'" },
	{ "{\"do\":\"fault\",\"udid\":\"*\",\"fault\":\"hang-at=Pare\"}",
	  "unknown request 'Pare'; did you mean 'Pair'?" },
	{ "{\"do\":\"fault\",\"udid\":\"*\",\"fault\":\"mux-silent=1\"}",
	  "fault 'mux-silent' is the bench's, not a device's" },
	{ "{\"do\":\"mux-fault\",\"fault\":\"lies\"}",
	  "fault 'lies' is a device's, not the bench's" },
	{ "{\"do\":\"mux-fault\"}", "'fault' is missing: \"NAME\" or \"NAME=ARG\"" },
	{ "{\"do\":\"mux-restrat\"}", "unknown verb 'mux-restrat'; did you mean 'mux-restart'?" },
	{ "{\"do\":\"set\",\"udid\":\"*\"}", "'setup' is missing: an object of keys and values" },
	{ "{\"do\":\"set\",\"udid\":\"*\",\"setup\":{\"supervised\":1}}",
	  "supervised: true, false, or a text is expected" },
	{ "{\"do\":\"set\",\"udid\":\"*\",\"setup\":{\"supervisd\":true}}",
	  "unknown setup key 'supervisd'; did you mean 'supervised'?" },
	{ "{\"do\":\"rule\",\"udid\":\"*\",\"point\":\"at\",\"request\":\"*\",\"action\":\"close\"}",
	  "a rule has 'point' (before, after), 'request' (a name or *), 'action' "
	  "(close, vanish, reboot, silent, hang) and 'count' (0: for ever)" },
	{ "{\"do\":\"rule\",\"udid\":\"*\",\"point\":\"after\",\"request\":\"*\",\"action\":\"close\","
	  "\"count\":-1}",
	  "a rule has 'point' (before, after), 'request' (a name or *), 'action' "
	  "(close, vanish, reboot, silent, hang) and 'count' (0: for ever)" },
	{ "{\"do\":\"plug\",\"udid\":\"*\",\"port\":0}", "'port' is a number from 1 to 1000" },
	{ "{\"do\":\"plug\",\"udid\":\"*\",\"port\":\"2\"}", "'port' is a number from 1 to 1000" },
	{ "{\"do\":\"plug\",\"udid\":\"*\",\"port\":2}", "00008101-0014D8E311C0AA22 is in port 1" },
	{ "{\"do\":\"mode\",\"udid\":\"*\"}", "mode: '' is not normal, recovery or dfu" },
	{ "{\"do\":\"mode\",\"udid\":\"*\",\"mode\":\"dfu\",\"after\":\"soon\"}",
	  "'after' is a time such as \"500ms\" or \"5s\"" },
	{ "{\"do\":\"reenumerate\",\"udid\":\"*\",\"after\":1}",
	  "'after' is a time such as \"500ms\" or \"5s\"" },
	{ "{\"do\":\"add\",\"mode\":\"fast\"}", "mode: 'fast' is not normal, recovery or dfu" },
	{ "{\"do\":\"add\",\"nmae\":\"x\"}", "unknown key 'nmae'; did you mean 'name'?" },
	{ "{\"do\":\"add\",\"name\":5}", "name: '' is not 1 to 255 bytes of text" },
	{ "{\"do\":\"add\",\"faults\":[1]}", "'faults' is a list of at most 8 texts" },
};

static void test_wrong(void)
{
	struct desk desk;
	json_t *answer;

	begin(&desk, 1);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		answer = ask(&desk, wrong[i].line);
		ok(json_is_false(json_object_get(answer, "ok")), "refused: %s", wrong[i].line);
		is_string(json_string_value(json_object_get(answer, "error")), wrong[i].error,
			  "with the reason");
		json_decref(answer);
	}
	is_number(desk.sim.bench->phone_count, 1, "and nothing was done");
	answer = ask(&desk, "{\"do\":\"approve\",\"udid\":\"*\"}");
	ok(json_is_false(json_object_get(answer, "ok")), "nothing is staged to approve");
	json_decref(answer);
	answer = ask(&desk, "{\"do\":\"list\"}\n{\"do\":\"list\"}");
	json_decref(answer);
	answer = receive(&desk);
	ok(json_is_true(json_object_get(answer, "ok")), "two lines, two answers");
	json_decref(answer);
	end(&desk);
}

static void test_endless_line(void)
{
	struct desk desk;
	char *blanks = malloc(ANSWER_MAX);

	begin(&desk, 0);
	memset(blanks, ' ', ANSWER_MAX);
	ok(send(desk.fd, blanks, ANSWER_MAX, MSG_NOSIGNAL) == ANSWER_MAX, "a line without end");
	ok(sim_closed(&desk.sim, desk.fd), "ends the connection");
	free(blanks);
	end(&desk);
}

int main(void)
{
	test_list();
	test_cable();
	test_bus();
	test_setting();
	test_add();
	test_counters();
	test_mux();
	test_wrong();
	test_endless_line();
	return tap_done();
}
