/* SPDX-License-Identifier: Apache-2.0 */
/* What a device asks of a profile's keys and of each payload's. */
#ifndef TESTS_SIM_PAYLOAD_RULES_H
#define TESTS_SIM_PAYLOAD_RULES_H

#include <plist/plist.h>

/* What is wrong: a number of doc/protocol.md, "MCInstall", and a sentence. Code 0: nothing is. */
struct verdict {
	unsigned code;
	char text[256];
};

/* The top level of a profile: required keys and types, the version, the payload list's shape. */
struct verdict profile_check(plist_t profile);

/* One payload: the keys that all have, then those of its type. Unknown types pass. */
struct verdict payload_check(plist_t payload);

/* All payloads of the array CONTENT together: none twice, at most one MDM payload. Each has passed
 * payload_check. */
struct verdict payloads_check(plist_t content);

#endif
