/* SPDX-License-Identifier: Apache-2.0 */
/* Where in an XML property list each value stands, and whether libplist may see it at all. */
#ifndef PROFILES_PLIST_XML_SCAN_H
#define PROFILES_PLIST_XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "profiles/values/problem.h"

/* No value. */
#define XML_NONE ((size_t)-1)

struct xml_value {
	unsigned line, column; /* of its key, or of itself where it has none */
	size_t next;	       /* the first value after it and all that is in it */
	const char *key;       /* in the scanned bytes, as written; NULL where it has none */
	size_t key_len;
	bool wrong; /* what it holds was told to be wrong already */
};

/* All values in the file's order; the first is the top one, which is there. */
struct xml_scan {
	size_t count;
	struct xml_value *values; /* the caller's, free */
};

/*
 * Scans the SIZE BYTES of FILE, an XML property list in UTF-8 without a mark before it. Problems
 * that libplist would hide (texts that are no number, date or Base64, keys that are there twice)
 * are added with their places, and the scan goes on.
 * Returns 0 and RET_SCAN, which refers to BYTES; -EINVAL when it is no property list, or exceeds
 * plist_limits.h, and PROBLEMS tell so; or -ENOMEM.
 */
int xml_scan(const char *file, const char *bytes, size_t size, struct problems *problems,
	     struct xml_scan *ret_scan);

/* The value of KEY in the dictionary VALUE, or item INDEX of the array VALUE; XML_NONE when there
 * is none, or VALUE is XML_NONE. */
size_t xml_scan_member(const struct xml_scan *scan, size_t value, const char *key);
size_t xml_scan_item(const struct xml_scan *scan, size_t value, size_t index);

/* The first value in the dictionary or array CONTAINER, and the one after its VALUE, to go through
 * all of them; XML_NONE at the end. */
size_t xml_scan_first(const struct xml_scan *scan, size_t container);
size_t xml_scan_after(const struct xml_scan *scan, size_t container, size_t value);

/* Is VALUE (or XML_NONE) that of KEY? */
bool xml_scan_is(const struct xml_scan *scan, size_t value, const char *key);

#endif
