/* SPDX-License-Identifier: Apache-2.0 */
/* What a person wants to know of a certificate: whose, by whom, from when until when. */
#ifndef PROFILES_CMS_CERTIFICATE_H
#define PROFILES_CMS_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/facts/clean.h"

struct x509_st;	       /* OpenSSL's X509 */
struct asn1_string_st; /* its ASN1_TIME */

struct certificate {
	char subject[CLEAN_MAX + 1]; /* the common name, or the whole name without one */
	char issuer[CLEAN_MAX + 1];  /* the same */
	int64_t from, until;	     /* seconds since 1970 */
	bool self_signed;	     /* issued by itself, as its names say */
};

void certificate_describe(const struct x509_st *x509, struct certificate *ret_certificate);

/* Seconds since 1970 of TIME; 0 when it is none. */
int64_t certificate_time(const struct asn1_string_st *time);

/* Parses the SIZE BYTES, DER or PEM. Returns the caller's (X509_free), or NULL when they are none.
 */
struct x509_st *certificate_parse(const unsigned char *bytes, size_t size);

#endif
