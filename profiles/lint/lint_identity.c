/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for payloads that hold a certificate or an identity. */
#include <openssl/x509.h>

#include "profiles/cms/certificate.h"
#include "profiles/lint/lint_rules.h"
#include "profiles/cms/pkcs12.h"

/* Most identities that are opened: each may take a second. */
#define IDENTITIES_MAX 4

/* Says when CERTIFICATE in the payload DICT is not valid now. */
static void judge_time(struct linting *linting, enum rule rule, const struct plist_spot *dict,
		       const struct certificate *certificate)
{
	const char *wrong = NULL;

	if (certificate->until <= linting->target->now)
		wrong = "is expired";
	else if (certificate->from > linting->target->now)
		wrong = "is not valid yet";
	if (wrong)
		profile_keys_wrong(&linting->reading.keys, rule, dict,
				   "the certificate of \"%.80s\" %s", certificate->subject, wrong);
}

void lint_certificate(struct linting *linting, const struct plist_spot *dict)
{
	struct certificate certificate;
	size_t size;
	const unsigned char *bytes = reading_data(dict, "PayloadContent", &size);
	X509 *x509;

	if (!bytes)
		return; /* said already */
	x509 = certificate_parse(bytes, size);
	if (!x509) {
		profile_keys_wrong(&linting->reading.keys, RULE_CERT_PARSE, dict,
				   "PayloadContent is no certificate");
		return;
	}
	certificate_describe(x509, &certificate);
	judge_time(linting, RULE_CERT_EXPIRED, dict, &certificate);
	X509_free(x509);
}

void lint_pkcs12(struct linting *linting, const struct plist_spot *dict)
{
	static const char *const wrongs[] = {
		[PKCS12_OPENS] = NULL,
		[PKCS12_UNREAD] = NULL,
		[PKCS12_WRONG_PASSWORD] = "is not opened by Password",
		[PKCS12_TOO_SLOW] = "asks for more computing than any device's identity",
		[PKCS12_DAMAGED] = "is no PKCS#12",
	};
	struct profile_keys *keys = &linting->reading.keys;
	bool given = profile_keys_has(dict, "Password");
	struct certificate certificate;
	enum pkcs12_verdict verdict;
	size_t size;
	const unsigned char *bytes = reading_data(dict, "PayloadContent", &size);

	if (!given)
		profile_keys_wrong(keys, RULE_P12_PASSWORD, dict, "it has no Password");
	if (!bytes || ++linting->identities > IDENTITIES_MAX)
		return;
	verdict = pkcs12_look(bytes, size, given ? profile_keys_peek(dict, "Password") : NULL,
			      &certificate);
	if (wrongs[verdict])
		profile_keys_wrong(keys, RULE_P12_OPENS, dict, "PayloadContent %s",
				   wrongs[verdict]);
	if (verdict == PKCS12_OPENS)
		judge_time(linting, RULE_IDENTITY_EXPIRED, dict, &certificate);
}
