/* SPDX-License-Identifier: Apache-2.0 */
/* The certificates and the record of a pairing are what a device wants. */
#include "device/certificate.h"

#include <errno.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device/pair_record.h"
#include "tests/unit/tap.h"

static char *public_pem(EVP_PKEY *key)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *text, *pem;
	long len;

	PEM_write_bio_PUBKEY(bio, key);
	len = BIO_get_mem_data(bio, &text);
	pem = strndup(text, (size_t)len);
	BIO_free(bio);
	return pem;
}

static X509 *read_certificate(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);

	BIO_free(bio);
	return certificate;
}

static void check_leaf(X509 *root, X509 *leaf, const char *who)
{
	ok(X509_check_ca(leaf) == 0, "%s's certificate is no CA", who);
	is_number(X509_get_key_usage(leaf), KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT,
		  "it may sign and encipher keys");
	ok(X509_verify(leaf, X509_get0_pubkey(root)) == 1, "it is signed by the root key");
	is_number(X509_get_signature_nid(leaf), NID_sha256WithRSAEncryption, "with SHA-256");
	is_number(X509_NAME_entry_count(X509_get_subject_name(leaf)), 0, "its name is empty");
	is_number(X509_get_extension_flags(leaf) & EXFLAG_INVALID, 0, "its extensions are sound");
}

static void test_certificates(const struct host_keys *keys, EVP_PKEY *device_key, const char *pem)
{
	struct certificates made = { 0 };
	X509 *root, *host, *device;
	int days, seconds;

	if (!ok(certificates_make(keys, pem, strlen(pem), &made) == 0, "certificates are made"))
		return;
	root = read_certificate(made.root);
	host = read_certificate(made.host);
	device = read_certificate(made.device);
	ok(X509_check_ca(root) == 1, "the root certificate is a CA");
	ok(X509_verify(root, keys->root) == 1, "it is signed by itself");
	check_leaf(root, host, "the host");
	check_leaf(root, device, "the device");
	ok(EVP_PKEY_eq(X509_get0_pubkey(root), keys->root) == 1, "the root key is in the root's");
	ok(EVP_PKEY_eq(X509_get0_pubkey(host), keys->host) == 1, "the host key is in the host's");
	ok(EVP_PKEY_eq(X509_get0_pubkey(device), device_key) == 1, "the device's is in its own");
	is_number(ASN1_INTEGER_get(X509_get0_serialNumber(root)), 1, "the root's serial is not 0");
	ok(ASN1_INTEGER_get(X509_get0_serialNumber(host)) > 1 &&
		   ASN1_INTEGER_cmp(X509_get0_serialNumber(host), X509_get0_serialNumber(device)) <
			   0,
	   "and no other has the same");
	ok(X509_get0_subject_key_id(device) != NULL, "which has a subject key identifier");
	ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(device));
	ok(days > 3600, "they are good for ten years");
	ok(X509_cmp_current_time(X509_get0_notBefore(device)) < 0, "beginning before now");
	X509_free(root);
	X509_free(host);
	X509_free(device);
	certificates_free(&made);
	ok(made.root == NULL, "freed certificates are gone");
}

static void test_bad_keys(const struct host_keys *keys)
{
	struct certificates made = { 0 };
	EVP_PKEY *small = EVP_RSA_gen(512), *curve = EVP_EC_gen("P-256");
	char *small_pem = public_pem(small), *curve_pem = public_pem(curve);
	char long_text[DEVICE_KEY_PEM_MAX + 2] = { 0 };

	memset(long_text, 'A', sizeof long_text - 1);
	is_number(certificates_make(keys, "", 0, &made), -EINVAL, "no device key is refused");
	is_number(certificates_make(keys, "garbage", 7, &made), -EINVAL, "garbage is refused");
	is_number(certificates_make(keys, small_pem, strlen(small_pem), &made), -EINVAL,
		  "a key of 512 bits is refused");
	is_number(certificates_make(keys, curve_pem, strlen(curve_pem), &made), -EINVAL,
		  "another sort of key is refused");
	is_number(certificates_make(keys, long_text, sizeof long_text, &made), -EINVAL,
		  "a longer text than a key can have is refused");
	ok(made.root == NULL, "and nothing is made");
	free(small_pem);
	free(curve_pem);
	EVP_PKEY_free(small);
	EVP_PKEY_free(curve);
}

/* A set read later makes what it made before, to the byte. */
static void check_same_offer(int fd, const struct host_keys *keys, const char *device_pem)
{
	struct certificates before = { 0 }, after = { 0 };
	struct host_keys later = { 0 };

	ok(host_keys_read(fd, &later) == 0 && later.made == keys->made && keys->made > 0,
	   "a set knows when it was made");
	ok(certificates_make(keys, device_pem, strlen(device_pem), &before) == 0 &&
		   certificates_make(&later, device_pem, strlen(device_pem), &after) == 0 &&
		   strcmp(before.root, after.root) == 0 && strcmp(before.host, after.host) == 0 &&
		   strcmp(before.device, after.device) == 0,
	   "and makes the same certificates each time");
	certificates_free(&before);
	certificates_free(&after);
	host_keys_free(&later);
}

static void test_key_file(const struct host_keys *keys, const char *device_pem)
{
	struct host_keys again = { 0 };
	FILE *file = tmpfile();
	char text[64] = { 0 };
	char *pem = host_key_to_pem(keys->root);

	is_number(host_keys_write(fileno(file), keys), 0, "a set is written");
	ok(pread(fileno(file), text, 31, 0) == 31, "to a file");
	is_string(text, "-----BEGIN RSA PRIVATE KEY-----", "in the form that all read");
	lseek(fileno(file), 5, SEEK_SET);
	is_number(host_keys_read(fileno(file), &again), 0, "and read, from its start");
	ok(EVP_PKEY_eq(again.root, keys->root) == 1 && EVP_PKEY_eq(again.host, keys->host) == 1,
	   "as the same keys");
	check_same_offer(fileno(file), &again, device_pem);
	host_keys_free(&again);
	is_number(ftruncate(fileno(file), 2000), 0, "cut short");
	is_number(host_keys_read(fileno(file), &again), -EINVAL, "a set is refused");
	ok(again.root == NULL, "and nothing kept of it");
	is_number(ftruncate(fileno(file), 1 << 20), 0, "made long");
	is_number(host_keys_read(fileno(file), &again), -EINVAL, "it is refused too");
	is_number(host_keys_read(-1, &again), -EBADF, "no file is no set");
	host_keys_free_pem(pem);
	host_keys_free_pem(NULL);
	fclose(file);
}

static bool whole_without(const char *key)
{
	static const char *const parts[] = { "RootCertificate", "RootPrivateKey", "HostCertificate",
					     "HostPrivateKey" };
	plist_t record = plist_new_dict();
	char *xml = NULL;
	uint32_t len = 0;
	bool whole;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		plist_dict_set_item(record, parts[i], plist_new_data("x", 1));
	plist_dict_set_item(record, "HostID", plist_new_string("ID"));
	if (key)
		plist_dict_remove_item(record, key);
	plist_to_xml(record, &xml, &len);
	plist_free(record);
	whole = pair_record_is_whole(xml, len);
	free(xml);
	return whole;
}

static void test_record(void)
{
	ok(whole_without(NULL), "a record with all its parts is whole");
	ok(!whole_without("HostID"), "without a HostID it is not");
	ok(!whole_without("RootPrivateKey"), "nor without a key");
	ok(!whole_without("HostCertificate"), "nor without a certificate");
	ok(!pair_record_is_whole("garbage", 7), "garbage is no record");
	ok(!pair_record_is_whole("", 0), "nothing is none");
}

int main(void)
{
	struct host_keys keys = { 0 };
	EVP_PKEY *device_key = EVP_RSA_gen(1024);
	char *pem = public_pem(device_key);

	is_number(host_keys_make(&keys), 0, "keys are made");
	ok(EVP_PKEY_eq(keys.root, keys.host) == 0, "two different ones");
	test_certificates(&keys, device_key, pem);
	test_bad_keys(&keys);
	test_key_file(&keys, pem);
	test_record();
	free(pem);
	EVP_PKEY_free(device_key);
	host_keys_free(&keys);
	return tap_done();
}
