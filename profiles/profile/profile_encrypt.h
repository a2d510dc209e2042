/* SPDX-License-Identifier: Apache-2.0 */
/* A profile whose payloads only one device can read. */
#ifndef PROFILES_PROFILE_PROFILE_ENCRYPT_H
#define PROFILES_PROFILE_PROFILE_ENCRYPT_H

#include "profiles/cms/cms_seal.h"
#include "profiles/profile/profile.h"

/*
 * Makes a profile of PROFILE whose PayloadContent is encrypted for RECIPIENT, as
 * EncryptedPayloadContent; all else can still be read. Signing, if wanted, comes afterwards.
 * Returns 0, RET_BYTES (XML; the caller's, free) and RET_SIZE; -EINVAL when PROBLEMS tell why not;
 * or -ENOMEM.
 */
int profile_encrypt(const struct profile *profile, const struct cms_recipient *recipient,
		    struct problems *problems, unsigned char **ret_bytes, size_t *ret_size);

#endif
