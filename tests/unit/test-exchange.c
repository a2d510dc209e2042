/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation with muster-fetch: what is written is read, and nothing else is. */
#include "device/facts/exchange.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

static const struct exchange_order usual = {
	.method = "POST",
	.url = "https://example.org/a?b=c",
	.headers = { "Accept: */*", "Authorization: Bearer x" },
	.header_count = 2,
	.connect = 1000,
	.total = 2000,
	.most = 3000,
	.redirects = 1,
	.ca = "/a b.pem",
	.body = (const unsigned char *)"line\nbody 0\n",
	.body_size = 12,
};

static void test_order(void)
{
	struct exchange_order got;
	char *message;
	size_t size;

	is_number(exchange_write_order(&usual, &message, &size), 0, "an order is written");
	is_number(exchange_read_order(message, size, &got), 0, "and read");
	is_string(got.method, usual.method, "its method");
	is_string(got.url, usual.url, "its URL");
	is_number((long long)got.header_count, 2, "its headers");
	is_string(got.headers[1], usual.headers[1], "in order");
	is_string(got.ca, usual.ca, "a path with a blank");
	ok(!got.proxy, "what was left out is not there");
	is_number(got.connect, 1000, "the time to connect");
	is_number(got.total, 2000, "the time of all");
	is_number((long long)got.most, 3000, "the limit");
	is_number(got.redirects, 1, "the redirects");
	ok(got.body_size == 12 && memcmp(got.body, usual.body, 12) == 0, "a body that looks alike");
	free(message);
}

/* An order that differs from the usual one must not be written. */
static void refuse(const char *what, const struct exchange_order *order)
{
	char *message;
	size_t size;

	is_number(exchange_write_order(order, &message, &size), -EINVAL, what);
}

static void test_refused_orders(void)
{
	struct exchange_order order = usual;
	char *large = malloc(EXCHANGE_HEADER_MAX + 2);

	order.headers[1] = "A: b\r\nHost: other";
	refuse("a header with a line end in it", &order);
	memset(large, 'a', EXCHANGE_HEADER_MAX + 1);
	large[EXCHANGE_HEADER_MAX + 1] = '\0';
	order.headers[1] = large;
	refuse("a header that is too long", &order);
	order = usual;
	order.url = large;
	refuse("a URL that is too long", &order);
	order.url = "";
	refuse("no URL", &order);
	order = usual;
	order.header_count = EXCHANGE_HEADERS_MAX + 1;
	refuse("too many headers", &order);
	order = usual;
	order.body_size = EXCHANGE_BODY_MAX + 1UL;
	refuse("a body that is too large", &order);
	free(large);
}

static void test_malformed_orders(void)
{
#define HEAD   "fetch 1\nmethod GET\nurl https://a/\n"
#define LIMITS "connect 1\ntotal 1\nmost 1\nredirects 0\n"
	static const struct {
		const char *text;
		int result;
	} cases[] = {
		{ HEAD LIMITS "body 0\n", 0 },
		{ "", -EPROTO },
		{ HEAD LIMITS, -EPROTO },
		{ HEAD LIMITS "body 1\n", -EPROTO },
		{ HEAD LIMITS "body 0\nx", -EPROTO },
		{ HEAD LIMITS "body 00\n", -EPROTO },
		{ HEAD LIMITS HEAD "body 0\n", -EPROTO },
		{ HEAD LIMITS "colour red\nbody 0\n", -EPROTO },
		{ HEAD "body 0\n", -EPROTO },
		{ LIMITS "fetch 1\nmethod GET\nbody 0\n", -EPROTO },
		{ "fetch 2\nmethod GET\nurl https://a/\n" LIMITS "body 0\n", -EPROTO },
		{ "fetch 1\nmethod PUT\nurl https://a/\n" LIMITS "body 0\n", -EPROTO },
		{ HEAD "connect 1\ntotal 1\nmost 1\nredirects 6\nbody 0\n", -EPROTO },
		{ HEAD "connect 1\ntotal 1\nmost 0\nredirects 0\nbody 0\n", -EPROTO },
		{ HEAD "connect 1\ntotal 9999999\nmost 1\nredirects 0\nbody 0\n", -EPROTO },
		{ HEAD LIMITS "header \nbody 0\n", -EPROTO },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct exchange_order order;
		char *copy = strdup(cases[i].text);

		is_number(exchange_read_order(copy, strlen(copy), &order), cases[i].result,
			  cases[i].text);
		free(copy);
	}
}

static void test_answer(void)
{
	const struct exchange_answer answer = {
		.text = "",
		.status = 429,
		.headers = { "date: now", "retry-after: 5" },
		.header_count = 2,
		.body = (const unsigned char *)"{}",
		.body_size = 2,
	};
	struct exchange_answer got;
	char *message;
	size_t size;

	is_number(exchange_write_answer(&answer, &message, &size), 0, "an answer is written");
	is_number(exchange_read_answer(message, size, &got), 0, "and read");
	is_number(got.status, 429, "its status");
	is_string(exchange_header(&got, "retry-after"), "5", "a header by its name");
	ok(!exchange_header(&got, "retry"), "not by the beginning of it");
	ok(got.body_size == 2 && memcmp(got.body, "{}", 2) == 0, "its body");
	free(message);
}

static void test_failures(void)
{
	for (int i = EXCHANGE_REFUSED; i < EXCHANGE_FAILURES; i++) {
		const struct exchange_answer answer = { .failure = (enum exchange_failure)i,
							.text = "words" };
		struct exchange_answer got = { .status = 1 };
		char *message;
		size_t size;

		exchange_write_answer(&answer, &message, &size);
		exchange_read_answer(message, size, &got);
		ok(got.failure == answer.failure && got.status == 0, "%s comes as itself",
		   exchange_failure_to_text(answer.failure));
		ok(exchange_failure_sentence(answer.failure)[0], "and has a sentence");
		free(message);
	}
}

static void test_malformed_answers(void)
{
	static const char *const cases[] = {
		"answer 1\nbody 0\n",
		"answer 1\nstatus 99\nbody 0\n",
		"answer 1\nstatus 200\nfailed slow\nbody 0\n",
		"answer 1\nfailed well\nbody 0\n",
		"answer 1\nfailed lately\nbody 0\n",
		"status 200\nbody 0\n",
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct exchange_answer answer;
		char *copy = strdup(cases[i]);

		is_number(exchange_read_answer(copy, strlen(copy), &answer), -EPROTO, cases[i]);
		free(copy);
	}
}

int main(void)
{
	test_order();
	test_refused_orders();
	test_malformed_orders();
	test_answer();
	test_failures();
	test_malformed_answers();
	return tap_done();
}
