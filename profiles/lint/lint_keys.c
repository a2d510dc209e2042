/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of a payload against the table of what devices know. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/lint/lint_rules.h"
#include "profiles/values/os_range.h"

/* Most dictionaries of one array that are looked into; no real profile has more. */
#define ITEMS_MAX 200

/* A dictionary whose keys are judged by a list. */
struct level {
	const struct payload_keys *keys; /* NULL: not known, so any may be there */
	const struct payload_keys *more; /* that may be there as well */
	unsigned flags;			 /* of the payload */
};

/* Is TEXT one of LIST ("a|b"), or, a number, within it ("0..6")? */
static bool is_within(const char *text, const char *list)
{
	const char *dots = strstr(list, "..");
	size_t len = strlen(text);
	char *end;

	if (dots && strcmp(list, "..") != 0)
		return strtoll(text, &end, 10) >= strtoll(list, NULL, 10) && *end == '\0' &&
		       strtoll(text, NULL, 10) <= strtoll(dots + 2, NULL, 10);
	for (; list; list = strchr(list, '|') ? strchr(list, '|') + 1 : NULL)
		if (strncmp(list, text, len) == 0 && (list[len] == '\0' || list[len] == '|'))
			return true;
	return false;
}

/* Writes the text or whole number NODE; false when it is neither. */
static bool write_value(plist_t node, char out[static CLEAN_MAX + 1])
{
	plist_type type = plist_get_node_type(node);
	uint64_t number = 0;

	if (type == PLIST_STRING) {
		clean_string(plist_get_string_ptr(node, NULL), out);
		return true;
	}
	if (type != PLIST_UINT)
		return false;
	plist_get_uint_val(node, &number);
	snprintf(out, CLEAN_MAX + 1, "%lld", (long long)number);
	return true;
}

/* Judges NODE, the value of KEY at SPOT or an item of it, by the values that KEY may have. */
static void judge_value(struct linting *linting, const struct plist_spot *spot, plist_t node,
			const struct payload_key *key)
{
	char text[CLEAN_MAX + 1];
	bool range = strstr(key->values, "..");

	if (!write_value(node, text) || is_within(text, key->values))
		return;
	profile_keys_wrong(&linting->reading.keys, range ? RULE_RANGE : RULE_CHOICE, spot,
			   "%s must be %s %s, and is \"%s\"", key->name,
			   range ? "within" : "one of", key->values, text);
}

static void judge_values(struct linting *linting, const struct plist_spot *spot,
			 const struct payload_key *key)
{
	uint32_t count;

	if (!key->values)
		return;
	if (key->type != PROFILE_KEYS_ARRAY) {
		judge_value(linting, spot, spot->node, key);
		return;
	}
	count = plist_array_get_size(spot->node);
	for (uint32_t i = 0; i < count && !lint_is_full(linting); i++)
		judge_value(linting, spot, plist_array_get_item(spot->node, i), key);
}

/* What a payload of TYPE can be referred to as. */
static bool is_identity(const char *type)
{
	return strcmp(type, "com.apple.security.pkcs12") == 0 ||
	       strcmp(type, "com.apple.security.scep") == 0 ||
	       strcmp(type, "com.apple.security.acme") == 0 ||
	       strcmp(type, "com.apple.ADCertificate.managed") == 0;
}

static bool is_certificate(const char *type)
{
	return strcmp(type, "com.apple.security.root") == 0 ||
	       strcmp(type, "com.apple.security.pkcs1") == 0 ||
	       strcmp(type, "com.apple.security.pem") == 0;
}

/* Judges that the UUID NODE, of KEY at SPOT, is that of a payload that can be meant. */
static void judge_reference(struct linting *linting, const struct plist_spot *spot, plist_t node,
			    const struct payload_key *key)
{
	bool identity = key->type == PROFILE_KEYS_TEXT;
	bool mdm = strcmp(key->name, "IdentityCertificateUUID") == 0;
	struct plist_spot payload;
	char uuid[CLEAN_MAX + 1];
	const char *type;

	if (plist_get_node_type(node) != PLIST_STRING || !write_value(node, uuid))
		return;
	if (!reading_find_uuid(&linting->reading, uuid, &payload)) {
		profile_keys_wrong(&linting->reading.keys, mdm ? RULE_MDM_IDENTITY : RULE_REFERENCE,
				   spot,
				   "%s is \"%s\", and no payload in the profile has that UUID",
				   key->name, uuid);
		return;
	}
	type = profile_keys_peek(&payload, "PayloadType");
	if (identity ? !is_identity(type) : !is_certificate(type))
		profile_keys_wrong(&linting->reading.keys, mdm ? RULE_MDM_IDENTITY : RULE_REFERENCE,
				   spot, "%s must be the UUID of %s, and is that of %s", key->name,
				   identity ? "an identity" : "a certificate", type);
}

static void judge_references(struct linting *linting, const struct plist_spot *spot,
			     const struct payload_key *key)
{
	uint32_t count;

	if (!(key->flags & KEY_REFERENCE))
		return;
	if (key->type == PROFILE_KEYS_TEXT) {
		judge_reference(linting, spot, spot->node, key);
		return;
	}
	count = plist_array_get_size(spot->node);
	for (uint32_t i = 0; i < count && i < ITEMS_MAX; i++)
		judge_reference(linting, spot, plist_array_get_item(spot->node, i), key);
}

/* Judges that the systems know KEY. */
static void judge_since(struct linting *linting, const struct plist_spot *spot,
			const struct payload_key *key)
{
	enum platform platform = linting->target->platform;
	short since = platform == PLATFORM_IOS	   ? key->ios
		      : platform == PLATFORM_MACOS ? key->macos
						   : 0;
	char version[PLATFORM_VERSION_MAX];

	if (since < 0)
		profile_keys_wrong(&linting->reading.keys, RULE_OS_RANGE, spot,
				   "%s is nothing that %s knows", key->name,
				   platform_devices(platform));
	if (since > 0 &&
	    os_range_admits_below(linting->target->os, platform_version(since, version)))
		profile_keys_wrong(&linting->reading.keys, RULE_OS_RANGE, spot,
				   "%s is known since version %s, and older systems are let in",
				   key->name, version);
}

/* Notes the key NAME at SPOT, which needs supervision: a profile of restrictions has dozens of
 * them, and one problem for all. */
static void note_supervised(struct linting *linting, const struct plist_spot *spot,
			    const char *name)
{
	char *names = linting->supervised.names;
	size_t len = strlen(names);

	if (linting->supervised.count++ == 0)
		linting->supervised.first = *spot;
	if (len + strlen(name) + 3 <= LINT_NAMES_MAX)
		sprintf(names + len, "%s%s", len > 0 ? ", " : "", name);
	else
		linting->supervised.left_out++;
}

/* Tells of the keys that were noted. */
static void tell_supervised(struct linting *linting)
{
	char more[32] = "";

	if (linting->supervised.left_out > 0)
		snprintf(more, sizeof more, " and %zu more", linting->supervised.left_out);
	if (linting->supervised.count > 0)
		profile_keys_wrong(
			&linting->reading.keys, RULE_SUPERVISED, &linting->supervised.first,
			"%s%s work%s on supervised iPhones and iPads only",
			linting->supervised.names, more, linting->supervised.count == 1 ? "s" : "");
	memset(&linting->supervised, 0, sizeof linting->supervised);
}

/* Does the value NODE of KEY ask a device for anything? Editors write all restrictions there are,
 * most of them as they are without: what may be done is true, what must be done is false. */
static bool asks(const char *key, plist_t node)
{
	bool allows = (strncmp(key, "allow", 5) == 0 || strncmp(key, "safariAllow", 11) == 0) &&
		      strcmp(key, "allowUnpairedExternalBootToRecovery") != 0;
	uint8_t flag = 0;

	if (plist_get_node_type(node) != PLIST_BOOLEAN)
		return true;
	plist_get_bool_val(node, &flag);
	return flag != allows;
}

/* Judges that nothing but a supervised device is asked for, when that can matter. */
static void judge_supervised(struct linting *linting, const struct plist_spot *spot,
			     const struct payload_key *key, const struct level *level)
{
	enum platform platform = linting->target->platform;

	if (!(key->flags & KEY_SUPERVISED) || (level->flags & PAYLOAD_SUPERVISED) ||
	    (platform != PLATFORM_IOS && platform != PLATFORMS) ||
	    (platform == PLATFORMS && !linting->survey->platforms[PLATFORM_IOS]))
		return;
	if (asks(key->name, spot->node))
		note_supervised(linting, spot, key->name);
}

static void judge_unknown(struct linting *linting, const struct plist_spot *spot, const char *name,
			  const struct level *level)
{
	struct profile_keys *keys = &linting->reading.keys;
	const char *nearest = payload_key_nearest(level->keys, name);
	size_t len = strlen(name);

	if (name[0] == ' ' || (len > 0 && name[len - 1] == ' ')) {
		profile_keys_wrong(keys, RULE_BLANK_KEY, spot, "\"%.80s\" has blanks around it",
				   name);
		return;
	}
	if (!nearest)
		nearest = payload_key_nearest(level->more, name);
	if (nearest)
		profile_keys_wrong(keys, RULE_NEAR_KEY, spot, "%.80s is unknown; did you mean %s?",
				   name, nearest);
	else if (level->keys)
		profile_keys_wrong(keys, RULE_UNKNOWN_KEY, spot, "%.80s is unknown", name);
}

static void judge_level(struct linting *linting, const struct plist_spot *dict,
			const struct level *level);

/* Judges what is in the value of KEY at SPOT. */
static void judge_inside(struct linting *linting, const struct plist_spot *spot,
			 const struct payload_key *key, const struct level *level)
{
	const struct level inside = { key->inside, NULL, level->flags };
	size_t count;

	if (!key->inside)
		return;
	if (key->type == PROFILE_KEYS_DICT) {
		judge_level(linting, spot, &inside);
		return;
	}
	count = profile_keys_count(spot);
	for (size_t i = 0; i < count && i < ITEMS_MAX; i++) {
		struct plist_spot item = profile_keys_at(&linting->reading.keys, spot, i);

		if (profile_keys_is(&item, PROFILE_KEYS_DICT))
			judge_level(linting, &item, &inside);
	}
}

/* Judges the value SPOT of NAME. */
static void judge_key(struct linting *linting, const struct plist_spot *spot, const char *name,
		      const struct level *level)
{
	const struct payload_key *key = payload_key_find(level->keys, name);

	if (!key && payload_key_find(level->more, name))
		return; /* profile_check.h judges these */
	if (!key) {
		judge_unknown(linting, spot, name, level);
		return;
	}
	judge_since(linting, spot, key);
	judge_supervised(linting, spot, key, level);
	/* What the profile's own holds depends on its type: profile_check.h. */
	if ((level->keys == &payload_top_keys && strcmp(name, "PayloadContent") == 0) ||
	    !profile_keys_judge(&linting->reading.keys, spot, name, key->type))
		return;
	judge_values(linting, spot, key);
	judge_references(linting, spot, key);
	judge_inside(linting, spot, key, level);
}

static void judge_required(struct linting *linting, const struct plist_spot *dict,
			   const struct payload_keys *keys)
{
	for (size_t i = 0; keys && i < keys->count; i++)
		if ((keys->list[i].flags & KEY_REQUIRED) &&
		    !profile_keys_has(dict, keys->list[i].name))
			profile_keys_wrong(&linting->reading.keys, RULE_REQUIRED_KEY, dict,
					   "lacks %s", keys->list[i].name);
}

static void judge_level(struct linting *linting, const struct plist_spot *dict,
			const struct level *level)
{
	struct profile_keys_walk walk;
	struct plist_spot spot;

	judge_required(linting, dict, level->keys);
	profile_keys_walk_begin(&walk, &linting->reading.keys, dict);
	while (!lint_is_full(linting) && profile_keys_walk_next(&walk, &spot))
		judge_key(linting, &spot, walk.name, level);
	profile_keys_walk_end(&walk);
}

void lint_keys(struct linting *linting, const struct plist_spot *dict,
	       const struct payload_type *type, const struct payload_keys *more)
{
	const struct level level = { type			 ? type->keys
				     : more == &payload_top_keys ? more
								 : NULL,
				     more == &payload_top_keys ? &payload_every_keys : more,
				     type ? type->flags : 0 };

	judge_level(linting, dict, &level);
	tell_supervised(linting);
}

void lint_devices(struct linting *linting, const struct plist_spot *dict,
		  const struct payload_type *type)
{
	struct profile_keys *keys = &linting->reading.keys;
	enum platform platform = linting->target->platform;
	short since = platform == PLATFORMS ? 0 : type->since[platform];
	bool ios = platform == PLATFORM_IOS || (platform == PLATFORMS && type->since[PLATFORM_IOS]);
	char version[PLATFORM_VERSION_MAX];

	if (platform != PLATFORMS && since == 0)
		profile_keys_wrong(keys, RULE_PLATFORM, dict, "%s is not for %s", type->type,
				   platform_devices(platform));
	else if (since > 0 &&
		 os_range_admits_below(linting->target->os, platform_version(since, version)))
		profile_keys_wrong(keys, RULE_OS_RANGE, dict,
				   "%s is known since version %s, and older systems are let in",
				   type->type, version);
	if (ios && (type->flags & PAYLOAD_SUPERVISED))
		profile_keys_wrong(keys, RULE_SUPERVISED, dict,
				   "%s is taken by supervised iPhones and iPads only", type->type);
	if (((type->flags & PAYLOAD_MDM_ON_IOS) && ios) ||
	    ((type->flags & PAYLOAD_MDM_ON_MACOS) &&
	     (platform == PLATFORM_MACOS || !type->since[PLATFORM_IOS])))
		profile_keys_wrong(keys, RULE_MANUAL_INSTALL, dict, "%s is taken from an MDM only",
				   type->type);
}
