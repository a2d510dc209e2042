/* SPDX-License-Identifier: Apache-2.0 */
/* What the device libraries' codes mean: the one place that turns them into faults. */
#include "device/ask.h"

#include <errno.h>
#include <openssl/err.h>
#include <stddef.h>
#include <stdio.h>

struct meaning {
	int code;
	enum fault_kind kind;
};

static const struct meaning lockdown_meanings[] = {
	{ LOCKDOWN_E_INVALID_ARG, FAULT_HOST_TROUBLE },
	{ LOCKDOWN_E_INVALID_CONF, FAULT_RECORD_UNUSABLE },
	{ LOCKDOWN_E_PLIST_ERROR, FAULT_ANSWER_MALFORMED },
	{ LOCKDOWN_E_PAIRING_FAILED, FAULT_PAIRING_REFUSED },
	{ LOCKDOWN_E_SSL_ERROR, FAULT_TLS_FAILED },
	{ LOCKDOWN_E_DICT_ERROR, FAULT_ANSWER_MALFORMED },
	{ LOCKDOWN_E_RECEIVE_TIMEOUT, FAULT_ANSWER_LATE },
	{ LOCKDOWN_E_MUX_ERROR, FAULT_LINK_LOST },
	{ LOCKDOWN_E_NO_RUNNING_SESSION, FAULT_HOST_TROUBLE },
	{ LOCKDOWN_E_INVALID_RESPONSE, FAULT_ANSWER_MALFORMED },
	{ LOCKDOWN_E_MISSING_KEY, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_MISSING_VALUE, FAULT_ANSWER_MISSING },
	{ LOCKDOWN_E_GET_PROHIBITED, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_SET_PROHIBITED, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_REMOVE_PROHIBITED, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_IMMUTABLE_VALUE, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_PASSWORD_PROTECTED, FAULT_PASSCODE_LOCKED },
	{ LOCKDOWN_E_USER_DENIED_PAIRING, FAULT_TRUST_DENIED },
	{ LOCKDOWN_E_PAIRING_DIALOG_RESPONSE_PENDING, FAULT_TRUST_MISSED },
	{ LOCKDOWN_E_MISSING_HOST_ID, FAULT_RECORD_UNUSABLE },
	{ LOCKDOWN_E_INVALID_HOST_ID, FAULT_RECORD_UNUSABLE },
	/* The device has lost count of the session; a new connection begins a new one. */
	{ LOCKDOWN_E_SESSION_ACTIVE, FAULT_LINK_LOST },
	{ LOCKDOWN_E_SESSION_INACTIVE, FAULT_LINK_LOST },
	{ LOCKDOWN_E_MISSING_SESSION_ID, FAULT_LINK_LOST },
	{ LOCKDOWN_E_INVALID_SESSION_ID, FAULT_LINK_LOST },
	{ LOCKDOWN_E_MISSING_SERVICE, FAULT_SERVICE_MISSING },
	{ LOCKDOWN_E_INVALID_SERVICE, FAULT_SERVICE_MISSING },
	{ LOCKDOWN_E_SERVICE_LIMIT, FAULT_SERVICE_BUSY },
	{ LOCKDOWN_E_MISSING_PAIR_RECORD, FAULT_PAIRING_REFUSED },
	{ LOCKDOWN_E_SAVE_PAIR_RECORD_FAILED, FAULT_PAIRING_REFUSED },
	{ LOCKDOWN_E_INVALID_PAIR_RECORD, FAULT_PAIRING_REFUSED },
	{ LOCKDOWN_E_INVALID_ACTIVATION_RECORD, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_MISSING_ACTIVATION_RECORD, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_SERVICE_PROHIBITED, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_ESCROW_LOCKED, FAULT_PASSCODE_LOCKED },
	{ LOCKDOWN_E_PAIRING_PROHIBITED_OVER_THIS_CONNECTION, FAULT_PAIRING_FORBIDDEN },
	{ LOCKDOWN_E_FMIP_PROTECTED, FAULT_REQUEST_REFUSED },
	{ LOCKDOWN_E_MC_PROTECTED, FAULT_PAIRING_FORBIDDEN },
	{ LOCKDOWN_E_MC_CHALLENGE_REQUIRED, FAULT_PAIRING_FORBIDDEN },
	/* What the library says when the device closes the connection instead of an answer; and,
	 * far more seldom, for an answer with an error it does not know. */
	{ LOCKDOWN_E_UNKNOWN_ERROR, FAULT_LINK_LOST },
};

static const struct meaning device_meanings[] = {
	{ IDEVICE_E_INVALID_ARG, FAULT_HOST_TROUBLE },
	{ IDEVICE_E_UNKNOWN_ERROR, FAULT_LINK_LOST },
	{ IDEVICE_E_NO_DEVICE, FAULT_LINK_LOST },
	{ IDEVICE_E_NOT_ENOUGH_DATA, FAULT_LINK_LOST },
	{ IDEVICE_E_SSL_ERROR, FAULT_TLS_FAILED },
	{ IDEVICE_E_TIMEOUT, FAULT_ANSWER_LATE },
};

static const struct meaning service_meanings[] = {
	{ PROPERTY_LIST_SERVICE_E_INVALID_ARG, FAULT_HOST_TROUBLE },
	{ PROPERTY_LIST_SERVICE_E_PLIST_ERROR, FAULT_ANSWER_MALFORMED },
	{ PROPERTY_LIST_SERVICE_E_MUX_ERROR, FAULT_LINK_LOST },
	{ PROPERTY_LIST_SERVICE_E_SSL_ERROR, FAULT_TLS_FAILED },
	{ PROPERTY_LIST_SERVICE_E_RECEIVE_TIMEOUT, FAULT_ANSWER_LATE },
	{ PROPERTY_LIST_SERVICE_E_NOT_ENOUGH_DATA, FAULT_LINK_LOST },
	/* As for lockdown. */
	{ PROPERTY_LIST_SERVICE_E_UNKNOWN_ERROR, FAULT_LINK_LOST },
};

void ask_begin(void)
{
	ERR_clear_error();
	errno = 0;
}

#define MEANING(table, error, domain, what) \
	meaning_of(table, sizeof(table) / sizeof((table)[0]), (int)(error), domain, what)

static struct fault meaning_of(const struct meaning *table, size_t count, int code,
			       const char *domain, const char *what)
{
	struct fault fault;
	enum fault_kind kind = FAULT_ANSWER_MALFORMED;

	if (code == 0)
		return fault_none();
	for (size_t i = 0; i < count; i++)
		if (table[i].code == code)
			kind = table[i].kind;
	/* It names a length, and the memory for it is not had: no device may have as much. */
	if (kind == FAULT_LINK_LOST && errno == ENOMEM)
		kind = FAULT_ANSWER_MALFORMED;
	fault = fault_new(kind, "%s", what);
	snprintf(fault.domain, sizeof fault.domain, "%s", domain);
	fault.code = code;
	return fault;
}

struct fault ask_lockdown(lockdownd_error_t error, const char *what)
{
	return MEANING(lockdown_meanings, error, "lockdownd", what);
}

struct fault ask_device(idevice_error_t error, const char *what)
{
	return MEANING(device_meanings, error, "idevice", what);
}

struct fault ask_service(property_list_service_error_t error, const char *what)
{
	return MEANING(service_meanings, error, "property_list_service", what);
}

struct fault ask_of_private(struct fault fault)
{
	if (fault.kind == FAULT_TLS_FAILED)
		fault.kind = FAULT_LINK_LOST;
	return fault;
}

struct fault ask_mux(int result, const char *what)
{
	struct fault fault = fault_new(FAULT_HOST_TROUBLE, "%s", what);

	snprintf(fault.domain, sizeof fault.domain, "usbmuxd");
	fault.code = result;
	return fault;
}

bool ask_breaks_connection(const struct fault *fault)
{
	return fault->kind == FAULT_LINK_LOST || fault->kind == FAULT_TLS_FAILED ||
	       fault->kind == FAULT_ANSWER_LATE || fault->kind == FAULT_ANSWER_MALFORMED;
}
