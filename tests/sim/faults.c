/* SPDX-License-Identifier: Apache-2.0 */
/* Named faults: one row each, which changes the phone's set-up or adds a rule. */
#include "tests/sim/faults.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/certificate.h"
#include "tests/sim/fault_kind.h"
#include "tests/sim/mcinstall.h"
#include "tests/sim/records.h"

static int set_trust_after(const struct fault_order *order, struct phone *phone)
{
	phone->setup.trust_after = order->ms;
	return 0;
}

static int set_trust_denied(const struct fault_order *order, struct phone *phone)
{
	phone->setup.trust_denied = true;
	return set_trust_after(order, phone);
}

static int set_trust_drop(const struct fault_order *order, struct phone *phone)
{
	phone->setup.trust_drops = true;
	return set_trust_after(order, phone);
}

static int set_passcode_locked(const struct fault_order *order, struct phone *phone)
{
	phone->setup.unlock_after = order->ms;
	phone->locked = true;
	return 0;
}

static int set_approve_after(const struct fault_order *order, struct phone *phone)
{
	phone->setup.approve_after = order->ms;
	return 0;
}

static int set_slow(const struct fault_order *order, struct phone *phone)
{
	phone->setup.request_latency = order->ms;
	return 0;
}

static int set_drip(const struct fault_order *order, struct phone *phone)
{
	phone->setup.drip = order->ms;
	return 0;
}

/* REQUEST is answered with ANSWER, which is taken, and never seen by its service. */
static int answer_with(struct phone *phone, const char *request, plist_t answer, unsigned times)
{
	const struct rule_deed deed = { .action = RULE_ANSWER, .answer = answer };

	return rules_add(&phone->rules, RULE_BEFORE, request, &deed, times);
}

static plist_t text_new(const char *key, const char *text)
{
	plist_t dict = plist_new_dict();

	plist_dict_set_item(dict, key, plist_new_string(text));
	return dict;
}

static int set_profile_refused(const struct fault_order *order, struct phone *phone)
{
	return answer_with(phone, "InstallProfile", mcinstall_refusal(order->code, order->depth),
			   0);
}

static int set_lies(const struct fault_order *order, struct phone *phone)
{
	(void)order;
	return answer_with(phone, "InstallProfile", text_new("Status", "Acknowledged"), 0);
}

static int set_service_limit(const struct fault_order *order, struct phone *phone)
{
	plist_t answer = text_new("Request", "StartService");

	plist_dict_set_item(answer, "Error", plist_new_string("ServiceLimit"));
	return answer_with(phone, "StartService", answer, order->times);
}

static int set_rule(const struct fault_order *order, struct phone *phone)
{
	const struct rule_deed deed = { .action = order->kind->action,
					.spoil = order->kind->spoil,
					.away = order->ms };

	return rules_add(&phone->rules, order->kind->point, order->request, &deed, order->times);
}

static int set_handshake(const struct fault_order *order, struct phone *phone)
{
	if (order->of_services)
		phone->service_handshake = order->kind->handshake;
	else
		phone->session_handshake = order->kind->handshake;
	return 0;
}

static int set_no_tls(const struct fault_order *order, struct phone *phone)
{
	if (order->of_services)
		phone->setup.service_tls = false;
	else
		phone->setup.session_tls = false;
	return 0;
}

static int set_serial(const struct fault_order *order, struct phone *phone)
{
	phone->usb_serial = order->kind->serial;
	return 0;
}

static int set_record_refused(const struct fault_order *order, struct phone *phone)
{
	(void)order;
	phone->record_refused = true;
	return 0;
}

static int set_record_garbled(const struct fault_order *order, struct phone *phone)
{
	static const char garbage[] = "\037\213This was a pair record.\n";

	(void)order;
	return -records_save(&phone->bench->records, phone->udid, garbage, sizeof(garbage));
}

/* Some identity of the bench that is not PHONE's; NULL when OpenSSL fails. */
static const struct identity *other_identity(const struct phone *phone)
{
	const struct identity *identity = identity_pool_get(phone->bench->identities, 0);

	return identity != phone->identity ? identity
					   : identity_pool_get(phone->bench->identities, 1);
}

static int set_record_foreign(const struct fault_order *order, struct phone *phone)
{
	static const char *const certificates[] = { "DeviceCertificate", "HostCertificate",
						    "RootCertificate" };
	static const char *const keys[] = { "HostPrivateKey", "RootPrivateKey" };
	const struct identity *identity = other_identity(phone);
	plist_t record = identity ? plist_new_dict() : NULL;
	uint32_t length = 0;
	char *xml = NULL;
	char uuid[37];
	int r;

	(void)order;
	if (!record)
		return -ENOMEM;
	for (size_t i = 0; i < sizeof(certificates) / sizeof(certificates[0]); i++)
		plist_dict_set_item(record, certificates[i], identity_certificate(identity));
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		plist_dict_set_item(record, keys[i], identity_private_key(identity));
	dice_uuid(&phone->bench->dice, uuid);
	plist_dict_set_item(record, "HostID", plist_new_string(uuid));
	plist_dict_set_item(record, "SystemBUID", plist_new_string(phone->bench->buid));
	plist_to_xml(record, &xml, &length);
	plist_free(record);
	r = records_save(&phone->bench->records, phone->udid, xml, length);
	free(xml);
	return -r;
}

static int set_any(const struct fault_order *order, struct phone *phone);

#define SPOILED(how) \
	.set = set_rule, .point = RULE_AFTER, .action = RULE_SPOIL, .request = "*", .spoil = (how)
#define ACTING(where, what) .set = set_rule, .point = (where), .action = (what)

const struct fault_kind fault_kinds[] = {
	{ "trust-after", FAULT_TIME, "Trust is tapped so long after the dialog came up",
	  .set = set_trust_after },
	{ "trust-never", FAULT_PLAIN, "nobody taps Trust", .set = set_trust_after, .ms = -1 },
	{ "trust-denied", FAULT_TIME_IF_ANY, "Don't Trust is tapped", .set = set_trust_denied },
	{ "trust-drop", FAULT_TIME_IF_ANY,
	  "the tap on Trust (half a second) closes the connections", .set = set_trust_drop,
	  .ms = 500 },
	{ "passcode-locked", FAULT_TIME_IF_ANY,
	  "locked; unlocked so long after the first refusal, or never", .set = set_passcode_locked,
	  .ms = -1 },
	{ "profile-refused", FAULT_CODE_IF_ANY,
	  "every profile is refused with a chain of errors, 2 deep", .set = set_profile_refused },
	{ "approve-after", FAULT_TIME, "a staged profile is confirmed so long after",
	  .set = set_approve_after },
	{ "approve-never", FAULT_PLAIN, "nobody confirms a staged profile",
	  .set = set_approve_after, .ms = -1 },
	{ "lies", FAULT_PLAIN, "profiles are acknowledged, and not installed", .set = set_lies },

	{ "slow", FAULT_TIME, "so long before each answer", .set = set_slow },
	{ "drip", FAULT_TIME_IF_ANY, "a byte a second, or each so long", .set = set_drip,
	  .ms = 1000 },
	{ "hang-at", FAULT_REQUEST, "silent for ever at the request",
	  ACTING(RULE_BEFORE, RULE_HANG) },
	{ "hang-after", FAULT_REQUEST, "does what was asked, and is silent for ever",
	  ACTING(RULE_AFTER, RULE_HANG) },
	{ "drop-at", FAULT_REQUEST, "closes the connection at the request",
	  ACTING(RULE_BEFORE, RULE_CLOSE) },
	{ "drop-after", FAULT_REQUEST, "does what was asked, and closes the connection",
	  ACTING(RULE_AFTER, RULE_CLOSE) },
	{ "vanish-at", FAULT_REQUEST_AND_TIME, "leaves the bus at the request, for good or so long",
	  ACTING(RULE_BEFORE, RULE_VANISH), .ms = -1, .times = 1 },
	{ "vanish-after", FAULT_REQUEST_AND_TIME, "the same when it has done what was asked",
	  ACTING(RULE_AFTER, RULE_VANISH), .ms = -1, .times = 1 },
	{ "reboot-at", FAULT_REQUEST, "restarts at the request, once or TIMES",
	  ACTING(RULE_BEFORE, RULE_REBOOT), .times = 1 },
	{ "reboot-after", FAULT_REQUEST, "the same when it has done what was asked",
	  ACTING(RULE_AFTER, RULE_REBOOT), .times = 1 },
	{ "reboot-loop", FAULT_PLAIN, "restarts at whatever it is asked",
	  ACTING(RULE_BEFORE, RULE_REBOOT), .request = "*" },
	{ "service-limit", FAULT_TIMES_IF_ANY, "starts no service: ServiceLimit",
	  .set = set_service_limit },

	{ "huge-length", FAULT_REQUEST_IF_ANY, "answers announce 4 GiB",
	  SPOILED(SPOIL_HUGE_LENGTH) },
	{ "zero-length", FAULT_REQUEST_IF_ANY, "answers announce 0 bytes",
	  SPOILED(SPOIL_ZERO_LENGTH) },
	{ "half-message", FAULT_REQUEST_IF_ANY, "half of what was announced comes",
	  SPOILED(SPOIL_HALF_MESSAGE) },
	{ "half-plist", FAULT_REQUEST_IF_ANY, "answers are half a property list",
	  SPOILED(SPOIL_HALF_PLIST) },
	{ "bad-plist", FAULT_REQUEST_IF_ANY, "answers are no property list",
	  SPOILED(SPOIL_BAD_PLIST) },
	{ "deep-plist", FAULT_REQUEST_IF_ANY, "answers are 100,000 nested arrays",
	  SPOILED(SPOIL_DEEP_PLIST) },
	{ "deep-bplist", FAULT_REQUEST_IF_ANY, "the same in the binary form",
	  SPOILED(SPOIL_DEEP_BPLIST) },
	{ "exploding-plist", FAULT_REQUEST_IF_ANY, "answers are 135 bytes that read as gigabytes",
	  SPOILED(SPOIL_EXPLODING) },
	{ "wrong-types", FAULT_REQUEST_IF_ANY, "all values are of other types",
	  SPOILED(SPOIL_WRONG_TYPES) },
	{ "empty-success", FAULT_REQUEST_IF_ANY, "success, without what was asked for",
	  SPOILED(SPOIL_EMPTY_SUCCESS) },

	{ "no-tls", FAULT_SESSION_OR_SERVICES, "asks for no TLS", .set = set_no_tls },
	{ "tls-silent", FAULT_SESSION_OR_SERVICES, "silent in the TLS handshake",
	  .set = set_handshake, .handshake = HANDSHAKE_SILENT },
	{ "tls-refused", FAULT_SESSION_OR_SERVICES, "refuses the handshake with an alert",
	  .set = set_handshake, .handshake = HANDSHAKE_REFUSED },
	{ "tls-closed", FAULT_SESSION_OR_SERVICES, "closes the connection in the handshake",
	  .set = set_handshake, .handshake = HANDSHAKE_CLOSED },
	{ "tls-garbage", FAULT_SESSION_OR_SERVICES, "answers the handshake with no TLS",
	  .set = set_handshake, .handshake = HANDSHAKE_GARBAGE },

	{ "record-refused", FAULT_PLAIN, "usbmuxd cannot save its pair record",
	  .set = set_record_refused },
	{ "record-garbled", FAULT_PLAIN, "usbmuxd has a broken pair record of it",
	  .set = set_record_garbled },
	{ "record-foreign", FAULT_PLAIN, "usbmuxd has another device's pair record for it",
	  .set = set_record_foreign },
	{ "any", FAULT_PLAIN, "one of these above, as the seed has it", .set = set_any },

	/* Who cannot be told from another counts for no --expect: nobody gets that by chance. */
	{ "serial-empty", FAULT_PLAIN, "no serial number on USB", .set = set_serial,
	  .serial = USB_SERIAL_EMPTY },
	{ "serial-odd", FAULT_PLAIN, "a serial number with line ends, escapes, slashes",
	  .set = set_serial, .serial = USB_SERIAL_ODD },
	{ "serial-double", FAULT_PLAIN, "the serial number of another device", .set = set_serial,
	  .serial = USB_SERIAL_DOUBLE },

	{ "mux-restart", FAULT_TIME, "usbmuxd is away so long; other DeviceIDs after it",
	  .outage = OUTAGE_RESTART },
	{ "mux-silent", FAULT_TIME, "usbmuxd answers nobody for so long", .outage = OUTAGE_SILENT },
	{ "mux-backlog", FAULT_TIME, "usbmuxd takes no new connection for so long",
	  .outage = OUTAGE_BACKLOG },
	{ .name = NULL },
};

/* Requests that every job with a profile makes, for `any`. */
static const char *const busy_requests[] = { "GetValue",     "Pair",	       "StartSession",
					     "StartService", "InstallProfile", "GetProfileList" };

static void write_any(const struct fault_kind *kind, uint64_t dice, char text[FAULT_TEXT_MAX])
{
	const char *request =
		busy_requests[dice % (sizeof(busy_requests) / sizeof(busy_requests[0]))];

	switch (kind->form) {
	case FAULT_TIME:
		snprintf(text, FAULT_TEXT_MAX, "%s=2", kind->name);
		break;
	case FAULT_REQUEST:
		snprintf(text, FAULT_TEXT_MAX, "%s=%s", kind->name, request);
		break;
	case FAULT_REQUEST_AND_TIME:
		snprintf(text, FAULT_TEXT_MAX, "%s=%s:1", kind->name, request);
		break;
	case FAULT_PLAIN:
	case FAULT_TIME_IF_ANY:
	case FAULT_TIMES_IF_ANY:
	case FAULT_REQUEST_IF_ANY:
	case FAULT_CODE_IF_ANY:
	case FAULT_SESSION_OR_SERVICES:
		snprintf(text, FAULT_TEXT_MAX, "%s", kind->name);
		break;
	}
}

/* The rows before `any` are those to choose from. */
static int set_any(const struct fault_order *order, struct phone *phone)
{
	size_t kinds = (size_t)(order->kind - fault_kinds);
	struct dice *dice = &phone->bench->dice;
	const struct fault_kind *kind = &fault_kinds[dice_throw(dice) % kinds];
	char problem[PROBLEM_MAX];
	char text[FAULT_TEXT_MAX];
	struct fault_order chosen;
	int r;

	write_any(kind, dice_throw(dice), text);
	r = fault_read(text, &chosen, problem);
	return r < 0 ? r : fault_set(&chosen, phone);
}

bool fault_of_bench(const struct fault_order *order)
{
	return !order->kind->set;
}

int fault_set(const struct fault_order *order, struct phone *phone)
{
	int r = order->kind->set(order, phone);

	if (r < 0 || order->kind->set == set_any)
		return r;
	if (!phone->faults)
		phone->faults = plist_new_array();
	plist_array_append_item(phone->faults, plist_new_string(order->text));
	return 0;
}

int fault_begin(const struct fault_order *order, struct bench *bench, bool armed)
{
	if (armed)
		return outage_arm(bench, order->kind->outage, order->ms);
	return outage_begin(bench, order->kind->outage, order->ms);
}
