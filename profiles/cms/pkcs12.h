/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a PKCS#12 identity opens with its password, and how long its certificate lasts. */
#ifndef PROFILES_CMS_PKCS12_H
#define PROFILES_CMS_PKCS12_H

#include <stddef.h>

#include "profiles/cms/certificate.h"

enum pkcs12_verdict {
	PKCS12_OPENS,  /* and its certificate was read */
	PKCS12_UNREAD, /* the password fits; the certificate is encrypted in a way that this
			* host does not read any more */
	PKCS12_WRONG_PASSWORD,
	PKCS12_TOO_SLOW, /* asks for more rounds than a person would wait for */
	PKCS12_DAMAGED,
};

/* Most rounds of deriving a key that are computed: tools write 2,000 to 600,000, and a million take
 * half a second. */
#define PKCS12_ROUNDS_MAX 1000000

/*
 * Looks into the SIZE BYTES with PASSWORD; the private key is left alone. PASSWORD NULL: there is
 * none, and only the form is judged (PKCS12_UNREAD when it is whole).
 * Returns PKCS12_OPENS with RET_CERTIFICATE, or another verdict.
 */
enum pkcs12_verdict pkcs12_look(const unsigned char *bytes, size_t size, const char *password,
				struct certificate *ret_certificate);

#endif
