/* SPDX-License-Identifier: Apache-2.0 */
/* The profile service of a simulated device over the wire. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/certificate.h"
#include "tests/sim/channel.h"
#include "tests/sim/mcinstall.h"
#include "tests/sim/phone.h"
#include "tests/sim/profiles.h"
#include "tests/unit/sim-link.h"
#include "tests/unit/tap.h"

#define HANDLE 1

#define IDENTIFIER "org.example.bench"
static const char profile[] = "<plist version=\"1.0\"><dict>"
			      "<key>PayloadType</key><string>Configuration</string>"
			      "<key>PayloadVersion</key><integer>1</integer>"
			      "<key>PayloadIdentifier</key><string>" IDENTIFIER "</string>"
			      "<key>PayloadUUID</key><string>AAAA</string>"
			      "<key>PayloadContent</key><array><dict>"
			      "<key>PayloadType</key><string>com.apple.wifi.managed</string>"
			      "<key>PayloadVersion</key><integer>1</integer>"
			      "<key>PayloadIdentifier</key><string>" IDENTIFIER ".wifi</string>"
			      "<key>PayloadUUID</key><string>BBBB</string>"
			      "<key>SSID_STR</key><string>Bench</string>"
			      "</dict></array></dict></plist>";

static plist_t request(const char *type)
{
	plist_t dict = plist_new_dict();

	plist_dict_set_item(dict, "RequestType", plist_new_string(type));
	return dict;
}

/* TYPE with one more key; takes VALUE. */
static plist_t request_with(const char *type, const char *key, plist_t value)
{
	plist_t dict = request(type);

	plist_dict_set_item(dict, key, value);
	return dict;
}

static plist_t install(const char *text)
{
	return request_with("InstallProfile", "Payload", plist_new_data(text, strlen(text)));
}

/* Asks and says the answer's status, and the codes of its chain: "Error 4007 1000". Takes ASKED;
 * valid until the next call. */
static const char *status_of(struct link *link, plist_t asked)
{
	static char text[128];
	plist_t answer = link_ask(link, asked);
	plist_t chain = answer ? plist_dict_get_item(answer, "ErrorChain") : NULL;
	size_t used = (size_t)snprintf(text, sizeof(text), "%s",
				       answer ? text_of(answer, "Status") : "closed");

	for (uint32_t i = 0; chain && i < plist_array_get_size(chain); i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, " %lld",
					 number_of(plist_array_get_item(chain, i), "ErrorCode"));
	plist_free(answer);
	return text;
}

static void test_simple(struct link *link)
{
	is_string(status_of(link, request("Flush")), "Acknowledged", "Flush");
	is_string(status_of(link, request("HelloHostIdentifier")), "Acknowledged", "Hello");
	is_string(status_of(link, request("Frobnicate")), "CommandFormatError", "an unknown one");
	is_string(status_of(link, plist_new_dict()), "CommandFormatError", "one without a type");
	is_string(status_of(link, request_with("Escalate", "SupervisorCertificate",
					       plist_new_data("x", 1))),
		  "CertificateRejected", "nobody supervises it");
	is_string(status_of(link, request("Escalate")), "CommandFormatError",
		  "Escalate without a certificate");
}

static void test_install(struct link *link, struct phone *phone)
{
	plist_t answer;

	is_string(status_of(link, request("InstallProfile")), "CommandFormatError", "no payload");
	is_string(status_of(link,
			    request_with("InstallProfile", "Payload", plist_new_string(profile))),
		  "CommandFormatError", "a payload that is no data");
	is_string(status_of(link, install("nonsense")), "Error 4007 1000", "a payload of no kind");
	is_number(phone->installs, 0, "nothing has changed");
	phone->setup.approve_after = -1;
	is_string(status_of(link, install(profile)), "Acknowledged", "the profile is taken");
	is_number(phone->installs, 1, "and waits");
	answer = link_ask(link, request("GetProfileList"));
	is_string(text_of(answer, "Status"), "Acknowledged", "the list");
	is_number(plist_array_get_size(plist_dict_get_item(answer, "OrderedIdentifiers")), 0,
		  "does not show it yet");
	plist_free(answer);
	ok(profile_store_approve(phone->profiles), "its person confirms it");
	answer = link_ask(link, request("GetProfileList"));
	is_string(
		plist_get_string_ptr(
			plist_array_get_item(plist_dict_get_item(answer, "OrderedIdentifiers"), 0),
			NULL),
		IDENTIFIER, "then the list does");
	is_string(
		text_of(plist_access_path(answer, 2, "ProfileMetadata", IDENTIFIER), "PayloadUUID"),
		"AAAA", "with its UUID");
	plist_free(answer);
	phone->setup.approve_after = 0;
}

/* The serialised form of a ProfileIdentifier. */
static plist_t long_identifier(const char *identifier, const char *uuid, bool binary)
{
	plist_t dict = plist_new_dict(), node;
	char *text = NULL;
	uint32_t len = 0;

	plist_dict_set_item(dict, "PayloadType", plist_new_string("Configuration"));
	plist_dict_set_item(dict, "PayloadIdentifier", plist_new_string(identifier));
	plist_dict_set_item(dict, "PayloadUUID", plist_new_string(uuid));
	plist_dict_set_item(dict, "PayloadVersion", plist_new_uint(1));
	if (binary)
		plist_to_bin(dict, &text, &len);
	else
		plist_to_xml(dict, &text, &len);
	node = plist_new_data(text, len);
	plist_free(dict);
	free(text);
	return node;
}

static const char *remove_by(struct link *link, plist_t identifier)
{
	return status_of(link, request_with("RemoveProfile", "ProfileIdentifier", identifier));
}

static void test_remove(struct link *link)
{
	is_string(remove_by(link, plist_new_uint(1)), "CommandFormatError", "remove a number");
	is_string(remove_by(link, plist_new_data("x", 1)), "CommandFormatError", "remove garbage");
	is_string(status_of(link, request("RemoveProfile")), "CommandFormatError",
		  "remove nothing");
	is_string(remove_by(link, plist_new_string("other")), "Error 4024", "remove another");
	is_string(remove_by(link, plist_new_string(IDENTIFIER)), "Acknowledged", "by its name");
	is_string(remove_by(link, plist_new_string(IDENTIFIER)), "Error 4024", "it is gone");
	status_of(link, install(profile));
	is_string(remove_by(link, long_identifier(IDENTIFIER, "other", false)), "Error 4024",
		  "another one of this name");
	is_string(remove_by(link, long_identifier(IDENTIFIER, "aaaa", false)), "Acknowledged",
		  "by an XML list");
	status_of(link, install(profile));
	is_string(remove_by(link, long_identifier(IDENTIFIER, "AAAA", true)), "Acknowledged",
		  "by a binary list");
}

static void test_locked(struct link *link, struct phone *phone)
{
	phone->locked = true;
	phone->setup.unlock_after = -1;
	is_string(status_of(link, install(profile)), "Error 4009 14001",
		  "install on a lock screen");
	is_string(remove_by(link, plist_new_string(IDENTIFIER)), "Error 4009 14001",
		  "remove there");
	is_string(status_of(link, request("GetProfileList")), "Acknowledged",
		  "a list is to be had");
	phone->locked = false;
}

static void test_stored(struct link *link)
{
	plist_t asked, answer;

	asked = request_with("StoreProfile", "ProfileData", plist_new_data("abc", 3));
	is_string(status_of(link, plist_copy(asked)), "CommandFormatError", "stored for what?");
	plist_dict_set_item(asked, "Purpose", plist_new_string("PostSetupInstallation"));
	is_string(status_of(link, asked), "Acknowledged", "stored for later");
	asked = request_with("GetStoredProfile", "Purpose",
			     plist_new_string("PostSetupInstallation"));
	answer = link_ask(link, asked);
	ok(plist_dict_get_item(answer, "ProfileData") != NULL, "and given back");
	plist_free(answer);
	is_string(status_of(link, request("GetStoredProfile")), "CommandFormatError",
		  "given back for what?");
}

static const char *set_cloud(struct link *link, plist_t configuration)
{
	return status_of(
		link, request_with("SetCloudConfiguration", "CloudConfiguration", configuration));
}

static plist_t supervision(plist_t flag)
{
	plist_t dict = plist_new_dict();

	plist_dict_set_item(dict, "IsSupervised", flag);
	plist_dict_set_item(dict, "OrganizationName", plist_new_string("Example"));
	return dict;
}

static void test_cloud(struct link *link, struct phone *phone)
{
	plist_t answer = link_ask(link, request("GetCloudConfiguration"));

	ok(answer && !plist_dict_get_item(answer, "CloudConfiguration"),
	   "without a configuration the key is not there");
	plist_free(answer);
	is_string(set_cloud(link, supervision(plist_new_bool(1))), "Error 14002",
		  "a device that is set up takes none");
	phone->setup.setup_done = false;
	phone->setup.activated = false;
	is_string(set_cloud(link, supervision(plist_new_bool(1))), "Error 33003",
		  "nor one that is not activated");
	phone->setup.activated = true;
	is_string(set_cloud(link, plist_new_string("x")), "CommandFormatError", "a string");
	is_string(set_cloud(link, supervision(plist_new_string("yes"))), "Error 33002",
		  "a flag that is a string");
	ok(!phone->setup.supervised, "not supervised so far");
	is_string(set_cloud(link, supervision(plist_new_bool(1))), "Acknowledged", "taken");
	ok(phone->setup.supervised, "supervised");
	is_string(set_cloud(link, supervision(plist_new_bool(1))), "Error 14002", "once only");
	answer = link_ask(link, request("GetCloudConfiguration"));
	is_string(text_of(plist_dict_get_item(answer, "CloudConfiguration"), "OrganizationName"),
		  "Example", "and read back");
	plist_free(answer);
}

static void test_latency(struct phone *phone)
{
	plist_t asked = install(profile);

	phone->setup.install_latency = 62000;
	is_number(mcinstall_service.latency(phone, asked), 62000, "an installation takes its time");
	plist_free(asked);
	asked = request("GetProfileList");
	is_number(mcinstall_service.latency(phone, asked), 0, "nothing else does");
	plist_free(asked);
}

static void test_refusal(void)
{
	plist_t answer = mcinstall_refusal(13000, 2);
	plist_t chain = plist_dict_get_item(answer, "ErrorChain");

	is_string(text_of(answer, "Status"), "Error", "a refusal");
	is_number(number_of(plist_array_get_item(chain, 0), "ErrorCode"), 4001, "begins with 4001");
	is_string(text_of(plist_array_get_item(chain, 1), "ErrorDomain"), "MCWiFiErrorDomain",
		  "and has the reason inside");
	plist_free(answer);
}

int main(void)
{
	struct link session, link;
	struct phone *phone;
	struct host host;
	struct sim sim;
	plist_t key;

	sim_new(&sim, 1);
	phone = sim.bench->phones;
	key = identity_public_key(phone->identity);
	host = host_new("11111111-AAAA-4000-8000-000000000001", key);
	session = link_session(&sim, HANDLE, &host);
	link = link_service(&session, HANDLE, "com.apple.mobile.MCInstall", &host);
	ok(link.fd >= 0, "the service is there");
	test_simple(&link);
	test_install(&link, phone);
	test_remove(&link);
	test_locked(&link, phone);
	test_stored(&link);
	test_cloud(&link, phone);
	test_latency(phone);
	test_refusal();
	link_close(&link);
	link_close(&session);
	host_done(&host);
	plist_free(key);
	sim_done(&sim);
	return tap_done();
}
