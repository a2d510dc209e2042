/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the signer of a profile is one that this host trusts, at a given time. */
#include "profiles/cms/cms_trust.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdbool.h>

static const struct {
	const char *text, *sentence;
} trusts[] = {
	[CMS_TRUSTED] = { "trusted", "trusted by this host" },
	[CMS_UNKNOWN] = { "unknown-authority", "of an authority that this host does not know" },
	[CMS_SELF_SIGNED] = { "self-signed", "its own authority: nobody vouches for it" },
	[CMS_INCOMPLETE] = { "incomplete",
			     "not linked to an authority: a certificate between is missing, or "
			     "this host does not know the authority" },
	[CMS_EXPIRED] = { "expired", "expired" },
	[CMS_NOT_YET] = { "not-yet-valid", "not valid yet" },
	[CMS_NO_SIGNER] = { "no-signer", "not known: its certificate is not in the file" },
	[CMS_BAD_CHAIN] = { "bad-chain", "not fit for it, or its chain is damaged" },
};

const char *cms_trust_to_text(enum cms_trust trust)
{
	return trusts[trust].text;
}

const char *cms_trust_sentence(enum cms_trust trust)
{
	return trusts[trust].sentence;
}

static bool in_chain(const X509 *const *chain, size_t count, const X509 *x509)
{
	for (size_t i = 0; i < count; i++)
		if (X509_cmp(chain[i], x509) == 0)
			return true;
	return false;
}

/* The one of CERTIFICATES that issued X509, and is not in CHAIN yet; NULL for none. */
static X509 *find_issuer(STACK_OF(X509) * certificates, X509 *x509, const X509 *const *chain,
			 size_t count)
{
	for (int i = 0; i < sk_X509_num(certificates); i++) {
		X509 *other = sk_X509_value(certificates, i);

		if (X509_check_issued(other, x509) == X509_V_OK && !in_chain(chain, count, other))
			return other;
	}
	return NULL;
}

void cms_chain_of(const struct cms_signature *signature, struct cms_chain *ret_chain)
{
	const X509 *chain[CMS_CHAIN_MAX];
	X509 *x509 = signature->signer;

	ret_chain->count = 0;
	while (x509 && ret_chain->count < CMS_CHAIN_MAX) {
		certificate_describe(x509, &ret_chain->list[ret_chain->count]);
		chain[ret_chain->count++] = x509;
		x509 = find_issuer(signature->certificates, x509, chain, ret_chain->count);
	}
	ERR_clear_error();
}

static enum cms_trust trust_from_error(int error)
{
	static const struct {
		int error;
		enum cms_trust trust;
	} rows[] = {
		{ X509_V_OK, CMS_TRUSTED },
		{ X509_V_ERR_CERT_HAS_EXPIRED, CMS_EXPIRED },
		{ X509_V_ERR_CERT_NOT_YET_VALID, CMS_NOT_YET },
		{ X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, CMS_SELF_SIGNED },
		{ X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, CMS_UNKNOWN },
		{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, CMS_INCOMPLETE },
		{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, CMS_INCOMPLETE },
		{ X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, CMS_INCOMPLETE },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].error == error)
			return rows[i].trust;
	return CMS_BAD_CHAIN;
}

struct x509_store_st *cms_authorities_load(void)
{
	X509_STORE *authorities = X509_STORE_new();

	if (authorities)
		X509_STORE_set_default_paths(authorities);
	ERR_clear_error();
	return authorities;
}

void cms_authorities_free(struct x509_store_st *authorities)
{
	X509_STORE_free(authorities);
}

static enum cms_trust judge(X509_STORE_CTX *context, X509_STORE *authorities,
			    const struct cms_signature *signature, int64_t at)
{
	X509_VERIFY_PARAM *param;

	if (X509_STORE_CTX_init(context, authorities, signature->signer, signature->certificates) !=
	    1)
		return CMS_BAD_CHAIN;
	param = X509_STORE_CTX_get0_param(context);
	X509_VERIFY_PARAM_set_time(param, (time_t)at);
	X509_VERIFY_PARAM_set_depth(param, CMS_CHAIN_MAX);
	/* Signers of profiles use certificates for TLS, for mail, for anything. */
	X509_STORE_CTX_set_purpose(context, X509_PURPOSE_ANY);
	if (X509_verify_cert(context) == 1)
		return CMS_TRUSTED;
	return trust_from_error(X509_STORE_CTX_get_error(context));
}

enum cms_trust cms_trust_at(struct x509_store_st *authorities,
			    const struct cms_signature *signature, int64_t at)
{
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	enum cms_trust trust = CMS_BAD_CHAIN;

	if (!signature->signer)
		trust = CMS_NO_SIGNER;
	else if (context && authorities)
		trust = judge(context, authorities, signature, at);
	X509_STORE_CTX_free(context);
	ERR_clear_error();
	return trust;
}
