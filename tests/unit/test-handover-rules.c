/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of handovers: serial numbers, reports, links, volumes; each as a table. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/rules/link.h"
#include "station/rules/mac_report.h"
#include "station/rules/mac_serial.h"
#include "station/rules/volume.h"
#include "station/values/handover.h"
#include "tests/unit/tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void check_serials(void)
{
	static const struct {
		const char *typed, *want;
		bool barcode;
		enum mac_serial_fault fault;
	} rows[] = {
		{ "C02XL0THJGH5", "C02XL0THJGH5", false, MAC_SERIAL_FINE },
		{ "c02xl0thjgh5", "C02XL0THJGH5", false, MAC_SERIAL_FINE },
		{ "  C02XL0THJGH5\r\n", "C02XL0THJGH5", false, MAC_SERIAL_FINE },
		{ "FVFXC1ABCD", "FVFXC1ABCD", false, MAC_SERIAL_FINE },
		{ "W8711ABCXYZ", "W8711ABCXYZ", false, MAC_SERIAL_FINE },
		{ "SC02XL0THJGH5", "C02XL0THJGH5", true, MAC_SERIAL_FINE },
		{ "sc02xl0thjgh5", "C02XL0THJGH5", true, MAC_SERIAL_FINE },
		{ "SFVFXC1ABCD", "FVFXC1ABCD", true, MAC_SERIAL_FINE },
		/* Twelve that begin with S are a serial number. */
		{ "SC02XL0THJGH", "SC02XL0THJGH", false, MAC_SERIAL_FINE },
		/* The newer form may have O and I. */
		{ "FVFOI1ABCD", "FVFOI1ABCD", false, MAC_SERIAL_FINE },
		{ "12345678", "12345678", false, MAC_SERIAL_FINE },
		{ "12345678901234", "12345678901234", false, MAC_SERIAL_FINE },
		{ "S12345678901234", "12345678901234", true, MAC_SERIAL_FINE },
		{ "", "", false, MAC_SERIAL_LENGTH },
		{ "   ", "", false, MAC_SERIAL_LENGTH },
		{ "C02XL0T", "", false, MAC_SERIAL_LENGTH },
		{ "123456789012345", "", false, MAC_SERIAL_LENGTH },
		{ "C02XL0 HJGH5", "", false, MAC_SERIAL_CHARACTER },
		{ "C02XL0-HJGH5", "", false, MAC_SERIAL_CHARACTER },
		{ "C02XL0THJGH\x1b", "", false, MAC_SERIAL_CHARACTER },
		{ "C02XL\xc3\x96HJGH5", "", false, MAC_SERIAL_CHARACTER },
		{ "C02XLOTHJGH5", "", false, MAC_SERIAL_LETTER_O },
		{ "C02XLITHJGH5", "", false, MAC_SERIAL_LETTER_O },
		{ "C02XLiTHJG5", "", false, MAC_SERIAL_LETTER_O },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct mac_serial got = { .text = "" };

		ok(mac_serial_read(rows[i].typed, &got) == rows[i].fault, "serial number %zu: %.7s",
		   i, rows[i].typed + strspn(rows[i].typed, " "));
		is_string(got.text, rows[i].want, "… is read");
		ok(got.barcode == rows[i].barcode, "… the barcode's S");
		ok((mac_serial_sentence(rows[i].fault)[0] == '\0') ==
			   (rows[i].fault == MAC_SERIAL_FINE),
		   "… what is wrong is said");
	}
}

static void check_answers(void)
{
	static const struct {
		const char *text;
		enum mac_enrolled want;
	} rows[] = {
		{ "Yes (User Approved)", MAC_ENROLLED_YES },
		{ "Yes", MAC_ENROLLED_YES },
		{ "yes", MAC_ENROLLED_YES },
		{ "No", MAC_ENROLLED_NO },
		{ "NO ", MAC_ENROLLED_NO },
		{ "", MAC_ENROLLED_UNKNOWN },
		{ "Yesterday", MAC_ENROLLED_UNKNOWN },
		{ "None", MAC_ENROLLED_UNKNOWN },
		{ "Ja", MAC_ENROLLED_UNKNOWN },
		{ " Yes", MAC_ENROLLED_UNKNOWN },
		{ "Nos", MAC_ENROLLED_UNKNOWN },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		is_number(mac_enrolled_from_text(rows[i].text), rows[i].want, rows[i].text);
}

#define OURS   "mdm.muster.test"
#define THEIRS "other.example"

static const struct {
	const char *what;
	enum mac_enrolled enrolled;
	const char *host;
	bool listed;
	struct mac_expected expected;
	enum handover_standing want;
} reports[] = {
	{ "our server",
	  MAC_ENROLLED_YES,
	  OURS,
	  false,
	  { true, true, OURS, "a.b" },
	  HANDOVER_ENROLLED },
	{ "our profile",
	  MAC_ENROLLED_YES,
	  THEIRS,
	  true,
	  { true, true, OURS, "a.b" },
	  HANDOVER_ENROLLED },
	{ "another server",
	  MAC_ENROLLED_YES,
	  THEIRS,
	  false,
	  { true, true, OURS, "a.b" },
	  HANDOVER_ELSEWHERE },
	{ "a server that the profile does not name itself",
	  MAC_ENROLLED_YES,
	  THEIRS,
	  false,
	  { true, false, OURS, "a.b" },
	  HANDOVER_UNPROVEN },
	{ "no server said",
	  MAC_ENROLLED_YES,
	  "",
	  false,
	  { true, true, OURS, "a.b" },
	  HANDOVER_UNPROVEN },
	{ "no server expected",
	  MAC_ENROLLED_YES,
	  OURS,
	  false,
	  { true, true, "", "a.b" },
	  HANDOVER_UNPROVEN },
	{ "neither said nor expected",
	  MAC_ENROLLED_YES,
	  "",
	  false,
	  { true, true, "", "a" },
	  HANDOVER_UNPROVEN },
	{ "a profile that we do not have",
	  MAC_ENROLLED_YES,
	  OURS,
	  true,
	  { false, true, OURS, "a.b" },
	  HANDOVER_UNPROVEN },
	{ "not enrolled", MAC_ENROLLED_NO, "", false, { true, true, OURS, "a.b" }, HANDOVER_NOT },
	{ "not enrolled, whatever else it says",
	  MAC_ENROLLED_NO,
	  OURS,
	  true,
	  { true, true, OURS, "a.b" },
	  HANDOVER_NOT },
	{ "it does not say",
	  MAC_ENROLLED_UNKNOWN,
	  OURS,
	  true,
	  { true, true, OURS, "a.b" },
	  HANDOVER_GIVEN },
};

static void check_reports(void)
{
	for (size_t i = 0; i < COUNT(reports); i++) {
		struct mac_report report = { .enrolled = reports[i].enrolled };

		snprintf(report.host, sizeof report.host, "%s", reports[i].host);
		strcpy(report.profiles[report.profile_count++], "com.example.other");
		if (reports[i].listed)
			strcpy(report.profiles[report.profile_count++], "a.b");
		is_number(mac_report_judge(&report, &reports[i].expected), reports[i].want,
			  reports[i].what);
	}
}

/* Only a Mac's own word about the right place passes. */
static void check_standings(void)
{
	for (unsigned i = 0; i < HANDOVER_STANDINGS; i++) {
		enum handover_standing standing = (enum handover_standing)i, got = HANDOVER_GIVEN;
		const char *word = handover_standing_to_text(standing);
		bool enrolled = standing == HANDOVER_ENROLLED;
		bool fault = handover_fault(standing) != FAULT_NONE;

		ok(handover_standing_from_text(word, &got) == 0 && got == standing, "%s", word);
		ok(handover_standing_sentence(standing)[0] != '\0', "… has a sentence");
		ok(handover_is_verified(standing) == enrolled, "… verified if enrolled");
		ok((handover_outcome(standing) == OUTCOME_PASSED) == enrolled,
		   "… and only then passed");
		ok(!fault || handover_outcome(standing) == fault_outcome(handover_fault(standing)),
		   "… its outcome is the fault's");
		ok(fault || outcome_is_final(handover_outcome(standing)), "… it is an end");
	}
	for (unsigned i = 0; i < HANDOVER_WAYS; i++) {
		enum handover_way got = HANDOVER_STICK;
		const char *word = handover_way_to_text((enum handover_way)i);

		ok(handover_way_from_text(word, &got) == 0 && got == (enum handover_way)i, "%s",
		   word);
	}
	is_number(handover_way_from_text("pigeon", &(enum handover_way){ 0 }), -EINVAL, "no way");
	is_number(handover_standing_from_text("", &(enum handover_standing){ 0 }), -EINVAL,
		  "no standing");
}

#define TOKEN_A "0123456789abcdef0123456789abcdef"
#define TOKEN_B "0123456789abcdef0123456789abcdee"

static void check_links(void)
{
	static const struct {
		const char *what;
		struct link link;
		enum link_ask ask;
		msec_t now;
		enum link_answer want;
	} rows[] = {
		{ "looked at", { TOKEN_A, 100, false }, LINK_LOOK, 0, LINK_SHOW },
		{ "looked at again", { TOKEN_A, 100, false }, LINK_LOOK, 99, LINK_SHOW },
		{ "taken", { TOKEN_A, 100, false }, LINK_TAKE, 99, LINK_GIVE },
		{ "taken twice", { TOKEN_A, 100, true }, LINK_TAKE, 50, LINK_GONE_USED },
		{ "looked at when used", { TOKEN_A, 100, true }, LINK_LOOK, 50, LINK_GONE_USED },
		{ "used and expired", { TOKEN_A, 100, true }, LINK_LOOK, 500, LINK_GONE_USED },
		{ "looked at on its last millisecond",
		  { TOKEN_A, 100, false },
		  LINK_LOOK,
		  100,
		  LINK_GONE_EXPIRED },
		{ "taken too late", { TOKEN_A, 100, false }, LINK_TAKE, 101, LINK_GONE_EXPIRED },
	};
	static const char *const wrong[] = {
		"",
		"0123456789abcdef",
		TOKEN_A "0",
		"0123456789ABCDEF0123456789ABCDEF",
		"0123456789abcdef0123456789abcde/",
		"style.css",
	};
	struct link links[] = { { TOKEN_B, 10, false }, { TOKEN_A, 30, false }, { "", 90, true } };

	for (size_t i = 0; i < COUNT(rows); i++)
		is_number(link_answer(&rows[i].link, rows[i].ask, rows[i].now), rows[i].want,
			  rows[i].what);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		ok(!link_is_token(wrong[i]), "no token: \"%s\"", wrong[i]);
		ok(!link_find(links, 2, wrong[i]), "… and no link's");
	}
	ok(link_find(links, 2, TOKEN_A) == &links[1], "a link is found by its token");
	ok(!link_find(links, 1, TOKEN_A), "and not by one that is nearly its own");
	is_number(link_last_end(links, 3, 0), 30, "the last open one");
	is_number(link_last_end(links, 3, 30), 0, "none is open");
}

static void check_volumes(void)
{
	static const struct {
		const char *what;
		struct volume volume;
		enum volume_fault want;
	} rows[] = {
#define STICK .disk = "sdb", .removable = true, .usb = true
		{ "a stick", { STICK, .format = "vfat" }, VOLUME_FINE },
		{ "in exFAT", { STICK, .format = "exfat" }, VOLUME_FINE },
		{ "in HFS+", { STICK, .format = "hfsplus" }, VOLUME_FINE },
		{ "in ext4", { STICK, .format = "ext4" }, VOLUME_FORMAT },
		{ "in NTFS", { STICK, .format = "ntfs3" }, VOLUME_FORMAT },
		{ "of no format", { STICK, .format = "" }, VOLUME_FORMAT },
		{ "locked", { STICK, .format = "vfat", .read_only = true }, VOLUME_READ_ONLY },
		{ "of the system", { STICK, .format = "vfat", .system = true }, VOLUME_SYSTEM },
		{ "a USB disk", { .disk = "sdb", .usb = true, .format = "vfat" }, VOLUME_FIXED },
		{ "a card in the computer's slot",
		  { .disk = "mmcblk0", .removable = true, .format = "vfat" },
		  VOLUME_NOT_USB },
		{ "a network's", { .format = "vfat" }, VOLUME_NO_DISK },
		{ "a network's that says it is a stick",
		  { .format = "vfat", .removable = true, .usb = true },
		  VOLUME_NO_DISK },
	};
	static const struct {
		const char *mount;
		bool want;
	} places[] = {
		{ "/", true },
		{ "/home", true },
		{ "/home/kim", true },
		{ "/home/kim/usb", false },
		{ "/boot/efi", true },
		{ "/var/lib/x", true },
		{ "/media/kim/A", false },
		{ "/run/media/k/A", false },
		{ "/mnt", false },
		{ "/tmp", true },
		{ "/tmp/a", false },
		{ "/bootleg", false },
		{ "/usr", true },
		{ "/sys/fs", true },
		{ "/root", true },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		is_number(volume_judge(&rows[i].volume), rows[i].want, rows[i].what);
		ok((volume_sentence(rows[i].want)[0] == '\0') == (rows[i].want == VOLUME_FINE),
		   "… what is wrong is said");
	}
	for (size_t i = 0; i < COUNT(places); i++)
		ok(volume_is_system_place(places[i].mount) == places[i].want, "%s",
		   places[i].mount);
}

static void check_names(void)
{
	static const struct {
		const char *name, *want;
	} rows[] = {
		{ "intune", "intune.mobileconfig" },
		{ "Intune 2026/11", "Intune-2026-11.mobileconfig" },
		{ "..hidden", "hidden.mobileconfig" },
		{ "", "profile.mobileconfig" },
		{ "...", "profile.mobileconfig" },
		{ "Sch\xc3\xbcler", "Sch-ler.mobileconfig" },
		{ "a:b*c?\"<>|\\", "a-b-c------.mobileconfig" },
		{ "0123456789012345678901234567890123456789012345678901234567890123456789",
		  "0123456789012345678901234567890123456789012345678901234567.mobileconfig" },
	};
	char out[VOLUME_NAME_MAX];

	for (size_t i = 0; i < COUNT(rows); i++)
		is_string(volume_name(rows[i].name, ".mobileconfig", out), rows[i].want,
			  rows[i].name);
}

int main(void)
{
	check_serials();
	check_answers();
	check_reports();
	check_standings();
	check_links();
	check_volumes();
	check_names();
	return tap_done();
}
