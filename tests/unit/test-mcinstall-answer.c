/* SPDX-License-Identifier: Apache-2.0 */
/* MCInstall's answers: status, error chain, and whether a profile is there. */
#include "device/mcinstall_answer.h"

#include <stdio.h>
#include <string.h>

#include "config.h"
#include "device/identity.h"
#include "device/value.h"
#include "tests/unit/tap.h"

#define IDENTIFIER "org.example.wifi"
#define UUID	   "9F4E2C10-52A7-4B7E-8E0B-7D9A3B1C5F01"

/* The property list within <plist>. */
static plist_t parse(const char *body)
{
	char xml[4096];
	plist_t plist = NULL;
	int len = snprintf(xml, sizeof xml,
			   "<?xml version=\"1.0\"?><plist version=\"1.0\">%s</plist>", body);

#ifdef PLIST_FROM_MEMORY_HAS_FORMAT
	plist_from_memory(xml, (uint32_t)len, &plist, NULL);
#else
	plist_from_memory(xml, (uint32_t)len, &plist);
#endif
	return plist;
}

static struct fault judge(const char *body)
{
	plist_t answer = parse(body);
	struct fault fault = mcinstall_judge(answer, FAULT_PROFILE_REFUSED);

	plist_free(answer);
	return fault;
}

static void test_status(void)
{
	struct fault fault = judge("<dict><key>Status</key><string>Acknowledged</string></dict>");

	ok(!fault_is_set(&fault), "Acknowledged is no fault");
	fault = judge("<dict><key>Status</key><string>CommandFormatError</string></dict>");
	ok(fault.kind == FAULT_PROFILE_REFUSED, "any other status is a refusal");
	is_string(fault.text, "CommandFormatError", "told by its word");
	fault = judge("<dict></dict>");
	ok(fault.kind == FAULT_ANSWER_MISSING, "no status is something missing");
	fault = judge("<dict><key>Status</key><integer>1</integer></dict>");
	ok(fault.kind == FAULT_ANSWER_MISSING, "so is one that is no text");
	fault = judge("<array/>");
	ok(fault.kind == FAULT_ANSWER_MALFORMED, "a list is no answer");
	fault = mcinstall_judge(NULL, FAULT_PROFILE_REFUSED);
	ok(fault.kind == FAULT_ANSWER_MALFORMED, "nothing is no answer");
}

#define LINK(code, domain, text)                   \
	"<dict><key>ErrorCode</key><integer>" code \
	"</integer><key>ErrorDomain</key><string>" domain "</string>" text "</dict>"
#define TEXT(text) "<key>LocalizedDescription</key><string>" text "</string>"
#define REFUSAL(links)                                                                    \
	"<dict><key>Status</key><string>Error</string><key>ErrorChain</key><array>" links \
	"</array></dict>"

static void test_chain(void)
{
	struct fault fault = judge(REFUSAL(LINK(
		"4001", "MCInstallationErrorDomain",
		"<key>LocalizedDescription</key><string>Fehler</string>"
		"<key>USEnglishDescription</key><string>Profile&#10;failed</string>") LINK("1009",
											   "MCPro"
											   "file",
											   "")));

	ok(fault.kind == FAULT_PROFILE_REFUSED, "a chain is a refusal");
	is_number(fault.chain_len, 2, "kept whole");
	is_string(fault.text, "Profile failed", "the outermost text is the fault's, in English");
	is_string(fault.domain, "MCInstallationErrorDomain", "so is its domain");
	is_number(fault.code, 4001, "and its code");
	is_number(fault.chain[1].code, 1009, "the inner link has its own code");
	is_string(fault.chain[1].text, "", "and no text when the device gives none");
	fault = judge(REFUSAL(LINK("4001", "A", TEXT("It failed.")) LINK("2", "A", TEXT("Why."))
				      LINK("3", "A", "")));
	is_string(fault.text, "It failed. Why.", "the innermost text is the reason");
	fault = judge(REFUSAL(LINK("1", "A", "") LINK("2", "A", TEXT("Why."))));
	is_string(fault.text, "Why.", "also alone");
	fault = judge(REFUSAL(LINK("1", "A", TEXT("Same.")) LINK("2", "A", TEXT("Same."))));
	is_string(fault.text, "Same.", "which is not told twice");
	fault = judge(REFUSAL("<string>odd</string>"));
	ok(fault.kind == FAULT_PROFILE_REFUSED && fault.chain_len == 1 && fault.code == 0,
	   "an odd link is kept as an empty one");
	fault = judge("<dict><key>Status</key><string>Error</string>"
		      "<key>ErrorChain</key><string>odd</string></dict>");
	ok(fault.kind == FAULT_PROFILE_REFUSED && fault.chain_len == 0, "an odd chain is none");
	fault = judge(REFUSAL(LINK("1", "A", "") LINK("2", "A", "") LINK("3", "A", "") LINK(
		"4", "A", "") LINK("5", "A", "") LINK("6", "A", "") LINK("7", "A", "")
				      LINK("8", "A", "") LINK("9", "A", "") LINK("10", "A", "")));
	ok(fault.chain_len == FAULT_CHAIN_MAX && fault.chain[0].code == 1,
	   "of a long chain the outermost links are kept");
}

static void test_locked(void)
{
	struct fault fault = judge(REFUSAL(LINK("4001", "MCInstallationErrorDomain", "")
						   LINK("5010", "MCPasscodeErrorDomain", "")));

	ok(fault.kind == FAULT_PASSCODE_LOCKED && fault.chain_len == 2,
	   "a locked device is seen anywhere in the chain");
	fault = judge(REFUSAL(LINK("4009", "DMCInstallationErrorDomain", "")));
	ok(fault.kind == FAULT_PASSCODE_LOCKED, "under the domain's newer name too");
	fault = judge(REFUSAL(LINK("14001", "MCTunnelErrorDomain", "")));
	ok(fault.kind == FAULT_PASSCODE_LOCKED, "and from the tunnel");
	fault = judge(REFUSAL(LINK("4009", "MCTunnelErrorDomain", "")));
	ok(fault.kind == FAULT_PROFILE_REFUSED, "another domain's number means something else");
}

#define PROFILE(uuid)                                                                                 \
	"<dict><key>OrderedIdentifiers</key><array/><key>ProfileMetadata</key><dict><key>" IDENTIFIER \
	"</key><dict>" uuid "</dict></dict></dict>"

static const struct {
	const char *list;
	enum fault_kind fault;
	enum profile_presence presence;
	const char *what;
} lists[] = {
	{ PROFILE("<key>PayloadUUID</key><string>" UUID "</string>"), FAULT_NONE, PROFILE_THERE,
	  "the same UUID is the profile" },
	{ PROFILE("<key>PayloadUUID</key><string>9f4e2c10-52a7-4b7e-8e0b-7d9a3b1c5f01</string>"),
	  FAULT_NONE, PROFILE_THERE, "in either case of letters" },
	{ PROFILE("<key>PayloadUUID</key><string>" UUID "0</string>"), FAULT_NONE, PROFILE_OTHER,
	  "another UUID is another version" },
	{ PROFILE(""), FAULT_ANSWER_MALFORMED, PROFILE_ABSENT, "a profile must have a UUID" },
	{ PROFILE("<key>PayloadUUID</key><integer>1</integer>"), FAULT_ANSWER_MALFORMED,
	  PROFILE_ABSENT, "which is a text" },
	{ "<dict><key>ProfileMetadata</key><dict/></dict>", FAULT_NONE, PROFILE_ABSENT,
	  "an empty list has no profile" },
	{ "<dict><key>OrderedIdentifiers</key><array/></dict>", FAULT_NONE, PROFILE_ABSENT,
	  "nor has one that leaves out the metadata" },
	{ "<dict><key>OrderedIdentifiers</key><array><string>a</string></array></dict>",
	  FAULT_ANSWER_MISSING, PROFILE_ABSENT, "a profile without metadata is missing something" },
	{ "<dict><key>ProfileMetadata</key><array/></dict>", FAULT_ANSWER_MISSING, PROFILE_ABSENT,
	  "metadata of another type is none" },
	{ "<dict><key>ProfileMetadata</key><dict><key>" IDENTIFIER
	  "</key><string>x</string></dict></dict>",
	  FAULT_ANSWER_MALFORMED, PROFILE_ABSENT, "a profile is no text" },
	{ "<string>x</string>", FAULT_ANSWER_MISSING, PROFILE_ABSENT, "a text is no list" },
};

static void test_find(void)
{
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		plist_t list = parse(lists[i].list);
		enum profile_presence presence = PROFILE_ABSENT;
		struct fault fault = mcinstall_find(list, IDENTIFIER, UUID, &presence);

		ok(fault.kind == lists[i].fault && presence == lists[i].presence, "%s",
		   lists[i].what);
		plist_free(list);
	}
}

static void test_values(void)
{
	plist_t dict =
		parse("<dict><key>t</key><string>a\xc2\x9b"
		      "b</string><key>f</key><true/><key>n</key><integer>7</integer></dict>");
	char text[CLEAN_MAX + 1] = "kept";
	bool flag = false;
	uint64_t number = 0;

	ok(value_text(dict, "t", text), "a text is read");
	is_string(text, "a b", "and cleaned");
	ok(value_flag(dict, "f", &flag) && flag, "a flag is read");
	ok(value_number(dict, "n", &number) && number == 7, "a number is read");
	ok(!value_text(dict, "n", text) && !value_text(dict, "none", text),
	   "no text is made of another type or of nothing");
	ok(!value_flag(dict, "t", &flag) && !value_number(dict, "f", &number),
	   "nor a flag or a number");
	ok(!value_text(NULL, "t", text) && !value_item(NULL, "t", PLIST_DICT),
	   "nothing has no keys");
	plist_free(dict);
	dict = parse("<array/>");
	ok(!value_text(dict, "t", text), "nor has a list");
	is_string(text, "a b", "and what was there stays");
	plist_free(dict);
}

static const struct {
	const char *values;
	bool required;
	enum fault_kind fault;
	const char *what;
} identities[] = {
	{ "<dict><key>UniqueDeviceID</key><string>00008030-001A2B3C4D5E6F70</string></dict>", true,
	  FAULT_NONE, "its own UDID" },
	{ "<dict><key>UniqueDeviceID</key><string>00008030001a2b3c4d5e6f70</string></dict>", true,
	  FAULT_NONE, "its own UDID in another form" },
	{ "<dict><key>UniqueDeviceID</key><string>00008030-001A2B3C4D5E6F71</string></dict>", false,
	  FAULT_IDENTITY_CHANGED, "another's UDID" },
	{ "<dict><key>UniqueDeviceID</key><string>x</string></dict>", false, FAULT_IDENTITY_ODD,
	  "no UDID" },
	{ "<dict/>", false, FAULT_NONE, "nothing, where it need not be" },
	{ "<dict/>", true, FAULT_ANSWER_MISSING, "nothing, where it must be" },
};

static void test_identity(void)
{
	const struct udid own = { "00008030-001A2B3C4D5E6F70" };

	for (size_t i = 0; i < sizeof identities / sizeof identities[0]; i++) {
		plist_t values = parse(identities[i].values);
		struct fault fault = identity_check(values, &own, identities[i].required);

		ok(fault.kind == identities[i].fault, "a device that tells %s", identities[i].what);
		plist_free(values);
	}
}

static void test_version(void)
{
	static const struct {
		const char *version;
		enum fault_kind fault;
	} rows[] = {
		{ "17.4", FAULT_NONE },
		{ "7.0", FAULT_NONE },
		{ "17.0.0.0.1", FAULT_NONE },
		{ "6.9", FAULT_SERVICE_MISSING },
		{ "17", FAULT_ANSWER_MALFORMED },
		{ "", FAULT_ANSWER_MALFORMED },
		{ "x.y", FAULT_ANSWER_MALFORMED },
		{ "-1.0", FAULT_SERVICE_MISSING },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ok(link_version_fits(rows[i].version).kind == rows[i].fault, "version \"%s\"",
		   rows[i].version);
}

int main(void)
{
	test_status();
	test_chain();
	test_locked();
	test_find();
	test_values();
	test_identity();
	test_version();
	return tap_done();
}
