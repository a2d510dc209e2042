/* SPDX-License-Identifier: Apache-2.0 */
/* The control socket: a table of what can be done, for one device or all. */
#include "tests/sim/control.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/list.h"
#include "tests/sim/outage.h"
#include "tests/sim/phone.h"
#include "tests/sim/profiles.h"
#include "tests/sim/stream.h"
#include "tests/sim/words.h"

/* "udid" in a request for every device. */
#define ALL_DEVICES "*"
/* A device that comes back in another mode or with another address is away for about so long. */
#define AWAY_MS 500

struct control {
	struct bench *bench;
	const struct phone_setup *setup;
	struct control_client *clients;
};

struct control_client {
	struct control_client *next; /* control: clients */
	struct control *control;
	struct stream *stream;
};

/* The port that REQUEST names, or the one that PHONE had last. -EINVAL with the reason in PROBLEM.
 */
static int port_read(const struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	json_t *port = json_object_get(request, "port");

	if (!port)
		return (int)phone->port;
	if (json_integer_value(port) >= 1 && json_integer_value(port) <= PORTS_MAX)
		return (int)json_integer_value(port);
	snprintf(problem, PROBLEM_MAX, "'port' is a number from 1 to %d", PORTS_MAX);
	return -EINVAL;
}

static int do_plug(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	int port = port_read(phone, request, problem);
	const struct phone *there = port < 0 ? NULL : bench_phone_in(phone->bench, (unsigned)port);

	if (port < 0)
		return port;
	if (there && there != phone) {
		snprintf(problem, PROBLEM_MAX, "in port %d is %s", port, there->udid);
		return -EBUSY;
	}
	if (phone->plugged && (unsigned)port != phone->port) {
		snprintf(problem, PROBLEM_MAX, "%s is in port %u", phone->udid, phone->port);
		return -EBUSY;
	}
	phone->port = (unsigned)port;
	phone_plug(phone);
	return 0;
}

static int do_unplug(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	(void)request;
	(void)problem;
	phone_unplug(phone);
	return 0;
}

static int do_reboot(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	(void)request;
	(void)problem;
	phone_reboot(phone);
	return 0;
}

/* How long it is to be away, by "after". -EINVAL with the reason in PROBLEM. */
static int away_read(json_t *request, char problem[PROBLEM_MAX])
{
	json_t *after = json_object_get(request, "after");
	const char *text = json_string_value(after);
	int away = AWAY_MS;

	if (!after || (text && time_read(text, &away)))
		return away;
	snprintf(problem, PROBLEM_MAX, "'after' is a time such as \"500ms\" or \"5s\"");
	return -EINVAL;
}

static int do_reenumerate(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	int away = away_read(request, problem);

	if (away < 0)
		return away;
	if (phone->on_bus)
		phone_vanish_for(phone, away);
	return 0;
}

static int do_mode(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	const char *text = json_string_value(json_object_get(request, "mode"));
	int away = away_read(request, problem);
	enum phone_mode mode;

	if (away < 0 || mode_read(text ? text : "", &mode, problem) < 0)
		return -EINVAL;
	phone_change_mode(phone, mode, away);
	return 0;
}

static int do_approve(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	(void)request;
	if (profile_store_approve(phone->profiles))
		return 0;
	snprintf(problem, PROBLEM_MAX, "no profile is staged on %s", phone->udid);
	return -ENOENT;
}

/* The text of "fault", or NULL with the reason in PROBLEM. */
static const char *fault_text(json_t *request, char problem[PROBLEM_MAX])
{
	const char *text = json_string_value(json_object_get(request, "fault"));

	if (!text)
		snprintf(problem, PROBLEM_MAX, "'fault' is missing: \"NAME\" or \"NAME=ARG\"");
	return text;
}

static int do_fault(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	const char *text = fault_text(request, problem);
	struct fault_order order;
	int r;

	if (!text)
		return -EINVAL;
	r = fault_read_of(false, text, &order, problem);
	return r < 0 ? r : fault_set(&order, phone);
}

/* A value of the set-up as text, or NULL. */
static const char *setup_text(json_t *value)
{
	if (json_is_boolean(value))
		return json_is_true(value) ? "true" : "false";
	return json_string_value(value);
}

static int setup_read(struct phone_setup *setup, json_t *from, char problem[PROBLEM_MAX])
{
	const char *key;
	json_t *value;

	json_object_foreach (from, key, value) {
		const char *text = setup_text(value);

		if (!text) {
			snprintf(problem, PROBLEM_MAX, "%.40s: true, false, or a text is expected",
				 key);
			return -EINVAL;
		}
		if (setup_set(setup, key, text, problem) < 0)
			return -EINVAL;
	}
	return 0;
}

static int do_set(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	json_t *from = json_object_get(request, "setup");
	struct phone_setup setup = phone->setup;
	int r;

	if (!json_is_object(from)) {
		snprintf(problem, PROBLEM_MAX, "'setup' is missing: an object of keys and values");
		return -EINVAL;
	}
	r = setup_read(&setup, from, problem);
	if (r < 0)
		return r;
	if (setup.unlock_after != phone->setup.unlock_after)
		phone->locked = setup.unlock_after != 0;
	phone->setup = setup;
	return 0;
}

/* The place of WORD in WORDS, NULL at their end; -1 when it is none of them. */
static int choose(const char *word, const char *const *words)
{
	for (int i = 0; word && words[i]; i++) {
		if (strcmp(words[i], word) == 0)
			return i;
	}
	return -1;
}

static int do_rule(struct phone *phone, json_t *request, char problem[PROBLEM_MAX])
{
	static const char *const points[] = { "before", "after", NULL };
	static const enum rule_point point_of[] = { RULE_BEFORE, RULE_AFTER };
	static const char *const actions[] = {
		"close", "vanish", "reboot", "silent", "hang", NULL
	};
	static const enum rule_action action_of[] = { RULE_CLOSE, RULE_VANISH, RULE_REBOOT,
						      RULE_SILENT, RULE_HANG };
	int point = choose(json_string_value(json_object_get(request, "point")), points);
	int action = choose(json_string_value(json_object_get(request, "action")), actions);
	const char *name = json_string_value(json_object_get(request, "request"));
	json_t *count = json_object_get(request, "count");

	if (point < 0 || action < 0 || !name || (count && json_integer_value(count) < 0)) {
		snprintf(problem, PROBLEM_MAX,
			 "a rule has 'point' (before, after), 'request' (a name or *), 'action' "
			 "(close, vanish, reboot, silent, hang) and 'count' (0: for ever)");
		return -EINVAL;
	}
	return rules_add(&phone->rules, point_of[point], name,
			 &(struct rule_deed){ .action = action_of[action], .away = -1 },
			 count ? (unsigned)json_integer_value(count) : 1);
}

static const struct {
	const char *verb;
	int (*call)(struct phone *phone, json_t *request, char problem[PROBLEM_MAX]);
} phone_verbs[] = {
	{ "plug", do_plug },	 { "unplug", do_unplug },
	{ "reboot", do_reboot }, { "fault", do_fault },
	{ "set", do_set },	 { "approve", do_approve },
	{ "rule", do_rule },	 { "reenumerate", do_reenumerate },
	{ "mode", do_mode },
};

#define PHONE_VERBS (sizeof(phone_verbs) / sizeof(phone_verbs[0]))
#define BENCH_VERBS 4 /* do_verb */

/* Does the verb of this NUMBER for the device or devices that REQUEST names. */
static int do_phones(struct bench *bench, size_t number, json_t *request, char problem[PROBLEM_MAX])
{
	const char *udid = json_string_value(json_object_get(request, "udid"));
	bool found = false;

	for (struct phone *phone = bench->phones; udid && phone; phone = phone->next) {
		int r;

		if (strcmp(udid, ALL_DEVICES) != 0 && strcmp(udid, phone->udid) != 0)
			continue;
		found = true;
		r = phone_verbs[number].call(phone, request, problem);
		if (r < 0)
			return r;
	}
	if (found)
		return 0;
	snprintf(problem, PROBLEM_MAX, "no device '%.60s'", udid ? udid : "");
	return -ENODEV;
}

static int faults_read(struct phone_plan *plan, json_t *from, char problem[PROBLEM_MAX])
{
	size_t i;
	json_t *fault;

	json_array_foreach (from, i, fault) {
		const char *text = json_string_value(fault);

		if (!text || i >= PLAN_FAULTS_MAX) {
			snprintf(problem, PROBLEM_MAX, "'faults' is a list of at most %d texts",
				 PLAN_FAULTS_MAX);
			return -EINVAL;
		}
		if (fault_read_of(false, text, &plan->faults[i], problem) < 0)
			return -EINVAL;
		plan->fault_count++;
	}
	return 0;
}

static int plan_read(struct phone_plan *plan, json_t *request, char problem[PROBLEM_MAX])
{
	const char *key;
	json_t *value;

	json_object_foreach (request, key, value) {
		int r = 0;

		if (strcmp(key, "setup") == 0)
			r = setup_read(&plan->setup, value, problem);
		else if (strcmp(key, "faults") == 0)
			r = faults_read(plan, value, problem);
		else if (strcmp(key, "do") != 0)
			r = plan_set(plan, key, setup_text(value) ? setup_text(value) : "",
				     problem);
		if (r < 0)
			return r;
	}
	return 0;
}

static int do_add(struct control *control, json_t *request, json_t *reply,
		  char problem[PROBLEM_MAX])
{
	struct phone_plan plan;
	struct phone *phone;
	int r;

	plan_init(&plan, control->setup);
	r = plan_read(&plan, request, problem);
	if (r == 0) {
		r = bench_add(control->bench, &plan, &phone);
		if (r == -EEXIST)
			snprintf(problem, PROBLEM_MAX, "a device has this udid or serial");
	}
	if (r == 0)
		json_object_set_new(reply, "udid", json_string(phone->udid));
	plan_done(&plan);
	return r;
}

/* "mux-fault": an outage begins now, before the answer. */
static int do_mux_fault(struct bench *bench, json_t *request, char problem[PROBLEM_MAX])
{
	const char *text = fault_text(request, problem);
	struct fault_order order;
	int r;

	if (!text)
		return -EINVAL;
	r = fault_read_of(true, text, &order, problem);
	return r < 0 ? r : fault_begin(&order, bench, false);
}

static int do_verb(struct control *control, json_t *request, json_t *reply,
		   char problem[PROBLEM_MAX])
{
	const char *words[PHONE_VERBS + BENCH_VERBS + 1] = { "list", "add", "mux-restart",
							     "mux-fault", NULL };
	const char *verb = json_string_value(json_object_get(request, "do"));

	if (!verb) {
		snprintf(problem, PROBLEM_MAX, "'do' is missing: what is to be done");
		return -EINVAL;
	}
	if (strcmp(verb, "list") == 0) {
		bench_list(control->bench, reply);
		return 0;
	}
	if (strcmp(verb, "add") == 0)
		return do_add(control, request, reply, problem);
	if (strcmp(verb, "mux-restart") == 0)
		return outage_begin(control->bench, OUTAGE_RESTART, 0);
	if (strcmp(verb, "mux-fault") == 0)
		return do_mux_fault(control->bench, request, problem);
	for (size_t i = 0; i < PHONE_VERBS; i++) {
		if (strcmp(phone_verbs[i].verb, verb) == 0)
			return do_phones(control->bench, i, request, problem);
		words[i + BENCH_VERBS] = phone_verbs[i].verb;
	}
	unknown_word("verb", verb, words, problem);
	return -EINVAL;
}

/* The answer to one line, the caller's. */
static json_t *control_answer(struct control *control, const char *line, size_t length)
{
	json_error_t error;
	json_t *request = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
	json_t *reply = json_pack("{s:b}", "ok", 1);
	char problem[PROBLEM_MAX] = "";
	int r = -EINVAL;

	if (!json_is_object(request))
		snprintf(problem, PROBLEM_MAX, "one JSON object a line is expected");
	else
		r = do_verb(control, request, reply, problem);
	if (r < 0) {
		json_object_set_new(reply, "ok", json_false());
		json_object_set_new(reply, "error", json_string(*problem ? problem : strerror(-r)));
	}
	json_decref(request);
	return reply;
}

static void client_answer(struct control_client *client, const char *line, size_t length)
{
	json_t *reply = control_answer(client->control, line, length);
	char *text = json_dumps(reply, JSON_COMPACT);

	json_decref(reply);
	if (text) {
		stream_write(client->stream, text, strlen(text));
		stream_write(client->stream, "\n", 1);
	}
	free(text);
}

static void client_free(struct control_client *client)
{
	struct control_client **place = &client->control->clients;

	while (*place != client)
		place = &(*place)->next;
	*place = client->next;
	stream_free(client->stream);
	free(client);
}

static void client_ready(void *owner)
{
	struct control_client *client = owner;

	while (stream_waiting(client->stream) < STREAM_OUTPUT_FULL) {
		size_t length;
		const unsigned char *from = stream_input(client->stream, &length);
		const unsigned char *end = length ? memchr(from, '\n', length) : NULL;

		if (!end && length >= STREAM_INPUT_MAX) {
			client_free(client); /* a line without end */
			return;
		}
		if (!end)
			return;
		client_answer(client, (const char *)from, (size_t)(end - from));
		stream_use(client->stream, (size_t)(end - from) + 1);
	}
}

static void client_gone(void *owner)
{
	client_free(owner);
}

struct control *control_new(struct bench *bench, const struct phone_setup *setup)
{
	struct control *control = calloc(1, sizeof(*control));

	if (control)
		*control = (struct control){ .bench = bench, .setup = setup };
	return control;
}

void control_free(struct control *control)
{
	if (!control)
		return;
	while (control->clients)
		client_free(control->clients);
	free(control);
}

int control_accept(struct control *control, int fd)
{
	static const struct stream_owner calls = { client_ready, client_gone };
	struct control_client *client = calloc(1, sizeof(*client));
	struct stream *stream;
	int r = stream_new(control->bench->event, fd, &stream);

	if (r < 0 || !client) {
		if (r == 0)
			stream_free(stream);
		free(client);
		return -ENOMEM;
	}
	*client = (struct control_client){ control->clients, control, stream };
	control->clients = client;
	stream_give(stream, &calls, client);
	return 0;
}
