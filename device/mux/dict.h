/* SPDX-License-Identifier: Apache-2.0 */
/* Reads one key of a property-list dictionary, of one type only. */
#ifndef DEVICE_MUX_DICT_H
#define DEVICE_MUX_DICT_H

#include <plist/plist.h>
#include <stdint.h>

/* Each returns 0, -ENOENT when DICT has no such key, or -EINVAL when its value is of another type
 * or out of bounds; the result is left alone then. */

/* A whole number up to MAX. A negative one counts as too big. */
int dict_number(plist_t dict, const char *key, uint64_t max, uint64_t *ret_number);

/* A string without a NUL in it; it stays DICT's. */
int dict_string(plist_t dict, const char *key, const char **ret_text);

/* A dictionary or data; it stays DICT's. */
int dict_node(plist_t dict, const char *key, plist_type type, plist_t *ret_node);

#endif
