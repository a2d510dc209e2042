/* SPDX-License-Identifier: Apache-2.0 */
/* What a simulated device's lockdown shows and allows, before trust and in a session. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/certificate.h"
#include "tests/sim/phone.h"
#include "tests/sim/values.h"
#include "tests/unit/tap.h"

static void make_phone(struct phone *phone, struct identity_pool *pool, const char *product,
		       const char *os)
{
	struct values_of of = { .udid = "00008101-000123456789ABCD",
				.serial = "DMPX0000001",
				.ecid = 0x123456789abcd,
				.product = product,
				.os = os,
				.identity = identity_pool_get(pool, 0) };

	*phone = (struct phone){ .identity = identity_pool_get(pool, 0) };
	phone->setup.setup_done = true;
	phone->setup.activated = true;
	ok(values_new(&of, &phone->values) == 0, "the values of %s are made", product);
}

static const struct {
	const char *domain, *key;
	const char *before; /* lockdown's error before trust; NULL: readable */
	const char *trusted;
} readable[] = {
	{ NULL, "ProductVersion", NULL, NULL },
	{ "", "ProductVersion", NULL, NULL },
	{ NULL, "DevicePublicKey", NULL, NULL },
	{ NULL, "UniqueDeviceID", NULL, NULL },
	{ NULL, "PasswordProtected", NULL, NULL },
	{ NULL, "SerialNumber", "GetProhibited", NULL },
	{ NULL, "TimeIntervalSince1970", "GetProhibited", NULL },
	{ NULL, "Nonsense", "MissingValue", "MissingValue" },
	{ NULL, "InternationalMobileEquipmentIdentity", "MissingValue", "MissingValue" },
	{ "com.apple.mobile.chaperone", "DeviceIsChaperoned", "GetProhibited", NULL },
	{ "com.apple.purplebuddy", "SetupDone", "GetProhibited", NULL },
	{ "com.apple.PurpleBuddy", "SetupDone", "GetProhibited", NULL },
	{ "com.apple.fmip", "IsAssociated", "GetProhibited", NULL },
	{ "com.apple.international", "Language", "GetProhibited", NULL },
	{ "com.apple.mobile.battery", "BatteryCurrentCapacity", "GetProhibited", NULL },
	{ "com.apple.disk_usage", "TotalDiskCapacity", "GetProhibited", NULL },
	{ "com.apple.security.mac.amfi", "DeveloperModeStatus", "GetProhibited", NULL },
	{ "com.example.unknown", "Language", "MissingValue", "MissingValue" },
};

static void check_get(const struct phone *phone, size_t i, bool trusted, const char *want)
{
	plist_t value = NULL;
	const char *error = values_get(phone, readable[i].domain, readable[i].key, trusted, &value);

	ok(want ? error && strcmp(error, want) == 0 && !value : !error && value, "%s %s %s: %s",
	   readable[i].domain ? readable[i].domain : "global", readable[i].key,
	   trusted ? "in a session" : "before trust", want ? want : "readable");
	plist_free(value);
}

static uint32_t count_of(const struct phone *phone, const char *domain, bool trusted)
{
	plist_t all = NULL;
	uint32_t count;

	values_get(phone, domain, NULL, trusted, &all);
	count = plist_dict_get_size(all);
	plist_free(all);
	return count;
}

/* 'b' true or false, 's' some text, 'u' a number, 'l' a text too long, 'e' an empty one, 'r' a
 * real number. */
static plist_t new_value(char kind)
{
	char text[VALUE_TEXT_MAX + 2];

	switch (kind) {
	case 'b':
		return plist_new_bool(1);
	case 'u':
		return plist_new_uint(5);
	case 'r':
		return plist_new_real(1e9);
	case 'e':
		return plist_new_string("");
	case 'l':
		memset(text, 'x', sizeof(text));
		text[sizeof(text) - 1] = '\0';
		return plist_new_string(text);
	default:
		return plist_new_string("some text");
	}
}

static const struct {
	const char *domain, *key;
	char value;
	bool trusted;
	const char *error;
	const char *posts;
} settable[] = {
	{ NULL, "DeviceName", 's', false, "SetProhibited", NULL },
	{ NULL, "DeviceName", 's', true, NULL, "com.apple.mobile.lockdown.device_name_changed" },
	{ NULL, "DeviceName", 'u', true, "SetProhibited", NULL },
	{ NULL, "DeviceName", 'e', true, "SetProhibited", NULL },
	{ NULL, "DeviceName", 'l', true, "SetProhibited", NULL },
	{ "", "TimeZone", 's', true, NULL, "com.apple.mobile.lockdown.timezone_changed" },
	{ NULL, "TimeIntervalSince1970", 'u', true, NULL, NULL },
	{ NULL, "TimeIntervalSince1970", 'r', true, NULL, NULL },
	{ NULL, "TimeIntervalSince1970", 's', true, "SetProhibited", NULL },
	{ NULL, "Uses24HourClock", 'b', true, NULL, NULL },
	{ NULL, "ActivationStateAcknowledged", 'b', true, NULL, NULL },
	{ NULL, "UntrustedHostBUID", 's', false, NULL, NULL },
	{ NULL, "SerialNumber", 's', true, "ImmutableValue", NULL },
	{ NULL, "SerialNumber", 's', false, "SetProhibited", NULL },
	{ NULL, "ActivationState", 's', true, "ImmutableValue", NULL },
	{ NULL, "Nonsense", 's', true, "SetProhibited", NULL },
	{ "com.apple.international", "Language", 's', true, NULL, "com.apple.language.changed" },
	{ "com.apple.mobile.chaperone", "DeviceIsChaperoned", 'b', true, "ImmutableValue", NULL },
	{ "com.example.unknown", "DeviceName", 's', true, "SetProhibited", NULL },
};

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void check_set(struct phone *phone, size_t i)
{
	plist_t value = new_value(settable[i].value);
	const char *posts = NULL;
	const char *error = values_set(phone, settable[i].domain, settable[i].key, value,
				       settable[i].trusted, &posts);

	ok(same(error, settable[i].error) && same(posts, settable[i].posts),
	   "set %s to '%c' %s: %s", settable[i].key, settable[i].value,
	   settable[i].trusted ? "in a session" : "before trust",
	   settable[i].error ? settable[i].error : "done");
	plist_free(value);
}

static void check_text(const struct phone *phone, const char *key, const char *want)
{
	plist_t value = NULL;
	const char *error = values_get(phone, NULL, key, true, &value);

	is_string(error ? error : plist_get_string_ptr(value, NULL), want, key);
	plist_free(value);
}

static bool flag(const struct phone *phone, const char *domain, const char *key)
{
	plist_t value = NULL;
	uint8_t flag = 2;

	values_get(phone, domain, key, true, &value);
	plist_get_bool_val(value, &flag);
	plist_free(value);
	return flag == 1;
}

static void test_state(struct phone *phone)
{
	check_text(phone, "ActivationState", "Activated");
	phone->setup.activated = false;
	check_text(phone, "ActivationState", "Unactivated");
	ok(flag(phone, "com.apple.purplebuddy", "SetupDone"), "set up");
	phone->setup.setup_done = false;
	ok(!flag(phone, "com.apple.purplebuddy", "SetupDone"), "in Setup Assistant");
	ok(!flag(phone, "com.apple.mobile.chaperone", "DeviceIsChaperoned"), "not supervised");
	phone->setup.supervised = true;
	ok(flag(phone, "com.apple.mobile.chaperone", "DeviceIsChaperoned"), "supervised");
	ok(!flag(phone, NULL, "PasswordProtected"), "not locked");
	phone->locked = true;
	ok(flag(phone, NULL, "PasswordProtected"), "locked");
}

static void test_remove(struct phone *phone)
{
	is_string(values_remove(phone, NULL, "DeviceName", true), "RemoveProhibited",
		  "the name cannot be removed");
	is_string(values_remove(phone, NULL, "ActivationStateAcknowledged", false),
		  "RemoveProhibited", "nothing much can be removed before trust");
	is_string(values_remove(phone, NULL, "ActivationStateAcknowledged", true), NULL,
		  "what was set can be removed");
	check_text(phone, "ActivationStateAcknowledged", "MissingValue");
}

static void test_zone(struct phone *phone)
{
	static const struct {
		const char *zone;
		double want;
	} zones[] = {
		/* The form that names no file: not every machine has the zones' files. */
		{ "EET-2", 7200 },	 { "NST3:30", -12600 },	   { "Etc/UTC", 0 },
		{ "/etc/localtime", 0 }, { ":/etc/localtime", 0 }, { "../../etc/localtime", 0 },
	};

	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		plist_t zone = plist_new_string(zones[i].zone);
		plist_t value = NULL;
		double offset = 1;
		const char *changed;

		values_set(phone, NULL, "TimeZone", zone, true, &changed);
		values_get(phone, NULL, "TimeZoneOffsetFromUTC", true, &value);
		plist_get_real_val(value, &offset);
		ok(fabs(offset - zones[i].want) < 0.5, "%s is %g s ahead", zones[i].zone, offset);
		plist_free(value);
		plist_free(zone);
	}
}

int main(void)
{
	struct identity_pool *pool = identity_pool_new();
	struct phone phone;

	make_phone(&phone, pool, "iPad13,18", "17.4");
	for (size_t i = 0; i < sizeof(readable) / sizeof(readable[0]); i++) {
		check_get(&phone, i, false, readable[i].before);
		check_get(&phone, i, true, readable[i].trusted);
	}
	ok(count_of(&phone, NULL, false) > 10, "before trust some of the global values are there");
	ok(count_of(&phone, NULL, true) > count_of(&phone, NULL, false), "in a session more");
	is_number(count_of(&phone, "com.apple.mobile.battery", false), 0, "no domain before trust");
	is_number(count_of(&phone, "com.example.unknown", true), 0, "an unknown domain is empty");
	for (size_t i = 0; i < sizeof(settable) / sizeof(settable[0]); i++)
		check_set(&phone, i);
	check_text(&phone, "DeviceName", "some text");
	check_text(&phone, "UntrustedHostBUID", "MissingValue");
	ok(fabs(values_clock(&phone) - 1e9) < 60, "the clock goes on from where it was set");
	ok(values_os_at_least(&phone, 17, 4) && values_os_at_least(&phone, 16, 9), "17.4 is 17.4");
	ok(!values_os_at_least(&phone, 17, 5) && !values_os_at_least(&phone, 18, 0),
	   "and not more");
	test_remove(&phone);
	test_state(&phone);
	test_zone(&phone);
	plist_free(phone.values);

	make_phone(&phone, pool, "iPhone14,5", "15");
	check_text(&phone, "InternationalMobileEquipmentIdentity", "353289115019012");
	check_text(&phone, "DeviceClass", "iPhone");
	ok(values_os_at_least(&phone, 15, 0), "a version without a point");
	plist_free(phone.values);
	make_phone(&phone, pool, "RealityDevice14,1", "2.0");
	check_text(&phone, "DeviceClass", "RealityDevice");
	check_text(&phone, "HardwareModel", "MissingValue");
	plist_free(phone.values);
	is_number(values_product_id("iPhone14,5"), 0x12a8, "USB product of an iPhone");
	is_number(values_product_id("iPad13,18"), 0x12ab, "USB product of an iPad");
	is_number(values_product_id("iPod9,1"), 0x12aa, "USB product of an iPod touch");
	identity_pool_free(pool);
	return tap_done();
}
