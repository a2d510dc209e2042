/* SPDX-License-Identifier: Apache-2.0 */
/* One configuration profile as a device reads it: plain, signed, or a bare certificate. */
#include "config.h"

#include "tests/sim/payload.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/chain.h"
#include "tests/sim/cms.h"
#include "tests/sim/decode.h"
#include "tests/sim/payload_rules.h"

/* libplist's dates count from 2001. */
#define MAC_EPOCH 978307200.0

void profile_free(struct profile *profile)
{
	if (!profile)
		return;
	free(profile->identifier);
	free(profile->uuid);
	free(profile->display_name);
	free(profile->description);
	free(profile->organization);
	free(profile);
}

static char *copy_text(plist_t dict, const char *key)
{
	const char *text = dict_text(dict, key);

	return text ? strdup(text) : NULL;
}

/* A profile needs the three; what else is NULL was not given. */
static struct profile *whole_or_free(struct profile *profile)
{
	if (profile->identifier && profile->uuid && profile->display_name)
		return profile;
	profile_free(profile);
	return NULL;
}

static bool has_mdm(plist_t content)
{
	for (uint32_t i = 0; i < plist_array_get_size(content); i++) {
		const char *type = dict_text(plist_array_get_item(content, i), "PayloadType");

		if (type && strcmp(type, "com.apple.mdm") == 0)
			return true;
	}
	return false;
}

/* Seconds since 1970. libplist 2.7 deprecates the call that older ones have. */
static int64_t unix_date(plist_t date)
{
#ifdef HAVE_PLIST_GET_UNIX_DATE_VAL
	int64_t seconds = 0;

	plist_get_unix_date_val(date, &seconds);
	return seconds;
#else
	int32_t seconds = 0, microseconds = 0;

	plist_get_date_val(date, &seconds, &microseconds);
	return MAC_EPOCH + seconds;
#endif
}

static struct profile *new_profile(plist_t dict)
{
	struct profile *profile = calloc(1, sizeof(*profile));
	plist_t date = plist_dict_get_item(dict, "RemovalDate");

	if (!profile)
		return NULL;
	profile->identifier = copy_text(dict, "PayloadIdentifier");
	profile->uuid = copy_text(dict, "PayloadUUID");
	profile->display_name =
		copy_text(dict, dict_text(dict, "PayloadDisplayName") ? "PayloadDisplayName"
								      : "PayloadIdentifier");
	profile->description = copy_text(dict, "PayloadDescription");
	profile->organization = copy_text(dict, "PayloadOrganization");
	profile->version = 1;
	profile->removal_disallowed = dict_true(dict, "PayloadRemovalDisallowed");
	profile->has_mdm = has_mdm(plist_dict_get_item(dict, "PayloadContent"));
	if (date) {
		profile->expires = true;
		profile->removal_date = unix_date(date);
	}
	return whole_or_free(profile);
}

static struct verdict check_content(plist_t content)
{
	struct verdict verdict = { 0 };
	uint32_t count = plist_array_get_size(content);

	if (count > PAYLOADS_MAX)
		return (struct verdict){ 1000, "The profile has too many payloads." };
	for (uint32_t i = 0; i < count && verdict.code == 0; i++)
		verdict = payload_check(plist_array_get_item(content, i));
	return verdict.code == 0 ? payloads_check(content) : verdict;
}

/* The chain of a verdict: a file that is no profile of this kind at all says so first. */
static plist_t chain_of(const struct verdict *verdict)
{
	plist_t chain = NULL;

	if (verdict->code == 4007)
		chain = chain_add(NULL, 4007, "The file is not of a known format.");
	else if (verdict->code / 1000 != 4)
		chain = chain_add(NULL, 1000, "The profile is invalid.");
	if (verdict->code == 4007)
		return chain_add(chain, 1000, "%s", verdict->text);
	return verdict->code == 1000 ? chain : chain_add(chain, verdict->code, "%s", verdict->text);
}

static struct profile *refuse(struct verdict verdict, plist_t *ret_chain)
{
	*ret_chain = chain_of(&verdict);
	return NULL;
}

static struct profile *read_plist(const char *bytes, size_t len, plist_t *ret_chain)
{
	plist_t dict = decode_plist(bytes, len, NULL);
	struct verdict verdict = { 4007, "The profile is not a property list." };
	struct profile *profile = NULL;

	if (dict && plist_get_node_type(dict) == PLIST_DICT) {
		verdict = profile_check(dict);
		if (verdict.code == 0)
			verdict = check_content(plist_dict_get_item(dict, "PayloadContent"));
		if (verdict.code == 0)
			profile = new_profile(dict);
	}
	plist_free(dict);
	if (!profile && verdict.code == 0)
		verdict = (struct verdict){ 4001, "The device has no memory left." };
	return profile ? profile : refuse(verdict, ret_chain);
}

/* A bare certificate, DER or PEM, is installed as a profile named by its fingerprint. */
static X509 *read_certificate(const char *bytes, size_t len)
{
	const unsigned char *der = (const unsigned char *)bytes;
	X509 *certificate = d2i_X509(NULL, &der, (long)len);
	BIO *bio;

	if (!certificate) {
		bio = BIO_new_mem_buf(bytes, (int)len);
		certificate = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
		BIO_free(bio);
	}
	ERR_clear_error();
	return certificate;
}

static struct profile *certificate_profile(X509 *certificate)
{
	struct profile *profile = calloc(1, sizeof(*profile));
	unsigned char digest[SHA_DIGEST_LENGTH] = { 0 };
	char name[256] = "", hex[2 * SHA_DIGEST_LENGTH + 1], uuid[37];

	X509_digest(certificate, EVP_sha1(), digest, NULL);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	snprintf(uuid, sizeof(uuid), "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
		 hex + 20);
	X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name,
				  sizeof(name));
	if (!profile)
		return NULL;
	profile->identifier = strdup(hex);
	profile->uuid = strdup(uuid);
	profile->display_name = strdup(name[0] ? name : hex);
	profile->version = 1;
	return whole_or_free(profile);
}

static struct profile *read_signed(const char *bytes, size_t len, plist_t *ret_chain)
{
	struct profile *profile;
	char *content = NULL;
	size_t content_len = 0;
	int err = cms_open(bytes, len, &content, &content_len);

	if (err == -EBADMSG)
		return refuse((struct verdict){ 1004, "The signature of the profile is invalid." },
			      ret_chain);
	if (err < 0)
		return refuse((struct verdict){ 4007, "The profile is not a property list." },
			      ret_chain);
	profile = read_plist(content, content_len, ret_chain);
	free(content);
	return profile;
}

struct profile *profile_read(const char *bytes, size_t len, plist_t *ret_chain)
{
	struct profile *profile;
	X509 *certificate;

	if (len > PROFILE_MAX)
		return refuse((struct verdict){ 4007, "The profile is too long." }, ret_chain);
	certificate = read_certificate(bytes, len);
	if (certificate) {
		profile = certificate_profile(certificate);
		X509_free(certificate);
		if (profile)
			return profile;
	}
	if (cms_looks_like_der(bytes, len))
		return read_signed(bytes, len, ret_chain);
	return read_plist(bytes, len, ret_chain);
}
