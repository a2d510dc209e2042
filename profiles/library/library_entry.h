/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of the library: what is known of one download, and the text for it beside its bytes. */
#ifndef PROFILES_LIBRARY_LIBRARY_ENTRY_H
#define PROFILES_LIBRARY_LIBRARY_ENTRY_H

#include <stddef.h>
#include <stdint.h>

#include "device/facts/clean.h"
#include "profiles/files/digest.h"
#include "profiles/values/expiry.h"

/* Longest name of a profile in the library, without its end. Several entries may have one name:
 * downloads of the same profile, each with its own clock. */
#define LIBRARY_NAME_MAX 64

/* Who says when a profile was downloaded, the surest first. */
enum library_witness {
	LIBRARY_SERVER,	  /* the server's own date, as it was fetched */
	LIBRARY_OPERATOR, /* somebody said so */
	LIBRARY_FILE, /* the file's time: it is no earlier, but copying may have made it later */
};
/* "server", "operator", "file". */
const char *library_witness_to_text(enum library_witness witness);

/* What is known of a profile's download, which ends its use. */
struct library_life {
	struct expiry_download download;
	enum library_witness witness; /* of download.at, unless that is EXPIRY_NEVER */
};

struct library_entry {
	char sha256[DIGEST_TEXT_MAX]; /* of the bytes */
	char name[LIBRARY_NAME_MAX + 1];
	char from[CLEAN_MAX + 1]; /* where the bytes came from: a file, an address; or "" */
	int64_t added;		  /* seconds since 1970 */
	struct library_life life;
};

/* May a profile be called NAME: letters, digits and "._-", of which it does not begin with the
 * last three? */
int library_judge_name(const char *name);

/* Room for the text with its end. */
#define LIBRARY_ENTRY_TEXT_MAX 1024

/* Writes all of ENTRY but its digest, a line each. Returns the length. */
size_t library_entry_to_text(const struct library_entry *entry,
			     char out[static LIBRARY_ENTRY_TEXT_MAX]);

/* Reads what library_entry_to_text wrote, nothing more and nothing less; changes TEXT. Returns 0
 * and RET_ENTRY, whose digest is left alone, or -EINVAL. */
int library_entry_parse(char *text, struct library_entry *ret_entry);

#endif
