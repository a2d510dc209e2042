/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of a profile's dictionaries, asked for by name and type; each answer that is wrong is said.
 */
#ifndef PROFILES_PROFILE_PROFILE_KEYS_H
#define PROFILES_PROFILE_PROFILE_KEYS_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>

#include "profiles/values/problem.h"
#include "profiles/plist/xml_scan.h"

/* A value, and where it stands. */
struct plist_spot {
	plist_t node; /* the document's */
	size_t value; /* in the scan; XML_NONE without one */
};

struct profile_keys {
	const char *file;
	const struct xml_scan *scan; /* NULL for binary */
	struct problems *problems;
	size_t payload; /* which one is looked into, from 1; 0 for the profile itself */
};

/* The types that a key may be required to have, as the texts of problems call them. */
enum profile_keys_type {
	PROFILE_KEYS_TEXT,
	PROFILE_KEYS_WHOLE,
	PROFILE_KEYS_NUMBER, /* whole or real */
	PROFILE_KEYS_YES_NO,
	PROFILE_KEYS_DATE,
	PROFILE_KEYS_DATA,
	PROFILE_KEYS_DICT,
	PROFILE_KEYS_ARRAY,
};

/* Parses the SIZE BYTES into RET_TOP, a dictionary with something of a profile. Returns false, with
 * a problem, when it is none; RET_TOP is then to be closed as well. */
bool profile_keys_open(struct profile_keys *keys, const char *bytes, size_t size,
		       struct plist_spot *ret_top);
void profile_keys_close(struct plist_spot *top);

bool profile_keys_has(const struct plist_spot *dict, const char *key);

/* KEY of DICT, without any problem; its node is NULL when it is not there. */
struct plist_spot profile_keys_member(const struct profile_keys *keys,
				      const struct plist_spot *dict, const char *key);

/* Is SPOT of TYPE? Judging it, a problem is added for KEY when it is not, unless the scan refused
 * it already. */
bool profile_keys_is(const struct plist_spot *spot, enum profile_keys_type type);
bool profile_keys_judge(struct profile_keys *keys, const struct plist_spot *spot, const char *key,
			enum profile_keys_type type);

/* Finds KEY of TYPE in DICT. Returns false, with a problem, when it is not there or another type.
 */
bool profile_keys_find(struct profile_keys *keys, const struct plist_spot *dict, const char *key,
		       enum profile_keys_type type, struct plist_spot *ret_spot);

/* The text of KEY, at most MOST bytes that show on a screen, not empty; NULL with a problem. */
const char *profile_keys_text(struct profile_keys *keys, const struct plist_spot *dict,
			      const char *key, size_t most);

/* Data that must be there and not be empty. */
void profile_keys_bytes(struct profile_keys *keys, const struct plist_spot *dict, const char *key);

/* PayloadVersion, which is 1. */
void profile_keys_version(struct profile_keys *keys, const struct plist_spot *dict);

/* The text of KEY if it is one, without any problem; "" otherwise. */
const char *profile_keys_peek(const struct plist_spot *dict, const char *key);

/* Checks the types of the keys that may be there. */
enum profile_keys_level {
	PROFILE_KEYS_PAYLOAD, /* in every payload, and in the profile itself */
	PROFILE_KEYS_TOP,     /* in the profile itself */
};
void profile_keys_optional(struct profile_keys *keys, const struct plist_spot *dict,
			   enum profile_keys_level level);

/* A dictionary on the way through it, in the file's order: what is the same for any size of it. */
struct profile_keys_walk {
	const struct profile_keys *keys;
	const struct plist_spot *dict;
	plist_dict_iter iter;
	size_t next; /* the value of the scan that comes next */
	char *name;  /* of the key that was given last */
};
void profile_keys_walk_begin(struct profile_keys_walk *walk, const struct profile_keys *keys,
			     const struct plist_spot *dict);

/* The next key: WALK has its name until the next call, RET_SPOT is its value. False at the end. */
bool profile_keys_walk_next(struct profile_keys_walk *walk, struct plist_spot *ret_spot);
void profile_keys_walk_end(struct profile_keys_walk *walk);

/* Items of the array SPOT; item INDEX, a dictionary, or false with a problem. */
size_t profile_keys_count(const struct plist_spot *spot);
bool profile_keys_item(struct profile_keys *keys, const struct plist_spot *spot, size_t index,
		       struct plist_spot *ret_spot);

/* Item INDEX of the array SPOT, of whatever type, without any problem. */
struct plist_spot profile_keys_at(const struct profile_keys *keys, const struct plist_spot *spot,
				  size_t index);

/* Adds what is WRONG, or KEY and it, which breaks RULE, at SPOT, or at KEY of DICT. */
void profile_keys_wrong(struct profile_keys *keys, enum rule rule, const struct plist_spot *spot,
			const char *format, ...) __attribute__((format(printf, 4, 5)));
void profile_keys_wrong_member(struct profile_keys *keys, enum rule rule,
			       const struct plist_spot *dict, const char *key, const char *wrong);

/* Says that KEY of DICT is the same as that of payload FIRST (0: the profile itself). */
void profile_keys_twin(struct profile_keys *keys, enum rule rule, const struct plist_spot *dict,
		       const char *key, size_t first);

#endif
