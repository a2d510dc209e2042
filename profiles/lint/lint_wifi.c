/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for payloads that bring a device into a Wi-Fi network. */
#include <ctype.h>
#include <string.h>

#include "profiles/lint/lint_rules.h"

/* Longest name of a network, in bytes (IEEE 802.11). */
#define SSID_MAX 32

/* Most EAP types of one network that are looked at: there are seven. */
#define EAP_TYPES_MAX 32

/* EAP types that show a certificate of the device's own, and that ask for a server's. */
enum {
	EAP_TLS = 13,
	EAP_TTLS = 21,
	EAP_PEAP = 25,
	EAP_FAST = 43,
};

/* Adds WRONG at KEY of DICT, or at DICT without it. */
static void say(struct linting *linting, enum rule rule, const struct plist_spot *dict,
		const char *key, const char *wrong)
{
	struct plist_spot spot = profile_keys_member(&linting->reading.keys, dict, key);

	profile_keys_wrong(&linting->reading.keys, rule, spot.node ? &spot : dict, "%s", wrong);
}

static void judge_name(struct linting *linting, const struct plist_spot *dict)
{
	size_t len = strlen(profile_keys_peek(dict, "SSID_STR"));
	bool passpoint = profile_keys_has(dict, "DomainName") ||
			 profile_keys_has(dict, "RoamingConsortiumOIs") ||
			 reading_flag(dict, "IsHotspot");

	if (len > SSID_MAX)
		say(linting, RULE_WIFI_NETWORK, dict, "SSID_STR",
		    "SSID_STR is longer than 32 bytes, which no network's name is");
	else if (len == 0 && !passpoint)
		say(linting, RULE_WIFI_NETWORK, dict, "SSID_STR",
		    "SSID_STR is not there, and nothing else names the network");
}

/* Can PASSWORD be one of WPA? */
static bool is_wpa_password(const char *password)
{
	size_t len = strlen(password);

	if (len >= 8 && len <= 63)
		return true;
	for (const char *c = password; *c; c++)
		if (!isxdigit((unsigned char)*c))
			return false;
	return len == 64;
}

/* Judges a network without EAP. */
static void judge_password(struct linting *linting, const struct plist_spot *dict)
{
	const char *encryption = profile_keys_peek(dict, "EncryptionType");
	const char *password = profile_keys_peek(dict, "Password");
	bool wpa = strncmp(encryption, "WPA", 3) == 0;

	if (strcmp(encryption, "None") == 0 && password[0] != '\0')
		say(linting, RULE_WIFI_OPEN, dict, "Password",
		    "Password is there, and EncryptionType is None");
	if (wpa && password[0] == '\0')
		say(linting, RULE_WIFI_OPEN, dict, "EncryptionType",
		    "Password is not there, so each device asks a person for it");
	if (wpa && password[0] != '\0' && !is_wpa_password(password))
		say(linting, RULE_WIFI_PASSWORD, dict, "Password",
		    "Password has a length that no WPA password has");
	if (strcmp(encryption, "WEP") == 0)
		say(linting, RULE_WIFI_OPEN, dict, "EncryptionType",
		    "EncryptionType is WEP, which protects nothing");
}

/* Is the number TYPE among the EAP types of EAP? */
static bool accepts(const struct linting *linting, const struct plist_spot *eap, uint64_t type)
{
	struct plist_spot list = profile_keys_member(&linting->reading.keys, eap, "AcceptEAPTypes");
	size_t count = 0;

	if (list.node && profile_keys_is(&list, PROFILE_KEYS_ARRAY))
		count = profile_keys_count(&list);
	for (size_t i = 0; i < count && i < EAP_TYPES_MAX; i++) {
		plist_t item = plist_array_get_item(list.node, (uint32_t)i);
		uint64_t number = 0;

		if (plist_get_node_type(item) == PLIST_UINT)
			plist_get_uint_val(item, &number);
		if (number == type)
			return true;
	}
	return false;
}

static void judge_eap(struct linting *linting, const struct plist_spot *dict,
		      const struct plist_spot *eap)
{
	bool tls = accepts(linting, eap, EAP_TLS);
	bool tunnel = accepts(linting, eap, EAP_TTLS) || accepts(linting, eap, EAP_PEAP);

	if (tls && !profile_keys_has(dict, "PayloadCertificateUUID"))
		say(linting, RULE_WIFI_IDENTITY, dict, "EAPClientConfiguration",
		    "AcceptEAPTypes has 13 (TLS), and PayloadCertificateUUID names no identity");
	if ((tls || tunnel || accepts(linting, eap, EAP_FAST)) &&
	    !profile_keys_has(eap, "PayloadCertificateAnchorUUID") &&
	    !profile_keys_has(eap, "TLSTrustedServerNames"))
		say(linting, RULE_WIFI_TRUST, dict, "EAPClientConfiguration",
		    "EAPClientConfiguration trusts no server");
	if (tunnel && !profile_keys_has(eap, "UserName") &&
	    !reading_flag(eap, "OneTimeUserPassword"))
		say(linting, RULE_WIFI_OPEN, dict, "EAPClientConfiguration",
		    "UserName is not there, so each device asks a person for it");
	if (profile_keys_has(dict, "Password"))
		say(linting, RULE_WIFI_OPEN, dict, "Password",
		    "Password is for networks without EAPClientConfiguration");
}

static void judge_proxy(struct linting *linting, const struct plist_spot *dict)
{
	if (strcmp(profile_keys_peek(dict, "ProxyType"), "Manual") != 0)
		return;
	if (!profile_keys_has(dict, "ProxyServer"))
		say(linting, RULE_WIFI_PROXY, dict, "ProxyType",
		    "ProxyType is Manual, and ProxyServer is not there");
	if (!profile_keys_has(dict, "ProxyServerPort"))
		say(linting, RULE_WIFI_PROXY, dict, "ProxyType",
		    "ProxyType is Manual, and ProxyServerPort is not there");
}

void lint_wifi(struct linting *linting, const struct plist_spot *dict)
{
	struct plist_spot eap =
		profile_keys_member(&linting->reading.keys, dict, "EAPClientConfiguration");

	judge_name(linting, dict);
	if (eap.node && profile_keys_is(&eap, PROFILE_KEYS_DICT))
		judge_eap(linting, dict, &eap);
	else
		judge_password(linting, dict);
	judge_proxy(linting, dict);
}
