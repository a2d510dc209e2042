/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a property list is a configuration profile that a device can install. */
#ifndef PROFILES_PROFILE_PROFILE_CHECK_H
#define PROFILES_PROFILE_PROFILE_CHECK_H

#include <stddef.h>

#include "profiles/values/problem.h"
#include "profiles/profile/profile.h"
#include "profiles/plist/xml_scan.h"

struct profile_keys;
struct plist_spot;

/* Most payloads in one profile: the largest seen have some dozen, and each is compared with each.
 */
#define PAYLOADS_MAX 200

/* A property list that was found within limits. */
struct profile_plist {
	const char *file; /* for problems */
	const char *bytes;
	size_t size;
	const struct xml_scan *scan; /* of XML; NULL for binary */
};

/*
 * Looks into PLIST: every key that a device requires must be there, of its type; identifiers and
 * UUIDs must not be there twice. Problems have places where there is a scan.
 * Returns 0, -EINVAL when PROBLEMS tell why not, or -ENOMEM. In any case the identifier, uuid,
 * display_name and organization of PROFILE that it set, with enrolls and payload_count, stay the
 * caller's.
 */
int profile_check(const struct profile_plist *plist, struct problems *problems,
		  struct profile *profile);

/* The same of the dictionary TOP, which is open already. */
int profile_check_top(struct profile_keys *keys, const struct plist_spot *top,
		      struct profile *profile);

#endif
