/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of identities: every form that people have, the store, and what is signed and encrypted. */
#include "config.h"

#include "profiles/library/identity_store.h"

#include <errno.h>
#include <openssl/cms.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <plist/plist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/cms/cms.h"
#include "profiles/profile/profile_encrypt.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* 2026-11-23. */
#define NOW 1795392000LL

static struct identity made;

struct form {
	unsigned char *bytes;
	size_t size;
};

/* What BIO holds, which it takes. */
static struct form take(BIO *out)
{
	struct form form = { 0 };
	char *data;
	long len = BIO_get_mem_data(out, &data);

	form.bytes = malloc((size_t)len + 1);
	memcpy(form.bytes, data, (size_t)len);
	form.size = (size_t)len;
	BIO_free(out);
	return form;
}

/* The identity in the ways of different tools. */
static struct form pkcs12(const char *passphrase, int key, int certificate)
{
	BIO *out = BIO_new(BIO_s_mem());
	PKCS12 *p12 = PKCS12_create(passphrase, NULL, made.key, made.certificate, NULL, key,
				    certificate, 2048, 2048, 0);

	i2d_PKCS12_bio(out, p12);
	PKCS12_free(p12);
	return take(out);
}

static struct form pem(const char *passphrase, bool key, bool certificate)
{
	BIO *out = BIO_new(BIO_s_mem());

	if (key)
		PEM_write_bio_PKCS8PrivateKey(out, made.key, passphrase ? EVP_aes_256_cbc() : NULL,
					      passphrase, passphrase ? (int)strlen(passphrase) : 0,
					      NULL, NULL);
	if (certificate)
		PEM_write_bio_X509(out, made.certificate);
	return take(out);
}

static struct form der(const char *passphrase, bool key)
{
	BIO *out = BIO_new(BIO_s_mem());

	if (!key)
		i2d_X509_bio(out, made.certificate);
	else if (passphrase)
		i2d_PKCS8PrivateKey_bio(out, made.key, EVP_aes_256_cbc(), passphrase,
					(int)strlen(passphrase), NULL, NULL);
	else
		i2d_PrivateKey_bio(out, made.key);
	return take(out);
}

/* Adds the COUNT FORMS with PASSPHRASE; wants R and, in what is told, WORDS. */
static void check_forms(const char *what, struct form *forms, size_t count, const char *passphrase,
			int want, const char *words)
{
	struct identity identity = { 0 };
	struct problems problems = { 0 };
	char *text;
	int r = 0;

	for (size_t i = 0; i < count; i++) {
		if (r == 0)
			r = identity_add(&identity, "f", forms[i].bytes, forms[i].size, passphrase,
					 &problems);
		free(forms[i].bytes);
	}
	if (r == 0)
		r = identity_match(&identity, "f", &problems);
	is_number(r, want, what);
	text = problems_text(&problems);
	ok(words ? strstr(text, words) != NULL : text[0] == '\0', "%s: told: %s", what,
	   words ? words : "nothing");
	if (r == 0)
		ok(EVP_PKEY_eq(identity.key, made.key) == 1 &&
			   X509_cmp(identity.certificate, made.certificate) == 0,
		   "%s: it is the same", what);
	free(text);
	identity_done(&identity);
}

#define ONE(one)  (struct form[]){ one }, 1
#define TWO(a, b) (struct form[]){ a, b }, 2

#define AES  NID_aes_256_cbc
#define DES3 NID_pbe_WithSHA1And3_Key_TripleDES_CBC
#define RC2  NID_pbe_WithSHA1And40BitRC2_CBC

static void check_reading(void)
{
	check_forms("PKCS#12", ONE(pkcs12("x", AES, AES)), "x", 0, NULL);
	check_forms("PKCS#12 of 3DES", ONE(pkcs12("x", DES3, DES3)), "x", 0, NULL);
	check_forms("PKCS#12, empty", ONE(pkcs12("", AES, AES)), "", 0, NULL);
	check_forms("PKCS#12, none", ONE(pkcs12(NULL, AES, AES)), "", 0, NULL);
	check_forms("PKCS#12, wrong", ONE(pkcs12("x", AES, AES)), "y", -EACCES,
		    "is not opened by this passphrase");
	check_forms("PKCS#12, locked", ONE(pkcs12("x", AES, AES)), NULL, -EACCES,
		    "its passphrase is needed");
	check_forms("PEM", ONE(pem(NULL, true, true)), NULL, 0, NULL);
	check_forms("PEM in two", TWO(pem(NULL, false, true), pem(NULL, true, false)), NULL, 0,
		    NULL);
	check_forms("PEM, locked", ONE(pem("x", true, true)), "x", 0, NULL);
	check_forms("PEM, wrong", ONE(pem("x", true, true)), "y", -EACCES, "does not open");
	check_forms("PEM, not asked", ONE(pem("x", true, true)), NULL, -EACCES,
		    "its passphrase is needed");
	check_forms("DER", TWO(der(NULL, true), der(NULL, false)), NULL, 0, NULL);
	check_forms("DER, locked", TWO(der("x", true), der(NULL, false)), "x", 0, NULL);
	check_forms("DER, wrong", TWO(der("x", true), der(NULL, false)), "y", -EACCES,
		    "does not open");
	check_forms("only a key", ONE(der(NULL, true)), NULL, -EINVAL, "but not its certificate");
	check_forms("only a certificate", ONE(der(NULL, false)), NULL, -EINVAL, "but not its key");
	check_forms("two keys", TWO(der(NULL, true), der(NULL, true)), NULL, -EINVAL,
		    "a second key");
}

/* An old tool's cipher, which today's OpenSSL keeps in a provider of its own. */
static void check_legacy(void)
{
	OSSL_PROVIDER *legacy = OSSL_PROVIDER_load(NULL, "legacy");
	OSSL_PROVIDER *standard = OSSL_PROVIDER_load(NULL, "default");
	struct form form;

	if (!legacy) {
		tap_skip("no legacy provider to make an old file with");
		return;
	}
	form = pkcs12("x", DES3, RC2);
	OSSL_PROVIDER_unload(legacy);
	check_forms("PKCS#12 of RC2", &form, 1, "x", -EINVAL,
		    "is encrypted with RC2, as old tools do; turn it into a new one: openssl "
		    "pkcs12 -legacy");
	OSSL_PROVIDER_unload(standard);
}

static void check_rubbish(void)
{
	static const char *const texts[] = {
		"rubbish",
		"",
		"-----BEGIN RUBBISH-----\n",
		"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
		"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct identity identity = { 0 };
		struct problems problems = { 0 };
		int r = identity_add(&identity, "f", (const unsigned char *)texts[i],
				     strlen(texts[i]), NULL, &problems);

		ok(r < 0 && problems.errors == 1, "rubbish %zu is told", i);
		problems_done(&problems);
		identity_done(&identity);
	}
	/* Every beginning of a good file. */
	for (size_t size = 1; size < 400; size += 7) {
		struct form form = pkcs12("x", AES, AES);
		struct identity identity = { 0 };
		struct problems problems = { 0 };

		if (identity_add(&identity, "f", form.bytes, size, "x", &problems) == 0)
			ok(false, "%zu bytes of PKCS#12 were taken", size);
		problems_done(&problems);
		identity_done(&identity);
		free(form.bytes);
	}
}

static void check_store(void)
{
	struct identity identity;
	struct problems problems = { 0 };
	struct identity_card card;
	unsigned char *bytes;
	size_t size;
	char *text;

	is_number(identity_store_put("ids", "school", &made, "x"), 0, "one is kept");
	is_number(identity_store_put("ids", "school", &made, "x"), -EEXIST, "once");
	is_number(identity_store_put("ids", "a b", &made, "x"), -EINVAL, "a name that is none");
	is_number(identity_store_look("ids", "school", &card), 0, "looked at without passphrase");
	is_string(card.subject, "CN = Schöne Schule, O = Schöne Schule", "whose it is");
	is_number(card.begins, NOW, "from when");
	is_number(card.ends, NOW + 100LL * 86400, "until when");
	is_number(identity_store_open("ids", "school", "x", &problems, &identity), 0, "opened");
	ok(EVP_PKEY_eq(identity.key, made.key) == 1, "with its key");
	identity_done(&identity);
	is_number(identity_store_open("ids", "school", "y", &problems, &identity), -EACCES,
		  "not with another passphrase");
	text = problems_text(&problems);
	is_string(text, "school: is not opened by this passphrase\n", "told by its name");
	free(text);
	is_number(identity_store_open("ids", "none", "x", &problems, &identity), -ENOENT, "none");
	is_number(identity_store_read("ids", "school", IDENTITY_CERTIFICATES, &bytes, &size), 0,
		  "its certificate");
	ok(!strstr((char *)bytes, "PRIVATE"), "has no key beside it");
	free(bytes);
}

static void read_example(unsigned char **ret_bytes, size_t *ret_size)
{
	char path[512];

	snprintf(path, sizeof path, "%s/profiles/examples/welcome.mobileconfig",
		 getenv("MUSTER_SOURCE"));
	*ret_bytes = (unsigned char *)scratch_read(path, ret_size);
	if (!*ret_bytes)
		abort();
}

/* What is signed is the file's own bytes, inside of DER that is whole. */
static void check_signing(void)
{
	struct problems problems = { 0 };
	unsigned char *bytes, *sealed = NULL;
	struct profile *profile = NULL;
	size_t size, sealed_size;
	unsigned wrong = 0;

	read_example(&bytes, &size);
	is_number(cms_sign(&made, bytes, size, &sealed, &sealed_size), 0, "signed");
	is_number(profile_open_bytes("s", sealed, sealed_size, &problems, &profile), 0, "is taken");
	is_number(profile ? profile->container : 0, PROFILE_SIGNED, "as signed");
	ok(sealed[0] == 0x30 && sealed[1] == 0x82, "DER, not BER");
	ok(memmem(sealed, sealed_size, bytes, size) != NULL, "around the very bytes");
	profile_free(profile);
	for (size_t i = 0; i < sealed_size; i++) {
		profile = NULL;
		sealed[i] ^= 1;
		/* A change of the certificate's own text or its signature hides from who does not
		 * judge the signer; the profile itself cannot change unseen. */
		if (profile_open_bytes("s", sealed, sealed_size, &problems, &profile) == 0 &&
		    !memmem(sealed, sealed_size, bytes, size))
			wrong++;
		profile_free(profile);
		problems_done(&problems);
		sealed[i] ^= 1;
	}
	is_number(wrong, 0, "no byte of the profile can be changed unseen");
	free(sealed);
	free(bytes);
}

static void check_encrypting(void)
{
	struct form certificate = pem(NULL, false, true);
	struct cms_recipient recipient = { "device.pem", certificate.bytes, certificate.size };
	struct problems problems = { 0 };
	unsigned char *bytes, *sealed = NULL;
	struct profile *profile = NULL, *locked = NULL;
	size_t size, sealed_size = 0;
	char *text;

	read_example(&bytes, &size);
	profile_open_bytes("p", bytes, size, &problems, &profile);
	is_number(profile_encrypt(profile, &recipient, &problems, &sealed, &sealed_size), 0,
		  "encrypted");
	is_number(profile_open_bytes("e", sealed, sealed_size, &problems, &locked), 0, "is taken");
	is_string(locked->identifier, profile->identifier, "its identifier is still there");
	is_string(locked->display_name, "Welcome", "and its name");
	ok(!memmem(sealed, sealed_size, "webClip", 7), "its payloads are not");
	free(certificate.bytes);
	is_number(profile_encrypt(locked, &recipient, &problems, &bytes, &size), -EINVAL,
		  "not encrypted again");
	text = problems_text(&problems);
	is_string(text, "e: has no payloads that can be read; is it encrypted already?\n", "why");
	free(text);
	recipient = (struct cms_recipient){ "device.pem", (const unsigned char *)"x", 1 };
	is_number(profile_encrypt(profile, &recipient, &problems, &bytes, &size), -EINVAL,
		  "for no certificate");
	text = problems_text(&problems);
	is_string(text, "device.pem: is no certificate in PEM or DER\n", "why");
	free(text);
	profile_free(profile);
	profile_free(locked);
	free(sealed);
	free(bytes);
}

int main(void)
{
	folder_enter();
	is_number(identity_new("Schöne Schule", NOW, 100, &made), 0, "a new identity");
	check_reading();
	check_legacy();
	check_rubbish();
	check_store();
	check_signing();
	check_encrypting();
	identity_done(&made);
	folder_leave();
	return tap_done();
}
