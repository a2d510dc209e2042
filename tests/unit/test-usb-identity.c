/* SPDX-License-Identifier: Apache-2.0 */
/* Which products are which mode, which chips are which family, and what a person is told. */
#include "udev/usb_identity.h"

#include <errno.h>
#include <string.h>

#include "device/facts/clean.h"
#include "tests/unit/tap.h"

/* No mode of the table. */
#define NOTHING USB_MODES

static void test_products(void)
{
	static const struct {
		uint16_t vendor, product;
		int mode;
	} rows[] = {
		{ 0x05ac, 0x1221, NOTHING },	  { 0x05ac, 0x1222, USB_WTF },
		{ 0x05ac, 0x1223, NOTHING },	  { 0x05ac, 0x1226, NOTHING },
		{ 0x05ac, 0x1227, USB_DFU },	  { 0x05ac, 0x1228, NOTHING },
		{ 0x05ac, 0x127f, NOTHING },	  { 0x05ac, 0x1280, USB_RECOVERY },
		{ 0x05ac, 0x1281, USB_RECOVERY }, { 0x05ac, 0x1283, USB_RECOVERY },
		{ 0x05ac, 0x1284, NOTHING },	  { 0x05ac, 0x128f, NOTHING },
		{ 0x05ac, 0x1290, USB_NORMAL },	  { 0x05ac, 0x12a8, USB_NORMAL },
		{ 0x05ac, 0x12ab, USB_NORMAL },	  { 0x05ac, 0x12af, USB_NORMAL },
		{ 0x05ac, 0x12b0, NOTHING },	  { 0x05ac, 0x1881, USB_DFU },
		{ 0x05ac, 0x1900, NOTHING },	  { 0x05ac, 0x1901, USB_RESTORE },
		{ 0x05ac, 0x1905, USB_RESTORE },  { 0x05ac, 0x1906, NOTHING },
		{ 0x05ac, 0x8233, USB_BRIDGE },	  { 0x05ac, 0x8600, USB_BRIDGE },
		{ 0x05ac, 0xf014, USB_DFU },	  { 0x05ac, 0x024f, NOTHING },
		{ 0x05ac, 0x0000, NOTHING },	  { 0x05ac, 0xffff, NOTHING },
		{ 0x1d6b, 0x12a8, NOTHING },	  { 0x0000, 0x1227, NOTHING },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		enum usb_mode mode = (enum usb_mode)NOTHING;
		int r = usb_identity_find(rows[i].vendor, rows[i].product, &mode);

		ok(r == (rows[i].mode == NOTHING ? -ENODEV : 0) && (int)mode == rows[i].mode,
		   "%04x:%04x", rows[i].vendor, rows[i].product);
	}
}

static void test_families(void)
{
	static const struct {
		const char *what;
		uint16_t product;
		uint32_t chip, board;
		enum usb_family family;
	} rows[] = {
		{ "iPhone 13 in DFU", 0x1227, 0x8110, 0x0e, USB_FAMILY_MOBILE },
		{ "iPad 7 in DFU", 0x1227, 0x8010, 0x1c, USB_FAMILY_MOBILE },
		{ "iPad mini 2 in recovery", 0x1281, 0x8960, 0x0a, USB_FAMILY_MOBILE },
		{ "iPhone 16 in recovery", 0x1281, 0x8140, 0x08, USB_FAMILY_MOBILE },
		{ "M1 Mac mini in DFU", 0x1227, 0x8103, 0x22, USB_FAMILY_MAC_SILICON },
		{ "M1 iPad Pro in DFU", 0x1227, 0x8103, 0x08, USB_FAMILY_MOBILE },
		{ "M1, board not told", 0x1227, 0x8103, USB_BOARD_UNKNOWN, USB_FAMILY_UNKNOWN },
		{ "M2 MacBook Air", 0x1227, 0x8112, 0x28, USB_FAMILY_MAC_SILICON },
		{ "M2 iPad Air", 0x1227, 0x8112, 0x10, USB_FAMILY_MOBILE },
		{ "M2 headset", 0x1227, 0x8112, 0x42, USB_FAMILY_MOBILE },
		{ "M4 iMac", 0x1281, 0x8132, 0x2e, USB_FAMILY_MAC_SILICON },
		{ "M1 Pro MacBook Pro", 0x1227, 0x6000, 0x08, USB_FAMILY_MAC_SILICON },
		{ "M3 Max MacBook Pro", 0x1227, 0x6031, 0x44, USB_FAMILY_MAC_SILICON },
		{ "M1 Ultra, board not told", 0x1227, 0x6002, USB_BOARD_UNKNOWN,
		  USB_FAMILY_MAC_SILICON },
		{ "T2 in DFU", 0x1227, 0x8012, 0x0a, USB_FAMILY_MAC_INTEL },
		{ "T2 in recovery", 0x1281, 0x8012, USB_BOARD_UNKNOWN, USB_FAMILY_MAC_INTEL },
		{ "a chip of the future", 0x1227, 0x8199, 0x08, USB_FAMILY_UNKNOWN },
		{ "no chip told", 0x1227, 0, USB_BOARD_UNKNOWN, USB_FAMILY_UNKNOWN },
		{ "a chip that is none", 0x1227, UINT32_MAX, 0, USB_FAMILY_UNKNOWN },
		{ "normal mode, whatever it says", 0x12a8, 0x8012, 0, USB_FAMILY_MOBILE },
		{ "Mac in restore", 0x1901, 0, USB_BOARD_UNKNOWN, USB_FAMILY_MAC_SILICON },
		{ "T2 itself", 0x8600, 0, USB_BOARD_UNKNOWN, USB_FAMILY_MAC_INTEL },
		{ "no product of ours", 0x024f, 0, USB_BOARD_UNKNOWN, USB_FAMILY_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		is_string(usb_family_name(usb_identity_family(rows[i].product, rows[i].chip,
							      rows[i].board)),
			  usb_family_name(rows[i].family), rows[i].what);
}

static void test_uses(void)
{
	static const struct {
		enum usb_mode mode;
		const char *name;
		enum usb_use use;
	} rows[USB_MODES] = {
		{ USB_NORMAL, "normal", USB_WORK },   { USB_RECOVERY, "recovery", USB_SHOW },
		{ USB_DFU, "dfu", USB_SHOW },	      { USB_WTF, "wtf", USB_SHOW },
		{ USB_RESTORE, "restore", USB_WAIT }, { USB_BRIDGE, "bridge", USB_SHOW },
	};

	for (size_t i = 0; i < USB_MODES; i++) {
		is_string(usb_mode_name(rows[i].mode), rows[i].name, rows[i].name);
		is_number(usb_mode_use(rows[i].mode), rows[i].use, "what is done with it");
	}
}

/* Whether TEXT is a sentence that fits on a line of the screen. */
static bool is_sentence(const char *text)
{
	return text && text[0] && strlen(text) < CLEAN_MAX && text[strlen(text) - 1] == '.';
}

static void test_words(void)
{
	for (int mode = 0; mode < USB_MODES; mode++) {
		for (int family = 0; family < USB_FAMILIES; family++) {
			const struct usb_device device = { .mode = (enum usb_mode)mode,
							   .family = (enum usb_family)family };
			const char *remedy = usb_device_remedy(&device);

			ok(is_sentence(usb_device_sentence(&device)) &&
				   (mode == USB_NORMAL ? !*remedy : is_sentence(remedy)),
			   "words for %s, %s", usb_mode_name(device.mode),
			   usb_family_name(device.family));
		}
	}
}

/* A Mac is called one wherever it is known to be one, and no phone is. */
static void test_macs(void)
{
	static const enum usb_mode modes[] = { USB_RECOVERY, USB_DFU };

	for (size_t i = 0; i < 2; i++) {
		struct usb_device device = { .mode = modes[i], .family = USB_FAMILY_MAC_SILICON };

		ok(strstr(usb_device_sentence(&device), "a Mac") &&
			   strstr(usb_device_remedy(&device), "no Mac is set up"),
		   "a Mac in %s", usb_mode_name(modes[i]));
		device.family = USB_FAMILY_MAC_INTEL;
		ok(strstr(usb_device_sentence(&device), "T2"), "a T2 in %s",
		   usb_mode_name(modes[i]));
		device.family = USB_FAMILY_MOBILE;
		ok(!strstr(usb_device_sentence(&device), "Mac"), "a phone in %s",
		   usb_mode_name(modes[i]));
		device.family = USB_FAMILY_UNKNOWN;
		ok(strstr(usb_device_sentence(&device), "a device or a Mac"), "who knows, in %s",
		   usb_mode_name(modes[i]));
	}
}

int main(void)
{
	test_products();
	test_families();
	test_uses();
	test_words();
	test_macs();
	return tap_done();
}
