/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles with variables: filled for each device before they are sent. */
#ifndef PROFILES_BLUEPRINT_PROFILE_TEMPLATE_H
#define PROFILES_BLUEPRINT_PROFILE_TEMPLATE_H

#include <stddef.h>

#include "profiles/blueprint/assets.h"
#include "profiles/blueprint/blueprint.h"
#include "profiles/values/problem.h"
#include "profiles/profile/profile.h"

/*
 * Looks whether PROFILE can be filled: it is XML by itself (a signature would not survive it), has
 * variables, all of them known, given ASSETS (or NULL), each inside a string; none in its own
 * PayloadIdentifier and PayloadUUID, by which it is found again on the device, nor in a payload's
 * PayloadType; no cell empty that it needs. A variable is a word in braces; other braces are text,
 * as is "&#123;" always. Returns 0, or -EINVAL with PROBLEMS at their places.
 */
int profile_template_check(const struct profile *profile, const struct assets *assets,
			   struct problems *problems);

/*
 * Fills PROFILE, which was checked, for a device with FACTS; what is filled in is escaped.
 * Returns 0, RET_BYTES (the caller's, free) and RET_SIZE; -ENODATA, -ENOKEY as variable_value;
 * -EBADMSG when a fact has bytes that no device's has; -E2BIG past PROFILE_SIZE_MAX; -EINVAL when
 * it is no profile any more, or enrolls where PROFILE does not: its payloads are called by values
 * that are the same, or longer than a name may be; or -ENOMEM.
 */
int profile_template_fill(const struct profile *profile, const struct blueprint_facts *facts,
			  unsigned char **ret_bytes, size_t *ret_size);

#endif
