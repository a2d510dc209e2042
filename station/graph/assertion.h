/* SPDX-License-Identifier: Apache-2.0 */
/* A signed statement (JWT, RFC 7519) with which a certificate's owner signs in. */
#ifndef STATION_GRAPH_ASSERTION_H
#define STATION_GRAPH_ASSERTION_H

#include <stddef.h>

/* RSA-PSS with SHA-256, which Microsoft asks for; its name in a header. */
#define ASSERTION_ALGORITHM "PS256"

struct assertion_key;

/*
 * Reads PEM with an RSA key, not encrypted, and its certificate. Returns 0 and RET_KEY
 * (assertion_key_free); or -EINVAL with RET_WHY, a sentence that follows the file's name.
 */
int assertion_key_read(const char *pem, size_t size, struct assertion_key **ret_key,
		       const char **ret_why);
void assertion_key_free(struct assertion_key *key);

/* SHA-256 of the certificate, as "x5t#S256" has it. The key's own. */
const char *assertion_thumbprint(const struct assertion_key *key);

/* HEADER and CLAIMS, both JSON, signed: "header.claims.signature". The caller's, free; NULL when it
 * cannot be made. */
char *assertion_sign(const struct assertion_key *key, const char *header, const char *claims);

#endif
