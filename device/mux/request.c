/* SPDX-License-Identifier: Apache-2.0 */
/* What a gate lets pass: each request of a worker, judged for its one device. */
#include "device/mux/request.h"

#include <errno.h>
#include <string.h>

#include "device/mux/dict.h"
#include "device/mux/entry.h"

/* A request being judged, and where its frame goes. */
struct request {
	plist_t asked;
	const struct shown *shown;
	uint32_t tag;
	struct frame *frame;
};

plist_t request_new(const char *type)
{
	plist_t body = plist_new_dict();

	plist_dict_set_item(body, "MessageType", plist_new_string(type));
	plist_dict_set_item(body, "ClientVersionString", plist_new_string("muster-mux"));
	plist_dict_set_item(body, "ProgName", plist_new_string("muster-mux"));
	plist_dict_set_item(body, "kLibUSBMuxVersion", plist_new_uint(3));
	return body;
}

static int answer(const struct request *request, uint32_t number)
{
	int r = frame_add_result(request->frame, number, request->tag);

	return r < 0 ? r : REQUEST_ANSWERED;
}

/* Adds BODY, which is freed; returns KIND or -ENOMEM. */
static int add_and_free(const struct request *request, plist_t body, enum request_kind kind)
{
	int r = frame_add(request->frame, body, request->tag);

	plist_free(body);
	return r < 0 ? r : (int)kind;
}

static int judge_list(const struct request *request)
{
	plist_t body = plist_new_dict(), list = plist_new_array();

	if (request->shown->present)
		plist_array_append_item(list, entry_to_attached(&request->shown->device));
	plist_dict_set_item(body, "DeviceList", list);
	return add_and_free(request, body, REQUEST_ANSWERED);
}

static int judge_listeners(const struct request *request)
{
	plist_t body = plist_new_dict();

	plist_dict_set_item(body, "ListenerList", plist_new_array());
	return add_and_free(request, body, REQUEST_ANSWERED);
}

static int judge_listen(const struct request *request)
{
	int r = answer(request, RESULT_OK);

	if (r >= 0 && request->shown->present)
		r = request_add_attached(request->frame, request->shown);
	return r < 0 ? r : REQUEST_LISTEN;
}

static int judge_buid(const struct request *request)
{
	return add_and_free(request, request_new("ReadBUID"), REQUEST_FORWARD);
}

static int judge_connect(const struct request *request)
{
	uint64_t handle, port;
	plist_t body;

	if (dict_number(request->asked, "DeviceID", UINT64_MAX, &handle) < 0 ||
	    dict_number(request->asked, "PortNumber", UINT16_MAX, &port) < 0)
		return answer(request, RESULT_BADCOMMAND);
	if (!request->shown->present || handle != request->shown->device.handle)
		return answer(request, RESULT_BADDEV);
	body = request_new("Connect");
	plist_dict_set_item(body, "DeviceID", plist_new_uint(handle));
	plist_dict_set_item(body, "PortNumber", plist_new_uint(port));
	return add_and_free(request, body, REQUEST_CONNECT);
}

/* The record's name must be our device's, to the letter: it becomes a file's name. */
static bool names_shown(const struct request *request)
{
	const char *id;

	return dict_string(request->asked, "PairRecordID", &id) == 0 &&
	       strcmp(id, request->shown->device.udid.text) == 0;
}

static int forward_record(const struct request *request, plist_t body)
{
	plist_dict_set_item(body, "PairRecordID",
			    plist_new_string(request->shown->device.udid.text));
	return add_and_free(request, body, REQUEST_FORWARD);
}

static int judge_record_read(const struct request *request)
{
	if (!names_shown(request))
		return answer(request, EINVAL);
	return forward_record(request, request_new("ReadPairRecord"));
}

static int judge_record_delete(const struct request *request)
{
	if (!names_shown(request))
		return answer(request, EINVAL);
	return forward_record(request, request_new("DeletePairRecord"));
}

static int judge_record_save(const struct request *request)
{
	uint32_t handle = request->shown->device.handle;
	uint64_t asked_handle = handle;
	plist_t data, body;

	if (!names_shown(request) ||
	    dict_node(request->asked, "PairRecordData", PLIST_DATA, &data) < 0 ||
	    dict_number(request->asked, "DeviceID", UINT64_MAX, &asked_handle) == -EINVAL ||
	    asked_handle != handle)
		return answer(request, EINVAL);
	body = request_new("SavePairRecord");
	plist_dict_set_item(body, "PairRecordData", plist_copy(data));
	if (request->shown->present)
		plist_dict_set_item(body, "DeviceID", plist_new_uint(handle));
	return forward_record(request, body);
}

static const struct {
	const char *type;
	int (*judge)(const struct request *);
} judges[] = {
	{ "ListDevices", judge_list },
	{ "ListListeners", judge_listeners },
	{ "Listen", judge_listen },
	{ "ReadBUID", judge_buid },
	{ "Connect", judge_connect },
	{ "ReadPairRecord", judge_record_read },
	{ "SavePairRecord", judge_record_save },
	{ "DeletePairRecord", judge_record_delete },
};

static int judge_type(const struct request *request)
{
	const char *type;

	if (dict_string(request->asked, "MessageType", &type) < 0)
		return answer(request, RESULT_BADCOMMAND);
	for (size_t i = 0; i < sizeof judges / sizeof judges[0]; i++)
		if (strcmp(type, judges[i].type) == 0)
			return judges[i].judge(request);
	return answer(request, RESULT_BADCOMMAND);
}

int request_judge(const struct frame *asked, const struct shown *shown, struct frame *ret_frame)
{
	struct frame frame = { 0 };
	struct request request = { .shown = shown, .tag = frame_tag(asked), .frame = &frame };
	int kind = frame_body(asked, &request.asked);

	if (kind < 0)
		return kind;
	kind = judge_type(&request);
	plist_free(request.asked);
	if (kind < 0)
		frame_done(&frame);
	else
		*ret_frame = frame;
	return kind;
}

int request_add_attached(struct frame *frame, const struct shown *shown)
{
	plist_t body = entry_to_attached(&shown->device);
	int r = frame_add(frame, body, 0);

	plist_free(body);
	return r;
}

int request_add_detached(struct frame *frame, const struct shown *shown)
{
	plist_t body = plist_new_dict();
	int r;

	plist_dict_set_item(body, "MessageType", plist_new_string("Detached"));
	plist_dict_set_item(body, "DeviceID", plist_new_uint(shown->device.handle));
	r = frame_add(frame, body, 0);
	plist_free(body);
	return r;
}
