/* SPDX-License-Identifier: Apache-2.0 */
/* Judging what MCInstall answers: status, error chain, list of profiles. Pure. */
#ifndef DEVICE_MCINSTALL_ANSWER_H
#define DEVICE_MCINSTALL_ANSWER_H

#include <plist/plist.h>

#include "device/facts/fault.h"

/*
 * No fault when ANSWER says Acknowledged. When it says anything else, a fault of kind REFUSED with
 * the device's chain, outermost first, and the outermost domain, code and text as its own; or
 * passcode-locked if the chain says that the device is locked. answer-malformed, answer-missing for
 * what is no answer.
 */
struct fault mcinstall_judge(plist_t answer, enum fault_kind refused);

/* How a profile stands on the device. */
enum profile_presence {
	PROFILE_ABSENT,
	PROFILE_OTHER, /* its identifier is there with another UUID: an older or newer version */
	PROFILE_THERE,
};

/*
 * Looks for the profile IDENTIFIER in LIST, an answer to GetProfileList. UUIDs are compared without
 * regard to case. answer-missing or answer-malformed when LIST has not the form it must have.
 */
struct fault mcinstall_find(plist_t list, const char *identifier, const char *uuid,
			    enum profile_presence *ret_presence);

#endif
