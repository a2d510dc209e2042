/* SPDX-License-Identifier: Apache-2.0 */
/* What a CMS signature stands around, once the signature is found whole. */
#ifndef PROFILES_CMS_H
#define PROFILES_CMS_H

#include <stddef.h>

#include "profiles/problem.h"

/* The caller's, free(bytes). */
struct cms_content {
	unsigned char *bytes;
	size_t size;
};

/*
 * Opens the SIZE BYTES of FILE, CMS SignedData in DER or BER with its content inside. Every
 * signer's signature must fit the content; whom the signers' certificates belong to, and whether
 * anybody trusts them, is not judged. Returns 0 and RET_CONTENT, not empty; -EINVAL when PROBLEMS
 * tell why not, or -ENOMEM.
 */
int cms_open(const char *file, const unsigned char *bytes, size_t size, struct problems *problems,
	     struct cms_content *ret_content);

#endif
