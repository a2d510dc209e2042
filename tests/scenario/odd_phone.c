/* SPDX-License-Identifier: Apache-2.0 */
/* A usbmuxd with one device that answers wrong in one way, for the worker's tests. */
#include "tests/scenario/odd_phone.h"

#include <endian.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char usage[] =
	"Usage: odd-phone SOCKET LOG ODDITY\n"
	"Says 'ready' on stdout, and writes each request it gets to LOG. ODDITY is one of\n"
	"  none             nothing is odd\n"
	"  mux-mute         ReadPairRecord is answered with a closed connection\n"
	"  mux-refuses      ReadPairRecord is answered with another number than \"not found\"\n"
	"  clear-session    EnableSessionSSL is false\n"
	"  garbage-session  ClientHello on lockdown is answered with garbage\n"
	"  garbage-service  ClientHello on a service is answered with garbage\n"
	"  clear-service    services have no TLS\n"
	"  no-port          StartService gives no port\n"
	"  hang-up          the connection closes when TLS stands\n"
	"  forgets          the device forgets a host once it has trusted it\n"
	"  empty-record     the pair record has no bytes, until one is saved\n"
	"  drops            the first Pair is answered with a closed connection\n"
	"  no-bag           Pair is answered without an escrow bag\n"
	"  huge             an answer says that it is 4 GiB long\n"
	"  deep             an answer is nested 100000 levels deep\n"
	"  bomb             an answer of 135 bytes unfolds to a gigabyte\n"
	"  no-value         GetValue is answered without a value\n"
	"  number-version   ProductVersion is a number\n"
	"  short-version    ProductVersion is \"17\"\n"
	"  old-version      ProductVersion is \"6.1\"\n"
	"  text-values      all values are a text\n"
	"  number-udid      UniqueDeviceID is a number\n"
	"  other-udid       UniqueDeviceID is another's\n"
	"  odd-udid         UniqueDeviceID is no UDID\n"
	"  no-udid          there is no UniqueDeviceID\n"
	"  no-key           there is no DevicePublicKey\n"
	"  bad-key          DevicePublicKey is garbage\n";

/* usbmux: messages are a header of four numbers and a property list. */

static void put_mux(struct wire *wire, uint32_t tag, plist_t reply)
{
	char *xml = NULL;
	uint32_t len = 0, header[4];

	plist_to_xml(reply, &xml, &len);
	memcpy(header, (uint32_t[]){ htole32(16 + len), htole32(1), htole32(8), htole32(tag) },
	       sizeof header);
	put_bytes(wire, header, sizeof header);
	put_bytes(wire, xml, len);
	free(xml);
	plist_free(reply);
}

static plist_t result(uint64_t number)
{
	plist_t reply = plist_new_dict();

	plist_dict_set_item(reply, "MessageType", plist_new_string("Result"));
	plist_dict_set_item(reply, "Number", plist_new_uint(number));
	return reply;
}

static plist_t device_list(void)
{
	plist_t list = plist_new_array(), entry = plist_new_dict(), properties = plist_new_dict();
	plist_t reply = plist_new_dict();

	plist_dict_set_item(properties, "ConnectionType", plist_new_string("USB"));
	plist_dict_set_item(properties, "DeviceID", plist_new_uint(1));
	plist_dict_set_item(properties, "ProductID", plist_new_uint(0x12ab));
	plist_dict_set_item(properties, "SerialNumber", plist_new_string(ODD_UDID));
	plist_dict_set_item(entry, "DeviceID", plist_new_uint(1));
	plist_dict_set_item(entry, "MessageType", plist_new_string("Attached"));
	plist_dict_set_item(entry, "Properties", properties);
	plist_array_append_item(list, entry);
	plist_dict_set_item(reply, "DeviceList", list);
	return reply;
}

static plist_t read_record(struct wire *wire)
{
	plist_t reply;

	if (odd(wire, "mux-mute"))
		_exit(0);
	if (odd(wire, "mux-refuses"))
		return result(22);
	if (wire->phone->memory->record_len == 0 && !odd(wire, "empty-record"))
		return result(2);
	reply = plist_new_dict();
	plist_dict_set_item(
		reply, "PairRecordData",
		plist_new_data(wire->phone->memory->record, wire->phone->memory->record_len));
	return reply;
}

static void save_record(struct wire *wire, plist_t request)
{
	plist_t record = plist_dict_get_item(request, "PairRecordData");
	uint64_t len = 0;
	const char *bytes = record ? plist_get_data_ptr(record, &len) : NULL;

	if (!bytes || len > sizeof wire->phone->memory->record)
		_exit(0);
	memcpy(wire->phone->memory->record, bytes, len);
	wire->phone->memory->record_len = len;
}

static plist_t answer_mux(struct wire *wire, const char *verb, plist_t request)
{
	plist_t reply;

	if (strcmp(verb, "ListDevices") == 0)
		return device_list();
	if (strcmp(verb, "ReadPairRecord") == 0)
		return read_record(wire);
	if (strcmp(verb, "SavePairRecord") == 0)
		save_record(wire, request);
	if (strcmp(verb, "DeletePairRecord") == 0)
		wire->phone->memory->record_len = 0;
	if (strcmp(verb, "ReadBUID") != 0)
		return result(0);
	reply = plist_new_dict();
	plist_dict_set_item(reply, "BUID", plist_new_string("30142955-444094379208051516"));
	return reply;
}

static void mux(struct wire *wire)
{
	for (;;) {
		uint32_t header[4];
		plist_t request;
		const char *verb;
		uint64_t port = 0;

		get_bytes(wire, header, sizeof header);
		request = get_plist(wire, le32toh(header[0]) - 16);
		verb = text_of(request, "MessageType");
		if (!verb)
			_exit(0);
		if (plist_dict_get_item(request, "PortNumber"))
			plist_get_uint_val(plist_dict_get_item(request, "PortNumber"), &port);
		note(wire, "mux", verb);
		put_mux(wire, le32toh(header[3]), answer_mux(wire, verb, request));
		if (be16toh((uint16_t)port) == ODD_LOCKDOWN_PORT)
			odd_lockdown(wire);
		if (be16toh((uint16_t)port) == ODD_SERVICE_PORT)
			odd_service(wire);
		plist_free(request);
	}
}

static void make_identity(struct odd_phone *phone)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	X509 *certificate = X509_new();
	BIO *pem = BIO_new(BIO_s_mem());
	char *text;
	long len;

	X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
	X509_set_pubkey(certificate, key);
	X509_sign(certificate, key, EVP_sha256());
	phone->tls = SSL_CTX_new(TLS_server_method());
	SSL_CTX_use_certificate(phone->tls, certificate);
	SSL_CTX_use_PrivateKey(phone->tls, key);
	PEM_write_bio_PUBKEY(pem, key);
	len = BIO_get_mem_data(pem, &text);
	phone->public_key = strndup(text, (size_t)len);
}

int main(int argc, char **argv)
{
	struct odd_phone phone = { 0 };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (argc != 4 || strlen(argv[1]) >= sizeof address.sun_path) {
		fputs(usage, stderr);
		return 2;
	}
	phone.oddity = argv[3];
	phone.log_fd = open(argv[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	phone.memory = mmap(NULL, sizeof *phone.memory, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	make_identity(&phone);
	memcpy(address.sun_path, argv[1], strlen(argv[1]) + 1);
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 ||
	    listen(listener, 64) < 0)
		return 1;
	puts("ready");
	fflush(stdout);
	for (;;) {
		struct wire wire = { .phone = &phone, .fd = accept(listener, NULL, NULL) };

		if (wire.fd >= 0 && fork() == 0)
			mux(&wire);
		close(wire.fd);
	}
}
