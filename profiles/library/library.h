/* SPDX-License-Identifier: Apache-2.0 */
/* The library: profiles kept by the digest of their bytes, each with the clock of its download. */
#ifndef PROFILES_LIBRARY_LIBRARY_H
#define PROFILES_LIBRARY_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

#include "profiles/library/library_entry.h"

/*
 * Adds the SIZE BYTES as ENTRY, whose sha256 is set here, to the library in the folder DIR, durably
 * and whole or not at all (store.h). The bytes are the caller's to have checked.
 * Returns 0; -EEXIST when the same bytes are there already (then ENTRY is the old one, as it
 * stays); -EINVAL for a name; -EDQUOT when the library is full; or another negative errno.
 */
int library_add(const char *dir, struct library_entry *entry, const unsigned char *bytes,
		size_t size);

/* Every entry, by name and, of one name, the latest download first. */
struct library {
	size_t count;
	struct library_entry *entries;
	size_t damaged; /* things in the folder that are no entries of ours */
};

/* Reads the library in DIR, which need not be there. Returns 0 and RET_LIBRARY (library_done), or
 * negative errno. */
int library_read(const char *dir, struct library *ret_library);
void library_done(struct library *library);

/*
 * The entry of NAME to use at NOW: of those whose download still lasts the latest, else the latest
 * of all, which is expired. NULL when there is none.
 */
const struct library_entry *library_find(const struct library *library, const char *name,
					 int64_t now);

/*
 * The one entry that WORD means: a name that only one has, or the beginning of a digest, of eight
 * digits at least. Returns 0 and RET_ENTRY; -ENOENT; or -ENOTUNIQ when it means several.
 */
int library_pick(const struct library *library, const char *word,
		 const struct library_entry **ret_entry);

/* The bytes of ENTRY, which are what its digest says. Returns 0, RET_BYTES (the caller's, free; one
 * NUL follows them) and RET_SIZE; -EBADMSG when the bytes were changed; or negative errno. */
int library_bytes(const char *dir, const struct library_entry *entry, unsigned char **ret_bytes,
		  size_t *ret_size);

/* Takes ENTRY out of the library. Returns 0, -ENOENT or negative errno. */
int library_remove(const char *dir, const struct library_entry *entry);

#endif
