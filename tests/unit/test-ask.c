/* SPDX-License-Identifier: Apache-2.0 */
/* Every code of the device libraries becomes a named fault that keeps its number. */
#include "device/ask.h"

#include <errno.h>
#include <openssl/err.h>
#include <string.h>

#include "tests/unit/tap.h"

/* The kind by the name that its fault has in the ledger. */
struct row {
	int code;
	const char *fault;
};

static const struct row lockdown[] = {
	{ -1, "host-trouble" },	     { -2, "record-unusable" },	   { -3, "answer-malformed" },
	{ -4, "pairing-refused" },   { -5, "tls-failed" },	   { -6, "answer-malformed" },
	{ -7, "answer-late" },	     { -8, "link-lost" },	   { -9, "host-trouble" },
	{ -10, "answer-malformed" }, { -11, "request-refused" },   { -12, "answer-missing" },
	{ -13, "request-refused" },  { -14, "request-refused" },   { -15, "request-refused" },
	{ -16, "request-refused" },  { -17, "passcode-locked" },   { -18, "trust-denied" },
	{ -19, "trust-missed" },     { -20, "record-unusable" },   { -21, "record-unusable" },
	{ -22, "link-lost" },	     { -23, "link-lost" },	   { -24, "link-lost" },
	{ -25, "link-lost" },	     { -26, "service-missing" },   { -27, "service-missing" },
	{ -28, "service-busy" },     { -29, "pairing-refused" },   { -30, "pairing-refused" },
	{ -31, "pairing-refused" },  { -32, "request-refused" },   { -33, "request-refused" },
	{ -34, "request-refused" },  { -35, "passcode-locked" },   { -36, "pairing-forbidden" },
	{ -37, "request-refused" },  { -38, "pairing-forbidden" }, { -39, "pairing-forbidden" },
	{ -256, "link-lost" },	     { -40, "answer-malformed" },  { -257, "answer-malformed" },
	{ 1, "answer-malformed" },
};

static const struct row device[] = {
	{ -1, "host-trouble" }, { -2, "link-lost" },	     { -3, "link-lost" },
	{ -4, "link-lost" },	{ -5, "answer-malformed" },  { -6, "tls-failed" },
	{ -7, "answer-late" },	{ -99, "answer-malformed" },
};

static const struct row service[] = {
	{ -1, "host-trouble" }, { -2, "answer-malformed" },  { -3, "link-lost" },
	{ -4, "tls-failed" },	{ -5, "answer-late" },	     { -6, "link-lost" },
	{ -256, "link-lost" },	{ -99, "answer-malformed" },
};

static void check(const struct fault *fault, const struct row *row, const char *domain)
{
	ok(strcmp(fault_name(fault->kind), row->fault) == 0 && fault->code == row->code &&
		   strcmp(fault->domain, domain) == 0 && strcmp(fault->text, "a b") == 0,
	   "%s %d is %s", domain, row->code, row->fault);
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void test_tables(void)
{
	struct fault fault;

	for (size_t i = 0; i < COUNT(lockdown); i++) {
		fault = ask_lockdown((lockdownd_error_t)lockdown[i].code, "a\nb");
		check(&fault, &lockdown[i], "lockdownd");
	}
	for (size_t i = 0; i < COUNT(device); i++) {
		fault = ask_device((idevice_error_t)device[i].code, "a\nb");
		check(&fault, &device[i], "idevice");
	}
	for (size_t i = 0; i < COUNT(service); i++) {
		fault = ask_service((property_list_service_error_t)service[i].code, "a\nb");
		check(&fault, &service[i], "property_list_service");
	}
	fault = ask_mux(-104, "a\nb");
	check(&fault, &(struct row){ -104, "host-trouble" }, "usbmuxd");
}

/* The encryption stood: what breaks is the connection. */
static void test_private(void)
{
	struct fault fault = ask_of_private(ask_lockdown(LOCKDOWN_E_SSL_ERROR, "GetValue"));

	is_string(fault_name(fault.kind), "link-lost",
		  "a failure of TLS in a session is a lost link");
	is_number(fault.code, LOCKDOWN_E_SSL_ERROR, "with its number");
	fault = ask_of_private(ask_lockdown(LOCKDOWN_E_RECEIVE_TIMEOUT, "GetValue"));
	is_string(fault_name(fault.kind), "answer-late", "what is late stays late");
	fault = ask_of_private(fault_none());
	ok(!fault_is_set(&fault), "no fault stays none");
}

/* The libraries say "unknown" of an answer that they have no memory for. */
static void test_too_long(void)
{
	struct fault fault;

	ask_begin();
	errno = ENOMEM;
	fault = ask_lockdown(LOCKDOWN_E_UNKNOWN_ERROR, "GetValue");
	is_string(fault_name(fault.kind), "answer-malformed", "an answer that is too long is none");
	errno = ENOMEM;
	fault = ask_lockdown(LOCKDOWN_E_RECEIVE_TIMEOUT, "GetValue");
	is_string(fault_name(fault.kind), "answer-late", "and what is late stays late");
	ask_begin();
}

static void test_success(void)
{
	struct fault fault = ask_lockdown(LOCKDOWN_E_SUCCESS, "x");

	ok(!fault_is_set(&fault) && fault.text[0] == '\0', "success of lockdown is no fault");
	fault = ask_device(IDEVICE_E_SUCCESS, "x");
	ok(!fault_is_set(&fault), "success of a device is no fault");
	fault = ask_service(PROPERTY_LIST_SERVICE_E_SUCCESS, "x");
	ok(!fault_is_set(&fault), "success of a service is no fault");
}

static void test_connection(void)
{
	struct fault fault = ask_lockdown(LOCKDOWN_E_MUX_ERROR, "x");

	ok(ask_breaks_connection(&fault), "a lost link breaks the connection");
	fault = ask_lockdown(LOCKDOWN_E_PLIST_ERROR, "x");
	ok(ask_breaks_connection(&fault), "a malformed answer breaks it");
	fault = ask_lockdown(LOCKDOWN_E_RECEIVE_TIMEOUT, "x");
	ok(ask_breaks_connection(&fault), "a late answer breaks it");
	fault = ask_lockdown(LOCKDOWN_E_GET_PROHIBITED, "x");
	ok(!ask_breaks_connection(&fault), "a refusal does not");
	fault = fault_none();
	ok(!ask_breaks_connection(&fault), "nor does success");
}

static void test_begin(void)
{
	ERR_raise(ERR_LIB_USER, ERR_R_INTERNAL_ERROR);
	errno = EAGAIN;
	ask_begin();
	ok(ERR_peek_error() == 0, "an old error of OpenSSL is forgotten before a call");
	is_number(errno, 0, "so is an old errno");
}

int main(void)
{
	test_tables();
	test_private();
	test_too_long();
	test_success();
	test_connection();
	test_begin();
	return tap_done();
}
