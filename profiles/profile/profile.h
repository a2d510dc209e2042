/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration profile (.mobileconfig) as a file of the operator's: opened, looked into. */
#ifndef PROFILES_PROFILE_PROFILE_H
#define PROFILES_PROFILE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "profiles/files/digest.h"
#include "profiles/values/problem.h"

/* Largest profile taken, in bytes: real ones are some KiB, with certificates and a web clip's icon
 * under 1 MiB; a device would have to take it in one message. */
#define PROFILE_SIZE_MAX (4U << 20)

enum profile_container {
	PROFILE_XML,
	PROFILE_BINARY,
	PROFILE_SIGNED, /* CMS SignedData around one of the two */
};

/* "xml", "binary" or "signed". */
const char *profile_container_to_text(enum profile_container container);

/* What the station needs of a profile. Strings are valid UTF-8 without control characters. */
struct profile {
	char *file;
	enum profile_container container;
	char *identifier;	      /* PayloadIdentifier */
	char *uuid;		      /* PayloadUUID, as written */
	char *display_name;	      /* or "" */
	char *organization;	      /* or "" */
	bool enrolls;		      /* holds an MDM or a Profile Service payload */
	size_t payload_count;	      /* 0 when they are encrypted, or fetched by the device */
	char sha256[DIGEST_TEXT_MAX]; /* of the file's own bytes, hexadecimal */
	unsigned char *bytes;	      /* the file's own: what a device gets, never re-serialised */
	size_t size;
};

/*
 * Reads FILE and opens it: XML, binary or CMS-signed; it must be a profile that a device can
 * install. What is wrong goes to PROBLEMS with its line where the container has lines.
 * Returns 0 and RET_PROFILE (the caller's, profile_free), -EINVAL when PROBLEMS tell why not,
 * or -ENOMEM.
 */
int profile_open(const char *file, struct problems *problems, struct profile **ret_profile);

/* The same for the SIZE BYTES (copied) of a file that is called FILE in problems. */
int profile_open_bytes(const char *file, const unsigned char *bytes, size_t size,
		       struct problems *problems, struct profile **ret_profile);

void profile_free(struct profile *profile);

#endif
