/* SPDX-License-Identifier: Apache-2.0 */
/* What muster-fetch is told, and what it tells: both readers on the same bytes. */
#include "device/facts/exchange.h"

#include <string.h>

#include "tests/fuzz/entry.h"

static void read_order(char *copy, size_t size)
{
	struct exchange_order order;

	if (exchange_read_order(copy, size, &order) < 0)
		return;
	must(order.method && order.url && order.header_count <= EXCHANGE_HEADERS_MAX);
	must(order.most > 0 && order.most <= EXCHANGE_BODY_MAX);
	must(order.redirects <= EXCHANGE_REDIRECTS_MAX && order.body_size < size);
	for (size_t i = 0; i < order.header_count; i++)
		must(!strpbrk(order.headers[i], "\r\n"));
}

static void read_answer(char *copy, size_t size)
{
	struct exchange_answer answer;

	if (exchange_read_answer(copy, size, &answer) < 0)
		return;
	must((answer.failure == EXCHANGE_WELL) == (answer.status >= 100));
	must(answer.text && answer.header_count <= EXCHANGE_HEADERS_MAX);
	must(answer.body_size < size);
	exchange_header(&answer, "date");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *copy = malloc(size + 1);

	must(copy);
	memcpy(copy, bytes, size);
	copy[size] = '\0';
	read_order(copy, size);
	memcpy(copy, bytes, size);
	read_answer(copy, size);
	free(copy);
	return 0;
}
