/* SPDX-License-Identifier: Apache-2.0 */
/* The payload types and keys that devices know, and since which system (doc/profiles.md). */
#include "profiles/profile/payload_table.h"

#include <string.h>

#include "device/facts/nearest.h"

#define SINGLE	   PAYLOAD_SINGLE
#define SUPERVISED PAYLOAD_SUPERVISED
#define BY_MDM	   (PAYLOAD_MDM_ON_IOS | PAYLOAD_MDM_ON_MACOS)

/* Since: iOS, macOS, tvOS, visionOS, watchOS; 0: not there. In the order of the alphabet. */
static const struct payload_type types[] = {
	{ ".GlobalPreferences", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.ADCertificate.managed", 0, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.AIM.account", 0, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.AssetCache.managed", SINGLE, { 0, 1013, 0, 0, 0 }, NULL },
	{ "com.apple.Dictionary", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.DirectoryService.managed", 0, { 0, 1008, 0, 0, 0 }, NULL },
	{ "com.apple.DiscRecording", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.MCX", 0, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.MCX.FileVault2", SINGLE, { 0, 1009, 0, 0, 0 }, NULL },
	{ "com.apple.MCX.TimeMachine", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.ManagedClient.preferences", 0, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.NSExtension", 0, { 0, 1013, 0, 0, 0 }, NULL },
	{ "com.apple.SetupAssistant.managed", SINGLE | SUPERVISED, { 1400, 1012, 0, 0, 0 }, NULL },
	{ "com.apple.ShareKitHelper", SINGLE, { 0, 1009, 0, 0, 0 }, NULL },
	{ "com.apple.SoftwareUpdate", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.SystemConfiguration", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.TCC.configuration-profile-policy",
	  PAYLOAD_MDM_ON_MACOS,
	  { 0, 1014, 0, 0, 0 },
	  NULL },
	{ "com.apple.airplay", 0, { 700, 1010, 0, 0, 0 }, NULL },
	{ "com.apple.airplay.security", SINGLE, { 0, 0, 1100, 0, 0 }, NULL },
	{ "com.apple.airprint", 0, { 700, 1010, 0, 200, 0 }, NULL },
	{ "com.apple.apn.managed", SINGLE, { 400, 0, 0, 0, 0 }, NULL },
	{ "com.apple.app.lock",
	  SINGLE | SUPERVISED,
	  { 600, 0, 1002, 0, 0 },
	  &payload_app_lock_keys },
	{ "com.apple.applicationaccess",
	  0,
	  { 400, 1007, 900, 101, 1000 },
	  &payload_restriction_keys },
	{ "com.apple.applicationaccess.new", 0, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.appstore", SINGLE, { 0, 1009, 0, 0, 0 }, NULL },
	{ "com.apple.asam", SINGLE | PAYLOAD_MDM_ON_MACOS, { 0, 1013, 0, 0, 0 }, NULL },
	{ "com.apple.associated-domains", 0, { 0, 1015, 0, 0, 0 }, NULL },
	{ "com.apple.caldav.account", 0, { 400, 1007, 0, 101, 0 }, NULL },
	{ "com.apple.carddav.account", 0, { 400, 1007, 0, 101, 0 }, NULL },
	{ "com.apple.cellular", SINGLE, { 700, 0, 0, 0, 302 }, NULL },
	{ "com.apple.cellularprivatenetwork.managed", 0, { 1700, 0, 0, 0, 0 }, NULL },
	{ "com.apple.conferenceroomdisplay", SINGLE | SUPERVISED, { 0, 0, 1002, 0, 0 }, NULL },
	{ "com.apple.configurationprofile.identification",
	  SINGLE,
	  { 0, 1007, 0, 0, 0 },
	  &payload_identification_keys },
	{ "com.apple.dashboard", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.declarations", 0, { 1700, 1400, 1700, 100, 1000 }, NULL },
	{ "com.apple.desktop", SINGLE, { 0, 1010, 0, 0, 0 }, NULL },
	{ "com.apple.dnsProxy.managed",
	  SINGLE | PAYLOAD_MDM_ON_IOS,
	  { 1100, 1015, 0, 101, 0 },
	  NULL },
	{ "com.apple.dnsSettings.managed", 0, { 1400, 1100, 0, 100, 0 }, NULL },
	{ "com.apple.dock", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.domains", SINGLE, { 800, 1010, 0, 200, 0 }, NULL },
	{ "com.apple.eas.account", 0, { 400, 0, 0, 101, 0 }, NULL },
	{ "com.apple.education", SINGLE, { 903, 1014, 0, 0, 0 }, NULL },
	{ "com.apple.ews.account", 0, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.extensiblesso", BY_MDM, { 1300, 1015, 0, 101, 0 }, NULL },
	{ "com.apple.familycontrols.contentfilter", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.familycontrols.timelimits.v2", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.fileproviderd", SINGLE | PAYLOAD_MDM_ON_MACOS, { 0, 1100, 0, 0, 0 }, NULL },
	{ "com.apple.finder", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.firstactiveethernet.managed", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.firstethernet.managed", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.font", 0, { 700, 1009, 0, 200, 0 }, NULL },
	{ "com.apple.gamed", SINGLE, { 0, 1009, 0, 0, 0 }, NULL },
	{ "com.apple.globalethernet.managed", SINGLE, { 1700, 1013, 1700, 0, 0 }, NULL },
	{ "com.apple.google-oauth", 0, { 903, 0, 0, 101, 0 }, NULL },
	{ "com.apple.homescreenlayout", SINGLE | SUPERVISED, { 903, 0, 1100, 0, 0 }, NULL },
	{ "com.apple.ironwood.support", SINGLE, { 0, 1009, 0, 0, 0 }, NULL },
	{ "com.apple.jabber.account", 0, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.ldap.account", 0, { 400, 1007, 0, 101, 0 }, NULL },
	{ "com.apple.loginitems.managed", 0, { 0, 1013, 0, 0, 0 }, NULL },
	{ "com.apple.loginwindow", 0, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.lom", SINGLE | PAYLOAD_MDM_ON_MACOS, { 0, 1100, 0, 0, 0 }, NULL },
	{ "com.apple.mail.managed", 0, { 400, 1007, 0, 101, 0 }, NULL },
	{ "com.apple.mcxMenuExtras", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.mcxloginscripts", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.mcxprinting", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.mdm", SINGLE, { 400, 1007, 900, 101, 0 }, &payload_mdm_keys },
	{ "com.apple.mobiledevice.passwordpolicy",
	  0,
	  { 400, 1007, 0, 200, 1000 },
	  &payload_passcode_keys },
	{ "com.apple.networkusagerules", SINGLE | PAYLOAD_MDM_ON_IOS, { 900, 0, 0, 0, 0 }, NULL },
	{ "com.apple.notificationsettings", SUPERVISED, { 903, 1015, 0, 0, 0 }, NULL },
	{ "com.apple.osxserver.account", 0, { 900, 0, 0, 0, 0 }, NULL },
	{ "com.apple.preference.security", SINGLE, { 0, 1010, 0, 0, 0 }, NULL },
	{ "com.apple.preference.users", SINGLE, { 0, 1012, 0, 0, 0 }, NULL },
	{ "com.apple.profileRemovalPassword",
	  SINGLE | SUPERVISED,
	  { 400, 1007, 900, 0, 0 },
	  &payload_removal_keys },
	{ "com.apple.proxy.http.global",
	  SINGLE | SUPERVISED,
	  { 600, 1009, 900, 200, 0 },
	  &payload_proxy_keys },
	{ "com.apple.relay.managed", 0, { 1700, 1400, 1700, 100, 0 }, NULL },
	{ "com.apple.screensaver", SINGLE, { 0, 1011, 0, 0, 0 }, NULL },
	{ "com.apple.screensaver.user", SINGLE, { 0, 1011, 0, 0, 0 }, NULL },
	{ "com.apple.secondactiveethernet.managed", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.secondethernet.managed", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.security.FDERecoveryKeyEscrow", SINGLE, { 0, 1013, 0, 0, 0 }, NULL },
	{ "com.apple.security.FDERecoveryRedirect", SINGLE, { 0, 1009, 0, 0, 0 }, NULL },
	{ "com.apple.security.acme", 0, { 1600, 1301, 1600, 100, 900 }, &payload_acme_keys },
	{ "com.apple.security.certificatepreference", 0, { 0, 1012, 0, 0, 0 }, NULL },
	{ "com.apple.security.certificaterevocation", 0, { 1402, 0, 0, 101, 0 }, NULL },
	{ "com.apple.security.certificatetransparency", 0, { 1201, 1014, 1201, 100, 501 }, NULL },
	{ "com.apple.security.firewall", 0, { 0, 1012, 0, 0, 0 }, NULL },
	{ "com.apple.security.identitypreference", 0, { 0, 1012, 0, 0, 0 }, NULL },
	{ "com.apple.security.pem", 0, { 400, 1007, 900, 100, 300 }, &payload_certificate_keys },
	{ "com.apple.security.pkcs1", 0, { 400, 1007, 900, 100, 300 }, &payload_certificate_keys },
	{ "com.apple.security.pkcs12", 0, { 400, 1007, 900, 100, 300 }, &payload_pkcs12_keys },
	{ "com.apple.security.root", 0, { 400, 1007, 900, 100, 300 }, &payload_certificate_keys },
	{ "com.apple.security.scep", 0, { 400, 1007, 900, 100, 300 }, &payload_scep_keys },
	{ "com.apple.security.smartcard", SINGLE, { 0, 1012, 0, 0, 0 }, NULL },
	{ "com.apple.security.wapi-identity", 0, { 400, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.servicemanagement", PAYLOAD_MDM_ON_MACOS, { 0, 1300, 0, 0, 0 }, NULL },
	{ "com.apple.shareddeviceconfiguration", SINGLE | SUPERVISED, { 903, 0, 0, 0, 0 }, NULL },
	{ "com.apple.sso", SINGLE, { 700, 0, 0, 0, 0 }, NULL },
	{ "com.apple.subscribedcalendar.account", 0, { 400, 0, 0, 101, 0 }, NULL },
	{ "com.apple.syspolicy.kernel-extension-policy",
	  PAYLOAD_MDM_ON_MACOS,
	  { 0, 1013, 0, 0, 0 },
	  NULL },
	{ "com.apple.system-extension-policy", PAYLOAD_MDM_ON_MACOS, { 0, 1015, 0, 0, 0 }, NULL },
	{ "com.apple.system.logging", 0, { 0, 1012, 0, 0, 0 }, NULL },
	{ "com.apple.systemmigration", SINGLE, { 0, 1012, 0, 0, 0 }, NULL },
	{ "com.apple.systempolicy.control", 0, { 0, 1008, 0, 0, 0 }, NULL },
	{ "com.apple.systempolicy.managed", 0, { 0, 1008, 0, 0, 0 }, NULL },
	{ "com.apple.systempolicy.rule", 0, { 0, 1008, 0, 0, 0 }, NULL },
	{ "com.apple.systempreferences", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.systemuiserver", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.thirdactiveethernet.managed", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.thirdethernet.managed", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
	{ "com.apple.tvremote", SINGLE | SUPERVISED, { 1103, 0, 1103, 0, 0 }, NULL },
	{ "com.apple.universalaccess", SINGLE, { 0, 1009, 0, 0, 0 }, NULL },
	{ "com.apple.vpn.managed", 0, { 400, 1007, 1700, 100, 0 }, NULL },
	{ "com.apple.vpn.managed.applayer", 0, { 700, 1009, 0, 101, 1000 }, NULL },
	{ "com.apple.vpn.managed.appmapping", SINGLE, { 0, 1009, 0, 0, 0 }, NULL },
	{ "com.apple.webClip.managed", 0, { 400, 1007, 0, 0, 0 }, &payload_webclip_keys },
	{ "com.apple.webcontent-filter", 0, { 700, 1015, 0, 101, 0 }, NULL },
	{ "com.apple.wifi.managed", 0, { 400, 1007, 900, 100, 302 }, &payload_wifi_keys },
	{ "com.apple.xsan", SINGLE, { 0, 1010, 0, 0, 0 }, NULL },
	{ "com.apple.xsan.preferences", 0, { 0, 1011, 0, 0, 0 }, NULL },
	{ "loginwindow", SINGLE, { 0, 1007, 0, 0, 0 }, NULL },
};

/* What comes before most types, and would make every two of them near. */
#define APPLE "com.apple."

const struct payload_type *payload_type_find(const char *type)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(types[i].type, type) == 0)
			return &types[i];
	return NULL;
}

const char *payload_type_nearest(const char *type)
{
	const char *names[sizeof types / sizeof types[0]];
	const char *nearest;
	size_t len = strlen(APPLE);

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		names[i] = strncmp(types[i].type, APPLE, len) == 0 ? types[i].type + len : NULL;
	nearest = nearest_word(strncmp(type, APPLE, len) == 0 ? type + len : type, names,
			       sizeof types / sizeof types[0]);
	return nearest ? nearest - len : NULL;
}

const struct payload_key *payload_key_find(const struct payload_keys *keys, const char *name)
{
	for (size_t i = 0; keys && i < keys->count; i++)
		if (strcmp(keys->list[i].name, name) == 0)
			return &keys->list[i];
	return NULL;
}

/* Most slips in a key: allowSafariSummary is five from allowMailSummary, and another. */
#define KEY_SLIPS_MAX 3

/* Most keys of one payload type that are looked through; the longest list has 200. */
#define KEYS_MAX 256

const char *payload_key_nearest(const struct payload_keys *keys, const char *name)
{
	const char *names[KEYS_MAX];
	size_t count = 0;

	while (keys && count < keys->count && count < KEYS_MAX) {
		names[count] = keys->list[count].name;
		count++;
	}
	return nearest_word_within(name, names, count, KEY_SLIPS_MAX);
}
