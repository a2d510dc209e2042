/* SPDX-License-Identifier: Apache-2.0 */
/* lockdownd of a simulated device over the wire: requests, sessions in TLS, services. */
#include <stdio.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/certificate.h"
#include "tests/sim/channel.h"
#include "tests/sim/decode.h"
#include "tests/sim/phone.h"
#include "tests/unit/sim-link.h"
#include "tests/unit/tap.h"

#define HANDLE 1

static plist_t get(const char *domain, const char *key)
{
	plist_t request = lockdown_request("GetValue");

	if (domain)
		plist_dict_set_item(request, "Domain", plist_new_string(domain));
	if (key)
		plist_dict_set_item(request, "Key", plist_new_string(key));
	return request;
}

static plist_t start_session(const char *host_id)
{
	plist_t request = lockdown_request("StartSession");

	if (host_id)
		plist_dict_set_item(request, "HostID", plist_new_string(host_id));
	return request;
}

static plist_t start_service(const char *name)
{
	plist_t request = lockdown_request("StartService");

	if (name)
		plist_dict_set_item(request, "Service", plist_new_string(name));
	return request;
}

static plist_t pair(const struct host *host)
{
	plist_t request = lockdown_request("Pair");

	plist_dict_set_item(request, "PairRecord", host_record(host));
	return request;
}

static void test_before_trust(struct sim *sim)
{
	struct link link = link_open(sim, HANDLE, LOCKDOWN_PORT);
	plist_t request = plist_new_dict(), answer;

	answer = link_ask(&link, lockdown_request("QueryType"));
	is_string(text_of(answer, "Type"), "com.apple.mobile.lockdown", "QueryType");
	is_string(text_of(answer, "Request"), "QueryType", "the answer repeats the request");
	plist_free(answer);
	plist_dict_set_item(request, "Request", plist_new_string("GetValue"));
	plist_dict_set_item(request, "Key", plist_new_string("ProductVersion"));
	plist_dict_set_item(request, "Domain", plist_new_string(""));
	plist_dict_set_item(request, "ProtocolVersion", plist_new_uint(2));
	answer = link_ask(&link, request);
	is_string(text_of(answer, "Value"), "18.5",
		  "no Label, an integer version, an empty domain: as good");
	is_string(text_of(answer, "Key"), "ProductVersion", "the answer repeats the key");
	plist_free(answer);
	answer = link_ask(&link, get(NULL, NULL));
	ok(plist_dict_get_size(plist_dict_get_item(answer, "Value")) > 10, "all that is open");
	plist_free(answer);
	is_string(lockdown_error(&link, get(NULL, "SerialNumber")), "GetProhibited", "the rest");
	is_string(lockdown_error(&link, lockdown_request("SetValue")), "MissingKey", "no key");
	is_string(lockdown_error(&link, lockdown_request("RemoveValue")), "MissingKey",
		  "nor to remove");
	is_string(lockdown_error(&link, lockdown_request("EnterRecovery")), "InvalidRequest",
		  "what is not there");
	is_string(lockdown_error(&link, lockdown_request("StopSession")), "SessionInactive",
		  "no session to stop");
	is_string(lockdown_error(&link, start_service("com.apple.mobile.MCInstall")),
		  "ServiceProhibited", "no service without a session");
	is_string(lockdown_error(&link,
				 start_service("com.apple.mobile.insecure_notification_proxy")),
		  "", "but the open one");
	is_string(lockdown_error(&link, start_session(NULL)), "MissingHostID", "no host");
	is_string(lockdown_error(&link, start_session("nobody")), "InvalidHostID", "no known host");
	is_string(lockdown_error(&link, lockdown_request("Goodbye")), "", "Goodbye");
	ok(sim_closed(sim, link.fd), "and the device hangs up");
	link_close(&link);
}

static void test_nonsense(struct sim *sim)
{
	struct link link = link_open(sim, HANDLE, LOCKDOWN_PORT);
	plist_t request = plist_new_dict();

	plist_dict_set_item(request, "Request", plist_new_uint(1));
	is_string(lockdown_error(&link, request), "closed", "a request without a name");
	link_close(&link);
	link = link_open(sim, HANDLE, LOCKDOWN_PORT);
	is_string(lockdown_error(&link, plist_new_string("QueryType")), "closed",
		  "a request that is a string");
	link_close(&link);
}

static void test_session(struct sim *sim, const struct host *host)
{
	struct link link = link_session(sim, HANDLE, host);
	plist_t request, answer;

	ok(link.fd >= 0, "a session by the host certificate");
	is_string(lockdown_error(&link, get(NULL, "SerialNumber")), "", "all can be read");
	is_string(lockdown_error(&link, start_session(host->id)), "SessionActive", "one at a time");
	is_string(lockdown_error(&link, start_service(NULL)), "MissingService",
		  "no service's name");
	is_string(lockdown_error(&link, start_service("com.example.none")), "InvalidService",
		  "no such service");
	request = lockdown_request("SetValue");
	plist_dict_set_item(request, "Key", plist_new_string("DeviceName"));
	is_string(lockdown_error(&link, plist_copy(request)), "MissingValue", "no value to set");
	plist_dict_set_item(request, "Value", plist_new_string("LIB-1"));
	is_string(lockdown_error(&link, request), "", "the name is set");
	answer = link_ask(&link, get(NULL, "DeviceName"));
	is_string(text_of(answer, "Value"), "LIB-1", "and read back");
	plist_free(answer);
	is_string(lockdown_error(&link, lockdown_request("StopSession")), "MissingSessionID",
		  "which session?");
	request = lockdown_request("StopSession");
	plist_dict_set_item(request, "SessionID", plist_new_string("x"));
	is_string(lockdown_error(&link, request), "InvalidSessionID", "not that one");
	link_close(&link);
}

/* By hand: the session's id is needed, and the root certificate is as good. */
static void test_stop_session(struct sim *sim, const struct host *host)
{
	struct link link = link_open(sim, HANDLE, LOCKDOWN_PORT);
	plist_t answer = link_ask(&link, start_session(host->id));
	plist_t request = lockdown_request("StopSession");

	plist_dict_set_item(request, "SessionID", plist_new_string(text_of(answer, "SessionID")));
	ok(dict_true(answer, "EnableSessionSSL") && strlen(text_of(answer, "SessionID")) == 36,
	   "a session has an id, and TLS");
	plist_free(answer);
	ok(link_tls(&link, host->root, host->key), "TLS by the root certificate");
	answer = link_ask(&link, request);
	is_string(text_of(answer, "Result"), "Success", "the session ends");
	plist_free(answer);
	ok(link_clear(&link), "TLS ends, too");
	is_string(lockdown_error(&link, get(NULL, "SerialNumber")), "GetProhibited",
		  "in the clear the connection goes on without trust");
	link_close(&link);
}

static void test_strangers(struct sim *sim, const struct host *host, const struct host *other)
{
	struct link link = link_open(sim, HANDLE, LOCKDOWN_PORT);

	lockdown_error(&link, start_session(host->id));
	link_tls(&link, other->host, other->key);
	is_string(lockdown_error(&link, get(NULL, "SerialNumber")), "closed",
		  "a stranger's certificate");
	link_close(&link);
	link = link_open(sim, HANDLE, LOCKDOWN_PORT);
	lockdown_error(&link, start_session(host->id));
	link_tls(&link, NULL, NULL);
	is_string(lockdown_error(&link, get(NULL, "SerialNumber")), "closed", "no certificate");
	link_close(&link);
	link = link_open(sim, HANDLE, LOCKDOWN_PORT);
	is_string(lockdown_error(&link, pair(other)), "", "when the other is trusted, too");
	lockdown_error(&link, start_session(host->id));
	link_tls(&link, other->host, other->key);
	is_string(lockdown_error(&link, get(NULL, "SerialNumber")), "closed",
		  "its certificate is not the first one's");
	link_close(&link);
}

static void test_services(struct sim *sim, const struct host *host)
{
	struct phone *phone = sim->bench->phones;
	struct link session = link_session(sim, HANDLE, host);
	plist_t answer, request;

	answer = link_ask(&session, start_service("com.apple.mobile.MCInstall"));
	ok(dict_true(answer, "EnableServiceSSL") && number_of(answer, "Port") > 1023,
	   "a service has a port and TLS");
	plist_free(answer);
	phone->setup.service_tls = false;
	answer = link_ask(&session, start_service("com.apple.mobile.MCInstall"));
	ok(!plist_dict_get_item(answer, "EnableServiceSSL"), "on an old system no TLS");
	plist_free(answer);
	phone->setup.service_tls = true;
	phone->setup.unlock_after = -1;
	phone->locked = true;
	is_string(lockdown_error(&session, start_service("com.apple.mobile.MCInstall")),
		  "PasswordProtected", "not while it is locked");
	request = start_service("com.apple.mobile.MCInstall");
	plist_dict_set_item(request, "EscrowBag", plist_new_data("x", 1));
	is_string(lockdown_error(&session, request), "MissingValue", "nor with an escrow bag");
	link_close(&session);
	session = link_open(sim, HANDLE, LOCKDOWN_PORT);
	is_string(lockdown_error(&session, start_session(host->id)), "PasswordProtected",
		  "no session while it is locked");
	link_close(&session);
	phone->locked = false;
	phone->setup.unlock_after = 0;
}

static void test_service_limit(struct sim *sim, const struct host *host)
{
	struct link session = link_session(sim, HANDLE, host);
	unsigned started = 0;

	while (started < 1000 &&
	       lockdown_error(&session, start_service("com.apple.misagent"))[0] == '\0')
		started++;
	ok(started > 30 && started < 1000, "%u services that nobody connects to", started);
	is_string(lockdown_error(&session, start_service("com.apple.misagent")), "ServiceLimit",
		  "then no more");
	link_close(&session);
}

static void test_unpair(struct sim *sim, const struct host *host)
{
	struct link link = link_open(sim, HANDLE, LOCKDOWN_PORT);
	plist_t request = lockdown_request("ValidatePair");

	plist_dict_set_item(request, "PairRecord", host_record(host));
	is_string(lockdown_error(&link, request), "", "ValidatePair");
	request = lockdown_request("Unpair");
	plist_dict_set_item(request, "PairRecord", host_record(host));
	is_string(lockdown_error(&link, request), "", "Unpair");
	is_string(lockdown_error(&link, start_session(host->id)), "InvalidHostID",
		  "trusted no more");
	link_close(&link);
}

int main(void)
{
	struct host one, two;
	struct sim sim;
	plist_t key;

	sim_new(&sim, 1);
	key = identity_public_key(sim.bench->phones->identity);
	one = host_new("11111111-AAAA-4000-8000-000000000001", key);
	two = host_new("22222222-AAAA-4000-8000-000000000002", key);
	test_before_trust(&sim);
	test_nonsense(&sim);
	test_session(&sim, &one);
	test_stop_session(&sim, &one);
	test_strangers(&sim, &one, &two);
	test_services(&sim, &one);
	test_service_limit(&sim, &one);
	test_unpair(&sim, &one);
	host_done(&one);
	host_done(&two);
	plist_free(key);
	sim_done(&sim);
	return tap_done();
}
