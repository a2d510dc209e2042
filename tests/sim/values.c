/* SPDX-License-Identifier: Apache-2.0 */
/* What lockdown's GetValue, SetValue and RemoveValue show and allow, by domain and trust. */
#include "tests/sim/values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/sim/decode.h"
#include "tests/sim/phone.h"

#define INTERNATIONAL "com.apple.international"

/* Readable in the global domain before trust (doc/protocol.md, "Lockdown"). */
static const char *const before_trust[] = {
	"ActivationState", "BluetoothAddress",	  "BuildVersion",    "CPUArchitecture",
	"DeviceClass",	   "DeviceName",	  "DevicePublicKey", "HardwareModel",
	"HostAttached",	   "PasswordProtected",	  "ProductName",     "ProductType",
	"ProductVersion",  "TrustedHostAttached", "UniqueChipID",    "UniqueDeviceID",
	"WiFiAddress",
};

/* What a host may set; the type is that of the value. The rest is the device's own. */
struct settable {
	const char *domain;
	const char *key;
	plist_type type;
	bool without_trust;
	bool removable;
	const char *posts; /* the notification upon a change */
};

static const struct settable settables[] = {
	{ "", "DeviceName", PLIST_STRING, false, false,
	  "com.apple.mobile.lockdown.device_name_changed" },
	{ "", "TimeZone", PLIST_STRING, false, false,
	  "com.apple.mobile.lockdown.timezone_changed" },
	{ "", "TimeIntervalSince1970", PLIST_REAL, false, false, NULL },
	{ "", "Uses24HourClock", PLIST_BOOLEAN, false, false, NULL },
	{ "", "ActivationStateAcknowledged", PLIST_BOOLEAN, false, true, NULL },
	{ "", "UntrustedHostBUID", PLIST_STRING, true, true, NULL },
	{ INTERNATIONAL, "Language", PLIST_STRING, false, false, "com.apple.language.changed" },
	{ INTERNATIONAL, "Locale", PLIST_STRING, false, false, "com.apple.language.changed" },
	{ INTERNATIONAL, "Keyboard", PLIST_STRING, false, false, NULL },
	{ "com.apple.mobile.wireless_lockdown", "EnableWifiConnections", PLIST_BOOLEAN, false, true,
	  NULL },
	{ "com.apple.Accessibility", "VoiceOverTouchEnabledByiTunes", PLIST_UINT, false, true,
	  NULL },
	{ "com.apple.Accessibility", "ZoomTouchEnabledByiTunes", PLIST_UINT, false, true, NULL },
	{ "com.apple.Accessibility", "InvertDisplayEnabledByiTunes", PLIST_UINT, false, true,
	  NULL },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

double values_clock(const struct phone *phone)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9 + phone->clock_ahead;
}

static bool is_purplebuddy(const char *domain)
{
	return strcmp(domain, "com.apple.purplebuddy") == 0 ||
	       strcmp(domain, "com.apple.PurpleBuddy") == 0;
}

/* Seconds that clocks in ZONE ("Europe/Rome") are ahead of UTC at the time AT; 0 for a zone that
 * this machine does not know. */
static double zone_offset(const char *zone, time_t at)
{
	const char *own = getenv("TZ");
	struct tm there = { 0 };
	char *kept;

	/* The C library would open any file that a host names. */
	if (zone[0] == '/' || zone[0] == ':' || strstr(zone, ".."))
		return 0;
	kept = own ? strdup(own) : NULL;
	setenv("TZ", zone, 1);
	tzset();
	localtime_r(&at, &there);
	if (kept)
		setenv("TZ", kept, 1);
	else
		unsetenv("TZ");
	tzset();
	free(kept);
	return (double)there.tm_gmtoff;
}

static void put_clock(const struct phone *phone, plist_t dict)
{
	const char *zone = dict_text(dict, "TimeZone");
	double now = values_clock(phone);

	plist_dict_set_item(dict, "TimeIntervalSince1970", plist_new_real(now));
	plist_dict_set_item(dict, "TimeZoneOffsetFromUTC",
			    plist_new_real(zone ? zone_offset(zone, (time_t)now) : 0));
}

/* Adds to DICT what the phone's state says in DOMAIN. */
static void put_state(const struct phone *phone, const char *domain, plist_t dict)
{
	const struct phone_setup *setup = &phone->setup;

	if (domain[0] == '\0') {
		plist_dict_set_item(dict, "PasswordProtected", plist_new_bool(phone->locked));
		plist_dict_set_item(
			dict, "ActivationState",
			plist_new_string(setup->activated ? "Activated" : "Unactivated"));
		put_clock(phone, dict);
		plist_dict_set_item(dict, "TrustedHostAttached",
				    plist_new_bool(phone->pairings != NULL));
	} else if (strcmp(domain, "com.apple.mobile.chaperone") == 0) {
		plist_dict_set_item(dict, "DeviceIsChaperoned", plist_new_bool(setup->supervised));
	} else if (is_purplebuddy(domain)) {
		plist_dict_set_item(dict, "SetupDone", plist_new_bool(setup->setup_done));
	}
}

/* All that can be read in DOMAIN; the caller's. */
static plist_t all_values(const struct phone *phone, const char *domain)
{
	plist_t stored = plist_dict_get_item(phone->values, domain);
	plist_t dict = stored ? plist_copy(stored) : plist_new_dict();

	put_state(phone, domain, dict);
	return dict;
}

/* Of ALL, which it frees, what can be read before trust. */
static plist_t open_values(const char *domain, plist_t all)
{
	plist_t open = plist_new_dict();
	plist_t value;

	for (size_t i = 0; i < COUNT(before_trust) && domain[0] == '\0'; i++) {
		value = plist_dict_get_item(all, before_trust[i]);
		if (value)
			plist_dict_set_item(open, before_trust[i], plist_copy(value));
	}
	plist_free(all);
	return open;
}

const char *values_get(const struct phone *phone, const char *domain, const char *key, bool trusted,
		       plist_t *ret_value)
{
	plist_t all, value;
	bool hidden;

	domain = domain ? domain : "";
	all = all_values(phone, domain);
	if (!key) {
		*ret_value = trusted ? all : open_values(domain, all);
		return NULL;
	}
	hidden = plist_dict_get_item(all, key) && !trusted;
	if (hidden)
		all = open_values(domain, all);
	value = plist_dict_get_item(all, key);
	if (value)
		*ret_value = plist_copy(value);
	plist_free(all);
	if (value)
		return NULL;
	return hidden ? "GetProhibited" : "MissingValue";
}

static const struct settable *find_settable(const char *domain, const char *key)
{
	for (size_t i = 0; i < COUNT(settables); i++) {
		if (strcmp(settables[i].domain, domain) == 0 && strcmp(settables[i].key, key) == 0)
			return &settables[i];
	}
	return NULL;
}

/* Whether VALUE is of the settable's type and size. The clock may come whole or broken. */
static bool value_fits(const struct settable *settable, plist_t value)
{
	plist_type type = plist_get_node_type(value);
	uint64_t len = 0;

	if (settable->type == PLIST_REAL && type == PLIST_UINT)
		return true;
	if (type != settable->type)
		return false;
	if (type == PLIST_STRING)
		plist_get_string_ptr(value, &len);
	return type != PLIST_STRING || (len > 0 && len <= VALUE_TEXT_MAX);
}

static void set_clock(struct phone *phone, plist_t value)
{
	uint64_t whole = 0;
	double wanted = 0;

	if (plist_get_node_type(value) == PLIST_UINT) {
		plist_get_uint_val(value, &whole);
		wanted = (double)whole;
	} else {
		plist_get_real_val(value, &wanted);
	}
	if (isfinite(wanted))
		phone->clock_ahead += wanted - values_clock(phone);
}

/* The stored domain, made when it is not there. */
static plist_t stored_domain(struct phone *phone, const char *domain)
{
	plist_t dict = plist_dict_get_item(phone->values, domain);

	if (!dict) {
		dict = plist_new_dict();
		plist_dict_set_item(phone->values, domain, dict);
	}
	return dict;
}

const char *values_set(struct phone *phone, const char *domain, const char *key, plist_t value,
		       bool trusted, const char **ret_changed)
{
	const struct settable *settable;

	domain = domain ? domain : "";
	settable = find_settable(domain, key);
	if (!settable) {
		plist_t all = all_values(phone, domain);
		bool known = plist_dict_get_item(all, key) != NULL;

		plist_free(all);
		return known && trusted ? "ImmutableValue" : "SetProhibited";
	}
	if ((!trusted && !settable->without_trust) || !value_fits(settable, value))
		return "SetProhibited";
	if (settable->type == PLIST_REAL)
		set_clock(phone, value);
	else if (!settable->without_trust) /* what a host says before trust cannot be read back */
		plist_dict_set_item(stored_domain(phone, domain), key, plist_copy(value));
	*ret_changed = settable->posts;
	return NULL;
}

const char *values_remove(struct phone *phone, const char *domain, const char *key, bool trusted)
{
	const struct settable *settable;
	plist_t dict;

	domain = domain ? domain : "";
	settable = find_settable(domain, key);
	if (!settable || !settable->removable || (!trusted && !settable->without_trust))
		return "RemoveProhibited";
	dict = plist_dict_get_item(phone->values, domain);
	if (dict && plist_dict_get_item(dict, key))
		plist_dict_remove_item(dict, key);
	return NULL;
}

bool values_os_at_least(const struct phone *phone, unsigned major, unsigned minor)
{
	const char *os = dict_text(plist_dict_get_item(phone->values, ""), "ProductVersion");
	unsigned have_major = 0, have_minor = 0;

	if (!os || sscanf(os, "%u.%u", &have_major, &have_minor) < 1)
		return false;
	return have_major > major || (have_major == major && have_minor >= minor);
}
