/* SPDX-License-Identifier: Apache-2.0 */
/* Pair records: what usbmuxd keeps of a pairing, read, written and deleted through it. */
#include "device/pair_record.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <usbmuxd.h>

#include "config.h"
#include "device/ask.h"
#include "device/value.h"

/* What usbmuxd answers when it has no record: Result 2 (doc/protocol.md, "usbmux"). libusbmuxd
 * gives -1 when it could not connect, so that the two are never one. */
#define MUX_NO_RECORD (-2)
/* What libusbmuxd says of an answer that has no bytes in it: its own word, not usbmuxd's. */
#define MUX_EMPTY_RECORD 1

/* A UUID that follows from the host's key, in the form that Apple's programs write. To ask a device
 * with it again is no second question to its person. Returns 0 or -EIO. */
static int make_host_id(EVP_PKEY *key, char out[static HOST_ID_MAX])
{
	unsigned char b[EVP_MAX_MD_SIZE], *der = NULL;
	int len = i2d_PUBKEY(key, &der);
	bool hashed = len > 0 && EVP_Digest(der, (size_t)len, b, NULL, EVP_sha256(), NULL) == 1;

	OPENSSL_free(der);
	if (!hashed)
		return -EIO;
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	snprintf(out, HOST_ID_MAX,
		 "%02X%02X%02X%02X-%02X%02X-%02X%02X-%02X%02X-%02X%02X%02X%02X%02X%02X", b[0], b[1],
		 b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
		 b[15]);
	return 0;
}

static int fill(struct pair_record *record, const struct host_keys *keys, const char *wifi_address)
{
	if (wifi_address) {
		record->wifi_address = strdup(wifi_address);
		if (!record->wifi_address)
			return -ENOMEM;
	}
	record->root_key = host_key_to_pem(keys->root);
	record->host_key = host_key_to_pem(keys->host);
	if (!record->root_key || !record->host_key)
		return -ENOMEM;
	return make_host_id(keys->host, record->host_id);
}

struct fault pair_record_make(const struct host_keys *keys, const void *device_key, size_t len,
			      const char *wifi_address, struct pair_record **ret_record)
{
	struct pair_record *record = calloc(1, sizeof *record);
	int r = record ? fill(record, keys, wifi_address) : -ENOMEM;

	if (r == 0)
		r = certificates_make(keys, device_key, len, &record->certificates);
	if (r < 0) {
		pair_record_free(record);
		return r == -EINVAL
			       ? fault_new(FAULT_ANSWER_MALFORMED, "DevicePublicKey is no RSA key")
			       : fault_new(FAULT_HOST_TROUBLE, "could not make a pair record");
	}
	r = usbmuxd_read_buid(&record->system_buid);
	if (r < 0 || !record->system_buid) {
		pair_record_free(record);
		return ask_mux(r, "reading usbmuxd's own id");
	}
	*ret_record = record;
	return fault_none();
}

void pair_record_free(struct pair_record *record)
{
	if (!record)
		return;
	host_keys_free_pem(record->root_key);
	host_keys_free_pem(record->host_key);
	certificates_free(&record->certificates);
	free(record->system_buid);
	free(record->wifi_address);
	free(record);
}

static plist_t parse(const char *bytes, size_t len)
{
	plist_t plist = NULL;

#ifdef PLIST_FROM_MEMORY_HAS_FORMAT
	plist_from_memory(bytes, (uint32_t)len, &plist, NULL);
#else
	plist_from_memory(bytes, (uint32_t)len, &plist);
#endif
	return plist;
}

bool pair_record_is_whole(const char *bytes, size_t len)
{
	static const char *const parts[] = { "RootCertificate", "RootPrivateKey", "HostCertificate",
					     "HostPrivateKey" };
	plist_t record = parse(bytes, len);
	bool whole = value_raw_text(record, "HostID") != NULL;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		whole = whole && value_item(record, parts[i], PLIST_DATA) != NULL;
	plist_free(record);
	return whole;
}

struct fault pair_record_look(const struct udid *udid, enum pair_record_state *ret_state)
{
	char *bytes = NULL;
	uint32_t len = 0;
	int r;

	ask_begin();
	r = usbmuxd_read_pair_record(udid->text, &bytes, &len);
	if (r == 0 && bytes)
		*ret_state =
			pair_record_is_whole(bytes, len) ? PAIR_RECORD_KEPT : PAIR_RECORD_BROKEN;
	if (bytes)
		OPENSSL_cleanse(bytes, len);
	free(bytes);
	if (r == MUX_EMPTY_RECORD)
		*ret_state = PAIR_RECORD_BROKEN;
	else if (r == MUX_NO_RECORD)
		*ret_state = PAIR_RECORD_NONE;
	else if (r != 0)
		return ask_mux(r, "asking usbmuxd for the pair record");
	return fault_none();
}

static void put_data(plist_t dict, const char *key, const char *text)
{
	plist_dict_set_item(dict, key, plist_new_data(text, strlen(text)));
}

static plist_t to_plist(const struct pair_record *record, const void *escrow_bag, size_t len)
{
	plist_t dict = plist_new_dict();

	put_data(dict, "DeviceCertificate", record->certificates.device);
	put_data(dict, "HostCertificate", record->certificates.host);
	put_data(dict, "RootCertificate", record->certificates.root);
	put_data(dict, "HostPrivateKey", record->host_key);
	put_data(dict, "RootPrivateKey", record->root_key);
	plist_dict_set_item(dict, "HostID", plist_new_string(record->host_id));
	plist_dict_set_item(dict, "SystemBUID", plist_new_string(record->system_buid));
	plist_dict_set_item(dict, "EscrowBag", plist_new_data(escrow_bag, len));
	if (record->wifi_address)
		plist_dict_set_item(dict, "WiFiMACAddress", plist_new_string(record->wifi_address));
	return dict;
}

struct fault pair_record_save(const struct pair_record *record, const void *escrow_bag, size_t len,
			      const struct udid *udid, uint32_t handle)
{
	plist_t dict = to_plist(record, escrow_bag, len);
	char *xml = NULL;
	uint32_t size = 0;
	int r = -ENOMEM;
	struct fault fault;

	plist_to_xml(dict, &xml, &size);
	plist_free(dict);
	if (xml) {
		ask_begin();
		r = usbmuxd_save_pair_record_with_device_id(udid->text, handle, xml, size);
		OPENSSL_cleanse(xml, size);
	}
	free(xml);
	if (r == 0)
		return fault_none();
	fault = ask_mux(r, "giving the pair record to usbmuxd");
	/* The person has tapped Trust for it; another try would ask for that again. */
	fault.kind = FAULT_RECORD_UNSAVED;
	return fault;
}

struct fault pair_record_delete(const struct udid *udid)
{
	int r;

	ask_begin();
	r = usbmuxd_delete_pair_record(udid->text);
	return r == 0 || r == MUX_NO_RECORD ? fault_none() : ask_mux(r, "deleting the pair record");
}
