/* SPDX-License-Identifier: Apache-2.0 */
/* Who the device is and how it stands: read from lockdown, told to the station as notes. */
#include "device/identity.h"

#include "device/facts/ecid.h"
#include "device/value.h"

/* Lockdown's keys of the global domain, and the notes they become. */
static const struct {
	const char *key;
	enum note_key note;
} texts[] = {
	{ "UniqueDeviceID", NOTE_UDID },
	{ "SerialNumber", NOTE_SERIAL },
	{ "ProductType", NOTE_PRODUCT },
	{ "ProductVersion", NOTE_OS },
	{ "BuildVersion", NOTE_BUILD },
	{ "DeviceName", NOTE_NAME },
	{ "DeviceClass", NOTE_CLASS },
	{ "ModelNumber", NOTE_MODEL },
	{ "InternationalMobileEquipmentIdentity", NOTE_IMEI },
	{ "InternationalMobileEquipmentIdentity2", NOTE_IMEI2 },
	{ "MobileEquipmentIdentifier", NOTE_MEID },
	{ "IntegratedCircuitCardIdentity", NOTE_ICCID },
	{ "WiFiAddress", NOTE_WIFI },
	{ "BluetoothAddress", NOTE_BLUETOOTH },
	{ "EthernetAddress", NOTE_ETHERNET },
	{ "ActivationState", NOTE_ACTIVATION },
};

static void note_values(struct conversation *talk, plist_t values)
{
	char text[CLEAN_MAX + 1], ecid[ECID_TEXT_MAX];
	uint64_t number;
	bool locked;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (value_text(values, texts[i].key, text))
			say_note(talk, texts[i].note, text);
	if (value_number(values, "UniqueChipID", &number))
		say_note(talk, NOTE_ECID, ecid_to_text(number, ecid));
	if (value_flag(values, "PasswordProtected", &locked))
		say_note(talk, NOTE_LOCKED, locked ? "yes" : "no");
}

struct fault identity_check(plist_t values, const struct udid *expected, bool required)
{
	char text[CLEAN_MAX + 1];
	struct udid udid;

	if (!value_text(values, "UniqueDeviceID", text)) {
		if (required)
			return fault_new(FAULT_ANSWER_MISSING, "no UniqueDeviceID");
		return fault_none();
	}
	if (udid_parse(text, &udid) < 0)
		return fault_new(FAULT_IDENTITY_ODD, "UniqueDeviceID is \"%s\"", text);
	if (!udid_equal(&udid, expected))
		return fault_new(FAULT_IDENTITY_CHANGED, "it is %s now, and was %s", udid.text,
				 expected->text);
	return fault_none();
}

/* ProductVersion by itself, as the library will ask for it. */
static struct fault check_version(struct link *link)
{
	plist_t value = NULL;
	struct fault fault = link_get(link, NULL, "ProductVersion", &value);
	char text[CLEAN_MAX + 1];

	if (fault_is_set(&fault))
		return fault.kind == FAULT_REQUEST_REFUSED
			       ? fault_new(FAULT_ANSWER_MISSING, "ProductVersion is refused")
			       : fault;
	if (!value)
		return fault_new(FAULT_ANSWER_MISSING, "no ProductVersion");
	if (plist_get_node_type(value) == PLIST_STRING) {
		clean_string(plist_get_string_ptr(value, NULL), text);
		fault = link_version_fits(text);
	} else {
		fault = fault_new(FAULT_ANSWER_MALFORMED, "ProductVersion is no text");
	}
	plist_free(value);
	return fault;
}

/* All values of the global domain that the device gives now. */
static struct fault get_values(struct link *link, plist_t *ret_values)
{
	plist_t values = NULL;
	struct fault fault = link_get(link, NULL, NULL, &values);

	if (fault_is_set(&fault))
		return fault;
	if (!values)
		return fault_new(FAULT_ANSWER_MISSING, "no values");
	if (plist_get_node_type(values) != PLIST_DICT) {
		plist_free(values);
		return fault_new(FAULT_ANSWER_MALFORMED, "its values are no dictionary");
	}
	*ret_values = values;
	return fault_none();
}

struct fault identity_before_trust(struct link *link)
{
	struct fault fault = check_version(link);
	plist_t values;

	if (fault_is_set(&fault))
		return fault;
	fault = get_values(link, &values);
	if (fault_is_set(&fault))
		return fault;
	fault = identity_check(values, &link->udid, false);
	if (!fault_is_set(&fault) &&
	    (!value_raw_text(values, "ProductType") || !value_raw_text(values, "ProductVersion")))
		fault = fault_new(FAULT_ANSWER_MISSING, "no ProductType or ProductVersion");
	if (!fault_is_set(&fault))
		note_values(link->talk, values);
	plist_free(values);
	return fault;
}

enum answer {
	ANSWER_UNKNOWN,
	ANSWER_NO,
	ANSWER_YES,
};

/* A yes or no of another domain. A device that does not give it is no fault: it stays unknown. */
static struct fault get_answer(struct link *link, const char *domain, const char *key,
			       enum answer *ret_answer)
{
	plist_t value = NULL;
	struct fault fault = link_get(link, domain, key, &value);
	uint8_t flag = 0;

	*ret_answer = ANSWER_UNKNOWN;
	if (value && plist_get_node_type(value) == PLIST_BOOLEAN) {
		plist_get_bool_val(value, &flag);
		*ret_answer = flag ? ANSWER_YES : ANSWER_NO;
	}
	plist_free(value);
	if (fault.kind == FAULT_REQUEST_REFUSED || fault.kind == FAULT_ANSWER_MISSING)
		return fault_none();
	return fault;
}

static void note_answer(struct conversation *talk, enum note_key note, enum answer answer)
{
	if (answer != ANSWER_UNKNOWN)
		say_note(talk, note, answer == ANSWER_YES ? "yes" : "no");
}

static struct fault get_standing(struct link *link, bool *ret_in_setup)
{
	enum answer supervised, done;
	struct fault fault =
		get_answer(link, "com.apple.mobile.chaperone", "DeviceIsChaperoned", &supervised);

	if (!fault_is_set(&fault))
		fault = get_answer(link, "com.apple.purplebuddy", "SetupDone", &done);
	if (fault_is_set(&fault))
		return fault;
	note_answer(link->talk, NOTE_SUPERVISED, supervised);
	note_answer(link->talk, NOTE_SETUP_DONE, done);
	*ret_in_setup = done == ANSWER_NO;
	return fault_none();
}

struct fault identity_in_session(struct link *link, bool *ret_in_setup)
{
	plist_t values;
	struct fault fault = get_values(link, &values);

	if (fault_is_set(&fault))
		return fault;
	fault = identity_check(values, &link->udid, true);
	if (!fault_is_set(&fault))
		note_values(link->talk, values);
	plist_free(values);
	return fault_is_set(&fault) ? fault : get_standing(link, ret_in_setup);
}
