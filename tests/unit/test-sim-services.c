/* SPDX-License-Identifier: Apache-2.0 */
/* A simulated device's small services over the wire: notifications, diagnostics, misagent. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/certificate.h"
#include "tests/sim/channel.h"
#include "tests/sim/decode.h"
#include "tests/sim/notifications.h"
#include "tests/sim/phone.h"
#include "tests/unit/sim-link.h"
#include "tests/unit/tap.h"

#define HANDLE	     1
#define REQUEST_PAIR "com.apple.mobile.lockdown.request_pair"

static plist_t message(const char *key, const char *word)
{
	plist_t dict = plist_new_dict();

	plist_dict_set_item(dict, key, plist_new_string(word));
	return dict;
}

static plist_t command(const char *word, const char *name)
{
	plist_t dict = message("Command", word);

	if (name)
		plist_dict_set_item(dict, "Name", plist_new_string(name));
	return dict;
}

/* The next notification is NAME. */
static void is_relayed(struct link *link, const char *name, const char *what)
{
	plist_t told = link_receive(link);

	is_string(text_of(told, "Command"), "RelayNotification", "a notification comes");
	is_string(text_of(told, "Name"), name, what);
	plist_free(told);
}

/* Observations are not answered: a notification that comes back shows that they have arrived. */
static void observe(struct link *link, const char *name)
{
	link_send(link, command("ObserveNotification", name));
	link_send(link, command("PostNotification", name));
	is_relayed(link, name, "observed");
}

static bool is_unwatched(void *of)
{
	return !((struct phone *)of)->watchers;
}

static void test_notifications(struct link *session, const struct host *host)
{
	struct phone *phone = session->sim->bench->phones;
	struct link link =
		link_service(session, HANDLE, "com.apple.mobile.notification_proxy", host);
	plist_t request = lockdown_request("SetValue"), told;

	link_send(&link, plist_new_dict());
	link_send(&link, command("ObserveNotification", NULL));
	observe(&link, "com.apple.mobile.lockdown.device_name_changed");
	plist_dict_set_item(request, "Key", plist_new_string("DeviceName"));
	plist_dict_set_item(request, "Value", plist_new_string("LIB-2"));
	lockdown_error(session, request);
	is_relayed(&link, "com.apple.mobile.lockdown.device_name_changed", "a new name is told");
	notification_post(phone, "com.example.not.observed");
	notification_post(phone, "com.apple.mobile.lockdown.device_name_changed");
	is_relayed(&link, "com.apple.mobile.lockdown.device_name_changed", "others are not");
	told = link_ask(&link, command("Shutdown", NULL));
	is_string(text_of(told, "Command"), "ProxyDeath", "the proxy dies when told so");
	plist_free(told);
	ok(!link_receive(&link), "and hangs up");
	link_close(&link);
	ok(sim_wait(session->sim, is_unwatched, phone), "nobody watches any more");
}

/* A host that waits for the tap without being trusted. */
static void test_insecure(struct sim *sim, const struct host *other)
{
	struct phone *phone = sim->bench->phones;
	struct link lockdown = link_open(sim, HANDLE, LOCKDOWN_PORT);
	struct link link;
	plist_t request;

	link = link_service(&lockdown, HANDLE, "com.apple.mobile.insecure_notification_proxy",
			    NULL);
	ok(link.fd >= 0 && !link.ssl, "the open proxy, in the clear");
	link_send(&link,
		  command("ObserveNotification", "com.apple.mobile.lockdown.device_name_changed"));
	observe(&link, REQUEST_PAIR);
	notification_post(phone, "com.apple.mobile.lockdown.device_name_changed");
	phone->setup.trust_after = 1;
	request = lockdown_request("Pair");
	plist_dict_set_item(request, "PairRecord", host_record(other));
	is_string(lockdown_error(&lockdown, plist_copy(request)), "PairingDialogResponsePending",
		  "the dialog is up");
	is_relayed(&link, REQUEST_PAIR, "the tap is told, and nothing else was");
	is_string(lockdown_error(&lockdown, request), "", "then Pair succeeds");
	link_close(&link);
	link_close(&lockdown);
	phone->setup.trust_after = 0;
}

static const char *status_of(struct link *link, plist_t request)
{
	static char text[64];
	plist_t answer = link_ask(link, request);

	snprintf(text, sizeof(text), "%s", answer ? text_of(answer, "Status") : "closed");
	plist_free(answer);
	return text;
}

/* Whether the diagnostics answer REQUEST with KEY under NAME. */
static bool diagnoses(struct link *link, plist_t request, const char *name, const char *key)
{
	plist_t answer = link_ask(link, request);
	plist_t part = answer ? plist_access_path(answer, 2, "Diagnostics", name) : NULL;
	bool there = part && plist_dict_get_item(part, key);

	plist_free(answer);
	return there;
}

static plist_t gestalt(plist_t key)
{
	plist_t request = message("Request", "MobileGestalt");
	plist_t keys = plist_new_array();

	plist_array_append_item(keys, key);
	plist_dict_set_item(request, "MobileGestaltKeys", keys);
	return request;
}

static void test_diagnostics(struct link *session, const struct host *host)
{
	struct phone *phone = session->sim->bench->phones;
	plist_t values = plist_dict_get_item(phone->values, "");
	struct link link =
		link_service(session, HANDLE, "com.apple.mobile.diagnostics_relay", host);
	plist_t request = message("Request", "IORegistry");

	ok(diagnoses(&link, message("Request", "GasGauge"), "GasGauge", "CycleCount"), "GasGauge");
	ok(diagnoses(&link, message("Request", "WiFi"), "WiFi", "Active"), "WiFi");
	ok(diagnoses(&link, message("Request", "All"), "WiFi", "Active"), "All");
	is_string(status_of(&link, plist_copy(request)), "Failure", "the registry of nothing");
	plist_dict_set_item(request, "EntryClass", plist_new_string("IOPMPowerSource"));
	ok(diagnoses(&link, request, "IORegistry", "CycleCount"), "the battery");
	ok(diagnoses(&link, gestalt(plist_new_string("ProductType")), "MobileGestalt", "Status") &&
		   !diagnoses(&link, gestalt(plist_new_string("ProductType")), "MobileGestalt",
			      "ProductType"),
	   "a new system does not say much");
	plist_dict_set_item(values, "ProductVersion", plist_new_string("16.7"));
	ok(diagnoses(&link, gestalt(plist_new_string("ProductType")), "MobileGestalt",
		     "ProductType"),
	   "an old one does");
	is_string(status_of(&link, gestalt(plist_new_uint(1))), "Success", "a number for a key");
	is_string(status_of(&link, message("Request", "MobileGestalt")), "Failure", "no keys");
	is_string(status_of(&link, message("Request", "Sleep")), "Success", "Sleep");
	is_string(status_of(&link, message("Request", "Dance")), "UnknownRequest",
		  "no such request");
	is_string(status_of(&link, message("Request", "Goodbye")), "Success", "Goodbye");
	ok(!link_receive(&link), "hangs up");
	link_close(&link);
}

static bool is_away(void *of)
{
	return ((struct phone *)of)->handle == 0;
}

static bool is_there(void *of)
{
	return ((struct phone *)of)->handle != 0;
}

static void test_restart(struct link *session, const struct host *host)
{
	struct sim *sim = session->sim;
	struct phone *phone = sim->bench->phones;
	struct link link =
		link_service(session, HANDLE, "com.apple.mobile.diagnostics_relay", host);
	plist_t request = message("Request", "Restart");

	phone->setup.reboot_time = 1;
	plist_dict_set_item(request, "WaitForDisconnect", plist_new_bool(1));
	is_string(status_of(&link, request), "Success", "Restart");
	is_string(status_of(&link, message("Request", "GasGauge")), "Success",
		  "not before the host has hung up");
	ok(phone->handle == HANDLE, "so it is still there");
	link_close(&link);
	ok(sim_wait(sim, is_away, phone), "then it goes");
	ok(sim_wait(sim, is_there, phone), "and is back");
	is_number(phone->handle, HANDLE + 1, "under a new number");
}

/* Without WaitForDisconnect the device itself hangs up. */
static void test_shutdown(struct sim *sim, const struct host *host)
{
	struct phone *phone = sim->bench->phones;
	struct link session = link_session(sim, HANDLE + 1, host);
	struct link link =
		link_service(&session, HANDLE + 1, "com.apple.mobile.diagnostics_relay", host);

	is_string(status_of(&link, message("Request", "Shutdown")), "Success", "Shutdown");
	ok(sim_wait(sim, is_away, phone), "it goes");
	ok(!phone->plugged, "and does not come back by itself");
	link_close(&link);
	link_close(&session);
}

static plist_t misagent(const char *type, const char *key, plist_t value)
{
	plist_t dict = message("MessageType", type);

	plist_dict_set_item(dict, "ProfileType", plist_new_string("Provisioning"));
	if (key)
		plist_dict_set_item(dict, key, value);
	return dict;
}

static long long mis_status(struct link *link, plist_t request)
{
	plist_t answer = link_ask(link, request);
	long long status = number_of(answer, "Status");

	plist_free(answer);
	return status;
}

static uint32_t mis_count(struct link *link)
{
	plist_t answer = link_ask(link, misagent("CopyAll", NULL, NULL));
	uint32_t count = plist_array_get_size(plist_dict_get_item(answer, "Payload"));

	plist_free(answer);
	return count;
}

/* A provisioning profile with this UUID, signed. */
static plist_t provisioning(const char *uuid)
{
	char text[256];
	plist_t node;
	size_t len;
	char *file;

	snprintf(text, sizeof(text),
		 "<plist version=\"1.0\"><dict><key>UUID</key><string>%s</string></dict></plist>",
		 uuid);
	file = sign_text(text, false, &len);
	node = plist_new_data(file, len);
	free(file);
	return node;
}

static void test_misagent(struct link *session, const struct host *host)
{
	struct link link = link_service(session, HANDLE, "com.apple.misagent", host);
	plist_t one = provisioning("AAAA"), bad;
	uint64_t len = 0;
	char *bytes = NULL;

	is_number(mis_count(&link), 0, "none at first");
	is_number(mis_status(&link, misagent("Install", "Profile", plist_new_data("x", 1))),
		  0xe8008003, "garbage");
	is_number(mis_status(&link, misagent("Install", NULL, NULL)), 0xe8008003, "nothing");
	plist_get_data_val(one, &bytes, &len);
	bytes[len - 1] ^= 1;
	bad = plist_new_data(bytes, len);
	free(bytes);
	is_number(mis_status(&link, misagent("Install", "Profile", bad)), 0xe8008004,
		  "a broken signature");
	is_number(mis_status(&link, misagent("Install", "Profile", plist_copy(one))), 0,
		  "a good one");
	is_number(mis_status(&link, misagent("Install", "Profile", one)), 0, "again");
	is_number(mis_count(&link), 1, "is still one");
	mis_status(&link, misagent("Install", "Profile", provisioning("BBBB")));
	is_number(mis_count(&link), 2, "another");
	is_number(mis_status(&link, misagent("Remove", "ProfileID", plist_new_string("CCCC"))),
		  0xe8008001, "remove none of them");
	is_number(mis_status(&link, misagent("Remove", "ProfileID", plist_new_string("aaaa"))), 0,
		  "remove the first");
	is_number(mis_count(&link), 1, "leaves one");
	is_number(mis_status(&link, misagent("Copy", NULL, NULL)), 0xe800800d, "the old request");
	is_number(mis_status(&link, message("MessageType", "CopyAll")), 0xe800800d,
		  "of what type?");
	link_close(&link);
}

int main(void)
{
	struct host host, other;
	struct link session;
	struct sim sim;
	plist_t key;

	sim_new(&sim, 1);
	key = identity_public_key(sim.bench->phones->identity);
	host = host_new("11111111-AAAA-4000-8000-000000000001", key);
	other = host_new("22222222-AAAA-4000-8000-000000000002", key);
	session = link_session(&sim, HANDLE, &host);
	test_notifications(&session, &host);
	test_insecure(&sim, &other);
	test_misagent(&session, &host);
	test_diagnostics(&session, &host);
	test_restart(&session, &host);
	link_close(&session);
	test_shutdown(&sim, &host);
	host_done(&host);
	host_done(&other);
	plist_free(key);
	sim_done(&sim);
	return tap_done();
}
