/* SPDX-License-Identifier: Apache-2.0 */
/* A CMS signature: whether it fits, what it stands around, who made it and when. */
#ifndef PROFILES_CMS_CMS_H
#define PROFILES_CMS_CMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profiles/values/problem.h"

struct x509_st;	      /* OpenSSL's X509 */
struct stack_st_X509; /* and a list of them */

/* Most signers, and digests named for them: real profiles have one. Each digest costs a pass over
 * the content. */
#define CMS_SIGNERS_MAX 8

/* Longest name of a digest, with its end: "SHA3-512" is the longest of OpenSSL's. */
#define CMS_DIGEST_MAX 16

struct cms_signature {
	unsigned char *bytes; /* what is signed, not empty */
	size_t size;
	bool intact;	/* every signer's signature fits the content */
	bool streaming; /* in BER of indefinite length */
	size_t signer_count;
	char digest[CMS_DIGEST_MAX];	    /* of the first signer, "SHA256"; "" without one */
	int64_t signed_at;		    /* as the signer says, or EXPIRY_NEVER */
	struct x509_st *signer;		    /* the first one's; NULL when it is not inside */
	struct stack_st_X509 *certificates; /* all that are inside; NULL for none */
};

/*
 * Opens the SIZE BYTES of FILE, CMS SignedData in DER or BER with its content inside. A signature
 * that does not fit is a problem, and told; what it stands around is given nevertheless.
 * Whether anybody trusts the signers is not judged (cms_trust.h).
 * Returns 0 and RET_SIGNATURE (the caller's, cms_free); -EINVAL when PROBLEMS tell why there is
 * nothing to give, or -ENOMEM.
 */
int cms_open(const char *file, const unsigned char *bytes, size_t size, struct problems *problems,
	     struct cms_signature **ret_signature);
void cms_free(struct cms_signature *signature);

#endif
