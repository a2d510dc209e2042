/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of the library as the text that stands beside its bytes. */
#ifndef PROFILES_LIBRARY_LIBRARY_ENTRY_H
#define PROFILES_LIBRARY_LIBRARY_ENTRY_H

#include "profiles/library/library.h"

/* Room for the text with its end. */
#define LIBRARY_ENTRY_TEXT_MAX 1024

/* Writes all of ENTRY but its digest, a line each. Returns the length. */
size_t library_entry_to_text(const struct library_entry *entry,
			     char out[static LIBRARY_ENTRY_TEXT_MAX]);

/* Reads what library_entry_to_text wrote, nothing more and nothing less; changes TEXT. Returns 0
 * and RET_ENTRY, whose digest is left alone, or -EINVAL. */
int library_entry_parse(char *text, struct library_entry *ret_entry);

#endif
