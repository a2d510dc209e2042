/* SPDX-License-Identifier: Apache-2.0 */
/* Who the device is and how it stands: read from lockdown, told to the station as notes. */
#ifndef DEVICE_IDENTITY_H
#define DEVICE_IDENTITY_H

#include "device/link.h"

/*
 * What a device tells before trust, in clear. Product type and version must be there and fit, since
 * the blueprint and the session depend on them (answer-missing, answer-malformed); anything else
 * that is absent stays unknown. A UDID that is there must be the link's.
 */
struct fault identity_before_trust(struct link *link);

/* Everything, in the session. The UDID must be there and be the link's: else answer-missing,
 * identity-odd or identity-changed. RET_IN_SETUP: Setup Assistant is known to be running. */
struct fault identity_in_session(struct link *link, bool *ret_in_setup);

/* Pure: VALUES' UniqueDeviceID is EXPECTED. REQUIRED says whether it may be absent. */
struct fault identity_check(plist_t values, const struct udid *expected, bool required);

#endif
