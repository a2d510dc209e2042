/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a device's property lists: each value's type is checked, texts are bounded and cleaned.
 */
#ifndef DEVICE_VALUE_H
#define DEVICE_VALUE_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stdint.h>

#include "device/facts/clean.h"

/* Each reads KEY of DICT. False, and nothing written, when DICT is NULL or no dictionary, or KEY is
 * not in it or of another type. */
bool value_text(plist_t dict, const char *key, char out[static CLEAN_MAX + 1]);
bool value_flag(plist_t dict, const char *key, bool *ret_flag);
/* Property lists of older libraries know no sign: a negative number comes as its two's complement.
 */
bool value_number(plist_t dict, const char *key, uint64_t *ret_number);

/* The item of DICT under KEY if it is of TYPE, else NULL; it stays the dictionary's. */
plist_t value_item(plist_t dict, const char *key, plist_type type);
/* The text of DICT under KEY to the byte, for comparing: the dictionary's, or NULL. */
const char *value_raw_text(plist_t dict, const char *key);

#endif
