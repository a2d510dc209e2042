/* SPDX-License-Identifier: Apache-2.0 */
/* One connection to a simulated device: takes requests one by one, sends what the service says. */
#include "tests/sim/channel.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "tests/sim/bench.h"
#include "tests/sim/bytes.h"
#include "tests/sim/certificate.h"
#include "tests/sim/decode.h"
#include "tests/sim/lockdown.h"
#include "tests/sim/pairing.h"
#include "tests/sim/phone.h"
#include "tests/sim/spoil.h"
#include "tests/sim/stream.h"
#include "tests/sim/wire.h"

/* The simulator is written against what libplist 2 puts on the wire and takes from it. */
#if LIBPLIST_MAJOR != 2
#error "muster-sim knows libplist 2 only"
#endif

enum step_kind {
	STEP_REPLY,
	STEP_START_TLS,
	STEP_STOP_TLS,
	STEP_CLOSE,
};

/* What the service wants done, in its order. */
struct step {
	struct step *next; /* channel: held */
	enum step_kind kind;
	plist_t reply;
};

struct channel {
	struct channel *next; /* phone: channels */
	struct phone *phone;
	const struct service *service;
	void *state;
	struct wire *wire;
	bool trusted;	 /* the host's certificate was found among the phone's pairings */
	bool binary;	 /* the form of the last request */
	plist_t request; /* until its latency has passed */
	sd_event_source *latency;
	bool holding; /* the service is at work: what it says waits for the rules */
	struct step *held;
	enum spoil spoil;	  /* of the answers under way */
	enum handshake handshake; /* to be spoiled when the host begins it */
	bool deaf;		  /* nothing from the host is looked at any more */
};

struct phone *channel_phone(struct channel *channel)
{
	return channel->phone;
}

sd_event *channel_event(struct channel *channel)
{
	return channel->phone->bench->event;
}

bool channel_has_tls(const struct channel *channel)
{
	return wire_secret(channel->wire);
}

const unsigned char *channel_host_certificate(struct channel *channel, size_t *ret_len)
{
	return wire_host_certificate(channel->wire, ret_len);
}

/* Takes REPLY. */
static void send_reply(struct channel *channel, plist_t reply)
{
	struct bytes message = { 0 };

	/* In one piece: one TLS record when it fits. */
	if (spoil_message(channel->spoil, reply, channel->binary, &message) < 0)
		wire_end(channel->wire);
	else
		wire_send(channel->wire, bytes_at(&message), message.length);
	bytes_done(&message);
}

static void begin_tls(struct channel *channel)
{
	const struct phone *phone = channel->phone;

	channel->trusted = false;
	channel->handshake = channel->service == &lockdown_service ? phone->session_handshake
								   : phone->service_handshake;
	if (channel->handshake == HANDSHAKE_WELL)
		wire_start_tls(channel->wire, identity_tls(phone->identity));
}

static void step_do(struct channel *channel, enum step_kind kind, plist_t reply)
{
	if (wire_ended(channel->wire)) {
		plist_free(reply);
		return;
	}
	switch (kind) {
	case STEP_REPLY:
		send_reply(channel, reply);
		break;
	case STEP_START_TLS:
		begin_tls(channel);
		break;
	case STEP_STOP_TLS:
		wire_stop_tls(channel->wire);
		break;
	case STEP_CLOSE:
		wire_close(channel->wire);
		break;
	}
}

static void step_add(struct channel *channel, enum step_kind kind, plist_t reply)
{
	struct step **end = &channel->held;

	if (!channel->holding) {
		step_do(channel, kind, reply);
		return;
	}
	while (*end)
		end = &(*end)->next;
	*end = calloc(1, sizeof(**end));
	if (!*end) {
		plist_free(reply);
		wire_end(channel->wire);
		return;
	}
	(*end)->kind = kind;
	(*end)->reply = reply;
}

static void steps_release(struct channel *channel, bool drop)
{
	while (channel->held) {
		struct step *step = channel->held;

		channel->held = step->next;
		if (drop)
			plist_free(step->reply);
		else
			step_do(channel, step->kind, step->reply);
		free(step);
	}
}

void channel_reply(struct channel *channel, plist_t reply)
{
	step_add(channel, STEP_REPLY, reply);
}

void channel_start_tls(struct channel *channel)
{
	step_add(channel, STEP_START_TLS, NULL);
}

void channel_stop_tls(struct channel *channel)
{
	step_add(channel, STEP_STOP_TLS, NULL);
}

void channel_close(struct channel *channel)
{
	step_add(channel, STEP_CLOSE, NULL);
}

/* Does what the first rule at POINT says. True: what the service says is not to be sent. */
static bool channel_obey(struct channel *channel, enum rule_point point, const char *request)
{
	const struct rule *rule = rules_match(channel->phone->rules, point, request);

	if (!rule)
		return false;
	switch (rule->deed.action) {
	case RULE_ANSWER:
		step_do(channel, STEP_REPLY, plist_copy(rule->deed.answer));
		break;
	case RULE_CLOSE:
		step_do(channel, STEP_CLOSE, NULL);
		break;
	case RULE_VANISH:
		phone_vanish_for(channel->phone, rule->deed.away);
		break;
	case RULE_REBOOT:
		phone_reboot(channel->phone);
		break;
	case RULE_SILENT:
		break;
	case RULE_HANG:
		channel->deaf = true;
		break;
	case RULE_SPOIL:
		channel->spoil = rule->deed.spoil;
		return false;
	}
	return true;
}

/* The request's latency has passed. */
static void channel_serve(struct channel *channel)
{
	plist_t request = channel->request;
	const char *name = dict_text(request, channel->service->request_key);

	channel->request = NULL;
	if (!name)
		name = "";
	if (!channel_obey(channel, RULE_BEFORE, name)) {
		channel->holding = true;
		channel->service->request(channel, channel->state, request);
		channel->holding = false;
		steps_release(channel, channel_obey(channel, RULE_AFTER, name));
		channel->spoil = SPOIL_NOT;
	}
	plist_free(request);
}

/* Takes the first message from the clear text as the request. Returns 1, 0 when it is not whole, or
 * a negative errno. */
static int channel_decode(struct channel *channel)
{
	struct bytes *clear = wire_clear(channel->wire);
	uint32_t length;

	if (clear->length < sizeof(length))
		return 0;
	memcpy(&length, bytes_at(clear), sizeof(length));
	length = be32toh(length);
	if (length > CHANNEL_MESSAGE_MAX)
		return -EMSGSIZE;
	if (clear->length - sizeof(length) < length)
		return 0;
	channel->request = decode_plist((const char *)bytes_at(clear) + sizeof(length), length,
					&channel->binary);
	bytes_drop(clear, sizeof(length) + length);
	return channel->request ? 1 : -EBADMSG;
}

/* A device goes on only with a host whose certificate it knows. */
static bool channel_trusts(struct channel *channel)
{
	const unsigned char *der;
	size_t length;

	if (channel->trusted || !wire_secret(channel->wire))
		return true;
	der = wire_host_certificate(channel->wire, &length);
	channel->trusted = der && pairing_by_certificate(channel->phone, der, length);
	return channel->trusted;
}

/* Spoils the handshake once the host has begun it. Returns 0, or -EPROTO to end the connection. */
static int spoil_tls(struct channel *channel)
{
	size_t length;
	const unsigned char *answer = spoil_handshake(channel->handshake, &length);

	if (!wire_clear(channel->wire)->length)
		return 0;
	if (answer)
		wire_send(channel->wire, answer, length);
	channel->deaf = true;
	return channel->handshake == HANDSHAKE_CLOSED || channel->handshake == HANDSHAKE_REFUSED
		       ? -EPROTO
		       : 0;
}

/* Returns 1 when something came from the host, 0 when nothing did, or a negative errno. */
static int channel_take(struct channel *channel)
{
	int r = wire_take(channel->wire);

	if (r < 0)
		return r;
	return channel_trusts(channel) ? r : -EACCES;
}

static void channel_go_on(struct channel *channel);

static int latency_passed(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct channel *channel = userdata;

	(void)source;
	(void)usec;
	channel->latency = sd_event_source_disable_unref(channel->latency);
	channel_serve(channel);
	channel_go_on(channel);
	return 0;
}

/* Serves the request, now or when its latency has passed. Returns 1 or a negative errno. */
static int channel_schedule(struct channel *channel)
{
	const struct service *service = channel->service;
	int ms = channel->phone->setup.request_latency;
	int r;

	if (service->latency)
		ms += service->latency(channel->phone, channel->request);
	if (ms <= 0) {
		channel_serve(channel);
		return 1;
	}
	r = sd_event_add_time_relative(channel_event(channel), &channel->latency, CLOCK_MONOTONIC,
				       (uint64_t)ms * 1000, 1, latency_passed, channel);
	return r < 0 ? r : 1;
}

/* Goes on as far as it goes now: until bytes, time, or room for output is lacking. */
static void channel_go_on(struct channel *channel)
{
	int r = 1;

	while (r > 0 && !channel->deaf && !wire_ended(channel->wire) && !channel->request &&
	       !wire_full(channel->wire)) {
		r = channel->handshake == HANDSHAKE_WELL ? channel_decode(channel)
							 : spoil_tls(channel);
		if (r > 0)
			r = channel_schedule(channel);
		else if (r == 0)
			r = channel_take(channel);
	}
	if (r < 0)
		wire_end(channel->wire);
	else if (r == 0 && wire_left(channel->wire))
		wire_close(channel->wire);
}

static void channel_ready(void *owner)
{
	channel_go_on(owner);
}

static void channel_gone(void *owner)
{
	channel_free(owner);
}

int channel_new(struct phone *phone, const struct service *service, bool tls, struct stream *stream)
{
	static const struct stream_owner calls = { channel_ready, channel_gone };
	struct channel *channel = calloc(1, sizeof(*channel));
	struct wire *wire = wire_new(stream);
	void *state = calloc(1, service->state_size + 1);

	if (!channel || !wire || !state) {
		free(channel);
		wire_free(wire);
		free(state);
		return -ENOMEM;
	}
	*channel = (struct channel){ .next = phone->channels,
				     .phone = phone,
				     .service = service,
				     .state = state,
				     .wire = wire };
	phone->channels = channel;
	stream_give(stream, &calls, channel);
	/* Without memory for it, it does not drip. */
	if (phone->setup.drip)
		(void)wire_drip(wire, (uint64_t)phone->setup.drip * 1000);
	if (tls)
		channel_start_tls(channel);
	channel_go_on(channel);
	return 0;
}

void channels_hold(struct phone *phone, bool held)
{
	for (struct channel *channel = phone->channels; channel; channel = channel->next)
		wire_hold(channel->wire, held);
}

void channel_free(struct channel *channel)
{
	struct channel **place = &channel->phone->channels;

	while (*place != channel)
		place = &(*place)->next;
	*place = channel->next;
	if (channel->service->closed)
		channel->service->closed(channel, channel->state);
	sd_event_source_disable_unref(channel->latency);
	plist_free(channel->request);
	wire_free(channel->wire);
	free(channel->state);
	free(channel);
}
