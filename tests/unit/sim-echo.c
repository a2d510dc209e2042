/* SPDX-License-Identifier: Apache-2.0 */
/* A service that does what its requests say, on a bench with one phone. */
#include "tests/unit/sim-echo.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/phone.h"
#include "tests/unit/tap.h"

struct echo_seen seen;

plist_t echo_reply(const char *text)
{
	plist_t reply = plist_new_dict();

	plist_dict_set_item(reply, "Text", plist_new_string(text));
	return reply;
}

static void reply_big(struct channel *channel)
{
	plist_t reply = plist_new_dict();
	char *bytes = calloc(1, ECHO_BIG);

	plist_dict_set_item(reply, "Data", plist_new_data(bytes, ECHO_BIG));
	free(bytes);
	channel_reply(channel, reply);
}

/* Does what the request's "Do" says. */
static void on_request(struct channel *channel, void *state, plist_t request)
{
	const char *what = text_of(request, "Do");
	unsigned *count = state;
	size_t length;

	seen.requests++;
	seen.has_tls = channel_has_tls(channel);
	seen.certificate_known = channel_host_certificate(channel, &length) && length;
	(*count)++;
	if (strcmp(what, "nothing") == 0)
		return;
	if (strcmp(what, "big") == 0)
		reply_big(channel);
	else
		channel_reply(channel, echo_reply(what));
	if (strcmp(what, "count") == 0)
		channel_reply(channel, echo_reply(*count == 1 ? "first" : "later"));
	else if (strcmp(what, "start") == 0)
		channel_start_tls(channel);
	else if (strcmp(what, "stop") == 0)
		channel_stop_tls(channel);
	else if (strcmp(what, "close") == 0)
		channel_close(channel);
	else if (strcmp(what, "reboot") == 0)
		phone_reboot(channel_phone(channel));
}

static void on_closed(struct channel *channel, void *state)
{
	(void)channel;
	(void)state;
	seen.closed++;
}

static int latency(struct phone *phone, plist_t request)
{
	(void)phone;
	(void)request;
	return seen.latency;
}

static const struct service service = { .name = "test",
					.request_key = "Do",
					.state_size = sizeof(unsigned),
					.request = on_request,
					.closed = on_closed,
					.latency = latency };

uint16_t echo_port(struct sim *sim, bool tls)
{
	return phone_open_port(sim->bench->phones, &service, tls);
}

int echo_begin(struct sim *sim, bool tls)
{
	memset(&seen, 0, sizeof(seen));
	sim_new(sim, 1);
	return sim_connect_port(sim, 1, echo_port(sim, tls));
}

void echo_end(struct sim *sim, int fd)
{
	close(fd);
	sim_done(sim);
}

plist_t echo_request(const char *what)
{
	plist_t request = plist_new_dict();

	plist_dict_set_item(request, "Do", plist_new_string(what));
	return request;
}

void is_reply(struct sim *sim, int fd, const char *want)
{
	plist_t reply = service_receive(sim, fd, NULL);

	is_string(text_of(reply, "Text"), want, "the reply");
	plist_free(reply);
}
