/* SPDX-License-Identifier: Apache-2.0 */
/* A profile whose payloads only one device can read. */
#include "config.h"

#include "profiles/profile/profile_encrypt.h"

#include <errno.h>
#include <plist/plist.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/cms/container.h"

static int refuse(struct problems *problems, const struct profile *profile, const char *wrong)
{
	problems_add(problems, profile->file, 0, 0, "%s", wrong);
	return -EINVAL;
}

static plist_t parse(const struct profile *profile)
{
	size_t mark = container_mark_length(profile->bytes, profile->size);
	const char *bytes = (const char *)profile->bytes + mark;
	plist_t plist = NULL;

#ifdef PLIST_FROM_MEMORY_HAS_FORMAT
	plist_from_memory(bytes, (uint32_t)(profile->size - mark), &plist, NULL);
#else
	plist_from_memory(bytes, (uint32_t)(profile->size - mark), &plist);
#endif
	return plist;
}

/* Puts the payloads of TOP, encrypted, in their place. */
static int replace(plist_t top, const struct cms_recipient *recipient, struct problems *problems)
{
	unsigned char *sealed = NULL;
	char *xml = NULL;
	uint32_t length = 0;
	size_t size;
	int r;

	/* A property list whose root is the array itself. */
	plist_to_xml(plist_dict_get_item(top, "PayloadContent"), &xml, &length);
	if (!xml)
		return -ENOMEM;
	r = cms_encrypt(recipient, xml, length, problems, &sealed, &size);
	free(xml);
	if (r < 0)
		return r;
	plist_dict_remove_item(top, "PayloadContent");
	plist_dict_set_item(top, "EncryptedPayloadContent",
			    plist_new_data((const char *)sealed, size));
	free(sealed);
	return 0;
}

/* TOP as XML that free() takes. */
static int to_xml(plist_t top, unsigned char **ret_bytes, size_t *ret_size)
{
	unsigned char *bytes = NULL;
	uint32_t length = 0;
	char *xml = NULL;

	plist_to_xml(top, &xml, &length);
	if (xml)
		bytes = malloc(length);
	if (bytes) {
		memcpy(bytes, xml, length);
		*ret_bytes = bytes;
		*ret_size = length;
	}
	free(xml);
	return bytes ? 0 : -ENOMEM;
}

int profile_encrypt(const struct profile *profile, const struct cms_recipient *recipient,
		    struct problems *problems, unsigned char **ret_bytes, size_t *ret_size)
{
	plist_t top;
	int r;

	if (profile->container == PROFILE_SIGNED)
		return refuse(problems, profile,
			      "is signed, and would not be any more; encrypt the file before it "
			      "was signed, then sign that");
	if (profile->payload_count == 0)
		return refuse(problems, profile,
			      "has no payloads that can be read; is it encrypted already?");
	top = parse(profile);
	r = top ? replace(top, recipient, problems) : -ENOMEM;
	if (r == 0)
		r = to_xml(top, ret_bytes, ret_size);
	plist_free(top);
	return r;
}
