/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of a profile's dictionaries, asked for by name and type; each answer that is wrong is said.
 */
#include "profiles/profile/profile_keys.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"

/* PLIST_UINT is libplist's older name; newer ones keep it. */
static const struct {
	plist_type type, or ;
	const char *text;
} types[] = {
	[PROFILE_KEYS_TEXT] = { PLIST_STRING, PLIST_STRING, "a text" },
	[PROFILE_KEYS_WHOLE] = { PLIST_UINT, PLIST_UINT, "a whole number" },
	[PROFILE_KEYS_NUMBER] = { PLIST_REAL, PLIST_UINT, "a number" },
	[PROFILE_KEYS_YES_NO] = { PLIST_BOOLEAN, PLIST_BOOLEAN, "yes or no (true, false)" },
	[PROFILE_KEYS_DATE] = { PLIST_DATE, PLIST_DATE, "a date" },
	[PROFILE_KEYS_DATA] = { PLIST_DATA, PLIST_DATA, "data" },
	[PROFILE_KEYS_DICT] = { PLIST_DICT, PLIST_DICT, "a dictionary" },
	[PROFILE_KEYS_ARRAY] = { PLIST_ARRAY, PLIST_ARRAY, "an array" },
};

static const char *describe(plist_t node)
{
	plist_type type = plist_get_node_type(node);

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (types[i].type == type && i != PROFILE_KEYS_NUMBER)
			return types[i].text;
	return type == PLIST_REAL ? "a number with a point" : "something else";
}

/* Adds a problem that breaks RULE at VALUE of the scan, with the payload that is looked into. */
__attribute__((format(printf, 4, 0))) static void
vadd(struct profile_keys *keys, enum rule rule, size_t value, const char *format, va_list args)
{
	struct problem_place place = { .file = keys->file };
	char text[2 * CLEAN_MAX], where[32] = "";

	if (keys->scan && value != XML_NONE) {
		place.line = keys->scan->values[value].line;
		place.column = keys->scan->values[value].column;
	}
	if (keys->payload > 0)
		snprintf(where, sizeof where, "payload %zu: ", keys->payload);
	vsnprintf(text, sizeof text, format, args);
	problems_add_rule(keys->problems, rule, &place, "%s%s", where, text);
}

__attribute__((format(printf, 4, 5))) static void add(struct profile_keys *keys, enum rule rule,
						      size_t value, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vadd(keys, rule, value, format, args);
	va_end(args);
}

void profile_keys_wrong(struct profile_keys *keys, enum rule rule, const struct plist_spot *spot,
			const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vadd(keys, rule, spot->value, format, args);
	va_end(args);
}

struct plist_spot profile_keys_member(const struct profile_keys *keys,
				      const struct plist_spot *dict, const char *key)
{
	struct plist_spot spot = { plist_dict_get_item(dict->node, key), XML_NONE };

	if (keys->scan)
		spot.value = xml_scan_member(keys->scan, dict->value, key);
	return spot;
}

void profile_keys_walk_begin(struct profile_keys_walk *walk, const struct profile_keys *keys,
			     const struct plist_spot *dict)
{
	*walk = (struct profile_keys_walk){ .keys = keys, .dict = dict, .next = XML_NONE };
	plist_dict_new_iter(dict->node, &walk->iter);
	if (keys->scan)
		walk->next = xml_scan_first(keys->scan, dict->value);
}

bool profile_keys_walk_next(struct profile_keys_walk *walk, struct plist_spot *ret_spot)
{
	const struct xml_scan *scan = walk->keys->scan;
	struct plist_spot spot = { NULL, XML_NONE };

	free(walk->name);
	walk->name = NULL;
	plist_dict_next_item(walk->dict->node, walk->iter, &walk->name, &spot.node);
	if (!walk->name)
		return false;
	if (scan) {
		/* Libplist keeps the order; it drops the first of twins, and reads "&amp;". */
		spot.value = xml_scan_is(scan, walk->next, walk->name)
				     ? walk->next
				     : xml_scan_member(scan, walk->dict->value, walk->name);
		walk->next = xml_scan_after(scan, walk->dict->value,
					    spot.value != XML_NONE ? spot.value : walk->next);
	}
	*ret_spot = spot;
	return true;
}

void profile_keys_walk_end(struct profile_keys_walk *walk)
{
	free(walk->name);
	free(walk->iter);
}

/* Is it what Xcode calls a profile: which devices may run an app? */
static bool is_provisioning(const struct plist_spot *top)
{
	return !profile_keys_has(top, "PayloadType") &&
	       (profile_keys_has(top, "Entitlements") ||
		profile_keys_has(top, "ProvisionedDevices"));
}

/* Has it something of what a profile must have? The preferences of an app have nothing. */
static bool is_profile(const struct plist_spot *top)
{
	static const char *const required[] = { "PayloadType",	     "PayloadVersion",
						"PayloadIdentifier", "PayloadUUID",
						"PayloadContent",    "EncryptedPayloadContent" };

	for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
		if (profile_keys_has(top, required[i]))
			return true;
	return false;
}

bool profile_keys_open(struct profile_keys *keys, const char *bytes, size_t size,
		       struct plist_spot *ret_top)
{
	*ret_top = (struct plist_spot){ NULL, keys->scan ? 0 : XML_NONE };
	if (keys->scan)
		plist_from_xml(bytes, (uint32_t)size, &ret_top->node);
	else
		plist_from_bin(bytes, (uint32_t)size, &ret_top->node);
	if (!ret_top->node)
		add(keys, RULE_PLIST, ret_top->value, "cannot be read as a property list");
	else if (plist_get_node_type(ret_top->node) != PLIST_DICT)
		add(keys, RULE_NOT_A_PROFILE, ret_top->value,
		    "is a property list, but not of a profile: it holds %s",
		    describe(ret_top->node));
	else if (is_provisioning(ret_top))
		add(keys, RULE_NOT_A_PROFILE, ret_top->value,
		    "is a provisioning profile for apps, not a configuration profile");
	else if (!is_profile(ret_top))
		add(keys, RULE_NOT_A_PROFILE, ret_top->value,
		    "is a property list, but not of a profile: it has none of the keys that "
		    "make one");
	else
		return true;
	return false;
}

void profile_keys_close(struct plist_spot *top)
{
	if (top->node)
		plist_free(top->node);
}

bool profile_keys_has(const struct plist_spot *dict, const char *key)
{
	return plist_dict_get_item(dict->node, key);
}

bool profile_keys_is(const struct plist_spot *spot, enum profile_keys_type type)
{
	plist_type got = plist_get_node_type(spot->node);

	return got == types[type].type || got == types[type].or ;
}

/* Was SPOT told to be wrong when it was scanned? */
static bool is_told(const struct profile_keys *keys, const struct plist_spot *spot)
{
	return keys->scan && spot->value != XML_NONE && keys->scan->values[spot->value].wrong;
}

bool profile_keys_judge(struct profile_keys *keys, const struct plist_spot *spot, const char *key,
			enum profile_keys_type type)
{
	if (is_told(keys, spot))
		return false;
	if (profile_keys_is(spot, type))
		return true;
	add(keys, RULE_TYPE_OF_KEY, spot->value, "%s must be %s, and is %s", key, types[type].text,
	    describe(spot->node));
	return false;
}

bool profile_keys_find(struct profile_keys *keys, const struct plist_spot *dict, const char *key,
		       enum profile_keys_type type, struct plist_spot *ret_spot)
{
	struct plist_spot spot = profile_keys_member(keys, dict, key);

	if (!spot.node) {
		add(keys, RULE_REQUIRED_KEY, dict->value, "lacks %s", key);
		return false;
	}
	if (!profile_keys_judge(keys, &spot, key, type))
		return false;
	*ret_spot = spot;
	return true;
}

const char *profile_keys_text(struct profile_keys *keys, const struct plist_spot *dict,
			      const char *key, size_t most)
{
	char cleaned[CLEAN_MAX + 1];
	struct plist_spot spot;
	const char *text;
	uint64_t len = 0;

	if (!profile_keys_find(keys, dict, key, PROFILE_KEYS_TEXT, &spot))
		return NULL;
	text = plist_get_string_ptr(spot.node, &len);
	if (!text || len == 0) {
		add(keys, RULE_TEXT_FORM, spot.value, "%s is empty", key);
		return NULL;
	}
	if (len > most) {
		add(keys, RULE_TEXT_FORM, spot.value, "%s is too long: at most %zu bytes are taken",
		    key, most);
		return NULL;
	}
	clean_text(text, len, cleaned);
	if (strlen(text) != len || strcmp(text, cleaned) != 0) {
		add(keys, RULE_TEXT_FORM, spot.value,
		    "%s holds a character that does not show on a screen", key);
		return NULL;
	}
	return text;
}

void profile_keys_bytes(struct profile_keys *keys, const struct plist_spot *dict, const char *key)
{
	struct plist_spot spot = profile_keys_member(keys, dict, key);
	uint64_t len = 0;

	if (spot.node && is_told(keys, &spot)) {
		add(keys, RULE_XML, spot.value, "%s is needed whole", key);
		return;
	}
	if (!profile_keys_find(keys, dict, key, PROFILE_KEYS_DATA, &spot))
		return;
	plist_get_data_ptr(spot.node, &len);
	if (len == 0)
		add(keys, RULE_TEXT_FORM, spot.value, "%s is empty", key);
}

void profile_keys_version(struct profile_keys *keys, const struct plist_spot *dict)
{
	struct plist_spot spot = profile_keys_member(keys, dict, "PayloadVersion");
	uint64_t version = 0;
	double real = 0;

	/* <real>1</real> is the same number to a device. */
	if (spot.node && plist_get_node_type(spot.node) == PLIST_REAL)
		plist_get_real_val(spot.node, &real);
	if (real == 1 ||
	    !profile_keys_find(keys, dict, "PayloadVersion", PROFILE_KEYS_WHOLE, &spot))
		return;
	plist_get_uint_val(spot.node, &version);
	if (version != 1)
		add(keys, RULE_VERSION, spot.value, "PayloadVersion must be 1");
}

const char *profile_keys_peek(const struct plist_spot *dict, const char *key)
{
	plist_t node = plist_dict_get_item(dict->node, key);
	const char *text = NULL;

	if (node && plist_get_node_type(node) == PLIST_STRING)
		text = plist_get_string_ptr(node, NULL);
	return text ? text : "";
}

void profile_keys_optional(struct profile_keys *keys, const struct plist_spot *dict,
			   enum profile_keys_level level)
{
	static const struct {
		const char *key;
		enum profile_keys_type type;
		enum profile_keys_level level;
	} optional[] = {
		{ "PayloadDisplayName", PROFILE_KEYS_TEXT, PROFILE_KEYS_PAYLOAD },
		{ "PayloadDescription", PROFILE_KEYS_TEXT, PROFILE_KEYS_PAYLOAD },
		{ "PayloadOrganization", PROFILE_KEYS_TEXT, PROFILE_KEYS_PAYLOAD },
		{ "PayloadRemovalDisallowed", PROFILE_KEYS_YES_NO, PROFILE_KEYS_TOP },
		{ "PayloadScope", PROFILE_KEYS_TEXT, PROFILE_KEYS_TOP },
		{ "PayloadExpirationDate", PROFILE_KEYS_DATE, PROFILE_KEYS_TOP },
		{ "HasRemovalPasscode", PROFILE_KEYS_YES_NO, PROFILE_KEYS_TOP },
		{ "RemovalDate", PROFILE_KEYS_DATE, PROFILE_KEYS_TOP },
		{ "DurationUntilRemoval", PROFILE_KEYS_NUMBER, PROFILE_KEYS_TOP },
		{ "ConsentText", PROFILE_KEYS_DICT, PROFILE_KEYS_TOP },
		{ "TargetDeviceType", PROFILE_KEYS_WHOLE, PROFILE_KEYS_TOP },
		{ "IsEncrypted", PROFILE_KEYS_YES_NO, PROFILE_KEYS_TOP },
		{ "EncryptedPayloadContent", PROFILE_KEYS_DATA, PROFILE_KEYS_TOP },
	};

	for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++) {
		struct plist_spot spot;

		if (optional[i].level != level)
			continue;
		spot = profile_keys_member(keys, dict, optional[i].key);
		if (spot.node)
			profile_keys_judge(keys, &spot, optional[i].key, optional[i].type);
	}
}

size_t profile_keys_count(const struct plist_spot *spot)
{
	return plist_array_get_size(spot->node);
}

struct plist_spot profile_keys_at(const struct profile_keys *keys, const struct plist_spot *spot,
				  size_t index)
{
	struct plist_spot item = { plist_array_get_item(spot->node, (uint32_t)index), XML_NONE };

	if (keys->scan)
		item.value = xml_scan_item(keys->scan, spot->value, index);
	return item;
}

bool profile_keys_item(struct profile_keys *keys, const struct plist_spot *spot, size_t index,
		       struct plist_spot *ret_spot)
{
	struct plist_spot item = profile_keys_at(keys, spot, index);

	if (plist_get_node_type(item.node) != PLIST_DICT) {
		add(keys, RULE_TYPE_OF_KEY, item.value, "must be a dictionary, and is %s",
		    describe(item.node));
		return false;
	}
	*ret_spot = item;
	return true;
}

void profile_keys_wrong_member(struct profile_keys *keys, enum rule rule,
			       const struct plist_spot *dict, const char *key, const char *wrong)
{
	struct plist_spot spot = profile_keys_member(keys, dict, key);

	add(keys, rule, spot.value, "%s %s", key, wrong);
}

void profile_keys_twin(struct profile_keys *keys, enum rule rule, const struct plist_spot *dict,
		       const char *key, size_t first)
{
	struct plist_spot spot = profile_keys_member(keys, dict, key);

	if (first == 0)
		add(keys, rule, spot.value, "%s is the same as the profile's own", key);
	else
		add(keys, rule, spot.value, "%s is the same as that of payload %zu", key, first);
}
