/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation between muster and muster-fetch: one HTTPS exchange ordered, and its answer. */
#include "device/facts/exchange.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/number.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct {
	const char *word, *sentence;
} failures[EXCHANGE_FAILURES] = {
	[EXCHANGE_WELL] = { "well", "The server answered." },
	[EXCHANGE_REFUSED] = { "refused", "The request was not sent; look at its URL and files." },
	[EXCHANGE_NO_ADDRESS] = { "no-address",
				  "The server's name is not known here; look at the network and the "
				  "name." },
	[EXCHANGE_NO_CONNECT] = { "no-connect",
				  "Nobody answers there; look at the network, the proxy and the "
				  "firewall." },
	[EXCHANGE_CERTIFICATE] = { "certificate",
				   "The server's certificate is not trusted; look at this host's "
				   "clock, and at who opens TLS on the way." },
	[EXCHANGE_NO_TLS] = { "no-tls", "No TLS with the server came to be." },
	[EXCHANGE_SLOW] = { "slow", "The server took too long; try again later." },
	[EXCHANGE_LARGE] = { "large", "The answer is larger than any that was expected." },
	[EXCHANGE_REDIRECT] = { "redirect",
				"The server sends us to another place; look at the URL." },
	[EXCHANGE_SHORT] = { "short", "The answer ended too early; try again." },
	[EXCHANGE_BROKEN] = { "broken", "The connection broke, or what came is not HTTP." },
};

const char *exchange_failure_to_text(enum exchange_failure failure)
{
	return failures[failure].word;
}

const char *exchange_failure_sentence(enum exchange_failure failure)
{
	return failures[failure].sentence;
}

/* A message while it is written. */
struct writing {
	char *bytes;
	size_t used, room;
	bool wrong;
};

/* A line may hold any character but control characters: they would end it. */
static bool is_line(const char *text, size_t most)
{
	size_t length = text ? strlen(text) : 0;

	if (length == 0 || length > most)
		return false;
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

static void put_line(struct writing *writing, const char *word, const char *value, size_t most)
{
	int n;

	if (!is_line(value, most)) {
		writing->wrong = true;
		return;
	}
	n = snprintf(writing->bytes + writing->used, writing->room - writing->used, "%s %s\n", word,
		     value);
	if (n < 0 || (size_t)n >= writing->room - writing->used)
		writing->wrong = true;
	else
		writing->used += (size_t)n;
}

static void put_number(struct writing *writing, const char *word, uint64_t number)
{
	char text[NUMBER_TEXT_MAX];

	put_line(writing, word, number_to_text(number, text), NUMBER_TEXT_MAX);
}

static void put_headers(struct writing *writing, const char *const *headers, size_t count)
{
	writing->wrong |= count > EXCHANGE_HEADERS_MAX;
	for (size_t i = 0; i < count && !writing->wrong; i++)
		put_line(writing, "header", headers[i], EXCHANGE_HEADER_MAX);
}

static int begin(struct writing *writing, size_t body_size)
{
	if (body_size > EXCHANGE_BODY_MAX)
		return -EINVAL;
	*writing = (struct writing){ .room = EXCHANGE_HEAD_MAX };
	writing->bytes = malloc(EXCHANGE_HEAD_MAX + body_size);
	return writing->bytes ? 0 : -ENOMEM;
}

/* Puts the body behind the lines, and gives the message away if it is right. */
static int end(struct writing *writing, const unsigned char *body, size_t body_size,
	       char **ret_message, size_t *ret_size)
{
	put_number(writing, "body", body_size);
	if (writing->wrong) {
		explicit_bzero(writing->bytes, writing->room);
		free(writing->bytes);
		return -EINVAL;
	}
	if (body_size > 0)
		memcpy(writing->bytes + writing->used, body, body_size);
	*ret_message = writing->bytes;
	*ret_size = writing->used + body_size;
	return 0;
}

/* A message while it is read: line by line, in place. */
struct reading {
	char *at, *end;
	char *word, *value; /* of the line read last */
};

/* Takes the next line apart. Returns whether there is a whole one. */
static bool next_line(struct reading *reading)
{
	char *stop = memchr(reading->at, '\n', (size_t)(reading->end - reading->at));
	char *blank;

	if (!stop)
		return false;
	*stop = '\0';
	if (strlen(reading->at) != (size_t)(stop - reading->at))
		return false;
	blank = strchr(reading->at, ' ');
	if (!blank)
		return false;
	*blank = '\0';
	reading->word = reading->at;
	reading->value = blank + 1;
	reading->at = stop + 1;
	return is_line(reading->value, EXCHANGE_HEADER_MAX);
}

/* What a line's value is read into; each word may come once, but for headers. */
struct field {
	const char *word;
	const char **text; /* one of the three */
	uint64_t *number;
	const char **list;
	size_t *count; /* of LIST */
	uint64_t most; /* of the text's length, or of the number */
	bool seen;
};

static int take_field(struct field *field, char *value)
{
	if (field->list) {
		if (*field->count == EXCHANGE_HEADERS_MAX)
			return -EPROTO;
		field->list[(*field->count)++] = value;
		return 0;
	}
	if (field->seen)
		return -EPROTO;
	field->seen = true;
	if (field->number)
		return number_parse(value, 0, field->most, field->number) < 0 ? -EPROTO : 0;
	*field->text = value;
	return strlen(value) <= field->most ? 0 : -EPROTO;
}

/* Reads the lines up to "body SIZE"; what is left must be the body. */
static int read_fields(struct reading *reading, struct field *fields, size_t count,
		       const unsigned char **ret_body, size_t *ret_body_size)
{
	uint64_t size;

	while (next_line(reading)) {
		size_t i = 0;

		if (strcmp(reading->word, "body") == 0) {
			if (number_parse(reading->value, 0, EXCHANGE_BODY_MAX, &size) < 0 ||
			    size != (uint64_t)(reading->end - reading->at))
				return -EPROTO;
			*ret_body = (unsigned char *)reading->at;
			*ret_body_size = (size_t)size;
			return 0;
		}
		while (i < count && strcmp(reading->word, fields[i].word) != 0)
			i++;
		if (i == count || take_field(&fields[i], reading->value) < 0)
			return -EPROTO;
	}
	return -EPROTO;
}

int exchange_write_order(const struct exchange_order *order, char **ret_message, size_t *ret_size)
{
	struct writing writing;
	int r = begin(&writing, order->body_size);

	if (r < 0)
		return r;
	put_line(&writing, "fetch", "1", 1);
	put_line(&writing, "method", order->method, 4);
	put_line(&writing, "url", order->url, EXCHANGE_URL_MAX);
	put_headers(&writing, order->headers, order->header_count);
	put_number(&writing, "connect", (uint64_t)order->connect);
	put_number(&writing, "total", (uint64_t)order->total);
	put_number(&writing, "most", order->most);
	put_number(&writing, "redirects", order->redirects);
	if (order->ca)
		put_line(&writing, "ca", order->ca, EXCHANGE_URL_MAX);
	if (order->proxy)
		put_line(&writing, "proxy", order->proxy, EXCHANGE_URL_MAX);
	return end(&writing, order->body, order->body_size, ret_message, ret_size);
}

static bool is_whole_order(const struct exchange_order *order, const char *version)
{
	return version && strcmp(version, "1") == 0 && order->method && order->url &&
	       (strcmp(order->method, "GET") == 0 || strcmp(order->method, "POST") == 0) &&
	       order->connect > 0 && order->total > 0 && order->most > 0;
}

int exchange_read_order(char *message, size_t size, struct exchange_order *ret_order)
{
	struct exchange_order order = { .method = NULL };
	struct reading reading = { .at = message, .end = message + size };
	uint64_t connect = 0, total = 0, most = 0, redirects = 0;
	const char *version = NULL;
	struct field fields[] = {
		{ .word = "fetch", .text = &version, .most = 1 },
		{ .word = "method", .text = &order.method, .most = 4 },
		{ .word = "url", .text = &order.url, .most = EXCHANGE_URL_MAX },
		{ .word = "header", .list = order.headers, .count = &order.header_count },
		{ .word = "connect", .number = &connect, .most = EXCHANGE_TIME_MAX },
		{ .word = "total", .number = &total, .most = EXCHANGE_TIME_MAX },
		{ .word = "most", .number = &most, .most = EXCHANGE_BODY_MAX },
		{ .word = "redirects", .number = &redirects, .most = EXCHANGE_REDIRECTS_MAX },
		{ .word = "ca", .text = &order.ca, .most = EXCHANGE_URL_MAX },
		{ .word = "proxy", .text = &order.proxy, .most = EXCHANGE_URL_MAX },
	};

	if (read_fields(&reading, fields, COUNT(fields), &order.body, &order.body_size) < 0)
		return -EPROTO;
	order.connect = (msec_t)connect;
	order.total = (msec_t)total;
	order.most = (size_t)most;
	order.redirects = (unsigned)redirects;
	if (!is_whole_order(&order, version))
		return -EPROTO;
	*ret_order = order;
	return 0;
}

int exchange_write_answer(const struct exchange_answer *answer, char **ret_message,
			  size_t *ret_size)
{
	struct writing writing;
	int r = begin(&writing, answer->body_size);

	if (r < 0)
		return r;
	put_line(&writing, "answer", "1", 1);
	if (answer->failure == EXCHANGE_WELL)
		put_number(&writing, "status", answer->status);
	else
		put_line(&writing, "failed", failures[answer->failure].word, 32);
	if (answer->text && answer->text[0] != '\0')
		put_line(&writing, "text", answer->text, EXCHANGE_HEADER_MAX);
	put_headers(&writing, answer->headers, answer->header_count);
	return end(&writing, answer->body, answer->body_size, ret_message, ret_size);
}

static int find_failure(const char *word, enum exchange_failure *ret_failure)
{
	for (size_t i = EXCHANGE_REFUSED; i < COUNT(failures); i++)
		if (strcmp(failures[i].word, word) == 0) {
			*ret_failure = (enum exchange_failure)i;
			return 0;
		}
	return -EPROTO;
}

int exchange_read_answer(char *message, size_t size, struct exchange_answer *ret_answer)
{
	struct exchange_answer answer = { .text = "" };
	struct reading reading = { .at = message, .end = message + size };
	const char *version = NULL, *failed = NULL;
	uint64_t status = 0;
	struct field fields[] = {
		{ .word = "answer", .text = &version, .most = 1 },
		{ .word = "status", .number = &status, .most = 999 },
		{ .word = "failed", .text = &failed, .most = 32 },
		{ .word = "text", .text = &answer.text, .most = EXCHANGE_HEADER_MAX },
		{ .word = "header", .list = answer.headers, .count = &answer.header_count },
	};

	if (read_fields(&reading, fields, COUNT(fields), &answer.body, &answer.body_size) < 0 ||
	    !version || strcmp(version, "1") != 0)
		return -EPROTO;
	/* One of the two, and not both. */
	if (failed ? status != 0 || find_failure(failed, &answer.failure) < 0 : status < 100)
		return -EPROTO;
	answer.status = (unsigned)status;
	*ret_answer = answer;
	return 0;
}

const char *exchange_header(const struct exchange_answer *answer, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < answer->header_count; i++)
		if (strncmp(answer->headers[i], name, length) == 0 &&
		    strncmp(answer->headers[i] + length, ": ", 2) == 0)
			return answer->headers[i] + length + 2;
	return NULL;
}
