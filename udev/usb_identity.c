/* SPDX-License-Identifier: Apache-2.0 */
/* What each of Apple's USB product numbers is, in which mode, and what the station does with it. */
#include "udev/usb_identity.h"

#include <errno.h>
#include <stddef.h>

/* The station's own table. FAMILY is what the product number alone says. */
static const struct {
	uint16_t first, last;
	enum usb_mode mode;
	enum usb_family family;
} products[] = {
	{ 0x1222, 0x1222, USB_WTF, USB_FAMILY_MOBILE },
	{ 0x1227, 0x1227, USB_DFU, USB_FAMILY_UNKNOWN },
	{ 0x1280, 0x1283, USB_RECOVERY, USB_FAMILY_UNKNOWN },
	{ 0x1290, 0x12af, USB_NORMAL, USB_FAMILY_MOBILE },
	{ 0x1881, 0x1881, USB_DFU, USB_FAMILY_UNKNOWN },
	{ 0x1901, 0x1905, USB_RESTORE, USB_FAMILY_MAC_SILICON },
	{ 0x8233, 0x8233, USB_BRIDGE, USB_FAMILY_MAC_INTEL },
	{ 0x8600, 0x8600, USB_BRIDGE, USB_FAMILY_MAC_INTEL },
	{ 0xf014, 0xf014, USB_DFU, USB_FAMILY_UNKNOWN },
};
#define PRODUCTS (sizeof products / sizeof products[0])

/* Chips that are in Macs and in pads: the board tells which. */
static const uint32_t shared_chips[] = { 0x8103, 0x8112, 0x8122, 0x8132, 0x8142 };
/* Boards of Macs with these chips; below are pads, above are headsets. */
#define MAC_BOARD_FIRST 0x20
#define MAC_BOARD_LAST	0x3f

/* Chips that are in one family only; what no range holds is not known. */
static const struct {
	uint32_t first, last;
	enum usb_family family;
} chips[] = {
	{ 0x6000, 0x60ff, USB_FAMILY_MAC_SILICON }, /* M1 Pro and all larger ones since */
	{ 0x7000, 0x7002, USB_FAMILY_MOBILE },	    { 0x8000, 0x8011, USB_FAMILY_MOBILE },
	{ 0x8012, 0x8012, USB_FAMILY_MAC_INTEL }, /* the T2 */
	{ 0x8015, 0x8015, USB_FAMILY_MOBILE },	    { 0x8020, 0x8030, USB_FAMILY_MOBILE },
	{ 0x8101, 0x8101, USB_FAMILY_MOBILE },	    { 0x8110, 0x8110, USB_FAMILY_MOBILE },
	{ 0x8120, 0x8120, USB_FAMILY_MOBILE },	    { 0x8130, 0x8130, USB_FAMILY_MOBILE },
	{ 0x8140, 0x8140, USB_FAMILY_MOBILE },	    { 0x8150, 0x8150, USB_FAMILY_MOBILE },
	{ 0x8301, 0x8310, USB_FAMILY_MOBILE },	    { 0x8720, 0x8960, USB_FAMILY_MOBILE },
};

int usb_identity_find(uint16_t vendor, uint16_t product, enum usb_mode *ret_mode)
{
	if (vendor != USB_VENDOR_APPLE)
		return -ENODEV;
	for (size_t i = 0; i < PRODUCTS; i++) {
		if (product < products[i].first || product > products[i].last)
			continue;
		*ret_mode = products[i].mode;
		return 0;
	}
	return -ENODEV;
}

static enum usb_family family_of_product(uint16_t product)
{
	for (size_t i = 0; i < PRODUCTS; i++)
		if (product >= products[i].first && product <= products[i].last)
			return products[i].family;
	return USB_FAMILY_UNKNOWN;
}

static enum usb_family family_of_board(uint32_t board)
{
	if (board == USB_BOARD_UNKNOWN)
		return USB_FAMILY_UNKNOWN;
	return board >= MAC_BOARD_FIRST && board <= MAC_BOARD_LAST ? USB_FAMILY_MAC_SILICON
								   : USB_FAMILY_MOBILE;
}

enum usb_family usb_identity_family(uint16_t product, uint32_t chip, uint32_t board)
{
	enum usb_family family = family_of_product(product);

	if (family != USB_FAMILY_UNKNOWN)
		return family;
	for (size_t i = 0; i < sizeof shared_chips / sizeof shared_chips[0]; i++)
		if (chip == shared_chips[i])
			return family_of_board(board);
	for (size_t i = 0; i < sizeof chips / sizeof chips[0]; i++)
		if (chip >= chips[i].first && chip <= chips[i].last)
			return chips[i].family;
	return USB_FAMILY_UNKNOWN;
}

static const struct {
	const char *name;
	enum usb_use use;
} modes[USB_MODES] = {
	[USB_NORMAL] = { "normal", USB_WORK },	 [USB_RECOVERY] = { "recovery", USB_SHOW },
	[USB_DFU] = { "dfu", USB_SHOW },	 [USB_WTF] = { "wtf", USB_SHOW },
	[USB_RESTORE] = { "restore", USB_WAIT }, [USB_BRIDGE] = { "bridge", USB_SHOW },
};

#define MOBILE_REMEDY                                                                      \
	"Hold its buttons until it restarts; if it comes back like this, restore it with " \
	"Apple Configurator on a Mac."
#define EITHER_REMEDY                                                                   \
	"A phone or pad: hold its buttons until it restarts, or restore it with Apple " \
	"Configurator. A Mac: unplug it, no Mac is set up over this cable."
#define MAC_REMEDY                                                                           \
	"Unplug it: no Mac is set up over this cable. If it does not start, revive it with " \
	"Apple Configurator on another Mac."

/* What a person is told. A mode's first row is for any family that has none of its own. */
static const struct words {
	enum usb_mode mode;
	enum usb_family family;
	const char *sentence, *remedy;
} words[] = {
	{ USB_NORMAL, USB_FAMILY_UNKNOWN, "The device runs.", "" },
	{ USB_RECOVERY, USB_FAMILY_UNKNOWN, "This is a device or a Mac in recovery mode.",
	  EITHER_REMEDY },
	{ USB_RECOVERY, USB_FAMILY_MOBILE, "The device is in recovery mode.", MOBILE_REMEDY },
	{ USB_RECOVERY, USB_FAMILY_MAC_SILICON, "This is a Mac in recovery mode.", MAC_REMEDY },
	{ USB_RECOVERY, USB_FAMILY_MAC_INTEL, "This is a Mac whose T2 chip is in recovery mode.",
	  MAC_REMEDY },
	{ USB_DFU, USB_FAMILY_UNKNOWN, "This is a device or a Mac in DFU mode.", EITHER_REMEDY },
	{ USB_DFU, USB_FAMILY_MOBILE, "The device is in DFU mode: its screen stays black.",
	  MOBILE_REMEDY },
	{ USB_DFU, USB_FAMILY_MAC_SILICON, "This is a Mac in DFU mode.", MAC_REMEDY },
	{ USB_DFU, USB_FAMILY_MAC_INTEL, "This is a Mac whose T2 chip is in DFU mode.",
	  MAC_REMEDY },
	{ USB_WTF, USB_FAMILY_UNKNOWN, "This is a very old device that cannot start.",
	  "Restore it with a computer that still knows it, or hand it to the desk." },
	{ USB_RESTORE, USB_FAMILY_UNKNOWN, "This is a Mac that is being restored.",
	  "Leave it plugged in until the restore has ended. This station does not set it up." },
	{ USB_BRIDGE, USB_FAMILY_UNKNOWN, "This is the chip inside a Mac.", MAC_REMEDY },
};

static const struct words *words_of(const struct usb_device *device)
{
	const struct words *any = NULL;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (words[i].mode != device->mode)
			continue;
		if (words[i].family == device->family)
			return &words[i];
		if (!any)
			any = &words[i];
	}
	return any;
}

const char *usb_mode_name(enum usb_mode mode)
{
	return modes[mode].name;
}

const char *usb_family_name(enum usb_family family)
{
	static const char *const names[USB_FAMILIES] = {
		[USB_FAMILY_UNKNOWN] = "unknown",
		[USB_FAMILY_MOBILE] = "mobile",
		[USB_FAMILY_MAC_SILICON] = "mac-silicon",
		[USB_FAMILY_MAC_INTEL] = "mac-intel",
	};

	return names[family];
}

enum usb_use usb_mode_use(enum usb_mode mode)
{
	return modes[mode].use;
}

const char *usb_device_sentence(const struct usb_device *device)
{
	return words_of(device)->sentence;
}

const char *usb_device_remedy(const struct usb_device *device)
{
	return words_of(device)->remedy;
}
