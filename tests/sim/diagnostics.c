/* SPDX-License-Identifier: Apache-2.0 */
/* com.apple.mobile.diagnostics_relay of a simulated device: restart, battery, registry. */
#include "tests/sim/diagnostics.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tests/sim/channel.h"
#include "tests/sim/decode.h"
#include "tests/sim/phone.h"
#include "tests/sim/values.h"

/* One connection. Zeroed: nothing pends. */
struct relay {
	void (*departs)(struct phone *phone); /* what to do when this connection has ended */
};

/* Keys asked for in one MobileGestalt request. */
#define GESTALT_KEYS_MAX 256

static plist_t new_status(const char *status)
{
	plist_t reply = plist_new_dict();

	plist_dict_set_item(reply, "Status", plist_new_string(status));
	return reply;
}

static void put_number(plist_t dict, const char *key, uint64_t number)
{
	plist_dict_set_item(dict, key, plist_new_uint(number));
}

static plist_t new_gas_gauge(void)
{
	plist_t dict = new_status("Success");

	put_number(dict, "CycleCount", 112);
	put_number(dict, "DesignCapacity", 7606);
	put_number(dict, "FullChargeCapacity", 7241);
	return dict;
}

static plist_t new_wifi(void)
{
	plist_t dict = new_status("Success");

	plist_dict_set_item(dict, "Active", plist_new_bool(1));
	return dict;
}

static plist_t new_battery(void)
{
	plist_t dict = plist_new_dict();

	put_number(dict, "AppleRawCurrentCapacity", 5793);
	put_number(dict, "AppleRawMaxCapacity", 7241);
	put_number(dict, "CurrentCapacity", 80);
	put_number(dict, "CycleCount", 112);
	put_number(dict, "DesignCapacity", 7606);
	put_number(dict, "MaxCapacity", 100);
	put_number(dict, "Temperature", 2890); /* hundredths of a degree */
	put_number(dict, "Voltage", 4012);     /* mV */
	plist_dict_set_item(dict, "BatteryInstalled", plist_new_bool(1));
	plist_dict_set_item(dict, "ExternalConnected", plist_new_bool(1));
	plist_dict_set_item(dict, "IsCharging", plist_new_bool(1));
	return dict;
}

/* Success, with VALUE as NAME under "Diagnostics". */
static plist_t new_success(const char *name, plist_t value)
{
	plist_t reply = new_status("Success");
	plist_t diagnostics = plist_new_dict();

	plist_dict_set_item(diagnostics, name, value);
	plist_dict_set_item(reply, "Diagnostics", diagnostics);
	return reply;
}

/* With WaitForDisconnect the host ends the connection, else the device does; then it goes. */
static plist_t do_restart(struct channel *channel, struct relay *relay, plist_t request)
{
	(void)channel;
	(void)request;
	relay->departs = phone_reboot;
	return new_status("Success");
}

/* Off until it is plugged in again. */
static plist_t do_shutdown(struct channel *channel, struct relay *relay, plist_t request)
{
	(void)channel;
	(void)request;
	relay->departs = phone_vanish;
	return new_status("Success");
}

static plist_t do_nothing(struct channel *channel, struct relay *relay, plist_t request)
{
	(void)channel;
	(void)relay;
	(void)request;
	return new_status("Success");
}

static plist_t do_gas_gauge(struct channel *channel, struct relay *relay, plist_t request)
{
	(void)channel;
	(void)relay;
	(void)request;
	return new_success("GasGauge", new_gas_gauge());
}

static plist_t do_wifi(struct channel *channel, struct relay *relay, plist_t request)
{
	(void)channel;
	(void)relay;
	(void)request;
	return new_success("WiFi", new_wifi());
}

static plist_t do_all(struct channel *channel, struct relay *relay, plist_t request)
{
	plist_t reply = do_gas_gauge(channel, relay, request);

	plist_dict_set_item(plist_dict_get_item(reply, "Diagnostics"), "WiFi", new_wifi());
	return reply;
}

static plist_t do_registry(struct channel *channel, struct relay *relay, plist_t request)
{
	const char *name = dict_text(request, "EntryName");
	const char *class = dict_text(request, "EntryClass");

	(void)channel;
	(void)relay;
	if ((name && strcmp(name, "AppleSmartBattery") == 0) ||
	    (class &&
	     (strcmp(class, "AppleSmartBattery") == 0 || strcmp(class, "IOPMPowerSource") == 0)))
		return new_success("IORegistry", new_battery());
	return new_status("Failure");
}

/* Refused since iOS 17.4, but inside a success. */
static plist_t do_gestalt(struct channel *channel, struct relay *relay, plist_t request)
{
	struct phone *phone = channel_phone(channel);
	plist_t keys = plist_dict_get_item(request, "MobileGestaltKeys");
	plist_t values = plist_dict_get_item(phone->values, "");
	plist_t dict;

	(void)relay;
	if (!keys || plist_get_node_type(keys) != PLIST_ARRAY ||
	    plist_array_get_size(keys) > GESTALT_KEYS_MAX)
		return new_status("Failure");
	if (values_os_at_least(phone, 17, 4))
		return new_success("MobileGestalt", new_status("MobileGestaltDeprecated"));
	dict = new_status("Success");
	for (uint32_t i = 0; i < plist_array_get_size(keys); i++) {
		plist_t key = plist_array_get_item(keys, i);
		const char *name = plist_get_string_ptr(key, NULL);
		plist_t value = name ? plist_dict_get_item(values, name) : NULL;

		if (value)
			plist_dict_set_item(dict, name, plist_copy(value));
	}
	return new_success("MobileGestalt", dict);
}

static const struct {
	const char *name;
	plist_t (*answer)(struct channel *channel, struct relay *relay, plist_t request);
	bool closes; /* the device ends the connection after the reply */
} requests[] = {
	{ "Restart", do_restart, false },
	{ "Shutdown", do_shutdown, false },
	{ "Sleep", do_nothing, false },
	{ "Goodbye", do_nothing, true },
	{ "All", do_all, false },
	{ "GasGauge", do_gas_gauge, false },
	{ "WiFi", do_wifi, false },
	{ "IORegistry", do_registry, false },
	{ "MobileGestalt", do_gestalt, false },
};

static void answer(struct channel *channel, void *state, plist_t request)
{
	const char *name = dict_text(request, "Request");
	struct relay *relay = state;

	for (size_t i = 0; name && i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (strcmp(name, requests[i].name) != 0)
			continue;
		channel_reply(channel, requests[i].answer(channel, relay, request));
		if (requests[i].closes ||
		    (relay->departs && !dict_true(request, "WaitForDisconnect")))
			channel_close(channel);
		return;
	}
	channel_reply(channel, new_status("UnknownRequest"));
}

static void closed(struct channel *channel, void *state)
{
	struct phone *phone = channel_phone(channel);
	struct relay *relay = state;

	if (relay->departs && phone->handle != 0)
		relay->departs(phone);
}

static const char *request_name(size_t number)
{
	return number < sizeof(requests) / sizeof(requests[0]) ? requests[number].name : NULL;
}

const struct service diagnostics_service = {
	.name = "com.apple.mobile.diagnostics_relay",
	.request_key = "Request",
	.state_size = sizeof(struct relay),
	.request = answer,
	.request_name = request_name,
	.closed = closed,
};
