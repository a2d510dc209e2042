/* SPDX-License-Identifier: Apache-2.0 */
/* How the tables of keys are written: one key a line. */
#ifndef PROFILES_PROFILE_PAYLOAD_KEYS_H
#define PROFILES_PROFILE_PAYLOAD_KEYS_H

#include "profiles/profile/payload_table.h"

/* The fields of a struct payload_key, and a list of them. */
/* clang-format off */
#define K(name, type, flags, values, inside, ios, macos) \
	{ name, PROFILE_KEYS_##type, flags, values, inside, ios, macos }
#define KEYS(list) { sizeof(list) / sizeof((list)[0]), (list) }
/* clang-format on */

#endif
