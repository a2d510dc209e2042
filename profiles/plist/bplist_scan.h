/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a binary property list is whole and within limits, before libplist sees it. */
#ifndef PROFILES_PLIST_BPLIST_SCAN_H
#define PROFILES_PLIST_BPLIST_SCAN_H

#include <stddef.h>

/* Walks through the SIZE BYTES, which begin with "bplist00". Returns NULL, or the sentence that
 * says what is wrong: damaged, referring to itself, a key that is there twice, or above the limits
 * of plist_limits.h. */
const char *bplist_scan(const unsigned char *bytes, size_t size);

#endif
