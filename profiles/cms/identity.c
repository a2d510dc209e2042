/* SPDX-License-Identifier: Apache-2.0 */
/* Identities: a key with its certificate and those above it, from the files that people have. */
#include "config.h"

#include "profiles/cms/identity.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Rounds of PBKDF2 for a passphrase that somebody may try to guess: a third of a second of today's
 * processors. */
#define ROUNDS 600000

void identity_done(struct identity *identity)
{
	EVP_PKEY_free(identity->key);
	X509_free(identity->certificate);
	sk_X509_pop_free(identity->others, X509_free);
	*identity = (struct identity){ 0 };
}

static int refuse(struct problems *problems, const char *file, int r, const char *wrong)
{
	ERR_clear_error();
	problems_add(problems, file, 0, 0, "%s", wrong);
	return r;
}

/* Takes CERTIFICATE over. */
static int keep_certificate(struct identity *identity, X509 *certificate)
{
	if (!identity->others)
		identity->others = sk_X509_new_null();
	if (identity->others && sk_X509_push(identity->others, certificate) > 0)
		return 0;
	X509_free(certificate);
	return -ENOMEM;
}

/* Takes KEY over. */
static int keep_key(struct identity *identity, const char *file, EVP_PKEY *key,
		    struct problems *problems)
{
	if (!identity->key) {
		identity->key = key;
		return 0;
	}
	EVP_PKEY_free(key);
	return refuse(problems, file, -EINVAL, "has a second key; an identity has one");
}

/* Was the last failure that of a cipher that OpenSSL keeps for old files only? */
static bool was_legacy(void)
{
	unsigned long next;
	bool legacy = false;

	while ((next = ERR_get_error()) != 0)
		legacy |= ERR_GET_REASON(next) == ERR_R_UNSUPPORTED ||
			  (ERR_GET_LIB(next) == ERR_LIB_EVP &&
			   ERR_GET_REASON(next) == EVP_R_UNSUPPORTED_ALGORITHM);
	return legacy;
}

/* Does PASSPHRASE, or none, open P12? Apple's tools lock with the empty one, others with none. */
static bool opens(PKCS12 *p12, const char **passphrase)
{
	if (*passphrase && **passphrase)
		return PKCS12_verify_mac(p12, *passphrase, -1) == 1;
	*passphrase = "";
	if (PKCS12_verify_mac(p12, "", 0) == 1)
		return true;
	*passphrase = NULL;
	return PKCS12_verify_mac(p12, NULL, 0) == 1;
}

/* Takes the parts of P12 over. */
static int keep_pkcs12(struct identity *identity, const char *file, EVP_PKEY *key,
		       X509 *certificate, STACK_OF(X509) * others, struct problems *problems)
{
	int r = key ? keep_key(identity, file, key, problems) : 0;

	if (certificate && r == 0)
		r = keep_certificate(identity, certificate);
	else
		X509_free(certificate);
	while (others && sk_X509_num(others) > 0) {
		X509 *one = sk_X509_shift(others);

		if (r == 0)
			r = keep_certificate(identity, one);
		else
			X509_free(one);
	}
	sk_X509_free(others);
	return r;
}

static int add_pkcs12(struct identity *identity, const char *file, PKCS12 *p12,
		      const char *passphrase, struct problems *problems)
{
	STACK_OF(X509) *others = NULL;
	X509 *certificate = NULL;
	EVP_PKEY *key = NULL;
	bool given = passphrase && passphrase[0];

	if (!opens(p12, &passphrase)) {
		if (was_legacy())
			return refuse(problems, file, -EINVAL,
				      "is protected by a digest that is no longer offered; export "
				      "it again");
		return refuse(problems, file, -EACCES,
			      given ? "is not opened by this passphrase"
				    : "is locked; its passphrase is needed");
	}
	if (PKCS12_parse(p12, passphrase, &key, &certificate, &others) != 1) {
		if (was_legacy())
			return refuse(problems, file, -EINVAL,
				      "is encrypted with RC2, as old tools do; turn it into a new "
				      "one: openssl pkcs12 -legacy -in OLD -nodes | openssl pkcs12 "
				      "-export -out NEW");
		return refuse(problems, file, -EINVAL, "is PKCS#12, but damaged inside");
	}
	return keep_pkcs12(identity, file, key, certificate, others, problems);
}

/* What PEM asks for a passphrase with. */
static int give_passphrase(char *out, int room, int writing, void *userdata)
{
	const char *passphrase = userdata;
	size_t len = passphrase ? strlen(passphrase) : 0;

	(void)writing;
	if (len == 0 || len > (size_t)room)
		return -1;
	memcpy(out, passphrase, len);
	return (int)len;
}

/* The names of PEM that stand before a key. */
static bool is_key_name(const char *name)
{
	size_t len = strlen(name), tail = strlen("PRIVATE KEY");

	return len >= tail && strcmp(name + len - tail, "PRIVATE KEY") == 0;
}

static bool is_certificate_name(const char *name)
{
	return strcmp(name, PEM_STRING_X509) == 0 || strcmp(name, PEM_STRING_X509_TRUSTED) == 0;
}

static int add_key_pem(struct identity *identity, const char *file, const unsigned char *bytes,
		       size_t size, const char *passphrase, struct problems *problems)
{
	BIO *in = BIO_new_mem_buf(bytes, (int)size);
	EVP_PKEY *key =
		in ? PEM_read_bio_PrivateKey(in, NULL, give_passphrase, (void *)passphrase) : NULL;

	BIO_free(in);
	if (key)
		return keep_key(identity, file, key, problems);
	if (passphrase && *passphrase)
		return refuse(problems, file, -EACCES,
			      "has a key that this passphrase does not open");
	return refuse(problems, file, -EACCES,
		      "has a key that cannot be read; if it is locked, its passphrase is needed");
}

/* Adds all certificates in PEM, and the key, if there is one. */
static int add_pem(struct identity *identity, const char *file, const unsigned char *bytes,
		   size_t size, const char *passphrase, struct problems *problems)
{
	BIO *in = BIO_new_mem_buf(bytes, (int)size);
	char *name = NULL, *header = NULL;
	unsigned char *data = NULL;
	bool has_key = false;
	unsigned found = 0;
	long len;
	int r = in ? 0 : -ENOMEM;

	while (r == 0 && PEM_read_bio(in, &name, &header, &data, &len) == 1) {
		const unsigned char *at = data;
		X509 *one = is_certificate_name(name) ? d2i_X509(NULL, &at, len) : NULL;

		if (one)
			r = keep_certificate(identity, one);
		has_key |= is_key_name(name);
		found += one || is_key_name(name);
		OPENSSL_free(name);
		OPENSSL_free(header);
		OPENSSL_clear_free(data, (size_t)len);
	}
	BIO_free(in);
	ERR_clear_error();
	if (r == 0 && found == 0)
		return refuse(problems, file, -EINVAL, "has neither a key nor a certificate in it");
	return r == 0 && has_key ? add_key_pem(identity, file, bytes, size, passphrase, problems)
				 : r;
}

/* Are the SIZE BYTES a key in DER under a passphrase? */
static bool is_locked_key(const unsigned char *bytes, size_t size)
{
	X509_SIG *locked = d2i_X509_SIG(NULL, &bytes, (long)size);
	bool is = locked;

	X509_SIG_free(locked);
	return is;
}

static int add_locked_key(struct identity *identity, const char *file, const unsigned char *bytes,
			  size_t size, const char *passphrase, struct problems *problems)
{
	BIO *in = BIO_new_mem_buf(bytes, (int)size);
	EVP_PKEY *key =
		in ? d2i_PKCS8PrivateKey_bio(in, NULL, give_passphrase, (void *)passphrase) : NULL;

	BIO_free(in);
	if (key)
		return keep_key(identity, file, key, problems);
	return refuse(problems, file, -EACCES,
		      passphrase && *passphrase ? "has a key that this passphrase does not open"
						: "is locked; its passphrase is needed");
}

static int add_der(struct identity *identity, const char *file, const unsigned char *bytes,
		   size_t size, const char *passphrase, struct problems *problems)
{
	const unsigned char *at = bytes;
	PKCS12 *p12 = d2i_PKCS12(NULL, &at, (long)size);
	X509 *certificate;
	EVP_PKEY *key;
	int r;

	if (p12) {
		r = add_pkcs12(identity, file, p12, passphrase, problems);
		PKCS12_free(p12);
		return r;
	}
	at = bytes;
	certificate = d2i_X509(NULL, &at, (long)size);
	if (certificate) {
		ERR_clear_error();
		return keep_certificate(identity, certificate);
	}
	at = bytes;
	key = d2i_AutoPrivateKey(NULL, &at, (long)size);
	if (key) {
		ERR_clear_error();
		return keep_key(identity, file, key, problems);
	}
	if (is_locked_key(bytes, size))
		return add_locked_key(identity, file, bytes, size, passphrase, problems);
	return refuse(problems, file, -EINVAL,
		      "is no identity: neither PKCS#12 (.p12, .pfx), nor a key or a certificate in "
		      "PEM or DER");
}

int identity_add(struct identity *identity, const char *file, const unsigned char *bytes,
		 size_t size, const char *passphrase, struct problems *problems)
{
	static const char mark[] = "-----BEGIN ";

	if (size == 0 || size > IDENTITY_SIZE_MAX)
		return refuse(problems, file, -EINVAL, "is empty, or too large for an identity");
	if (memmem(bytes, size, mark, sizeof mark - 1))
		return add_pem(identity, file, bytes, size, passphrase, problems);
	return add_der(identity, file, bytes, size, passphrase, problems);
}

int identity_match(struct identity *identity, const char *file, struct problems *problems)
{
	if (!identity->key)
		return refuse(problems, file, -EINVAL,
			      "has a certificate, but not its key; an identity needs both");
	for (int i = 0; i < sk_X509_num(identity->others); i++) {
		X509 *one = sk_X509_value(identity->others, i);

		if (X509_check_private_key(one, identity->key) != 1)
			continue;
		identity->certificate = sk_X509_delete(identity->others, i);
		ERR_clear_error();
		return 0;
	}
	return refuse(problems, file, -EINVAL,
		      sk_X509_num(identity->others) > 0
			      ? "has a key, but no certificate that is the key's"
			      : "has a key, but not its certificate; an identity needs both");
}

int identity_to_pkcs12(const struct identity *identity, const char *passphrase,
		       unsigned char **ret_bytes, size_t *ret_size)
{
	PKCS12 *p12 = PKCS12_create(passphrase, NULL, identity->key, identity->certificate,
				    identity->others, NID_aes_256_cbc, NID_aes_256_cbc, ROUNDS,
				    ROUNDS, 0);
	unsigned char *bytes = NULL;
	int size = p12 ? i2d_PKCS12(p12, &bytes) : -1;

	PKCS12_free(p12);
	ERR_clear_error();
	if (size <= 0)
		return -ENOMEM;
	*ret_bytes = bytes;
	*ret_size = (size_t)size;
	return 0;
}

char *identity_to_pem(const struct identity *identity)
{
	BIO *out = BIO_new(BIO_s_mem());
	bool fine = out && PEM_write_bio_X509(out, identity->certificate) == 1;
	char *data, *text = NULL;
	long len;

	for (int i = 0; fine && i < sk_X509_num(identity->others); i++)
		fine = PEM_write_bio_X509(out, sk_X509_value(identity->others, i)) == 1;
	if (fine) {
		len = BIO_get_mem_data(out, &data);
		text = strndup(data, (size_t)len);
	}
	BIO_free(out);
	return text;
}
