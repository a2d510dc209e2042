/* SPDX-License-Identifier: Apache-2.0 */
/* A profile's file taken apart: armour, signature, and the property list in them. */
#ifndef PROFILES_PROFILE_UNWRAP_H
#define PROFILES_PROFILE_UNWRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "profiles/cms/cms.h"
#include "profiles/cms/container.h"
#include "profiles/values/problem.h"
#include "profiles/profile/profile_check.h"
#include "profiles/plist/xml_scan.h"

struct unwrapped {
	enum container outer; /* of the file's own bytes */
	enum container inner; /* of the property list: CONTAINER_XML or CONTAINER_BINARY */
	struct cms_signature *signature; /* around the list; NULL when it is not signed */
	struct profile_plist plist;	 /* within limits; its file is the caller's */
	/* What PLIST refers to. */
	struct xml_scan scan;
	unsigned char *decoded; /* from the armour; NULL without one */
};

/*
 * Takes the SIZE BYTES (the caller's, kept; a NUL follows them) of FILE apart, down to its property
 * list. What no device takes, or is damaged, is a problem; the list in it is given nevertheless
 * when it can be read.
 * Returns 0 and RET_UNWRAPPED (unwrap_free), with or without problems; -EINVAL when PROBLEMS tell
 * why there is no list to give, or -ENOMEM.
 */
int unwrap(const char *file, const unsigned char *bytes, size_t size, struct problems *problems,
	   struct unwrapped **ret_unwrapped);
void unwrap_free(struct unwrapped *unwrapped);

#endif
