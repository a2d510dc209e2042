/* SPDX-License-Identifier: Apache-2.0 */
/* Ties the conversation with the station to usbmuxd's news and the gates. */
#include "device/mux/mux.h"

#include <errno.h>
#include <string.h>

#include "device/mux/conversation.h"
#include "device/mux/gate.h"
#include "device/mux/listen.h"

struct mux {
	struct dialer *dialer;
	struct listener *listener;
	struct gates *gates;
	struct pulse *pulse;
	struct conversation *conversation;
};

/* The gates learn of a departure before the station does, so that none outlives its `left`. */
static void on_news(void *userdata, const struct mux_event *event)
{
	struct mux *mux = userdata;

	switch (event->verb) {
	case MUX_DOWN:
		gates_all_left(mux->gates);
		pulse_reset(mux->pulse);
		break;
	case MUX_LEFT:
		gates_device_left(mux->gates, event->handle);
		break;
	case MUX_UP:
	case MUX_ARRIVED:
	case MUX_ODD:
	case MUX_HUNG:
	case MUX_AWAKE:
	case MUX_GATE:
	case MUX_REFUSED:
		break;
	}
	pulse_set_devices(mux->pulse, listener_has_devices(mux->listener));
	conversation_say(mux->conversation, event);
}

static void on_pulse(void *userdata, const struct mux_event *event)
{
	struct mux *mux = userdata;

	conversation_say(mux->conversation, event);
}

/* Opens the gate of ORDER; returns NULL and the path, or why it cannot be. */
static const char *open_gate(struct mux *mux, const struct mux_order *order, const char **ret_path)
{
	const struct mux_event *device = listener_find(mux->listener, order->handle);
	int r;

	if (!device || !udid_equal(&device->udid, &order->udid))
		return "the device is not there";
	if (device->network)
		return "the device is there over Wi-Fi only";
	r = gates_open(mux->gates, order->key, device, ret_path);
	return r < 0 ? strerror(-r) : NULL;
}

static void on_open(struct mux *mux, const struct mux_order *order)
{
	struct mux_event event = { .verb = MUX_GATE, .key = order->key };
	const char *path = "", *why = open_gate(mux, order, &path);

	if (why) {
		event.verb = MUX_REFUSED;
		clean_string(why, event.text);
	}
	memcpy(event.path, path, strlen(path) + 1);
	conversation_say(mux->conversation, &event);
}

static void on_order(void *userdata, const struct mux_order *order)
{
	struct mux *mux = userdata;

	switch (order->verb) {
	case MUX_OPEN:
		on_open(mux, order);
		break;
	case MUX_ADMIT:
		/* A gate that was refused, or closed, has nobody to admit. */
		(void)gates_admit(mux->gates, order->key, order->pid);
		break;
	case MUX_CLOSE:
		gates_close(mux->gates, order->key);
		break;
	case MUX_PROBE:
		pulse_ask(mux->pulse);
		break;
	}
}

int mux_run(sd_event *event, int socket, const struct mux_address *address,
	    const struct pulse_times *times)
{
	struct mux mux = { 0 };
	int r = dialer_new(event, address, &mux.dialer);

	if (r >= 0)
		r = gates_new(mux.dialer, &mux.gates);
	if (r >= 0)
		r = pulse_new(mux.dialer, times, on_pulse, &mux, &mux.pulse);
	if (r >= 0)
		r = conversation_new(event, socket, on_order, &mux, &mux.conversation);
	if (r >= 0)
		r = listener_new(mux.dialer, times->limit, on_news, &mux, &mux.listener);
	if (r >= 0)
		r = sd_event_loop(event);
	listener_free(mux.listener);
	pulse_free(mux.pulse);
	gates_free(mux.gates);
	conversation_free(mux.conversation);
	dialer_free(mux.dialer);
	return r;
}
