/* SPDX-License-Identifier: Apache-2.0 */
/* Reads one key of a property-list dictionary, of one type only. */
#include "device/mux/dict.h"

#include <errno.h>
#include <string.h>

int dict_node(plist_t dict, const char *key, plist_type type, plist_t *ret_node)
{
	plist_t node = plist_dict_get_item(dict, key);

	if (!node)
		return -ENOENT;
	if (plist_get_node_type(node) != type)
		return -EINVAL;
	*ret_node = node;
	return 0;
}

int dict_number(plist_t dict, const char *key, uint64_t max, uint64_t *ret_number)
{
	uint64_t number = 0;
	plist_t node;
	int r = dict_node(dict, key, PLIST_UINT, &node);

	if (r < 0)
		return r;
	plist_get_uint_val(node, &number);
	if (number > max)
		return -EINVAL;
	*ret_number = number;
	return 0;
}

int dict_string(plist_t dict, const char *key, const char **ret_text)
{
	uint64_t len = 0;
	const char *text;
	plist_t node;
	int r = dict_node(dict, key, PLIST_STRING, &node);

	if (r < 0)
		return r;
	text = plist_get_string_ptr(node, &len);
	if (!text || strlen(text) != len)
		return -EINVAL;
	*ret_text = text;
	return 0;
}
