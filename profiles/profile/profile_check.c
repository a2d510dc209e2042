/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a property list is a configuration profile that a device can install. */
#include "config.h"

#include "profiles/profile/profile_check.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "device/facts/clean.h"
#include "device/facts/talk.h"
#include "profiles/profile/profile_keys.h"

/* Payloads that are nothing but a certificate in their PayloadContent. */
static const char *const certificates[] = { "com.apple.security.root", "com.apple.security.pkcs1",
					    "com.apple.security.pem", "com.apple.security.pkcs12" };

/* What a payload, or the profile itself, is called; both must be there once in a profile. */
struct names {
	const char *identifier, *uuid; /* libplist's; NULL where they are wrong */
};

/* Takes the type of the payload DICT; its content has to fit it. */
static const char *check_content_of(struct profile_keys *keys, const struct plist_spot *dict)
{
	const char *type = profile_keys_text(keys, dict, "PayloadType", CLEAN_MAX);

	for (size_t i = 0; type && i < sizeof certificates / sizeof certificates[0]; i++)
		if (strcmp(type, certificates[i]) == 0)
			profile_keys_bytes(keys, dict, "PayloadContent");
	return type;
}

/* Checks what every payload, and the profile around them, must have. */
static struct names check_names(struct profile_keys *keys, const struct plist_spot *dict)
{
	struct names names;

	profile_keys_version(keys, dict);
	names.identifier = profile_keys_text(keys, dict, "PayloadIdentifier", PLAN_ARGUMENT_MAX);
	names.uuid = profile_keys_text(keys, dict, "PayloadUUID", PLAN_UUID_MAX);
	profile_keys_optional(keys, dict, PROFILE_KEYS_PAYLOAD);
	return names;
}

/* Says when ALL[LAST] is called as one before it. The profile itself is ALL[0]: a payload of its
 * identifier is taken by devices, and Apple signs such profiles; one of its UUID is not. */
static void refuse_twins(struct profile_keys *keys, const struct plist_spot *dict,
			 const struct names *all, size_t last)
{
	for (size_t i = 0; i < last; i++) {
		if (all[i].uuid && all[last].uuid && strcasecmp(all[i].uuid, all[last].uuid) == 0)
			profile_keys_twin(keys, RULE_UUID_DUP, dict, "PayloadUUID", i);
		if (i > 0 && all[i].identifier && all[last].identifier &&
		    strcmp(all[i].identifier, all[last].identifier) == 0)
			profile_keys_twin(keys, RULE_IDENTIFIER_DUP, dict, "PayloadIdentifier", i);
	}
}

/* Checks the payloads in the array CONTENT; ALL has room for them behind the profile's own. */
static void check_payloads(struct profile_keys *keys, const struct plist_spot *content,
			   struct names *all, struct profile *profile)
{
	size_t count = profile_keys_count(content);

	if (count == 0)
		profile_keys_wrong(keys, RULE_CONTENT, content, "has no payload in it");
	if (count > PAYLOADS_MAX) {
		profile_keys_wrong(keys, RULE_CONTENT, content, "has too many payloads in it");
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct plist_spot payload;
		const char *type;

		keys->payload = i + 1;
		if (!profile_keys_item(keys, content, i, &payload))
			continue;
		type = check_content_of(keys, &payload);
		profile->enrolls |= type && strcmp(type, "com.apple.mdm") == 0;
		all[i + 1] = check_names(keys, &payload);
		refuse_twins(keys, &payload, all, i + 1);
	}
	keys->payload = 0;
	profile->payload_count = count;
}

/* A "Profile Service" is itself the one payload: where the device fetches the real profile. */
static void check_service(struct profile_keys *keys, const struct plist_spot *top)
{
	struct plist_spot content;

	if (profile_keys_find(keys, top, "PayloadContent", PROFILE_KEYS_DICT, &content))
		profile_keys_text(keys, &content, "URL", CLEAN_MAX);
}

/* Checks what the profile holds, by its TYPE. */
static void check_content(struct profile_keys *keys, const struct plist_spot *top,
			  struct names *all, struct profile *profile)
{
	const char *type = profile_keys_text(keys, top, "PayloadType", CLEAN_MAX);
	bool plain = profile_keys_has(top, "PayloadContent");
	bool sealed = profile_keys_has(top, "EncryptedPayloadContent");
	struct plist_spot content;

	if (type && strcmp(type, "Profile Service") == 0) {
		profile->enrolls = true;
		check_service(keys, top);
		return;
	}
	if (type && strcmp(type, "Configuration") != 0)
		profile_keys_wrong_member(keys, RULE_TOP_TYPE, top, "PayloadType",
					  "must be Configuration, or Profile Service");
	if (plain && sealed)
		profile_keys_wrong_member(keys, RULE_CONTENT, top, "EncryptedPayloadContent",
					  "is there beside PayloadContent; a device takes one of "
					  "them, and the other would go unread");
	if (sealed && !plain)
		profile_keys_bytes(keys, top, "EncryptedPayloadContent");
	else if (profile_keys_find(keys, top, "PayloadContent", PROFILE_KEYS_ARRAY, &content))
		check_payloads(keys, &content, all, profile);
}

/* Copies TEXT cleaned. Returns NULL when there is no memory. */
static char *copy_clean(const char *text)
{
	char cleaned[CLEAN_MAX + 1];

	clean_string(text, cleaned);
	return strdup(cleaned);
}

int profile_check_top(struct profile_keys *keys, const struct plist_spot *top,
		      struct profile *profile)
{
	struct names *all = calloc(PAYLOADS_MAX + 1, sizeof *all);
	size_t errors = keys->problems->errors;

	if (!all)
		return -ENOMEM;
	all[0] = check_names(keys, top);
	profile_keys_optional(keys, top, PROFILE_KEYS_TOP);
	check_content(keys, top, all, profile);
	profile->identifier = copy_clean(all[0].identifier);
	profile->uuid = copy_clean(all[0].uuid);
	profile->display_name = copy_clean(profile_keys_peek(top, "PayloadDisplayName"));
	profile->organization = copy_clean(profile_keys_peek(top, "PayloadOrganization"));
	free(all);
	if (!profile->identifier || !profile->uuid || !profile->display_name ||
	    !profile->organization)
		return -ENOMEM;
	return keys->problems->errors > errors ? -EINVAL : 0;
}

int profile_check(const struct profile_plist *plist, struct problems *problems,
		  struct profile *profile)
{
	struct profile_keys keys = { .file = plist->file,
				     .scan = plist->scan,
				     .problems = problems };
	struct plist_spot top;
	int r = -EINVAL;

	if (profile_keys_open(&keys, plist->bytes, plist->size, &top))
		r = profile_check_top(&keys, &top, profile);
	profile_keys_close(&top);
	return r;
}
