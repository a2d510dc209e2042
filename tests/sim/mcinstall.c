/* SPDX-License-Identifier: Apache-2.0 */
/* The profile service of a simulated device, com.apple.mobile.MCInstall. */
#include "tests/sim/mcinstall.h"

#include <stdbool.h>
#include <string.h>

#include "tests/sim/chain.h"
#include "tests/sim/channel.h"
#include "tests/sim/cloud.h"
#include "tests/sim/decode.h"
#include "tests/sim/payload.h"
#include "tests/sim/person.h"
#include "tests/sim/phone.h"
#include "tests/sim/profiles.h"
#include "tests/sim/values.h"

#define PURPOSE "PostSetupInstallation"

static plist_t new_status(const char *status)
{
	plist_t reply = plist_new_dict();

	plist_dict_set_item(reply, "Status", plist_new_string(status));
	return reply;
}

static plist_t acknowledged(void)
{
	return new_status("Acknowledged");
}

static plist_t malformed_request(void)
{
	return new_status("CommandFormatError");
}

/* Takes CHAIN; NULL is success. */
static plist_t reply_of(plist_t chain)
{
	plist_t reply;

	if (!chain)
		return acknowledged();
	reply = new_status("Error");
	plist_dict_set_item(reply, "ErrorChain", chain);
	return reply;
}

plist_t mcinstall_refusal(unsigned code, unsigned depth)
{
	plist_t chain = NULL;

	while (depth-- > 1)
		chain = chain_add(chain, 4001, "The profile could not be installed.");
	return reply_of(chain_add(chain, code, "The device refused the profile."));
}

static plist_t refuse_locked(struct channel *channel)
{
	plist_t chain = chain_add(NULL, 4009, "The device is locked.");

	person_sees_lock(channel_phone(channel), channel_event(channel));
	return reply_of(chain_add(chain, 14001, "The device is locked."));
}

static plist_t do_acknowledge(struct channel *channel, plist_t request)
{
	(void)channel;
	(void)request;
	return acknowledged();
}

static plist_t do_list(struct channel *channel, plist_t request)
{
	plist_t reply = acknowledged();

	(void)request;
	profile_store_list(channel_phone(channel)->profiles, reply);
	return reply;
}

static plist_t do_install(struct channel *channel, plist_t request)
{
	struct phone *phone = channel_phone(channel);
	struct profile *profile;
	plist_t chain = NULL;
	const char *bytes;
	size_t len;

	bytes = dict_bytes(request, "Payload", &len);
	if (!bytes)
		return malformed_request();
	if (phone->locked)
		return refuse_locked(channel);
	profile = profile_read(bytes, len, &chain);
	if (profile)
		chain = profile_store_take(phone->profiles, profile, &phone->setup,
					   channel_event(channel), values_clock(phone));
	if (!chain)
		phone->installs++;
	return reply_of(chain);
}

/* The identifier comes as a string, or as a serialised dict of the profile's four main keys, XML or
 * binary: clients differ (doc/protocol.md, "MCInstall"). */
static plist_t do_remove(struct channel *channel, plist_t request)
{
	struct phone *phone = channel_phone(channel);
	const char *identifier = dict_text(request, "ProfileIdentifier");
	const char *bytes, *uuid = NULL;
	plist_t dict = NULL, chain;
	size_t len;

	bytes = dict_bytes(request, "ProfileIdentifier", &len);
	if (bytes) {
		dict = decode_plist(bytes, len, NULL);
		identifier = dict_text(dict, "PayloadIdentifier");
		uuid = dict_text(dict, "PayloadUUID");
	}
	if (!identifier) {
		plist_free(dict);
		return malformed_request();
	}
	if (phone->locked) {
		plist_free(dict);
		return refuse_locked(channel);
	}
	chain = profile_store_remove(phone->profiles, identifier, uuid);
	plist_free(dict);
	return reply_of(chain);
}

static bool has_purpose(plist_t request)
{
	const char *purpose = dict_text(request, "Purpose");

	return purpose && strcmp(purpose, PURPOSE) == 0;
}

static plist_t do_store(struct channel *channel, plist_t request)
{
	struct phone *phone = channel_phone(channel);
	const char *bytes;
	size_t len;

	bytes = dict_bytes(request, "ProfileData", &len);
	if (!bytes || !has_purpose(request) || len > PROFILE_MAX)
		return malformed_request();
	plist_free(phone->stored_profile);
	phone->stored_profile = plist_new_data(bytes, len);
	return acknowledged();
}

static plist_t do_get_stored(struct channel *channel, plist_t request)
{
	struct phone *phone = channel_phone(channel);
	plist_t reply;

	if (!has_purpose(request))
		return malformed_request();
	reply = acknowledged();
	if (phone->stored_profile)
		plist_dict_set_item(reply, "ProfileData", plist_copy(phone->stored_profile));
	return reply;
}

static plist_t do_get_cloud(struct channel *channel, plist_t request)
{
	struct phone *phone = channel_phone(channel);
	plist_t reply = acknowledged();

	(void)request;
	if (phone->cloud_configuration)
		plist_dict_set_item(reply, "CloudConfiguration",
				    plist_copy(phone->cloud_configuration));
	return reply;
}

static plist_t do_set_cloud(struct channel *channel, plist_t request)
{
	plist_t configuration = plist_dict_get_item(request, "CloudConfiguration");

	if (!configuration || plist_get_node_type(configuration) != PLIST_DICT)
		return malformed_request();
	return reply_of(cloud_set(channel_phone(channel), configuration));
}

/* No certificate is a supervisor's here: nothing can be proved with one. */
static plist_t do_escalate(struct channel *channel, plist_t request)
{
	size_t len;

	(void)channel;
	if (!dict_bytes(request, "SupervisorCertificate", &len))
		return malformed_request();
	return new_status("CertificateRejected");
}

static const struct {
	const char *type;
	plist_t (*answer)(struct channel *channel, plist_t request);
} requests[] = {
	{ "Flush", do_acknowledge },
	{ "HelloHostIdentifier", do_acknowledge },
	{ "GetProfileList", do_list },
	{ "InstallProfile", do_install },
	{ "RemoveProfile", do_remove },
	{ "StoreProfile", do_store },
	{ "GetStoredProfile", do_get_stored },
	{ "GetCloudConfiguration", do_get_cloud },
	{ "SetCloudConfiguration", do_set_cloud },
	{ "Escalate", do_escalate },
};

static void answer(struct channel *channel, void *state, plist_t request)
{
	const char *type = dict_text(request, "RequestType");

	(void)state;
	for (size_t i = 0; type && i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (strcmp(type, requests[i].type) == 0) {
			channel_reply(channel, requests[i].answer(channel, request));
			return;
		}
	}
	channel_reply(channel, malformed_request());
}

static int latency(struct phone *phone, plist_t request)
{
	const char *type = dict_text(request, "RequestType");

	return type && strcmp(type, "InstallProfile") == 0 ? phone->setup.install_latency : 0;
}

static const char *request_name(size_t number)
{
	return number < sizeof(requests) / sizeof(requests[0]) ? requests[number].type : NULL;
}

const struct service mcinstall_service = {
	.name = "com.apple.mobile.MCInstall",
	.request_key = "RequestType",
	.request = answer,
	.request_name = request_name,
	.latency = latency,
};
