/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of a profile's dictionaries, asked for by name and type; each answer that is wrong is said.
 */
#include "profiles/profile_keys.h"

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

/* Adds a problem at VALUE of the scan, with the payload that is looked into. */
__attribute__((format(printf, 3, 4))) static void add(struct profile_keys *keys, size_t value,
						      const char *format, ...)
{
	unsigned line = 0, column = 0;
	char text[2 * CLEAN_MAX], where[32] = "";
	va_list args;

	if (keys->scan && value != XML_NONE) {
		line = keys->scan->values[value].line;
		column = keys->scan->values[value].column;
	}
	if (keys->payload > 0)
		snprintf(where, sizeof where, "payload %zu: ", keys->payload);
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	problems_add(keys->problems, keys->file, line, column, "%s%s", where, text);
}

static struct plist_spot member(const struct profile_keys *keys, const struct plist_spot *dict,
				const char *key)
{
	struct plist_spot spot = { plist_dict_get_item(dict->node, key), XML_NONE };

	if (keys->scan)
		spot.value = xml_scan_member(keys->scan, dict->value, key);
	return spot;
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
		add(keys, ret_top->value, "cannot be read as a property list");
	else if (plist_get_node_type(ret_top->node) != PLIST_DICT)
		add(keys, ret_top->value, "is a property list, but not of a profile: it holds %s",
		    describe(ret_top->node));
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

/* Is SPOT of TYPE, with a problem when it is not? What the scan refused is not said again. */
static bool judge_type(struct profile_keys *keys, const struct plist_spot *spot, const char *key,
		       enum profile_keys_type type)
{
	plist_type got = plist_get_node_type(spot->node);

	if (keys->scan && spot->value != XML_NONE && keys->scan->values[spot->value].wrong)
		return false;
	if (got == types[type].type || got == types[type].or)
		return true;
	add(keys, spot->value, "%s must be %s, and is %s", key, types[type].text,
	    describe(spot->node));
	return false;
}

bool profile_keys_find(struct profile_keys *keys, const struct plist_spot *dict, const char *key,
		       enum profile_keys_type type, struct plist_spot *ret_spot)
{
	struct plist_spot spot = member(keys, dict, key);

	if (!spot.node) {
		add(keys, dict->value, "lacks %s", key);
		return false;
	}
	if (!judge_type(keys, &spot, key, type))
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
		add(keys, spot.value, "%s is empty", key);
		return NULL;
	}
	if (len > most) {
		add(keys, spot.value, "%s is too long: at most %zu bytes are taken", key, most);
		return NULL;
	}
	clean_text(text, len, cleaned);
	if (strlen(text) != len || strcmp(text, cleaned) != 0) {
		add(keys, spot.value, "%s holds a character that does not show on a screen", key);
		return NULL;
	}
	return text;
}

void profile_keys_bytes(struct profile_keys *keys, const struct plist_spot *dict, const char *key)
{
	struct plist_spot spot;
	uint64_t len = 0;

	if (!profile_keys_find(keys, dict, key, PROFILE_KEYS_DATA, &spot))
		return;
	plist_get_data_ptr(spot.node, &len);
	if (len == 0)
		add(keys, spot.value, "%s is empty", key);
}

void profile_keys_version(struct profile_keys *keys, const struct plist_spot *dict)
{
	struct plist_spot spot;
	uint64_t version = 0;

	if (!profile_keys_find(keys, dict, "PayloadVersion", PROFILE_KEYS_WHOLE, &spot))
		return;
	plist_get_uint_val(spot.node, &version);
	if (version != 1)
		add(keys, spot.value, "PayloadVersion must be 1");
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
		spot = member(keys, dict, optional[i].key);
		if (spot.node)
			judge_type(keys, &spot, optional[i].key, optional[i].type);
	}
}

size_t profile_keys_count(const struct plist_spot *spot)
{
	return plist_array_get_size(spot->node);
}

bool profile_keys_item(struct profile_keys *keys, const struct plist_spot *spot, size_t index,
		       struct plist_spot *ret_spot)
{
	struct plist_spot item = { plist_array_get_item(spot->node, (uint32_t)index), XML_NONE };

	if (keys->scan)
		item.value = xml_scan_item(keys->scan, spot->value, index);
	if (plist_get_node_type(item.node) != PLIST_DICT) {
		add(keys, item.value, "must be a dictionary, and is %s", describe(item.node));
		return false;
	}
	*ret_spot = item;
	return true;
}

void profile_keys_wrong(struct profile_keys *keys, const struct plist_spot *spot, const char *wrong)
{
	add(keys, spot->value, "%s", wrong);
}

void profile_keys_wrong_member(struct profile_keys *keys, const struct plist_spot *dict,
			       const char *key, const char *wrong)
{
	struct plist_spot spot = member(keys, dict, key);

	add(keys, spot.value, "%s %s", key, wrong);
}

void profile_keys_twin(struct profile_keys *keys, const struct plist_spot *dict, const char *key,
		       size_t first)
{
	struct plist_spot spot = member(keys, dict, key);

	if (first == 0)
		add(keys, spot.value, "%s is the same as the profile's own", key);
	else
		add(keys, spot.value, "%s is the same as that of payload %zu", key, first);
}
