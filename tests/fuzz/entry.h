/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz entries share: the entry's name, promises to hold, and ways to hand bytes in. */
#ifndef TESTS_FUZZ_ENTRY_H
#define TESTS_FUZZ_ENTRY_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Decodes SIZE BYTES from a stranger and always returns 0; called by libFuzzer or by replay.c. What
 * they must not do is crash, break a promise, or take more than a second or 256 MiB. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A promise of the decoder: to break it is a crash. */
#define must(promise)            \
	do {                     \
		if (!(promise))  \
			abort(); \
	} while (0)

/* Whether TEXT is what clean_text would leave as it is. */
bool entry_is_clean(const char *text);

/* An XML property list, NULL when it is none. The caller's, plist_free. */
plist_t entry_plist(const uint8_t *bytes, size_t size);

/* The path of a file in memory with the BYTES, good until the next call: for what is read from
 * files alone. */
const char *entry_file(const uint8_t *bytes, size_t size);

#endif
