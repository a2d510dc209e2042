/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation between the station and one worker: what the station says. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "device/facts/number.h"
#include "device/facts/talk.h"

static const char *const verbs[] = {
	[ORDER_DEVICE] = "device", [ORDER_PLAN] = "plan", [ORDER_START] = "start",
	[ORDER_GO] = "go",	   [ORDER_STOP] = "stop",
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static int parse_device(const struct record *record, struct order *order)
{
	uint64_t handle;

	if (record->count != 3 || udid_parse(record->word[1], &order->udid) < 0 ||
	    number_parse(record->word[2], 0, UINT32_MAX, &handle) < 0)
		return -EPROTO;
	order->handle = (uint32_t)handle;
	return 0;
}

/* Copies WORD, which must not be empty, into OUT with ROOM bytes, to the byte: it will be compared
 * with what the device says. */
static int copy_argument(const char *word, char *out, size_t room)
{
	size_t len = strlen(word);

	if (len == 0 || len >= room)
		return -EPROTO;
	memcpy(out, word, len + 1);
	return 0;
}

static int parse_plan_arguments(const struct record *record, struct plan_step *plan)
{
	size_t count = record->count - 3;

	switch (plan->id.kind) {
	case STEP_INSTALL:
		if (count != 2 || copy_argument(record->word[4], plan->uuid, sizeof plan->uuid) < 0)
			return -EPROTO;
		return copy_argument(record->word[3], plan->argument, sizeof plan->argument);
	case STEP_NAME:
		if (count == 0)
			return 0;
		return count == 1 ? copy_argument(record->word[3], plan->argument,
						  sizeof plan->argument)
				  : -EPROTO;
	case STEP_PAIR:
	case STEP_VERIFY:
		return count == 0 ? 0 : -EPROTO;
	case STEP_HANDOVER: /* no worker's */
		break;
	}
	return -EPROTO;
}

static int parse_plan(const struct record *record, struct plan_step *plan)
{
	if (record->count < 3 || step_from_text(record->word[2], &plan->id) < 0)
		return -EPROTO;
	plan->done = strcmp(record->word[1], "done") == 0;
	if (!plan->done && strcmp(record->word[1], "todo") != 0)
		return -EPROTO;
	return parse_plan_arguments(record, plan);
}

static int parse_go(const struct record *record, struct order *order)
{
	if (record->count < 2 || step_from_text(record->word[1], &order->step) < 0)
		return -EPROTO;
	if (order->step.kind != STEP_NAME)
		return record->count == 2 ? 0 : -EPROTO;
	return record->count == 3 ? copy_argument(record->word[2], order->name, sizeof order->name)
				  : -EPROTO;
}

static int parse_verb(const struct record *record, struct order *order)
{
	switch (order->verb) {
	case ORDER_DEVICE:
		return parse_device(record, order);
	case ORDER_PLAN:
		return parse_plan(record, &order->plan);
	case ORDER_GO:
		return parse_go(record, order);
	case ORDER_START:
	case ORDER_STOP:
		return record->count == 1 ? 0 : -EPROTO;
	}
	return -EPROTO;
}

int order_parse(const struct record *record, struct order *ret_order)
{
	struct order order = { 0 };

	for (size_t i = 0; i < COUNT(verbs) && record->count > 0; i++) {
		if (strcmp(record->word[0], verbs[i]) != 0)
			continue;
		order.verb = (enum order_verb)i;
		if (parse_verb(record, &order) < 0)
			return -EPROTO;
		*ret_order = order;
		return 0;
	}
	return -EPROTO;
}

static int send_plan(int socket, const struct plan_step *plan)
{
	char step[STEP_TEXT_MAX];
	const char *words[5] = { verbs[ORDER_PLAN], plan->done ? "done" : "todo",
				 step_to_text(plan->id, step) };
	size_t count = 3;

	if (plan->argument[0] != '\0')
		words[count++] = plan->argument;
	if (plan->uuid[0] != '\0')
		words[count++] = plan->uuid;
	return record_send(socket, -1, words, count);
}

int order_send(int socket, const struct order *order, int fd)
{
	char step[STEP_TEXT_MAX], handle[NUMBER_TEXT_MAX];
	const char *words[3] = { verbs[order->verb] };
	size_t count = 1;

	switch (order->verb) {
	case ORDER_DEVICE:
		snprintf(handle, sizeof handle, "%" PRIu32, order->handle);
		words[count++] = order->udid.text;
		words[count++] = handle;
		break;
	case ORDER_PLAN:
		return send_plan(socket, &order->plan);
	case ORDER_GO:
		words[count++] = step_to_text(order->step, step);
		if (order->step.kind == STEP_NAME)
			words[count++] = order->name;
		break;
	case ORDER_START:
	case ORDER_STOP:
		break;
	}
	return record_send(socket, fd, words, count);
}
