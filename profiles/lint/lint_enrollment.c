/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for payloads that enroll a device, and that make its identity. */
#include <string.h>

#include "profiles/values/address.h"
#include "profiles/lint/lint_rules.h"

#define RIGHTS_ALL 8191

/* Judges that the address KEY of DICT, when it is there, is https. */
static void judge_https(struct linting *linting, enum rule rule, const struct plist_spot *dict,
			const char *key)
{
	const char *url = profile_keys_peek(dict, key);
	char shown[CLEAN_MAX + 1];
	struct plist_spot spot;

	if (url[0] == '\0' || address_has(url, "https"))
		return;
	spot = profile_keys_member(&linting->reading.keys, dict, key);
	address_show(url, shown);
	profile_keys_wrong(&linting->reading.keys, rule, &spot,
			   "%s %s begin with https://, and is \"%s\"", key,
			   rule_level(rule) == RULE_ERROR ? "must" : "should", shown);
}

static void judge_topic(struct linting *linting, const struct plist_spot *dict)
{
	struct plist_spot spot = profile_keys_member(&linting->reading.keys, dict, "Topic");
	const char *topic = profile_keys_peek(dict, "Topic");

	if (spot.node && strncmp(topic, "com.apple.mgmt.", 15) != 0)
		profile_keys_wrong(&linting->reading.keys, RULE_MDM_TOPIC, &spot,
				   "Topic must begin with com.apple.mgmt., and is \"%.80s\"",
				   topic);
}

static void judge_rights(struct linting *linting, const struct plist_spot *dict)
{
	struct plist_spot spot = profile_keys_member(&linting->reading.keys, dict, "AccessRights");
	int64_t rights = reading_number(dict, "AccessRights", -1);
	const char *wrong = NULL;

	if (!spot.node || !profile_keys_is(&spot, PROFILE_KEYS_WHOLE))
		return;
	if (rights == 0)
		wrong = "grants nothing";
	else if (rights < 0 || rights > RIGHTS_ALL)
		wrong = "grants rights that there are not: 8191 is all of them";
	else if ((rights & 2) && !(rights & 1))
		wrong = "grants to install profiles (2), but not to see them (1)";
	else if ((rights & 128) && !(rights & 64))
		wrong = "grants to install provisioning profiles (128), but not to see them (64)";
	if (wrong)
		profile_keys_wrong(&linting->reading.keys, RULE_MDM_RIGHTS, &spot,
				   "AccessRights is %lld, which %s", (long long)rights, wrong);
}

void lint_mdm(struct linting *linting, const struct plist_spot *dict)
{
	struct profile_keys *keys = &linting->reading.keys;
	struct plist_spot spot;

	judge_https(linting, RULE_MDM_URL, dict, "ServerURL");
	judge_https(linting, RULE_MDM_URL, dict, "CheckInURL");
	judge_topic(linting, dict);
	judge_rights(linting, dict);
	spot = profile_keys_member(keys, dict, "ManagedAppleID");
	if (spot.node)
		profile_keys_wrong(keys, RULE_MDM_APPLE_ID, &spot,
				   "ManagedAppleID makes it a user's enrollment");
	spot = profile_keys_member(keys, dict, "UseDevelopmentAPNS");
	if (reading_flag(dict, "UseDevelopmentAPNS"))
		profile_keys_wrong(keys, RULE_MDM_DEVELOPMENT, &spot,
				   "UseDevelopmentAPNS asks for the push service of developers");
	if (linting->target->platform == PLATFORM_MACOS && !linting->survey->enrollment.per_user)
		profile_keys_wrong(keys, RULE_MDM_CAPABILITIES, dict,
				   "ServerCapabilities lacks com.apple.mdm.per-user-connections");
	if (strcmp(linting->survey->scope, "User") == 0)
		profile_keys_wrong(keys, RULE_SCOPE, dict,
				   "the profile enrolls, and its PayloadScope is User");
}

void lint_scep(struct linting *linting, const struct plist_spot *dict)
{
	struct profile_keys *keys = &linting->reading.keys;
	struct plist_spot inner = profile_keys_member(keys, dict, "PayloadContent"), spot;
	const char *url, *type;
	int64_t number;

	if (!inner.node || !profile_keys_is(&inner, PROFILE_KEYS_DICT))
		return;
	url = profile_keys_peek(&inner, "URL");
	spot = profile_keys_member(keys, &inner, "URL");
	if (spot.node && !address_has(url, "https") && !address_has(url, "http"))
		profile_keys_wrong(keys, RULE_SCEP_URL, &spot,
				   "URL must begin with https:// or http://");
	number = reading_number(&inner, "Keysize", 0);
	spot = profile_keys_member(keys, &inner, "Keysize");
	if (number == 1024)
		profile_keys_wrong(keys, RULE_SCEP_WEAK, &spot, "Keysize is 1024 bits");
	type = profile_keys_peek(&inner, "Key Type");
	spot = profile_keys_member(keys, &inner, "Key Type");
	if (type[0] != '\0' && strcmp(type, "RSA") != 0)
		profile_keys_wrong(keys, RULE_SCEP_KEY, &spot,
				   "Key Type must be RSA, and is \"%.40s\"", type);
	number = reading_number(&inner, "Key Usage", 0);
	spot = profile_keys_member(keys, &inner, "Key Usage");
	if (number != 0 && number != 1 && number != 4 && number != 5)
		profile_keys_wrong(keys, RULE_SCEP_KEY, &spot,
				   "Key Usage must be 1 (sign), 4 (encrypt) or 5 (both), and is "
				   "%lld",
				   (long long)number);
}

/* What is wrong with the key that the ACME payload DICT asks for; NULL when nothing is. */
static const char *judge_acme_key(const struct plist_spot *dict)
{
	bool rsa = strcmp(profile_keys_peek(dict, "KeyType"), "RSA") == 0;
	bool bound = reading_flag(dict, "HardwareBound");
	int64_t size = reading_number(dict, "KeySize", 0);

	if (reading_flag(dict, "Attest") && !bound)
		return "Attest needs HardwareBound";
	if (bound && (rsa || (size != 256 && size != 384)))
		return "HardwareBound needs KeyType ECSECPrimeRandom and KeySize 256 or 384";
	if (rsa && (size < 1024 || size > 4096 || size % 8 != 0))
		return "KeySize of RSA must be 1024 to 4096, a multiple of 8";
	if (!rsa && size != 192 && size != 256 && size != 384 && size != 521)
		return "KeySize of ECSECPrimeRandom must be 192, 256, 384 or 521";
	return NULL;
}

void lint_acme(struct linting *linting, const struct plist_spot *dict)
{
	struct profile_keys *keys = &linting->reading.keys;
	const struct vendor *vendor = &linting->survey->enrollment.vendor;
	const char *wrong = judge_acme_key(dict);

	judge_https(linting, RULE_ACME_URL, dict, "DirectoryURL");
	if (wrong && profile_keys_has(dict, "KeyType") && profile_keys_has(dict, "KeySize"))
		profile_keys_wrong(keys, RULE_ACME_KEY, dict, "%s", wrong);
	if (vendor->name && strstr(vendor->name, "Intune"))
		profile_keys_wrong(keys, RULE_ACME_SERIALS, dict,
				   "devices get their identity by ACME");
}

/* The attributes that a device tells a server that asks. */
static const char *const attributes[] = { "UDID",
					  "VERSION",
					  "PRODUCT",
					  "SERIAL",
					  "MEID",
					  "IMEI",
					  "ICCID",
					  "DEVICE_NAME",
					  "MAC_ADDRESS_EN0",
					  "NotOnConsole",
					  "UserID",
					  "UserLongName",
					  "UserShortName",
					  "DEVICE_ID",
					  "SHARED_IPAD",
					  "SUPPLEMENTAL_BUILD_VERSION",
					  "SUPPLEMENTAL_OS_VERSION_EXTRA",
					  "SOFTWARE_UPDATE_DEVICE_ID",
					  "COMPROMISED" };

static bool is_attribute(const char *text)
{
	for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
		if (strcmp(attributes[i], text) == 0)
			return true;
	return false;
}

void lint_service(struct linting *linting, const struct plist_spot *dict)
{
	struct profile_keys *keys = &linting->reading.keys;
	struct plist_spot list = profile_keys_member(keys, dict, "DeviceAttributes");
	size_t count = 0;

	judge_https(linting,
		    address_has(profile_keys_peek(dict, "URL"), "http") ? RULE_OTA_PLAIN
									: RULE_OTA_URL,
		    dict, "URL");
	if (list.node && profile_keys_is(&list, PROFILE_KEYS_ARRAY))
		count = profile_keys_count(&list);
	for (size_t i = 0; i < count && !lint_is_full(linting); i++) {
		plist_t item = plist_array_get_item(list.node, (uint32_t)i);
		const char *text = plist_get_node_type(item) == PLIST_STRING
					   ? plist_get_string_ptr(item, NULL)
					   : "";

		if (!is_attribute(text))
			profile_keys_wrong(keys, RULE_OTA_ATTRIBUTE, &list,
					   "DeviceAttributes asks for \"%.40s\", which no device "
					   "has",
					   text);
	}
	if (linting->survey->enrollment.server[0] != '\0')
		profile_keys_wrong(keys, RULE_OTA_ONLY, &linting->reading.top,
				   "it holds no payloads; devices fetch them from %s",
				   linting->survey->enrollment.server);
}
