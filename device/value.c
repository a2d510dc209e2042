/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a device's property lists: each value's type is checked, texts are bounded and cleaned.
 */
#include "device/value.h"

#include <string.h>

plist_t value_item(plist_t dict, const char *key, plist_type type)
{
	plist_t item;

	if (!dict || plist_get_node_type(dict) != PLIST_DICT)
		return NULL;
	item = plist_dict_get_item(dict, key);
	return item && plist_get_node_type(item) == type ? item : NULL;
}

const char *value_raw_text(plist_t dict, const char *key)
{
	plist_t item = value_item(dict, key, PLIST_STRING);

	return item ? plist_get_string_ptr(item, NULL) : NULL;
}

bool value_text(plist_t dict, const char *key, char out[static CLEAN_MAX + 1])
{
	const char *text = value_raw_text(dict, key);

	if (!text)
		return false;
	clean_string(text, out);
	return true;
}

bool value_flag(plist_t dict, const char *key, bool *ret_flag)
{
	plist_t item = value_item(dict, key, PLIST_BOOLEAN);
	uint8_t flag = 0;

	if (!item)
		return false;
	plist_get_bool_val(item, &flag);
	*ret_flag = flag != 0;
	return true;
}

bool value_number(plist_t dict, const char *key, uint64_t *ret_number)
{
	plist_t item = value_item(dict, key, PLIST_UINT);

	if (!item)
		return false;
	plist_get_uint_val(item, ret_number);
	return true;
}
