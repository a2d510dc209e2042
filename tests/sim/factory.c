/* SPDX-License-Identifier: Apache-2.0 */
/* What a simulated device comes with: its model, and the values made up for it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/sim/certificate.h"
#include "tests/sim/values.h"

static const struct model {
	const char *product;
	const char *hardware;
	const char *number;
	const char *cpu;
	unsigned chip;
	bool has_modem;
} models[] = {
	{ "iPad13,18", "J271AP", "MPQ03", "arm64e", 0x8101, false },
	{ "iPad13,19", "J272AP", "MQ6K3", "arm64e", 0x8101, true },
	{ "iPad12,1", "J181AP", "MK2K3", "arm64e", 0x8030, false },
	{ "iPad11,6", "J171aAP", "MYLA2", "arm64e", 0x8020, false },
	{ "iPad7,5", "J71bAP", "MR7F2", "arm64", 0x8010, false },
	{ "iPhone14,5", "D17AP", "MLPG3", "arm64e", 0x8110, true },
	{ "iPhone14,6", "D49AP", "MMX53", "arm64e", 0x8110, true },
	{ "iPhone15,4", "D37AP", "MTP03", "arm64e", 0x8120, true },
	{ "iPhone10,4", "D201AP", "MQ6K2", "arm64", 0x8015, true },
	{ "iPod9,1", "N112AP", "MVHW2", "arm64", 0x8010, false },
};

static const struct model *find_model(const char *product)
{
	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
		if (strcmp(models[i].product, product) == 0)
			return &models[i];
	}
	return NULL;
}

uint16_t values_product_id(const char *product)
{
	if (strncmp(product, "iPhone", strlen("iPhone")) == 0)
		return 0x12a8;
	return strncmp(product, "iPod", strlen("iPod")) == 0 ? 0x12aa : 0x12ab;
}

uint8_t values_board_id(const char *product)
{
	return strncmp(product, "Mac", strlen("Mac")) == 0 ? 0x26 : 0x0e;
}

static void put_text(plist_t dict, const char *key, const char *text)
{
	if (text)
		plist_dict_set_item(dict, key, plist_new_string(text));
}

/* A MAC address of Apple's from the ECID, one of several by PART. */
static void put_mac(plist_t dict, const char *key, const char *given, uint64_t ecid, unsigned part)
{
	unsigned low = (unsigned)(ecid * 4 + part) & 0xffffff;
	char text[18];

	snprintf(text, sizeof(text), "a4:83:e7:%02x:%02x:%02x", low >> 16, low >> 8 & 0xff,
		 low & 0xff);
	put_text(dict, key, given ? given : text);
}

/* A device identity of 15 digits with its check digit (Luhn), made up from the ECID. */
static void put_imei(plist_t dict, const char *given, uint64_t ecid)
{
	char text[16];
	unsigned sum = 0;

	snprintf(text, sizeof(text), "35328911%06u", (unsigned)(ecid % 1000000));
	for (unsigned i = 0; i < 14; i++) {
		unsigned digit = (unsigned)(text[i] - '0') << (i & 1);

		sum += digit / 10 + digit % 10;
	}
	text[14] = (char)('0' + (10 - sum % 10) % 10);
	text[15] = '\0';
	put_text(dict, "InternationalMobileEquipmentIdentity", given ? given : text);
}

static void put_model(plist_t dict, const char *product, const struct model *model)
{
	char class[VALUE_TEXT_MAX + 1];

	snprintf(class, sizeof(class), "%.*s", (int)strcspn(product, "0123456789"), product);
	put_text(dict, "ProductType", product);
	put_text(dict, "DeviceClass", class);
	put_text(dict, "ProductName", "iPhone OS");
	if (!model)
		return;
	put_text(dict, "HardwareModel", model->hardware);
	put_text(dict, "ModelNumber", model->number);
	put_text(dict, "CPUArchitecture", model->cpu);
	put_text(dict, "FirmwareVersion", "iBoot-11881.122.1");
	plist_dict_set_item(dict, "ChipID", plist_new_uint(model->chip));
}

static plist_t new_global(const struct values_of *of)
{
	const char *product = of->product ? of->product : models[0].product;
	const struct model *model = find_model(product);
	bool has_modem = model && model->has_modem;
	plist_t dict = plist_new_dict();

	put_model(dict, product, model);
	put_text(dict, "UniqueDeviceID", of->udid);
	put_text(dict, "SerialNumber", of->serial);
	put_text(dict, "ProductVersion", of->os ? of->os : "18.5");
	put_text(dict, "BuildVersion", of->build ? of->build : "22F76");
	put_text(dict, "DeviceName", of->name ? of->name : "iPad");
	put_text(dict, "RegionInfo", "LL/A");
	put_text(dict, "TimeZone", "Etc/UTC");
	put_mac(dict, "WiFiAddress", of->wifi, of->ecid, 0);
	put_mac(dict, "BluetoothAddress", of->bluetooth, of->ecid, 1);
	put_mac(dict, "EthernetAddress", NULL, of->ecid, 2);
	if (has_modem)
		put_imei(dict, of->imei, of->ecid);
	plist_dict_set_item(dict, "UniqueChipID", plist_new_uint(of->ecid));
	plist_dict_set_item(dict, "TelephonyCapability", plist_new_bool(has_modem));
	plist_dict_set_item(dict, "HostAttached", plist_new_bool(1));
	plist_dict_set_item(dict, "Uses24HourClock", plist_new_bool(1));
	plist_dict_set_item(dict, "DevicePublicKey", identity_public_key(of->identity));
	return dict;
}

static plist_t new_texts(const char *const texts[])
{
	plist_t array = plist_new_array();

	for (; *texts; texts++)
		plist_array_append_item(array, plist_new_string(*texts));
	return array;
}

static plist_t new_international(void)
{
	static const char *const languages[] = { "en", "de", "fr", "es", "it", "ja", NULL };
	static const char *const locales[] = { "en_US", "en_GB", "de_DE", "fr_FR", "ja_JP", NULL };
	plist_t dict = plist_new_dict();

	put_text(dict, "Language", "en");
	put_text(dict, "Locale", "en_US");
	put_text(dict, "Keyboard", "en_US");
	plist_dict_set_item(dict, "SupportedLanguages", new_texts(languages));
	plist_dict_set_item(dict, "SupportedLocales", new_texts(locales));
	return dict;
}

static plist_t new_battery(void)
{
	plist_t dict = plist_new_dict();

	plist_dict_set_item(dict, "BatteryCurrentCapacity", plist_new_uint(80));
	plist_dict_set_item(dict, "BatteryIsCharging", plist_new_bool(1));
	plist_dict_set_item(dict, "ExternalConnected", plist_new_bool(1));
	plist_dict_set_item(dict, "FullyCharged", plist_new_bool(0));
	plist_dict_set_item(dict, "HasBattery", plist_new_bool(1));
	return dict;
}

static plist_t new_disk(void)
{
	plist_t dict = plist_new_dict();

	plist_dict_set_item(dict, "TotalDiskCapacity", plist_new_uint(64000000000));
	plist_dict_set_item(dict, "TotalSystemCapacity", plist_new_uint(12000000000));
	plist_dict_set_item(dict, "TotalDataCapacity", plist_new_uint(52000000000));
	plist_dict_set_item(dict, "TotalDataAvailable", plist_new_uint(40000000000));
	return dict;
}

static plist_t new_pair(const char *key, plist_t value)
{
	plist_t dict = plist_new_dict();

	plist_dict_set_item(dict, key, value);
	return dict;
}

int values_new(const struct values_of *of, plist_t *ret_values)
{
	plist_t values = plist_new_dict();

	if (!values)
		return -ENOMEM;
	plist_dict_set_item(values, "", new_global(of));
	plist_dict_set_item(values, "com.apple.international", new_international());
	plist_dict_set_item(values, "com.apple.mobile.battery", new_battery());
	plist_dict_set_item(values, "com.apple.disk_usage", new_disk());
	plist_dict_set_item(values, "com.apple.fmip", new_pair("IsAssociated", plist_new_bool(0)));
	plist_dict_set_item(values, "com.apple.security.mac.amfi",
			    new_pair("DeveloperModeStatus", plist_new_bool(0)));
	plist_dict_set_item(values, "com.apple.mobile.wireless_lockdown",
			    new_pair("EnableWifiConnections", plist_new_bool(0)));
	plist_dict_set_item(values, "com.apple.Accessibility",
			    new_pair("VoiceOverTouchEnabledByiTunes", plist_new_uint(0)));
	*ret_values = values;
	return 0;
}
