/* SPDX-License-Identifier: Apache-2.0 */
/* Serial number strings: who a device says it is, and what is not believed. */
#include "udev/usb_serial.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/tap.h"
#include "udev/usb_identity.h"

#define OLD "1d6f2a0b3c4d5e6f708192a3b4c5d6e7f8091a2b"
#define NO  USB_BOARD_UNKNOWN

static const struct {
	const char *what;
	enum usb_mode mode;
	const char *text;
	const char *udid;
	uint64_t ecid;
	uint32_t chip, board;
	const char *serial;
} rows[] = {
	{ "old UDID", USB_NORMAL, OLD, OLD, 0, 0, NO, "" },
	{ "new UDID", USB_NORMAL, "00008110001A2B3C4D5E6F70", "00008110-001A2B3C4D5E6F70",
	  0x1a2b3c4d5e6f70, 0x8110, NO, "" },
	{ "new UDID, lower case", USB_NORMAL, "00008110001a2b3c4d5e6f70",
	  "00008110-001A2B3C4D5E6F70", 0x1a2b3c4d5e6f70, 0x8110, NO, "" },
	{ "new UDID with its dash", USB_NORMAL, "00008110-001A2B3C4D5E6F70",
	  "00008110-001A2B3C4D5E6F70", 0x1a2b3c4d5e6f70, 0x8110, NO, "" },
	{ "a Mac's restore", USB_RESTORE, "00008103001A2B3C4D5E6F70", "00008103-001A2B3C4D5E6F70",
	  0x1a2b3c4d5e6f70, 0x8103, NO, "" },
	{ "nothing", USB_NORMAL, "", "", 0, 0, NO, "" },
	{ "a digit too few", USB_NORMAL, "00008110001A2B3C4D5E6F7", "", 0, 0, NO, "" },
	{ "blanks around", USB_NORMAL, " 00008110001A2B3C4D5E6F70", "", 0, 0, NO, "" },
	{ "a path", USB_NORMAL, "../../../../../../../../../etc/passwd.xx", "", 0, 0, NO, "" },
	{ "fields in normal mode", USB_NORMAL, "CPID:8110 ECID:001A2B3C4D5E6F70", "", 0, 0, NO,
	  "" },
	{ "a UDID in recovery mode", USB_RECOVERY, "00008110001A2B3C4D5E6F70", "", 0, 0, NO, "" },
	{ "recovery, A15", USB_RECOVERY,
	  "CPID:8110 CPRV:11 CPFM:03 SCEP:01 BDID:0E ECID:001A2B3C4D5E6F70 IBFL:BD "
	  "SRNM:[F2LXXXXXXXXX]",
	  "00008110-001A2B3C4D5E6F70", 0x1a2b3c4d5e6f70, 0x8110, 0x0e, "F2LXXXXXXXXX" },
	{ "DFU, A15", USB_DFU,
	  "CPID:8110 CPRV:11 CPFM:03 SCEP:01 BDID:0E ECID:001A2B3C4D5E6F70 IBFL:3C "
	  "SRTG:[iBoot-7429.41.5]",
	  "00008110-001A2B3C4D5E6F70", 0x1a2b3c4d5e6f70, 0x8110, 0x0e, "" },
	{ "recovery, A10: the UDID is a hash", USB_RECOVERY,
	  "CPID:8010 CPRV:11 CPFM:03 SCEP:01 BDID:1C ECID:001A2B3C4D5E6F70 IBFL:1D "
	  "SRNM:[F9FXXXXXXXXX] IMEI:[356XXXXXXXXXXXX]",
	  "", 0x1a2b3c4d5e6f70, 0x8010, 0x1c, "F9FXXXXXXXXX" },
	{ "A11, the last with a hash", USB_DFU, "CPID:8015 ECID:1", "", 1, 0x8015, NO, "" },
	{ "A12, the first without", USB_DFU, "CPID:8020 ECID:1", "00008020-0000000000000001", 1,
	  0x8020, NO, "" },
	{ "M1 Pro", USB_DFU, "CPID:6000 ECID:1", "00006000-0000000000000001", 1, 0x6000, NO, "" },
	{ "T2", USB_DFU, "CPID:8012 ECID:1", "00008012-0000000000000001", 1, 0x8012, NO, "" },
	{ "WTF", USB_WTF, "CPID:8900 CPRV:30 SRTG:[iBoot]", "", 0, 0x8900, NO, "" },
	{ "cut within the ECID's name", USB_DFU, "CPID:8110 BDID:0E EC", "", 0, 0x8110, 0x0e, "" },
	{ "cut serial number", USB_RECOVERY, "ECID:1 SRNM:[F2LX", "", 1, 0, NO, "" },
	{ "no digits", USB_DFU, "CPID: ECID: BDID:", "", 0, 0, NO, "" },
	{ "odd digits", USB_DFU, "CPID:81x0 ECID:-1 BDID:0x0E", "", 0, 0, NO, "" },
	{ "too many digits", USB_DFU, "CPID:000008110 ECID:0001A2B3C4D5E6F70", "", 0, 0, NO, "" },
	{ "the largest numbers", USB_DFU, "CPID:FFFFFFFF ECID:FFFFFFFFFFFFFFFF BDID:FFFFFFFE", "",
	  UINT64_MAX, UINT32_MAX, 0xfffffffe, "" },
	{ "no ECID", USB_DFU, "CPID:8110 ECID:0", "", 0, 0x8110, NO, "" },
	{ "two ECIDs", USB_DFU, "CPID:8110 ECID:1 ECID:2", "", 0, 0x8110, NO, "" },
	{ "one ECID twice", USB_DFU, "CPID:8110 ECID:1 ECID:1", "00008110-0000000000000001", 1,
	  0x8110, NO, "" },
	{ "two, then the first again", USB_DFU, "ECID:1 ECID:2 ECID:1", "", 0, 0, NO, "" },
	{ "one that begins another", USB_DFU, "ECID:1 ECID:12", "", 0, 0, NO, "" },
	{ "a name within a value", USB_DFU, "SRTG:[ECID:5] ECID:1", "", 1, 0, NO, "" },
	{ "a name within a name", USB_DFU, "XECID:5", "", 0, 0, NO, "" },
	{ "a tab between", USB_DFU, "CPID:8110\tECID:1", "", 0, 0, NO, "" },
	{ "two blanks between", USB_DFU, "CPID:8110  ECID:1", "00008110-0000000000000001", 1,
	  0x8110, NO, "" },
	{ "a serial number of nothing", USB_RECOVERY, "SRNM:[]", "", 0, 0, NO, "" },
	{ "a bracket alone", USB_RECOVERY, "SRNM:[", "", 0, 0, NO, "" },
	{ "a serial number with a slash", USB_RECOVERY, "SRNM:[../F2L]", "", 0, 0, NO, "" },
	{ "a serial number with an escape", USB_RECOVERY, "SRNM:[F2L\x1b[31m]", "", 0, 0, NO, "" },
	{ "a serial number of other letters", USB_RECOVERY, "SRNM:[\xc3\x84]", "", 0, 0, NO, "" },
	{ "the longest serial number", USB_RECOVERY, "SRNM:[ABCDEFGHIJKLMNOPQRSTUVWX]", "", 0, 0,
	  NO, "ABCDEFGHIJKLMNOPQRSTUVWX" },
	{ "one that is too long", USB_RECOVERY, "SRNM:[ABCDEFGHIJKLMNOPQRSTUVWXY]", "", 0, 0, NO,
	  "" },
};

static void test_rows(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct usb_serial got = usb_serial_read(rows[i].mode, rows[i].text);
		bool fine = strcmp(got.udid.text, rows[i].udid) == 0 && got.ecid == rows[i].ecid &&
			    got.chip == rows[i].chip && got.board == rows[i].board &&
			    strcmp(got.serial, rows[i].serial) == 0;

		if (!ok(fine, "%s", rows[i].what))
			printf("# got: udid %s ecid %llx chip %x board %x serial %s\n",
			       got.udid.text, (unsigned long long)got.ecid, got.chip, got.board,
			       got.serial);
	}
}

static void test_length(void)
{
	char text[USB_SERIAL_TEXT_MAX + 2] = "ECID:1 ";

	memset(text + strlen(text), 'X', USB_SERIAL_TEXT_MAX - strlen(text));
	is_number((long long)usb_serial_read(USB_DFU, text).ecid, 1, "as long as there can be");
	text[USB_SERIAL_TEXT_MAX] = 'X';
	is_number((long long)usb_serial_read(USB_DFU, text).ecid, 0, "longer than there can be");
}

/* In every mode a device of the newer kind is known as the same. */
static void test_tie(void)
{
	struct usb_serial normal = usb_serial_read(USB_NORMAL, "00008110001A2B3C4D5E6F70");
	struct usb_serial dfu = usb_serial_read(USB_DFU, "CPID:8110 ECID:001A2B3C4D5E6F70");

	ok(udid_equal(&normal.udid, &dfu.udid) && normal.ecid == dfu.ecid &&
		   normal.chip == dfu.chip,
	   "normal and DFU are tied");
}

int main(void)
{
	test_rows();
	test_length();
	test_tie();
	return tap_done();
}
