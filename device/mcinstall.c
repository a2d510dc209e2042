/* SPDX-License-Identifier: Apache-2.0 */
/* com.apple.mobile.MCInstall: the device's list of configuration profiles, and adding one. */
#include "device/mcinstall.h"

#include "device/mcinstall_answer.h"
#include "profiles/values/duration.h"

#define SERVICE "com.apple.mobile.MCInstall"
/* How long a device may take is the step's deadline, which the station keeps and a blueprint may
 * set: the longest that it can set. */
#define ANSWER_TIMEOUT_MS ((unsigned)DURATION_MAX)

void mcinstall_close(struct mcinstall *mcinstall)
{
	if (mcinstall->service)
		property_list_service_client_free(mcinstall->service);
	mcinstall->service = NULL;
}

static struct fault ask_once(struct mcinstall *mcinstall, plist_t request, const char *type,
			     plist_t *ret_answer)
{
	struct fault fault = fault_none();
	plist_t answer = NULL;

	if (!mcinstall->service)
		fault = link_start(mcinstall->link, SERVICE, &mcinstall->service);
	if (fault_is_set(&fault))
		return fault;
	ask_begin();
	fault = ask_service(property_list_service_send_xml_plist(mcinstall->service, request),
			    type);
	if (!fault_is_set(&fault)) {
		ask_begin();
		fault = ask_service(property_list_service_receive_plist_with_timeout(
					    mcinstall->service, &answer, ANSWER_TIMEOUT_MS),
				    type);
	}
	if (fault_is_set(&fault)) {
		mcinstall_close(mcinstall);
		return ask_of_private(fault);
	}
	*ret_answer = answer;
	return fault_none();
}

static plist_t new_request(const char *type)
{
	plist_t request = plist_new_dict();

	plist_dict_set_item(request, "RequestType", plist_new_string(type));
	return request;
}

struct fault mcinstall_list(struct mcinstall *mcinstall, plist_t *ret_list)
{
	plist_t request = new_request("GetProfileList"), answer = NULL;
	bool was_open = mcinstall->service != NULL;
	struct fault fault;

	conversation_pause(mcinstall->link->talk, 0);
	fault = ask_once(mcinstall, request, "GetProfileList", &answer);
	/* The device may have closed a connection that was idle. */
	if (was_open && fault.kind == FAULT_LINK_LOST)
		fault = ask_once(mcinstall, request, "GetProfileList", &answer);
	plist_free(request);
	if (fault_is_set(&fault))
		return fault;
	fault = mcinstall_judge(answer, FAULT_REQUEST_REFUSED);
	if (fault_is_set(&fault))
		plist_free(answer);
	else
		*ret_list = answer;
	return fault;
}

struct fault mcinstall_install(struct mcinstall *mcinstall, const char *bytes, size_t len)
{
	plist_t request = new_request("InstallProfile"), answer = NULL;
	struct fault fault;

	plist_dict_set_item(request, "Payload", plist_new_data(bytes, len));
	fault = ask_once(mcinstall, request, "InstallProfile", &answer);
	plist_free(request);
	if (!fault_is_set(&fault))
		fault = mcinstall_judge(answer, FAULT_PROFILE_REFUSED);
	plist_free(answer);
	return fault;
}
