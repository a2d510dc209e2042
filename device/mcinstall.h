/* SPDX-License-Identifier: Apache-2.0 */
/* com.apple.mobile.MCInstall: the device's list of configuration profiles, and adding one. */
#ifndef DEVICE_MCINSTALL_H
#define DEVICE_MCINSTALL_H

#include "device/link.h"

/* One connection for a job, made at the first request, made anew when the device has closed it. */
struct mcinstall {
	struct link *link;
	property_list_service_client_t service; /* NULL: not connected */
};

void mcinstall_close(struct mcinstall *mcinstall);

/* The profiles on the device now. RET_LIST (plist_free) is the answer, Acknowledged. */
struct fault mcinstall_list(struct mcinstall *mcinstall, plist_t *ret_list);

/*
 * Sends the LEN bytes of a profile as they are. "No fault" means that the device took it, not that
 * it is installed. profile-refused carries the device's whole error chain; passcode-locked when the
 * device must be unlocked first. Asked once only, whatever happens to the connection.
 */
struct fault mcinstall_install(struct mcinstall *mcinstall, const char *bytes, size_t len);

#endif
