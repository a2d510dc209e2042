/* SPDX-License-Identifier: Apache-2.0 */
/* Reads property lists from strangers: bounded in nesting and number of nodes before libplist. */
#ifndef TESTS_SIM_DECODE_H
#define TESTS_SIM_DECODE_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>

/* libplist recurses for each level, when reading and when freeing, and makes a node for each
 * reference of a binary list; nothing that a host sends is deeper or has more. */
#define DECODE_DEPTH_MAX 64
#define DECODE_NODES_MAX 500000
/* Most bytes of text and data, each counted as often as it is referred to. */
#define DECODE_BYTES_MAX (64U << 20)
/* Most bytes moved for references (&amp;): at each, libplist moves the rest of its text. */
#define DECODE_MOVED_MAX (1024U << 20)

/*
 * Reads LEN bytes of an XML or binary property list; a byte order mark and white space before the
 * XML are skipped. Returns the tree, the caller's, and in RET_BINARY (may be NULL) which form it
 * was; NULL when it is none, or out of bounds.
 */
plist_t decode_plist(const char *bytes, size_t len, bool *ret_binary);

/* The text of KEY in DICT, DICT's; NULL when DICT is no dict, the key is not there, or is no
 * string. */
const char *dict_text(plist_t dict, const char *key);
/* The bytes of KEY in DICT, DICT's; NULL when it is no data. Empty data is not NULL. */
const char *dict_bytes(plist_t dict, const char *key, size_t *ret_len);
/* True when KEY in DICT is a true boolean. */
bool dict_true(plist_t dict, const char *key);

#endif
