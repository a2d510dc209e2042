/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration profile (.mobileconfig) as a file of the operator's: opened, looked into. */
#include "profiles/profile/profile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/digest.h"
#include "profiles/files/operator_file.h"
#include "profiles/profile/profile_check.h"
#include "profiles/profile/unwrap.h"

const char *profile_container_to_text(enum profile_container container)
{
	static const char *const texts[] = {
		[PROFILE_XML] = "xml",
		[PROFILE_BINARY] = "binary",
		[PROFILE_SIGNED] = "signed",
	};

	return texts[container];
}

/* Looks into the bytes of PROFILE. Returns as profile_open. */
static int look_into(struct profile *profile, struct problems *problems)
{
	size_t errors = problems->errors;
	struct unwrapped *unwrapped = NULL;
	int r;

	r = unwrap(profile->file, profile->bytes, profile->size, problems, &unwrapped);
	if (r < 0)
		return r;
	profile->container = unwrapped->inner == CONTAINER_XML ? PROFILE_XML : PROFILE_BINARY;
	if (unwrapped->signature)
		profile->container = PROFILE_SIGNED;
	r = profile_check(&unwrapped->plist, problems, profile);
	unwrap_free(unwrapped);
	return r == 0 && problems->errors > errors ? -EINVAL : r;
}

/* Takes BYTES over, in any case. Returns as profile_open. */
static int open_own(const char *file, unsigned char *bytes, size_t size, struct problems *problems,
		    struct profile **ret_profile)
{
	struct profile *profile = calloc(1, sizeof *profile);
	int r = -ENOMEM;

	if (!profile) {
		free(bytes);
		return r;
	}
	profile->bytes = bytes;
	profile->size = size;
	profile->file = strdup(file);
	if (profile->file) {
		digest_to_text(bytes, size, profile->sha256);
		r = look_into(profile, problems);
	}
	if (r < 0)
		profile_free(profile);
	else
		*ret_profile = profile;
	return r;
}

int profile_open_bytes(const char *file, const unsigned char *bytes, size_t size,
		       struct problems *problems, struct profile **ret_profile)
{
	unsigned char *copy;

	if (size == 0 || size > PROFILE_SIZE_MAX) {
		problems_add(problems, file, 0, 0, "has %zu bytes; 1 to %u are taken", size,
			     PROFILE_SIZE_MAX);
		return -EINVAL;
	}
	copy = malloc(size + 1);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, bytes, size);
	copy[size] = '\0';
	return open_own(file, copy, size, problems, ret_profile);
}

int profile_open(const char *file, struct problems *problems, struct profile **ret_profile)
{
	unsigned char *bytes;
	size_t size;
	int r;

	r = operator_file_read(file, PROFILE_SIZE_MAX, problems, &bytes, &size);
	if (r < 0)
		return r;
	return open_own(file, bytes, size, problems, ret_profile);
}

void profile_free(struct profile *profile)
{
	if (!profile)
		return;
	free(profile->file);
	free(profile->identifier);
	free(profile->uuid);
	free(profile->display_name);
	free(profile->organization);
	free(profile->bytes);
	free(profile);
}
