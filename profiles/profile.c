/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration profile (.mobileconfig) as a file of the operator's: opened, looked into. */
#include "profiles/profile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/bplist_scan.h"
#include "profiles/cms.h"
#include "profiles/container.h"
#include "profiles/digest.h"
#include "profiles/operator_file.h"
#include "profiles/profile_check.h"
#include "profiles/xml_scan.h"

const char *profile_container_to_text(enum profile_container container)
{
	static const char *const texts[] = {
		[PROFILE_XML] = "xml",
		[PROFILE_BINARY] = "binary",
		[PROFILE_SIGNED] = "signed",
	};

	return texts[container];
}

static int look_into_xml(struct profile *profile, const unsigned char *bytes, size_t size,
			 struct problems *problems)
{
	size_t mark = container_mark_length(bytes, size);
	struct profile_plist plist = { .file = profile->file,
				       .bytes = (const char *)bytes + mark,
				       .size = size - mark };
	size_t found = problems->found;
	struct xml_scan scan;
	int r;

	r = xml_scan(profile->file, plist.bytes, plist.size, problems, &scan);
	if (r < 0)
		return r;
	plist.scan = &scan;
	r = profile_check(&plist, problems, profile);
	free(scan.values);
	return r == 0 && problems->found > found ? -EINVAL : r;
}

static int look_into_binary(struct profile *profile, const unsigned char *bytes, size_t size,
			    struct problems *problems)
{
	const struct profile_plist plist = { .file = profile->file,
					     .bytes = (const char *)bytes,
					     .size = size };
	const char *wrong = bplist_scan(bytes, size);

	if (!wrong)
		return profile_check(&plist, problems, profile);
	problems_add(problems, profile->file, 0, 0, "%s", wrong);
	return -EINVAL;
}

static int look_into(struct profile *profile, const unsigned char *bytes, size_t size,
		     struct problems *problems);

/* Looks into what PROFILE's signature stands around. */
static int look_into_signed(struct profile *profile, struct problems *problems)
{
	struct cms_content content;
	int r;

	r = cms_open(profile->file, profile->bytes, profile->size, problems, &content);
	if (r < 0)
		return r;
	profile->container = PROFILE_SIGNED;
	r = look_into(profile, content.bytes, content.size, problems);
	free(content.bytes);
	return r;
}

/* Looks into the SIZE BYTES of PROFILE: its own, or what its signature stands around. */
static int look_into(struct profile *profile, const unsigned char *bytes, size_t size,
		     struct problems *problems)
{
	enum container container = container_recognise(bytes, size);

	if (container == CONTAINER_XML)
		return look_into_xml(profile, bytes, size, problems);
	if (container == CONTAINER_BINARY)
		return look_into_binary(profile, bytes, size, problems);
	if (container == CONTAINER_CMS && bytes == profile->bytes)
		return look_into_signed(profile, problems);
	problems_add(problems, profile->file, 0, 0, "%s%s",
		     bytes != profile->bytes ? "is signed around something that " : "",
		     container == CONTAINER_CMS ? "is signed or encrypted again"
						: container_refusal(container));
	return -EINVAL;
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
		r = look_into(profile, bytes, size, problems);
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
