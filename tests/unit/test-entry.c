/* SPDX-License-Identifier: Apache-2.0 */
/* One entry of usbmuxd's device list, judged by itself. */
#include "device/mux/entry.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/tap.h"

#define OLD "0123456789abcdef0123456789abcdef01234567"
#define NEW "00008110-001A2B3C4D5E6F70"

#define NUMBER(key, number) "<key>" key "</key><integer>" number "</integer>"
#define STRING(key, text)   "<key>" key "</key><string>" text "</string>"
#define ENTRY(handle, properties) \
	NUMBER("DeviceID", handle) "<key>Properties</key><dict>" properties "</dict>"

/* An entry in XML, and what becomes of it: the event's words. */
static const struct {
	const char *xml, *want;
} rows[] = {
	{ ENTRY("1", STRING("SerialNumber", OLD)), "arrived 1 " OLD " 0 0 0 usb" },
	{ ENTRY("4294967295", STRING("SerialNumber", NEW)),
	  "arrived 4294967295 " NEW " 0 0 0 usb" },
	{ ENTRY("2", STRING("SerialNumber", "00008110001a2b3c4d5e6f70")),
	  "arrived 2 " NEW " 0 0 0 usb" },
	{ ENTRY("3",
		NUMBER("DeviceID", "3") NUMBER("ProductID", "4776") NUMBER("LocationID", "65542")
			NUMBER("ConnectionSpeed", "5000000000") STRING("ConnectionType", "USB")
				STRING("SerialNumber", OLD) STRING("Unknown", "key")),
	  "arrived 3 " OLD " 4776 65542 5000000000 usb" },
	{ ENTRY("4", STRING("ConnectionType", "Network") STRING("SerialNumber", OLD)),
	  "arrived 4 " OLD " 0 0 0 network" },
	{ "", "odd 0 0 no usable DeviceID" },
	{ STRING("DeviceID", "1"), "odd 0 0 no usable DeviceID" },
	{ NUMBER("DeviceID", "4294967296"), "odd 0 0 no usable DeviceID" },
	{ NUMBER("DeviceID", "-1"), "odd 0 0 no usable DeviceID" },
	{ ENTRY("0", STRING("SerialNumber", OLD)), "odd 0 0 DeviceID is 0" },
	{ NUMBER("DeviceID", "5"), "odd 5 0 no Properties" },
	{ NUMBER("DeviceID", "5") STRING("Properties", "none"), "odd 5 0 no Properties" },
	{ ENTRY("5", NUMBER("DeviceID", "6") STRING("SerialNumber", OLD)),
	  "odd 5 0 two different DeviceIDs" },
	{ ENTRY("5", STRING("DeviceID", "5") STRING("SerialNumber", OLD)),
	  "odd 5 0 two different DeviceIDs" },
	{ ENTRY("5", ""), "odd 5 0 no SerialNumber" },
	{ ENTRY("5", NUMBER("SerialNumber", "1")), "odd 5 0 no SerialNumber" },
	{ ENTRY("5", STRING("SerialNumber", "")), "odd 5 0 the serial number is empty" },
	{ ENTRY("5", NUMBER("LocationID", "65542") STRING("SerialNumber", "")),
	  "odd 5 65542 the serial number is empty" },
	{ ENTRY("5", STRING("SerialNumber", "../etc")),
	  "odd 5 0 the serial number is no UDID: ../etc" },
	{ ENTRY("5", STRING("SerialNumber", "a&#10;b&#27;[2J")),
	  "odd 5 0 the serial number is no UDID: a b [2J" },
	{ ENTRY("5", STRING("SerialNumber", OLD "0")),
	  "odd 5 0 the serial number is no UDID: " OLD "0" },
	{ ENTRY("5", STRING("SerialNumber", OLD) NUMBER("ProductID", "65536")),
	  "odd 5 0 ProductID is out of bounds" },
	{ ENTRY("5", STRING("SerialNumber", OLD) STRING("ProductID", "4776")),
	  "odd 5 0 ProductID is out of bounds" },
	{ ENTRY("5", STRING("SerialNumber", OLD) NUMBER("LocationID", "-1")),
	  "odd 5 0 LocationID is out of bounds" },
	{ ENTRY("5", STRING("SerialNumber", OLD) STRING("ConnectionSpeed", "fast")),
	  "odd 5 0 ConnectionSpeed is no number" },
	{ ENTRY("5", STRING("SerialNumber", OLD) STRING("ConnectionType", "Pigeon")),
	  "odd 5 0 the ConnectionType is unknown" },
	{ ENTRY("5", STRING("SerialNumber", OLD) NUMBER("ConnectionType", "1")),
	  "odd 5 0 the ConnectionType is unknown" },
};

static void to_text(const struct mux_event *entry, char out[static 512])
{
	if (entry->verb == MUX_ODD)
		snprintf(out, 512, "odd %u %u %s", entry->handle, entry->location, entry->text);
	else
		snprintf(out, 512, "arrived %u %s %u %u %llu %s", entry->handle, entry->udid.text,
			 entry->product, entry->location, (unsigned long long)entry->speed,
			 entry->network ? "network" : "usb");
}

static plist_t from_xml(const char *inside)
{
	plist_t dict = NULL;
	char xml[2048];
	int len =
		snprintf(xml, sizeof xml, "<plist version=\"1.0\"><dict>%s</dict></plist>", inside);

	plist_from_xml(xml, (uint32_t)len, &dict);
	return dict;
}

static void test_long_serial(void)
{
	char inside[1024], serial[301];
	struct mux_event entry;
	plist_t dict;

	memset(serial, 'f', 300);
	serial[300] = '\0';
	snprintf(inside, sizeof inside, ENTRY("5", STRING("SerialNumber", "%s")), serial);
	dict = from_xml(inside);
	entry_judge(dict, &entry);
	ok(entry.verb == MUX_ODD && strlen(entry.text) <= CLEAN_MAX,
	   "a long serial is odd, and cut");
	plist_free(dict);
}

/* What a gate shows must be judged as what arrived. */
static void test_shown(void)
{
	struct mux_event entry, again;
	char want[512], got[512];
	plist_t dict = from_xml(rows[3].xml), shown;

	entry_judge(dict, &entry);
	shown = entry_to_attached(&entry);
	entry_judge(shown, &again);
	to_text(&entry, want);
	to_text(&again, got);
	is_string(got, want, "an entry is shown as it arrived");
	plist_free(shown);
	plist_free(dict);
}

int main(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		plist_t dict = from_xml(rows[i].xml);
		struct mux_event entry;
		char got[512];

		entry_judge(dict, &entry);
		to_text(&entry, got);
		is_string(got, rows[i].want, rows[i].want);
		plist_free(dict);
	}
	test_long_serial();
	test_shown();
	return tap_done();
}
