/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of whose MDM a profile looks like, of addresses, and of platforms. */
#include "profiles/survey/vendor.h"

#include <stddef.h>
#include <string.h>

#include "profiles/values/address.h"
#include "profiles/values/expiry.h"
#include "profiles/values/platform.h"
#include "tests/unit/tap.h"

static const struct {
	struct vendor_signs signs;
	const char *name; /* NULL: none */
	const char *confidence;
} rows[] = {
	{ { .host = "i.manage.microsoft.com" }, "Microsoft Intune", "sure" },
	{ { .host = "manage.microsoft.us" }, "Microsoft Intune", "sure" },
	{ { .host = "fef.msub01.manage.microsoft.cn" }, "Microsoft Intune", "sure" },
	{ { .host = "manage.microsoft.com.evil.example" }, NULL, NULL },
	{ { .host = "notmanage.microsoft.com" }, NULL, NULL },
	{ { .signer = "IOSProfileSigning.manage.microsoft.com" }, "Microsoft Intune", "likely" },
	{ { .identifier = "Microsoft.Profiles.MDM" }, "Microsoft Intune", "likely" },
	{ { .payload_uuid = "67a5265b-12d4-4eb5-a2b3-72c683e33bcf" },
	  "Microsoft Intune",
	  "likely" },
	{ { .host = "school.jamfcloud.com" }, "Jamf Pro", "likely" },
	{ { .host = "mdm.school.edu", .path = "/mdm/ServerURL" }, "Jamf Pro", "likely" },
	{ { .uuid = "00000000-0000-0000-A000-4A414D460003" }, "Jamf Pro", "likely" },
	{ { .host = "go.jamfnow.com" }, "Jamf Now", "sure" },
	{ { .host = "fleet.school.edu", .path = "/mdm/apple/mdm" }, "Fleet", "likely" },
	{ { .path = "/api/fleet/ota_enrollment?…" }, "Fleet", "likely" },
	{ { .payload_identifier = "com.fleetdm.fleet.mdm.apple.mdm" }, "Fleet", "likely" },
	{ { .host = "a.simplemdm.com" }, "SimpleMDM", "sure" },
	{ { .identifier = "com.unwiredmdm.mobileconfig.profile-service" }, "SimpleMDM", "likely" },
	{ { .identifier = "com.github.micromdm.micromdm.enroll" }, "MicroMDM", "likely" },
	{ { .host = "mdm.school.edu", .path = "/mdm/connect" }, "MicroMDM", "perhaps" },
	{ { .identifier = "com.github.micromdm.nanomdm" }, "NanoMDM", "likely" },
	{ { .host = "x.mosyle.com" }, "Mosyle", "sure" },
	{ { .host = "acme.kandji.io" }, "Iru (Kandji)", "sure" },
	{ { .host = "acme.iru.com" }, "Iru (Kandji)", "sure" },
	{ { .host = "ds1.awmdm.com" }, "Workspace ONE", "sure" },
	{ { .path = "/DeviceServices/AppleMDM" }, "Workspace ONE", "perhaps" },
	{ { .host = "mdm.school.edu", .path = "/mdm", .signer = "School" }, NULL, NULL },
	{ { 0 }, NULL, NULL },
	/* The surest sign wins. */
	{ { .host = "a.simplemdm.com", .identifier = "com.fleetdm.x" }, "SimpleMDM", "sure" },
};

static void check_vendors(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct vendor vendor = vendor_recognise(&rows[i].signs);

		is_string(vendor.name, rows[i].name, "a vendor");
		if (vendor.name)
			is_string(vendor_confidence_to_text(vendor.confidence), rows[i].confidence,
				  vendor.evidence);
		is_number(vendor.life,
			  vendor.name && strstr(vendor.name, "Intune") ? EXPIRY_INTUNE_LIFE
								       : EXPIRY_NEVER,
			  "the life of its downloads");
	}
}

static const struct {
	const char *url, *host, *shown;
	bool https;
} addresses[] = {
	{ "https://mdm.school.edu/mdm", "mdm.school.edu", "https://mdm.school.edu/mdm", true },
	{ "HTTPS://MDM.School.EDU:8443/x", "mdm.school.edu", "HTTPS://MDM.School.EDU:8443/x",
	  true },
	{ "https://h/ota?enroll_secret=S3cret", "h", "https://h/ota?…", true },
	{ "https://h?t=S3cret", "h", "https://h?…", true },
	{ "https://h/a#S3cret", "h", "https://h/a?…", true },
	{ "https://user:S3cret@h/a", "h", "https://h/a", true },
	{ "https://a@b:S3cret@h:1/a", "h", "https://h:1/a", true },
	{ "https://[2001:db8::1]:443/a", "[2001:db8::1]", "https://[2001:db8::1]:443/a", true },
	{ "http://h/a", "h", "http://h/a", false },
	{ "https:///a", "", "https:///a", false },
	{ "h/a?S3cret", "", "h/a", false },
	{ "user:S3cret@h/a", "", "h/a", false },
	{ "https:/user:S3cret@h/a", "", "h/a", false },
	{ "https://user:S3cret@/a", "", "/a", false },
	{ "", "", "", false },
	{ "://h", "", "://h", false },
	{ "httpsx://h", "h", "httpsx://h", false },
};

static void check_addresses(void)
{
	char text[CLEAN_MAX + 1], longer[600];

	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		address_host(addresses[i].url, text);
		is_string(text, addresses[i].host, "a host");
		address_show(addresses[i].url, text);
		is_string(text, addresses[i].shown, "what is shown");
		is_number(address_has(addresses[i].url, "https"), addresses[i].https, "is https");
	}
	memset(longer, 'x', sizeof longer);
	memcpy(longer, "https://h/", 10);
	longer[sizeof longer - 1] = '\0';
	address_show(longer, text);
	is_number((long long)strlen(text), CLEAN_MAX, "a long address is cut");
	ok(address_is_below("a.b.c", "b.c") && address_is_below("b.c", "b.c"), "below, and itself");
	ok(!address_is_below("ab.c", "b.c") && !address_is_below("c", "b.c"), "no label's end");
}

static void check_platforms(void)
{
	char text[PLATFORM_VERSION_MAX];

	is_number(platform_of_product("iPad*"), PLATFORM_IOS, "a pattern of iPads");
	is_number(platform_of_product("MacBookPro18,1"), PLATFORM_MACOS, "a Mac");
	is_number(platform_of_product("iMac21,1"), PLATFORM_MACOS, "an iMac");
	is_number(platform_of_product("AppleTV11,1"), PLATFORM_TVOS, "an Apple TV");
	is_number(platform_of_product("*"), PLATFORMS, "any");
	is_string(platform_version(1602, text), "16.2", "a version");
	ok(platform_is_target(PLATFORM_IOS, 0), "0 is any");
	ok(platform_is_target(PLATFORM_IOS, 1) && platform_is_target(PLATFORM_MACOS, 5) &&
		   platform_is_target(PLATFORM_TVOS, 4) && platform_is_target(PLATFORM_VISIONOS, 6),
	   "each has its number");
	ok(!platform_is_target(PLATFORM_IOS, 5) && !platform_is_target(PLATFORM_IOS, 9) &&
		   !platform_is_target(PLATFORM_IOS, -1),
	   "others are not it");
	for (int i = 0; i < PLATFORMS; i++)
		ok(strlen(platform_to_text((enum platform)i)) > 0 &&
			   strlen(platform_devices((enum platform)i)) > 0,
		   "each has its names");
}

int main(void)
{
	check_vendors();
	check_addresses();
	check_platforms();
	return tap_done();
}
