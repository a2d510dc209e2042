/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the tables of payloads and of rules: whole, without doubles, found by name. */
#include "profiles/profile/payload_table.h"

#include <string.h>

#include "profiles/values/rules.h"
#include "tests/unit/tap.h"

static void check_types(void)
{
	const struct payload_type *mdm = payload_type_find("com.apple.mdm");

	ok(mdm != NULL, "there is the MDM payload");
	ok(mdm && (mdm->flags & PAYLOAD_SINGLE), "of which a device takes one");
	ok(mdm && mdm->since[PLATFORM_IOS] == 400 && mdm->since[PLATFORM_MACOS] == 1007,
	   "on iPhones since iOS 4, on Macs since 10.7");
	ok(mdm && mdm->keys == &payload_mdm_keys, "with its keys");
	ok(payload_type_find("com.apple.dock")->since[PLATFORM_IOS] == 0, "a dock is for Macs");
	ok(payload_type_find("com.apple.app.lock")->flags & PAYLOAD_SUPERVISED,
	   "a lock on one app is for supervised devices");
	ok(!payload_type_find("com.apple.mdn"), "no other name");
	is_string(payload_type_nearest("com.apple.mdn"), "com.apple.mdm", "but a near one");
	is_string(payload_type_nearest("com.apple.security.sceq"), "com.apple.security.scep",
		  "a longer one");
	is_string(payload_type_nearest("wifi.managed"), "com.apple.wifi.managed",
		  "without what all begin with");
	is_string(payload_type_nearest("org.example.tool"), NULL, "nothing is near");
}

static void check_list(const struct payload_keys *keys, unsigned depth)
{
	ok(depth < 5, "keys end at some depth");
	for (size_t i = 0; i < keys->count; i++) {
		const struct payload_key *key = &keys->list[i];

		ok(payload_key_find(keys, key->name) == key, "%s is there once", key->name);
		ok(!key->inside || key->type == PROFILE_KEYS_DICT ||
			   key->type == PROFILE_KEYS_ARRAY,
		   "%s: only dictionaries and arrays hold keys", key->name);
		ok(!(key->flags & KEY_REFERENCE) || key->type == PROFILE_KEYS_TEXT ||
			   key->type == PROFILE_KEYS_ARRAY,
		   "%s: only texts refer", key->name);
		if (key->inside)
			check_list(key->inside, depth + 1);
	}
}

static void check_keys(void)
{
	static const struct payload_keys *const all[] = {
		&payload_every_keys,	   &payload_top_keys,	   &payload_mdm_keys,
		&payload_scep_keys,	   &payload_acme_keys,	   &payload_certificate_keys,
		&payload_pkcs12_keys,	   &payload_removal_keys,  &payload_identification_keys,
		&payload_service_keys,	   &payload_wifi_keys,	   &payload_proxy_keys,
		&payload_restriction_keys, &payload_passcode_keys, &payload_webclip_keys,
		&payload_app_lock_keys,
	};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		check_list(all[i], 0);
	ok(payload_key_find(&payload_mdm_keys, "Topic")->flags & KEY_REQUIRED, "Topic is required");
	ok(!payload_key_find(NULL, "Topic"), "no list has no key");
	is_string(payload_key_nearest(&payload_mdm_keys, "Topik"), "Topic", "a near key");
	is_string(payload_key_nearest(&payload_mdm_keys, "ServerURLPinningCertificateUUID"),
		  "ServerURLPinningCertificateUUIDs", "a long near key");
	is_string(payload_key_nearest(NULL, "Topik"), NULL, "nothing is near nothing");
	ok(payload_key_find(&payload_restriction_keys, "allowAirDrop")->flags & KEY_SUPERVISED,
	   "AirDrop is forbidden on supervised devices only");
}

static void check_rules(void)
{
	for (int i = RULE_NONE + 1; i < RULES; i++) {
		const struct rule_text *rule = rule_text((enum rule)i);

		if (!ok(rule->id && rule->sentence && rule->remedy, "rule %d is whole", i))
			continue;
		ok(strspn(rule->id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(rule->id),
		   "%s is a word", rule->id);
		ok(rule->sentence[strlen(rule->sentence) - 1] == '.' &&
			   rule->remedy[strlen(rule->remedy) - 1] == '.',
		   "%s: sentences have an end", rule->id);
		for (int j = RULE_NONE + 1; j < i; j++)
			if (strcmp(rule->id, rule_text((enum rule)j)->id) == 0)
				ok(false, "%s is there twice", rule->id);
	}
	is_number(rule_level(RULE_NONE), RULE_ERROR, "a problem without a rule is an error");
	is_string(rule_level_to_text(RULE_WARNING), "warning", "a level has a word");
}

int main(void)
{
	check_types();
	check_keys();
	check_rules();
	return tap_done();
}
