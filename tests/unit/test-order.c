/* SPDX-License-Identifier: Apache-2.0 */
/* What the station says to a worker, and the numbers of both: to the wire and back. */
#include "device/facts/talk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "device/facts/number.h"
#include "tests/unit/tap.h"

#define UDID "00008030-001A2B3C4D5E6F70"

static int parse(const char *line, struct order *order)
{
	struct record record;
	int r = record_parse(line, strlen(line), &record);

	return r < 0 ? r : order_parse(&record, order);
}

static void test_refused(void)
{
	static const char *const lines[] = {
		"device",
		"device " UDID,
		"device short 1",
		"device " UDID " -1",
		"device " UDID " 4294967296",
		"device " UDID " 1 2",
		"plan",
		"plan todo",
		"plan maybe pair",
		"plan todo sleep",
		"plan todo pair now",
		"plan todo install.1",
		"plan todo install.1 org.example",
		"plan todo install.1 org.example 1-2 more",
		"plan todo install.1 - 1-2",
		"plan todo install.1 org.example -",
		"plan todo name a b",
		"plan todo name -",
		"plan todo verify all",
		"start now",
		"go",
		"go pair now",
		"go name",
		"go name a b",
		"go name -",
		"stop now",
		"want pair",
		"-",
	};
	char line[RECORD_MAX + 1];
	struct order order = { .handle = 77 };

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		ok(parse(lines[i], &order) == -EPROTO && order.handle == 77, "refuses \"%s\"",
		   lines[i]);
	snprintf(line, sizeof line, "plan todo name %0*d", PLAN_ARGUMENT_MAX + 1, 7);
	is_number(parse(line, &order), -EPROTO, "refuses a longer name than there can be");
	snprintf(line, sizeof line, "plan todo install.1 a %0*d", PLAN_UUID_MAX + 1, 7);
	is_number(parse(line, &order), -EPROTO, "refuses a longer UUID");
	snprintf(line, sizeof line, "go name %0*d", PLAN_ARGUMENT_MAX, 7);
	is_number(parse(line, &order), 0, "takes the longest name");
}

static bool same_order(const struct order *a, const struct order *b)
{
	return a->verb == b->verb && udid_equal(&a->udid, &b->udid) && a->handle == b->handle &&
	       step_equal(a->plan.id, b->plan.id) && a->plan.done == b->plan.done &&
	       strcmp(a->plan.argument, b->plan.argument) == 0 &&
	       strcmp(a->plan.uuid, b->plan.uuid) == 0 && step_equal(a->step, b->step) &&
	       strcmp(a->name, b->name) == 0;
}

static void test_round_trip(int pair[2])
{
	const struct order orders[] = {
		{ .verb = ORDER_DEVICE, .udid = { UDID }, .handle = UINT32_MAX },
		{ .verb = ORDER_PLAN, .plan = { .id = { STEP_PAIR, 1 }, .done = true } },
		{ .verb = ORDER_PLAN,
		  .plan = { .id = { STEP_INSTALL, 32 }, .argument = "a b%c\n", .uuid = "-" } },
		{ .verb = ORDER_PLAN, .plan = { .id = { STEP_NAME, 1 } } },
		{ .verb = ORDER_PLAN, .plan = { .id = { STEP_NAME, 1 }, .argument = "iPad ü" } },
		{ .verb = ORDER_PLAN, .plan = { .id = { STEP_VERIFY, 1 } } },
		{ .verb = ORDER_START },
		{ .verb = ORDER_GO, .step = { STEP_INSTALL, 2 } },
		{ .verb = ORDER_GO, .step = { STEP_NAME, 1 }, .name = "LIB 7" },
		{ .verb = ORDER_STOP },
	};

	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
		struct record record;
		struct order got;
		int fd;

		is_number(order_send(pair[0], &orders[i], -1), 0, "an order goes out");
		ok(record_receive(pair[1], &record, &fd) == 1 && order_parse(&record, &got) == 0 &&
			   fd == -1 && same_order(&got, &orders[i]),
		   "and comes back whole (%zu)", i);
	}
}

static void test_fd(int pair[2])
{
	const struct order go = { .verb = ORDER_GO, .step = { STEP_INSTALL, 1 } };
	struct record record;
	int fd = -1;

	is_number(order_send(pair[0], &go, pair[0]), 0, "an order with an fd");
	ok(record_receive(pair[1], &record, &fd) == 1 && fd >= 0, "comes with one");
	close(fd);
}

static void test_numbers(void)
{
	static const struct {
		const char *text;
		uint64_t max;
		int result;
		uint64_t number;
	} rows[] = {
		{ "0", 0, 0, 0 },
		{ "1", 0, -EINVAL, 0 },
		{ "9", 5, -EINVAL, 0 },
		{ "10", 10, 0, 10 },
		{ "11", 10, -EINVAL, 0 },
		{ "18446744073709551615", UINT64_MAX, 0, UINT64_MAX },
		{ "18446744073709551616", UINT64_MAX, -EINVAL, 0 },
		{ "", 10, -EINVAL, 0 },
		{ "00", 10, -EINVAL, 0 },
		{ "+1", 10, -EINVAL, 0 },
		{ " 1", 10, -EINVAL, 0 },
		{ "1 ", 10, -EINVAL, 0 },
		{ "1/", 100, -EINVAL, 0 },
		{ "1:", 100, -EINVAL, 0 },
	};
	int64_t number = 5;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint64_t got = 0;

		ok(number_parse(rows[i].text, 0, rows[i].max, &got) == rows[i].result &&
			   got == rows[i].number,
		   "\"%s\" up to %llu", rows[i].text, (unsigned long long)rows[i].max);
	}
	ok(number_parse_signed("-9223372036854775808", &number) == 0 && number == INT64_MIN,
	   "the smallest signed number");
	ok(number_parse_signed("9223372036854775807", &number) == 0 && number == INT64_MAX,
	   "the largest signed number");
	is_number(number_parse_signed("-9223372036854775809", &number), -EINVAL, "one too small");
	is_number(number_parse("4", 5, 9, &(uint64_t){ 0 }), -EINVAL, "below the smallest allowed");
	is_number(number_parse_signed("--1", &number), -EINVAL, "two signs");
}

int main(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return 1;
	test_refused();
	test_round_trip(pair);
	test_fd(pair);
	test_numbers();
	close(pair[0]);
	close(pair[1]);
	return tap_done();
}
