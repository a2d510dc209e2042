/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation between the station and muster-mux: arrivals one way, gates the other. */
#include "device/facts/muxtalk.h"

#include <errno.h>
#include <string.h>

#include "device/facts/number.h"

/* Words of the longest message: arrived. */
#define WORDS_MAX 7

static const struct {
	const char *word;
	size_t count;
} events[] = {
	[MUX_UP] = { "up", 1 },	      [MUX_DOWN] = { "down", 2 }, [MUX_ARRIVED] = { "arrived", 7 },
	[MUX_ODD] = { "odd", 4 },     [MUX_LEFT] = { "left", 2 }, [MUX_HUNG] = { "hung", 1 },
	[MUX_AWAKE] = { "awake", 1 }, [MUX_GATE] = { "gate", 3 }, [MUX_REFUSED] = { "refused", 3 },
};

static const struct {
	const char *word;
	size_t count;
} orders[] = {
	[MUX_OPEN] = { "open", 4 },
	[MUX_ADMIT] = { "admit", 3 },
	[MUX_CLOSE] = { "close", 2 },
	[MUX_PROBE] = { "probe", 1 },
};

static int parse_u32(const char *text, uint64_t min, uint32_t *ret_number)
{
	uint64_t number;

	if (number_parse(text, min, UINT32_MAX, &number) < 0)
		return -EPROTO;
	*ret_number = (uint32_t)number;
	return 0;
}

static int parse_key(const char *text, uint64_t *ret_key)
{
	return number_parse(text, 0, UINT64_MAX, ret_key) < 0 ? -EPROTO : 0;
}

static int parse_network(const char *text, bool *ret_network)
{
	if (strcmp(text, "usb") != 0 && strcmp(text, "network") != 0)
		return -EPROTO;
	*ret_network = text[0] == 'n';
	return 0;
}

/* A path is ours or our own child's, but it goes into a socket address and a log. */
static int parse_path(const char *text, char out[static GATE_PATH_MAX])
{
	char cleaned[CLEAN_MAX + 1];
	size_t len = strlen(text);

	if (text[0] != '/' || len >= GATE_PATH_MAX)
		return -EPROTO;
	clean_string(text, cleaned);
	if (strcmp(text, cleaned) != 0)
		return -EPROTO;
	memcpy(out, text, len + 1);
	return 0;
}

static int parse_arrived(char *const *word, struct mux_event *event)
{
	uint64_t product, speed;

	if (parse_u32(word[1], 1, &event->handle) < 0 || udid_parse(word[2], &event->udid) < 0 ||
	    number_parse(word[3], 0, UINT16_MAX, &product) < 0 ||
	    parse_u32(word[4], 0, &event->location) < 0 ||
	    number_parse(word[5], 0, UINT64_MAX, &speed) < 0)
		return -EPROTO;
	event->product = (uint16_t)product;
	event->speed = speed;
	return parse_network(word[6], &event->network);
}

/* Decodes the words after the verb; their count is right. */
static int parse_event_words(char *const *word, struct mux_event *event)
{
	switch (event->verb) {
	case MUX_UP:
	case MUX_HUNG:
	case MUX_AWAKE:
		return 0;
	case MUX_DOWN:
		clean_string(word[1], event->text);
		return 0;
	case MUX_ARRIVED:
		return parse_arrived(word, event);
	case MUX_ODD:
		clean_string(word[3], event->text);
		if (parse_u32(word[1], 0, &event->handle) < 0)
			return -EPROTO;
		return parse_u32(word[2], 0, &event->location);
	case MUX_LEFT:
		return parse_u32(word[1], 1, &event->handle);
	case MUX_GATE:
		if (parse_key(word[1], &event->key) < 0)
			return -EPROTO;
		return parse_path(word[2], event->path);
	case MUX_REFUSED:
		clean_string(word[2], event->text);
		return parse_key(word[1], &event->key);
	}
	return -EPROTO;
}

int mux_event_parse(const struct record *record, struct mux_event *ret_event)
{
	for (size_t v = 0; v < sizeof events / sizeof events[0]; v++) {
		struct mux_event event = { .verb = (enum mux_verb)v };

		if (record->count != events[v].count ||
		    strcmp(record->word[0], events[v].word) != 0)
			continue;
		if (parse_event_words(record->word, &event) < 0)
			return -EPROTO;
		*ret_event = event;
		return 0;
	}
	return -EPROTO;
}

int mux_event_send(int socket, const struct mux_event *event)
{
	const char *words[WORDS_MAX] = { events[event->verb].word };
	char handle[NUMBER_TEXT_MAX], key[NUMBER_TEXT_MAX], product[NUMBER_TEXT_MAX];
	char location[NUMBER_TEXT_MAX], speed[NUMBER_TEXT_MAX], text[CLEAN_MAX + 1];

	number_to_text(event->handle, handle);
	number_to_text(event->key, key);
	clean_string(event->text, text);
	switch (event->verb) {
	case MUX_UP:
	case MUX_HUNG:
	case MUX_AWAKE:
		break;
	case MUX_DOWN:
		words[1] = text;
		break;
	case MUX_ARRIVED:
		words[1] = handle;
		words[2] = event->udid.text;
		words[3] = number_to_text(event->product, product);
		words[4] = number_to_text(event->location, location);
		words[5] = number_to_text(event->speed, speed);
		words[6] = event->network ? "network" : "usb";
		break;
	case MUX_ODD:
		words[1] = handle;
		words[2] = number_to_text(event->location, location);
		words[3] = text;
		break;
	case MUX_LEFT:
		words[1] = handle;
		break;
	case MUX_GATE:
		words[1] = key;
		words[2] = event->path;
		break;
	case MUX_REFUSED:
		words[1] = key;
		words[2] = text;
		break;
	}
	return record_send(socket, -1, words, events[event->verb].count);
}

static int parse_order_words(char *const *word, struct mux_order *order)
{
	uint64_t pid;

	if (order->verb == MUX_PROBE)
		return 0;
	if (parse_key(word[1], &order->key) < 0)
		return -EPROTO;
	switch (order->verb) {
	case MUX_OPEN:
		if (udid_parse(word[3], &order->udid) < 0)
			return -EPROTO;
		return parse_u32(word[2], 1, &order->handle);
	case MUX_ADMIT:
		if (number_parse(word[2], 1, INT32_MAX, &pid) < 0)
			return -EPROTO;
		order->pid = (pid_t)pid;
		return 0;
	case MUX_CLOSE:
	case MUX_PROBE:
		return 0;
	}
	return -EPROTO;
}

int mux_order_parse(const struct record *record, struct mux_order *ret_order)
{
	for (size_t v = 0; v < sizeof orders / sizeof orders[0]; v++) {
		struct mux_order order = { .verb = (enum mux_order_verb)v };

		if (record->count != orders[v].count ||
		    strcmp(record->word[0], orders[v].word) != 0)
			continue;
		if (parse_order_words(record->word, &order) < 0)
			return -EPROTO;
		*ret_order = order;
		return 0;
	}
	return -EPROTO;
}

int mux_order_send(int socket, const struct mux_order *order)
{
	char key[NUMBER_TEXT_MAX], second[NUMBER_TEXT_MAX];
	/* A probe has no key: its count leaves that word out. */
	const char *words[WORDS_MAX] = { orders[order->verb].word,
					 number_to_text(order->key, key) };

	switch (order->verb) {
	case MUX_OPEN:
		words[2] = number_to_text(order->handle, second);
		words[3] = order->udid.text;
		break;
	case MUX_ADMIT:
		words[2] = number_to_text((uint64_t)order->pid, second);
		break;
	case MUX_CLOSE:
	case MUX_PROBE:
		break;
	}
	return record_send(socket, -1, words, orders[order->verb].count);
}
