/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the signer of a profile is one that this host trusts, at a given time. */
#ifndef PROFILES_CMS_CMS_TRUST_H
#define PROFILES_CMS_CMS_TRUST_H

#include <stdint.h>

#include "profiles/cms/certificate.h"
#include "profiles/cms/cms.h"

/* Most certificates of a chain that are told, and followed: real ones have three. */
#define CMS_CHAIN_MAX 8

enum cms_trust {
	CMS_TRUSTED,	 /* leads to an authority in this host's store */
	CMS_UNKNOWN,	 /* leads to an authority that is not in the store */
	CMS_SELF_SIGNED, /* the signer vouches for itself */
	CMS_INCOMPLETE,	 /* a certificate between the signer and its authority is missing */
	CMS_EXPIRED,	 /* one of the chain was not valid any more */
	CMS_NOT_YET,	 /* or not yet */
	CMS_NO_SIGNER,	 /* the signer's certificate is not in the file */
	CMS_BAD_CHAIN,	 /* anything else */
};

/* "trusted", "unknown-authority", … as JSON has it; what a person reads. */
const char *cms_trust_to_text(enum cms_trust trust);
const char *cms_trust_sentence(enum cms_trust trust);

/* The signer first, then who vouches for whom as far as the file goes. */
struct cms_chain {
	size_t count;
	struct certificate list[CMS_CHAIN_MAX];
};
void cms_chain_of(const struct cms_signature *signature, struct cms_chain *ret_chain);

struct x509_store_st; /* OpenSSL's X509_STORE */

/* Loads the authorities that this host trusts (OpenSSL's default places, and SSL_CERT_FILE): some
 * hundred certificates, so once for all that is asked. Devices have others. Returns them (the
 * caller's, cms_authorities_free), or NULL when there is no memory. */
struct x509_store_st *cms_authorities_load(void);
void cms_authorities_free(struct x509_store_st *authorities);

/* Judges the signer of SIGNATURE at AT (seconds since 1970) by AUTHORITIES; without them (NULL) it
 * is CMS_BAD_CHAIN. */
enum cms_trust cms_trust_at(struct x509_store_st *authorities,
			    const struct cms_signature *signature, int64_t at);

#endif
