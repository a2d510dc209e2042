/* SPDX-License-Identifier: Apache-2.0 */
/* The payload types and keys that devices know, and since which system (doc/profiles.md). */
#ifndef PROFILES_PROFILE_PAYLOAD_TABLE_H
#define PROFILES_PROFILE_PAYLOAD_TABLE_H

#include <stddef.h>

#include "profiles/values/platform.h"
#include "profiles/profile/profile_keys.h"

enum payload_key_flags {
	KEY_REQUIRED = 1 << 0,
	KEY_REFERENCE = 1 << 1,	 /* the PayloadUUID of another payload, or an array of them */
	KEY_SUPERVISED = 1 << 2, /* iPhone and iPad heed it only when supervised */
};

struct payload_keys;

struct payload_key {
	const char *name;
	enum profile_keys_type type;
	unsigned flags;
	const char *values; /* "WEP|WPA2", also of an array's items; "0..65535"; NULL for any */
	const struct payload_keys *inside; /* of a dictionary, or of those in an array; or NULL */
	/* As platform_since in platform.h; 0: since its payload; -1: not there. */
	short ios, macos;
};

struct payload_keys {
	size_t count;
	const struct payload_key *list;
};

enum payload_flags {
	PAYLOAD_SINGLE = 1 << 0,     /* a device takes one of it */
	PAYLOAD_SUPERVISED = 1 << 1, /* on iPhone, iPad and Apple TV */
	PAYLOAD_MDM_ON_IOS = 1 << 2, /* refused when it does not come from an MDM */
	PAYLOAD_MDM_ON_MACOS = 1 << 3,
};

struct payload_type {
	const char *type;
	unsigned flags;
	short since[PLATFORMS];		 /* 1602 for 16.2; 0: not there */
	const struct payload_keys *keys; /* NULL: muster does not know its keys */
};

/* The row of TYPE; NULL when it is unknown. */
const struct payload_type *payload_type_find(const char *type);

/* The type that the unknown TYPE was probably meant to be; NULL when none is near. */
const char *payload_type_nearest(const char *type);

/* The row of NAME among KEYS; NULL when it is unknown, or KEYS is NULL. */
const struct payload_key *payload_key_find(const struct payload_keys *keys, const char *name);

/* The key that the unknown NAME was probably meant to be; NULL when none is near. */
const char *payload_key_nearest(const struct payload_keys *keys, const char *name);

/* Keys that every payload, and the profile itself, may have; and those of the profile alone. */
extern const struct payload_keys payload_every_keys, payload_top_keys;

/* The keys of the types in payload_table.c. */
extern const struct payload_keys payload_mdm_keys, payload_scep_keys, payload_acme_keys,
	payload_certificate_keys, payload_pkcs12_keys, payload_removal_keys,
	payload_identification_keys, payload_service_keys;
extern const struct payload_keys payload_wifi_keys, payload_proxy_keys;
extern const struct payload_keys payload_restriction_keys, payload_passcode_keys,
	payload_webclip_keys, payload_app_lock_keys;

#endif
