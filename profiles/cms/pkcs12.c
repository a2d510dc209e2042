/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a PKCS#12 identity opens with its password, and how long its certificate lasts. */
#include "profiles/cms/pkcs12.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <string.h>

/* Most safes that are opened, each at the price of its rounds: tools write two. */
#define SAFES_MAX 3

/* Is COUNT a number of rounds that we compute? None is the default of 1. */
static bool is_bearable(const ASN1_INTEGER *count)
{
	int64_t rounds = 1;

	if (count && ASN1_INTEGER_get_int64(&rounds, count) != 1)
		return false;
	return rounds <= PKCS12_ROUNDS_MAX;
}

/* Unpacks the parameter of ALGORITHM as IT; NULL when it is none. */
static void *unpack(const X509_ALGOR *algorithm, const ASN1_ITEM *it)
{
	return algorithm ? ASN1_TYPE_unpack_sequence(it, algorithm->parameter) : NULL;
}

/* PBES2: the key is derived by PBKDF2; others (scrypt) are not looked into. */
static bool is_bearable_pbes2(const X509_ALGOR *algorithm)
{
	PBE2PARAM *both = unpack(algorithm, ASN1_ITEM_rptr(PBE2PARAM));
	PBKDF2PARAM *derived = NULL;
	bool bearable;

	if (both && OBJ_obj2nid(both->keyfunc->algorithm) == NID_id_pbkdf2)
		derived = unpack(both->keyfunc, ASN1_ITEM_rptr(PBKDF2PARAM));
	bearable = derived && is_bearable(derived->iter);
	PBKDF2PARAM_free(derived);
	PBE2PARAM_free(both);
	return bearable;
}

static bool is_bearable_algorithm(const X509_ALGOR *algorithm)
{
	PBEPARAM *old;
	bool bearable;

	if (OBJ_obj2nid(algorithm->algorithm) == NID_pbes2)
		return is_bearable_pbes2(algorithm);
	old = unpack(algorithm, ASN1_ITEM_rptr(PBEPARAM));
	bearable = old && is_bearable(old->iter);
	PBEPARAM_free(old);
	return bearable;
}

/* Finds a certificate in BAGS. Returns true with RET_CERTIFICATE when there is one. */
static bool find_certificate(const STACK_OF(PKCS12_SAFEBAG) * bags,
			     struct certificate *ret_certificate)
{
	for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); i++) {
		PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags, i);
		X509 *x509 = NULL;

		if (PKCS12_SAFEBAG_get_nid(bag) == NID_certBag)
			x509 = PKCS12_SAFEBAG_get1_cert(bag);
		if (!x509)
			continue;
		certificate_describe(x509, ret_certificate);
		X509_free(x509);
		return true;
	}
	return false;
}

/* Opens one of the safes, if it is one that we open. */
static STACK_OF(PKCS12_SAFEBAG) * open_safe(PKCS7 *safe, const char *password, bool *slow)
{
	if (PKCS7_type_is_data(safe))
		return PKCS12_unpack_p7data(safe);
	if (!PKCS7_type_is_encrypted(safe))
		return NULL;
	if (!is_bearable_algorithm(safe->d.encrypted->enc_data->algorithm)) {
		*slow = true;
		return NULL;
	}
	return PKCS12_unpack_p7encdata(safe, password, (int)strlen(password));
}

static enum pkcs12_verdict look_into_safes(const PKCS12 *pkcs12, const char *password,
					   struct certificate *ret_certificate)
{
	STACK_OF(PKCS7) *safes = PKCS12_unpack_authsafes(pkcs12);
	bool found = false, slow = false;

	if (!safes)
		return PKCS12_DAMAGED;
	for (int i = 0; i < sk_PKCS7_num(safes) && i < SAFES_MAX && !found && !slow; i++) {
		STACK_OF(PKCS12_SAFEBAG) *bags =
			open_safe(sk_PKCS7_value(safes, i), password, &slow);

		found = find_certificate(bags, ret_certificate);
		sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	}
	sk_PKCS7_pop_free(safes, PKCS7_free);
	if (slow)
		return PKCS12_TOO_SLOW;
	return found ? PKCS12_OPENS : PKCS12_UNREAD;
}

/* Does PASSWORD fit the seal of PKCS12, if it has one? */
static enum pkcs12_verdict judge_password(PKCS12 *pkcs12, const char *password)
{
	const ASN1_INTEGER *rounds = NULL;

	if (!PKCS12_mac_present(pkcs12))
		return PKCS12_OPENS;
	PKCS12_get0_mac(NULL, NULL, NULL, &rounds, pkcs12);
	if (!is_bearable(rounds))
		return PKCS12_TOO_SLOW;
	if (PKCS12_verify_mac(pkcs12, password, (int)strlen(password)) == 1 ||
	    (password[0] == '\0' && PKCS12_verify_mac(pkcs12, NULL, 0) == 1))
		return PKCS12_OPENS;
	return PKCS12_WRONG_PASSWORD;
}

enum pkcs12_verdict pkcs12_look(const unsigned char *bytes, size_t size, const char *password,
				struct certificate *ret_certificate)
{
	const unsigned char *at = bytes;
	PKCS12 *pkcs12 = d2i_PKCS12(NULL, &at, (long)size);
	enum pkcs12_verdict verdict = PKCS12_DAMAGED;

	if (pkcs12)
		verdict = password ? judge_password(pkcs12, password) : PKCS12_UNREAD;
	if (pkcs12 && password && verdict == PKCS12_OPENS)
		verdict = look_into_safes(pkcs12, password, ret_certificate);
	PKCS12_free(pkcs12);
	ERR_clear_error();
	return verdict;
}
