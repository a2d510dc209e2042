/* SPDX-License-Identifier: Apache-2.0 */
/* com.apple.misagent of a simulated device: its provisioning profiles. */
#include "tests/sim/misagent.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tests/sim/channel.h"
#include "tests/sim/cms.h"
#include "tests/sim/decode.h"
#include "tests/sim/phone.h"

/* Status numbers (doc/protocol.md, "Services"). */
#define MIS_SUCCESS	  0
#define MIS_NOT_SUPPORTED 0xe800800d
#define MIS_MALFORMED	  0xe8008003
#define MIS_BAD_SIGNATURE 0xe8008004
#define MIS_NOT_FOUND	  0xe8008001

/* A provisioning profile is some ten KiB; a device keeps at most so many here. */
#define PROVISIONING_MAX       (1U << 20)
#define PROVISIONING_COUNT_MAX 64

/* Opens BYTES and puts the UUID of the plist in it, the caller's, into RET_UUID. */
static unsigned read_uuid(const char *bytes, size_t len, char **ret_uuid)
{
	char *content = NULL;
	size_t content_len = 0;
	plist_t dict;
	const char *uuid;
	int err = cms_open(bytes, len, &content, &content_len);

	if (err < 0)
		return err == -EBADMSG ? MIS_BAD_SIGNATURE : MIS_MALFORMED;
	dict = decode_plist(content, content_len, NULL);
	uuid = dict_text(dict, "UUID");
	*ret_uuid = uuid ? strdup(uuid) : NULL;
	plist_free(dict);
	free(content);
	return *ret_uuid ? MIS_SUCCESS : MIS_MALFORMED;
}

static plist_t new_status(unsigned status)
{
	plist_t reply = plist_new_dict();

	plist_dict_set_item(reply, "Status", plist_new_uint(status));
	return reply;
}

static plist_t all_of(struct phone *phone)
{
	if (!phone->provisioning)
		phone->provisioning = plist_new_array();
	return phone->provisioning;
}

/* The place of the profile with UUID in ALL; its size when there is none. */
static uint32_t find(plist_t all, const char *wanted)
{
	uint32_t count = plist_array_get_size(all), i;

	for (i = 0; i < count; i++) {
		plist_t node = plist_array_get_item(all, i);
		uint64_t len = 0;
		const char *bytes = plist_get_data_ptr(node, &len);
		char *uuid = NULL;
		int same;

		if (read_uuid(bytes, (size_t)len, &uuid) != MIS_SUCCESS)
			continue;
		same = strcasecmp(uuid, wanted) == 0;
		free(uuid);
		if (same)
			break;
	}
	return i;
}

static plist_t do_install(struct phone *phone, plist_t request)
{
	plist_t all = all_of(phone);
	char *uuid = NULL;
	unsigned status;
	const char *bytes;
	uint32_t place;
	size_t len;

	bytes = dict_bytes(request, "Profile", &len);
	if (!bytes || len > PROVISIONING_MAX)
		return new_status(MIS_MALFORMED);
	status = read_uuid(bytes, len, &uuid);
	if (status != MIS_SUCCESS)
		return new_status(status);
	place = find(all, uuid);
	free(uuid);
	if (place < plist_array_get_size(all))
		plist_array_set_item(all, plist_new_data(bytes, len), place);
	else if (place < PROVISIONING_COUNT_MAX)
		plist_array_append_item(all, plist_new_data(bytes, len));
	else
		return new_status(MIS_NOT_SUPPORTED);
	return new_status(MIS_SUCCESS);
}

static plist_t do_copy_all(struct phone *phone, plist_t request)
{
	plist_t reply = new_status(MIS_SUCCESS);

	(void)request;
	plist_dict_set_item(reply, "Payload", plist_copy(all_of(phone)));
	return reply;
}

/* The request of systems before iOS 9.3. */
static plist_t do_copy(struct phone *phone, plist_t request)
{
	(void)phone;
	(void)request;
	return new_status(MIS_NOT_SUPPORTED);
}

static plist_t do_remove(struct phone *phone, plist_t request)
{
	const char *uuid = dict_text(request, "ProfileID");
	plist_t all = all_of(phone);
	uint32_t place = uuid ? find(all, uuid) : plist_array_get_size(all);

	if (place == plist_array_get_size(all))
		return new_status(MIS_NOT_FOUND);
	plist_array_remove_item(all, place);
	return new_status(MIS_SUCCESS);
}

static const struct {
	const char *type;
	plist_t (*answer)(struct phone *phone, plist_t request);
} requests[] = {
	{ "Install", do_install },
	{ "CopyAll", do_copy_all },
	{ "Copy", do_copy },
	{ "Remove", do_remove },
};

static void answer(struct channel *channel, void *state, plist_t request)
{
	const char *type = dict_text(request, "MessageType");
	const char *profile_type = dict_text(request, "ProfileType");
	struct phone *phone = channel_phone(channel);

	(void)state;
	for (size_t i = 0; type && i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (strcmp(type, requests[i].type) == 0 && profile_type &&
		    strcmp(profile_type, "Provisioning") == 0) {
			channel_reply(channel, requests[i].answer(phone, request));
			return;
		}
	}
	channel_reply(channel, new_status(MIS_NOT_SUPPORTED));
}

static const char *request_name(size_t number)
{
	return number < sizeof(requests) / sizeof(requests[0]) ? requests[number].type : NULL;
}

const struct service misagent_service = {
	.name = "com.apple.misagent",
	.request_key = "MessageType",
	.request = answer,
	.request_name = request_name,
};
