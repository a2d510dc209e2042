/* SPDX-License-Identifier: Apache-2.0 */
/* The worker's end of the conversation with the station (device/facts/talk.h). */
#include "device/conversation.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void conversation_broken(const char *why)
{
	fprintf(stderr, "muster-worker: %s\n", why);
	exit(EXIT_FAILURE);
}

void say(struct conversation *talk, const struct talk *word)
{
	struct pollfd room = { .fd = talk->socket, .events = POLLOUT };
	int r;

	while ((r = talk_send(talk->socket, word)) == -EAGAIN)
		if (poll(&room, 1, -1) < 0 && errno != EINTR)
			break;
	if (r < 0)
		conversation_broken("the station does not listen");
}

void say_verb(struct conversation *talk, enum talk_verb verb)
{
	say(talk, &(struct talk){ .verb = verb });
}

void say_note(struct conversation *talk, enum note_key key, const char *text)
{
	struct talk word = { .verb = TALK_NOTE, .key = key };

	clean_string(text, word.text);
	say(talk, &word);
}

void say_wait(struct conversation *talk, enum talk_verb wait_or_waited, enum talk_wait why)
{
	say(talk, &(struct talk){ .verb = wait_or_waited, .why = why });
}

void say_ended(struct conversation *talk, enum talk_verb done_or_already, struct step_id step)
{
	say(talk, &(struct talk){ .verb = done_or_already, .step = step, .verified = true });
}

void say_fault(struct conversation *talk, const struct fault *fault)
{
	struct talk word = { .verb = TALK_CHAIN };

	/* A link a message, so that a full socket never has one said twice. */
	for (unsigned i = 0; i < fault->chain_len; i++) {
		word.fault.chain[0] = fault->chain[i];
		say(talk, &word);
	}
	word.verb = TALK_FAULT;
	word.fault = *fault;
	word.fault.chain_len = 0;
	say(talk, &word);
}

void hear(struct conversation *talk, struct order *ret_order, int *ret_fd)
{
	struct record record;
	int fd = -1;
	int r = record_receive(talk->socket, &record, &fd);

	if (r == 0)
		conversation_broken("the station is gone");
	if (r < 0 || order_parse(&record, ret_order) < 0)
		conversation_broken("the station said what cannot be understood");
	if (ret_order->verb == ORDER_STOP)
		exit(EXIT_SUCCESS);
	*ret_fd = fd;
}

static long long now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * 1000LL + at.tv_nsec / 1000000;
}

void conversation_pause(struct conversation *talk, int milliseconds)
{
	struct pollfd word = { .fd = talk->socket, .events = POLLIN };
	long long end = now() + milliseconds;
	long long left = milliseconds;
	struct order order;
	int fd, n;

	do {
		n = poll(&word, 1, (int)left);
		left = end - now();
	} while (n < 0 && errno == EINTR && left > 0);
	if (n <= 0)
		return;
	hear(talk, &order, &fd);
	conversation_broken("the station said something out of its turn");
}
