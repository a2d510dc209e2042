/* SPDX-License-Identifier: Apache-2.0 */
/* The identities of a station: each kept as PKCS#12 under its passphrase, its certificate beside.
 */
#ifndef PROFILES_LIBRARY_IDENTITY_STORE_H
#define PROFILES_LIBRARY_IDENTITY_STORE_H

#include <stdint.h>

#include "device/facts/clean.h"
#include "profiles/files/digest.h"
#include "profiles/cms/identity.h"
#include "profiles/library/store.h"

/* Keeps IDENTITY, which is matched, as NAME (as library_judge_name) in the folder DIR, durably, and
 * whole or not at all. Returns 0; -EEXIST when there is one of that name; or negative errno. */
int identity_store_put(const char *dir, const char *name, const struct identity *identity,
		       const char *passphrase);

/* Opens NAME. Returns 0 and RET_IDENTITY (identity_done), -ENOENT when there is none, or as
 * identity_add. */
int identity_store_open(const char *dir, const char *name, const char *passphrase,
			struct problems *problems, struct identity *ret_identity);

/* The files of NAME as they are kept: PKCS#12, or the certificates in PEM. Returns 0, RET_BYTES
 * (the caller's, free) and RET_SIZE, or negative errno. */
enum identity_part {
	IDENTITY_PKCS12,
	IDENTITY_CERTIFICATES,
};
int identity_store_read(const char *dir, const char *name, enum identity_part part,
			unsigned char **ret_bytes, size_t *ret_size);

/* What anybody may know of one, without its passphrase. */
struct identity_card {
	char subject[CLEAN_MAX + 1];
	char sha256[DIGEST_TEXT_MAX]; /* of the certificate in DER */
	int64_t begins, ends;
};
/* Returns 0 and RET_CARD, or negative errno. */
int identity_store_look(const char *dir, const char *name, struct identity_card *ret_card);

#endif
