/* SPDX-License-Identifier: Apache-2.0 */
/* How much a property list may hold: libplist itself has no limits (doc/profiles.md, "Limits"). */
#ifndef PROFILES_PLIST_PLIST_LIMITS_H
#define PROFILES_PLIST_PLIST_LIMITS_H

/* Deepest nesting: real profiles have at most 8. libplist ends by exhausting the stack. */
#define PLIST_DEPTH_MAX 64

/* Most values, each counted as often as it is referred to: real profiles have some hundred. */
#define PLIST_VALUES_MAX 20000

/* Most bytes of text and data, each counted as often as it is referred to. */
#define PLIST_BYTES_MAX (4U << 20)

/* Most bytes moved for references (&amp;): at each, libplist moves the rest of its text. Real
 * profiles stay under 1 MiB; 4 MiB of nothing else would take minutes. */
#define PLIST_MOVED_MAX (512U << 20)

#endif
