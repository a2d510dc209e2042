/* SPDX-License-Identifier: Apache-2.0 */
/* What is said to Microsoft Graph, and what its answers mean: each reader and writer by itself. */
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/secret_file.h"
#include "station/graph/base64.h"
#include "station/graph/cloud.h"
#include "station/graph/enrollment.h"
#include "station/graph/guid.h"
#include "station/graph/managed.h"
#include "station/graph/preflight.h"
#include "station/graph/reply.h"
#include "station/graph/serials.h"
#include "station/graph/sign_in.h"
#include "station/graph/url.h"
#include "tests/unit/tap.h"

static void is_text(char *got, const char *want)
{
	is_string(got, want, want);
	free(got);
}

static void test_texts(void)
{
	unsigned char *bytes;
	char id[GUID_TEXT_MAX], other[GUID_TEXT_MAX];
	size_t size;

	is_text(url_escape("a b&c=d/\xc3\xa4~"), "a%20b%26c%3Dd%2F%C3%A4~");
	is_text(url_odata_string("O'Neil"), "%27O%27%27Neil%27");
	ok(url_is_below("https://a/b", "https://a"), "a page of the same server");
	ok(!url_is_below("https://a.evil/b", "https://a"), "another server that begins alike");
	is_text(base64_to_url((const unsigned char *)"\xfb\xff\xfe?", 4), "-__-Pw");
	is_number(base64_parse("MIIx", &bytes, &size), 0, "a whole group");
	free(bytes);
	is_number(base64_parse("TQ==", &bytes, &size), 0, "padding");
	is_number((long long)size, 1, "one byte");
	free(bytes);
	is_number(base64_parse("TQ=", &bytes, &size), -EINVAL, "half of the padding");
	is_number(base64_parse("T Q=", &bytes, &size), -EINVAL, "a blank");
	is_number(base64_parse("====", &bytes, &size), -EINVAL, "only padding");
	is_number(base64_parse("", &bytes, &size), -EINVAL, "nothing");
	guid_make(id);
	guid_make(other);
	ok(strlen(id) == 36 && id[14] == '4' && strcmp(id, other) != 0, "a random id");
	for (size_t i = 0; cloud_words[i]; i++)
		ok(cloud_find(cloud_words[i]), "the cloud %s", cloud_words[i]);
	is_string(cloud_find(NULL)->graph, "https://graph.microsoft.com", "the world's cloud");
	ok(!cloud_find("moon"), "no other");
}

/* An answer with STATUS and BODY. */
static struct exchange_answer answer(unsigned status, const char *body)
{
	return (struct exchange_answer){ .text = "",
					 .status = status,
					 .body = (const unsigned char *)body,
					 .body_size = strlen(body) };
}

static void test_refusals(void)
{
	static const struct {
		unsigned status;
		const char *body;
		enum refusal_kind kind;
		const char *want;
	} cases[] = {
		{ 403, "{\"error\": {\"code\": \"Forbidden\", \"message\": \"no\"}}",
		  REFUSAL_DENIED, "cannot look: HTTP 403 Forbidden, no. The application lacks" },
		{ 400,
		  "{\"error\": {\"code\": \"Bad\", \"message\": \"{\\\"Message\\\": \\\"inner\\\"}\"}}",
		  REFUSAL_SERVICE, "HTTP 400 Bad, inner." },
		{ 404, "", REFUSAL_MISSING, "HTTP 404" },
		{ 429, "<html>", REFUSAL_BUSY, "Try again later." },
		{ 401,
		  "{\"error\": \"invalid_client\", \"error_description\": \"AADSTS7000222: x\"}",
		  REFUSAL_SIGN_IN, "make a new one" },
		{ 400, "{\"error\": \"x\", \"error_description\": \"AADSTS1: evil\\u001b[31m\"}",
		  REFUSAL_SIGN_IN, "evil [31m" },
		{ 500, "{\"error\": {\"innerError\": {\"request-id\": \"r-1\"}}}", REFUSAL_SERVICE,
		  "(request-id r-1)" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct exchange_answer one = answer(cases[i].status, cases[i].body);
		struct refusal refusal;

		is_number(reply_refuse(&one, "look", &refusal), -1, cases[i].want);
		is_number(refusal.kind, cases[i].kind, refusal_kind_to_text(cases[i].kind));
		if (!ok(strstr(refusal.text, cases[i].want), "says so"))
			printf("# %s\n", refusal.text);
	}
}

static void test_tokens(void)
{
	struct exchange_answer good = answer(200, "{\"access_token\": \"t\", \"expires_in\": 60}");
	struct exchange_answer pending = answer(400, "{\"error\": \"authorization_pending\"}");
	struct exchange_answer slower = answer(400, "{\"error\": \"slow_down\"}");
	struct exchange_answer declined = answer(400, "{\"error\": \"authorization_declined\"}");
	struct exchange_answer late = { .failure = EXCHANGE_SLOW };
	struct exchange_answer away = { .failure = EXCHANGE_NO_CONNECT };
	struct exchange_answer odd = answer(200, "[]");
	struct exchange_answer code = answer(200, "{\"device_code\": \"d\", \"user_code\": \"U\","
						  " \"verification_uri\": \"https://x\"}");
	struct sign_in_token token;
	struct sign_in_code got;
	struct refusal refusal;

	is_number(sign_in_read_token(&good, 1000, &token, &refusal), 0, "a token");
	is_string(token.bearer, "Authorization: Bearer t", "as a header");
	is_number(token.expires, 1060, "with its end");
	secret_free(token.bearer);
	is_number(sign_in_read_token(&odd, 0, &token, &refusal), -1, "no token");
	is_number(sign_in_judge_poll(&good), SIGN_IN_DONE, "done");
	is_number(sign_in_judge_poll(&pending), SIGN_IN_WAIT, "not yet");
	is_number(sign_in_judge_poll(&slower), SIGN_IN_SLOWER, "slower");
	is_number(sign_in_judge_poll(&declined), SIGN_IN_OVER, "declined");
	is_number(sign_in_judge_poll(&late), SIGN_IN_SLOWER, "no answer in time");
	is_number(sign_in_judge_poll(&away), SIGN_IN_OVER, "no server any more");
	is_number(sign_in_read_code(&code, &got, &refusal), 0, "a code");
	is_number(got.interval, 5, "asked for every five seconds unless told");
	is_number(got.lasts, 900, "for a quarter of an hour");
	free(got.device_code);
	is_number(sign_in_read_code(&odd, &got, &refusal), -1, "no code");
}

static void test_forms(void)
{
	static char client[] = "c-1";
	const struct source source = { .client = client };
	char *form = sign_in_secret_form(&source, "https://g", "a&b=");

	is_string(form,
		  "client_id=c-1&scope=https%3A%2F%2Fg%2F.default&client_secret=a%26b%3D&"
		  "grant_type=client_credentials",
		  "a secret cannot become a field");
	secret_free(form);
	form = sign_in_poll_form(&source, "d");
	ok(form && strstr(form, "device_code=d") && strstr(form, "grant_type=urn%3Aietf"),
	   "a poll");
	secret_free(form);
}

/* A key with a certificate of its own, as PEM. */
static char *make_pem(int bits)
{
	EVP_PKEY *key = EVP_RSA_gen((unsigned)bits);
	X509 *certificate = X509_new();
	BIO *bio = BIO_new(BIO_s_mem());
	char *bytes, *pem;
	long size;

	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
	X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
	X509_set_pubkey(certificate, key);
	X509_sign(certificate, key, EVP_sha256());
	PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL);
	PEM_write_bio_X509(bio, certificate);
	size = BIO_get_mem_data(bio, &bytes);
	pem = strndup(bytes, (size_t)size);
	BIO_free(bio);
	X509_free(certificate);
	EVP_PKEY_free(key);
	return pem;
}

/* Whether the last part of JWT is the signature of the rest by the key in PEM. */
static bool is_signed(const char *jwt, const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
	EVP_MD_CTX *checking = EVP_MD_CTX_new();
	EVP_PKEY_CTX *padding;
	const char *dot = strrchr(jwt, '.');
	char text[512];
	unsigned char *signature;
	size_t size, length;
	bool good;

	length = (size_t)snprintf(text, sizeof text, "%s", dot + 1);
	for (char *c = text; *c; c++)
		*c = *c == '-' ? '+' : *c == '_' ? '/' : *c;
	while (length % 4 != 0)
		text[length++] = '=';
	text[length] = '\0';
	good = base64_parse(text, &signature, &size) == 0;
	EVP_DigestVerifyInit(checking, &padding, EVP_sha256(), NULL, key);
	EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
	EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, 32);
	good = good && EVP_DigestVerify(checking, signature, size, (const unsigned char *)jwt,
					(size_t)(dot - jwt)) == 1;
	free(signature);
	EVP_MD_CTX_free(checking);
	EVP_PKEY_free(key);
	BIO_free(bio);
	return good;
}

static void test_assertion(void)
{
	char *pem = make_pem(2048), *weak = make_pem(1024), *jwt;
	struct assertion_key *key;
	const char *why;

	is_number(assertion_key_read(pem, strlen(pem), &key, &why), 0, "a key is read");
	is_number((long long)strlen(assertion_thumbprint(key)), 43, "with a thumbprint of SHA-256");
	jwt = assertion_sign(key, "{\"alg\":\"PS256\"}", "{}");
	ok(jwt && strncmp(jwt, "eyJhbGciOiJQUzI1NiJ9.e30.", 25) == 0, "header and claims");
	ok(is_signed(jwt, pem), "signed by RSA-PSS");
	jwt[3] ^= 1;
	ok(!is_signed(jwt, pem), "and by nothing else");
	free(jwt);
	assertion_key_free(key);
	is_number(assertion_key_read(weak, strlen(weak), &key, &why), -EINVAL, "a weak key");
	ok(strstr(why, "2048"), "why is said");
	is_number(assertion_key_read("", 0, &key, &why), -EINVAL, "no key");
	strstr(pem, "-----BEGIN CERT")[0] = 'x';
	is_number(assertion_key_read(pem, strlen(pem), &key, &why), -EINVAL, "no certificate");
	free(pem);
	free(weak);
}

static void test_profiles(void)
{
	json_t *page = json_loads("{\"value\": [{\"id\": \"a_b\", \"displayName\": \"X\"},"
				  "{\"id\": \"a_c\", \"displayName\": \"Y\","
				  " \"requiresUserAuthentication\": true}]}",
				  0, NULL);
	json_t *evil = json_loads("{\"id\": \"../x\", \"intuneAccountId\": \"a/b\"}", 0, NULL);
	struct enrollment_profile found = { .id = "" };
	char id[ENROLLMENT_ID_MAX + 1];
	struct refusal refusal;
	unsigned count = 0;
	unsigned char *bytes;
	size_t size;

	is_number(enrollment_find(page, "Y", &found, &count), 0, "a list");
	is_number(count, 1, "has it once");
	is_string(found.id, "a_c", "its id");
	ok(found.user_affinity, "it asks for a user");
	is_number(enrollment_find(evil, "Y", &found, &count), -1, "no list");
	is_number(enrollment_read_profile(evil, &found), -1, "an id that would leave its path");
	is_number(enrollment_read_account(evil, id), -1, "an account that would");
	is_number(enrollment_read_export(page, &bytes, &size, &refusal), -1, "no export");
	json_decref(page);
	json_decref(evil);
	is_text(enrollment_export_path("a", "a_b"),
		"/beta/deviceManagement/depOnboardingSettings/a/enrollmentProfiles/a_b/"
		"exportMobileConfig");
}

/* Findings of RESTRICTION in a policy of PRIORITY. */
static void finds(const char *text, int count, const char *level)
{
	struct findings findings = { .count = 0 };
	json_t *json = json_loads(text, 0, NULL);

	preflight_restrictions(json, &findings);
	is_number((long long)findings.count, count, text);
	if (count > 0)
		is_string(finding_level_to_text(findings.list[0].level), level, level);
	json_decref(json);
}

static void test_preflight(void)
{
	char topic[CLEAN_MAX + 1];
	struct findings findings = { .count = 0 };
	json_t *json = json_loads("{\"expirationDateTime\": \"2026-12-01T00:00:00Z\","
				  "\"topicIdentifier\": \"com.apple.mgmt.x\"}",
				  0, NULL);

	preflight_push(json, 1796083200 - 86400, &findings, topic);
	is_string(topic, "com.apple.mgmt.x", "the topic");
	is_string(finding_level_to_text(findings.list[0].level), "warning", "a day before");
	preflight_push(json, 1796083200, &findings, topic);
	is_string(finding_level_to_text(findings.list[1].level), "error", "on the second");
	ok(findings_have_error(&findings), "an error is one");
	preflight_push(json, 1796083200 - 40LL * 86400, &findings, topic);
	is_number((long long)findings.count, 2, "long before: nothing");
	json_decref(json);

	finds("{\"value\": []}", 0, "");
	finds("{\"value\": [{\"priority\": 0, \"iosRestriction\": {\"platformBlocked\": false}}]}",
	      0, "");
	finds("{\"value\": [{\"priority\": 0, \"iosRestriction\": {\"platformBlocked\": true}}]}",
	      1, "error");
	finds("{\"value\": [{\"priority\": 2, \"macOSRestriction\": {\"platformBlocked\": true}}]}",
	      1, "warning");
	finds("{\"value\": [{\"priority\": 2, \"platformType\": \"ios\","
	      " \"platformRestriction\": {\"platformBlocked\": false}}]}",
	      1, "warning");
	finds("{\"value\": [{\"priority\": 2, \"platformType\": \"android\","
	      " \"platformRestriction\": {\"platformBlocked\": true}}]}",
	      0, "");
	finds("{\"value\": [{\"priority\": 0, \"iosRestriction\": {\"osMinimumVersion\": \"16\"}}]}",
	      1, "note");
}

static void count_refused(const char *serial, void *userdata)
{
	(void)serial;
	++*(unsigned *)userdata;
}

static void test_serials(void)
{
	struct serial serials[2];
	json_t *body, *reply = json_loads("{\"value\": [{\"status\": true}, {\"status\": false},"
					  " {}]}",
					  0, NULL);
	unsigned taken = 0, refused = 0;

	is_number(serial_set(&serials[0], "f2lxxxxxxxxx", "a"), 0, "a serial number");
	is_string(serials[0].number, "F2LXXXXXXXXX", "in capitals");
	is_number(serial_set(&serials[1], "SHORT", ""), -EINVAL, "too short");
	is_number(serial_set(&serials[1], "F2L.XXXXXXXX", ""), -EINVAL, "a period");
	body = serials_import_body(serials, 1, "a_b", "ios");
	is_string(reply_text(
			  json_array_get(json_object_get(body, "importedAppleDeviceIdentities"), 0),
			  "requestedEnrollmentProfileId"),
		  "b", "the profile's own part of the id");
	json_decref(body);
	is_number(serials_read_import(reply, &taken, count_refused, &refused), 0, "an answer");
	is_number(taken, 1, "taken");
	is_number(refused, 2, "not taken");
	json_decref(reply);
}

static void test_managed(void)
{
	struct managed managed = { .id = "" };
	json_t *json = json_loads(
		"{\"value\": [{\"id\": \"new\", \"serialNumber\": \"S\", \"enrolledDateTime\":"
		" \"2026-11-23T10:00:00Z\"}, {\"id\": \"old\", \"serialNumber\": \"S\","
		" \"enrolledDateTime\": \"0001-01-01T00:00:00Z\"}, {\"id\": \"other\","
		" \"serialNumber\": \"T\", \"enrolledDateTime\": \"2027-01-01T00:00:00Z\"}]}",
		0, NULL);
	char *path = managed_path("A'B");

	ok(strstr(path, "serialNumber%20eq%20%27A%27%27B%27&$select="), "a quote stays a quote");
	free(path);
	is_number(managed_read(json, "S", &managed), 0, "a list");
	is_string(managed.id, "new", "the newest of this device");
	ok(managed_proves(&managed, managed.enrolled - 60), "enrolled after its job began");
	ok(managed_proves(&managed, managed.enrolled + 60), "clocks may differ");
	ok(!managed_proves(&managed, managed.enrolled + 3600), "an older record proves nothing");
	json_decref(json);
}

int main(void)
{
	test_texts();
	test_refusals();
	test_tokens();
	test_forms();
	test_assertion();
	test_profiles();
	test_preflight();
	test_serials();
	test_managed();
	return tap_done();
}
