/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated device's store of profiles: staging, confirming, replacing, removing, listing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-event.h>

#include "tests/sim/payload.h"
#include "tests/sim/phone.h"
#include "tests/sim/profiles.h"
#include "tests/unit/tap.h"

/* A limit for waits that end by an event; longer than any timer here. */
#define LIMIT_USEC 10000000

static struct profile *new_profile(const char *identifier, const char *uuid)
{
	struct profile *profile = calloc(1, sizeof(*profile));

	profile->identifier = strdup(identifier);
	profile->uuid = strdup(uuid);
	profile->display_name = strdup("Name");
	profile->version = 1;
	return profile;
}

static struct profile *new_mdm(const char *identifier)
{
	struct profile *profile = new_profile(identifier, "m");

	profile->has_mdm = true;
	return profile;
}

/* The codes of CHAIN as "4001 12001", freed; "" for none. */
static const char *codes(plist_t chain)
{
	static char text[64];
	size_t used = 0;

	text[0] = '\0';
	for (uint32_t i = 0; chain && i < plist_array_get_size(chain); i++) {
		uint64_t code = 0;

		plist_get_uint_val(plist_dict_get_item(plist_array_get_item(chain, i), "ErrorCode"),
				   &code);
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%u", i ? " " : "",
					 (unsigned)code);
	}
	plist_free(chain);
	return text;
}

static char *uuid_of(const struct profile_store *store, const char *identifier)
{
	plist_t reply = plist_new_dict();
	char *uuid = NULL;

	profile_store_list(store, reply);
	plist_get_string_val(
		plist_access_path(reply, 3, "ProfileMetadata", identifier, "PayloadUUID"), &uuid);
	plist_free(reply);
	return uuid;
}

static void test_setup_assistant(sd_event *event)
{
	struct phone_setup setup = { .setup_done = false, .approve_after = -1 };
	struct profile_store *store = profile_store_new();
	char *uuid;

	is_string(codes(profile_store_take(store, new_profile("a", "1"), &setup, event, 0)), "",
		  "Setup Assistant takes a profile");
	ok(profile_store_has(store, "a") && !profile_store_staged(store),
	   "and installs it at once");
	is_string(codes(profile_store_take(store, new_profile("a", "2"), &setup, event, 0)), "",
		  "the same identifier again");
	uuid = uuid_of(store, "a");
	is_string(uuid, "2", "replaces it");
	free(uuid);
	is_string(codes(profile_store_remove(store, "b", NULL)), "4024", "none of this name");
	is_string(codes(profile_store_remove(store, "a", "1")), "4024", "none of this UUID");
	is_string(codes(profile_store_remove(store, "a", "2")), "", "removed");
	ok(!profile_store_has(store, "a"), "and gone");
	profile_store_free(store);
}

static void test_staging(sd_event *event)
{
	struct phone_setup setup = { .setup_done = true,
				     .approve_after = -1,
				     .staged_life = 60000 };
	struct profile_store *store = profile_store_new();

	ok(!profile_store_approve(store), "nothing to confirm");
	is_string(codes(profile_store_take(store, new_profile("a", "1"), &setup, event, 0)), "",
		  "a device that is set up says yes");
	ok(!profile_store_has(store, "a"), "but does not install");
	is_string(profile_store_staged(store), "a", "it waits for its person");
	profile_store_take(store, new_profile("b", "1"), &setup, event, 0);
	is_string(profile_store_staged(store), "b", "a second one takes its place");
	ok(profile_store_approve(store), "confirmed");
	ok(profile_store_has(store, "b") && !profile_store_has(store, "a"),
	   "only the last is installed");
	ok(!profile_store_staged(store), "nothing waits any more");
	setup.approve_after = 0;
	profile_store_take(store, new_profile("c", "1"), &setup, event, 0);
	ok(profile_store_has(store, "c"), "a quick person confirms at once");
	profile_store_clear(store);
	ok(!profile_store_has(store, "c"), "an erase leaves nothing");
	profile_store_free(store);
}

/* Runs the loop until nothing is staged. */
static void run_until_settled(sd_event *event, struct profile_store *store)
{
	while (profile_store_staged(store) && sd_event_run(event, LIMIT_USEC) > 0)
		;
}

static void test_timers(sd_event *event)
{
	struct phone_setup setup = { .setup_done = true, .approve_after = 5, .staged_life = 60000 };
	struct profile_store *store = profile_store_new();

	profile_store_take(store, new_profile("a", "1"), &setup, event, 0);
	ok(profile_store_staged(store) != NULL, "staged first");
	run_until_settled(event, store);
	ok(profile_store_has(store, "a"), "then confirmed in time");
	setup.approve_after = 60000;
	setup.staged_life = 5;
	profile_store_take(store, new_profile("b", "1"), &setup, event, 0);
	run_until_settled(event, store);
	ok(!profile_store_staged(store) && !profile_store_has(store, "b"),
	   "forgotten before its person comes");
	setup.approve_after = -1;
	profile_store_take(store, new_profile("c", "1"), &setup, event, 0);
	run_until_settled(event, store);
	ok(!profile_store_has(store, "c"), "forgotten when nobody ever comes");
	profile_store_take(store, new_profile("d", "1"), &setup, event, 0);
	setup.approve_after = 50;
	setup.staged_life = 60000;
	profile_store_take(store, new_profile("e", "1"), &setup, event, 0);
	run_until_settled(event, store);
	ok(profile_store_has(store, "e"), "the end of the one before is not that of the next");
	profile_store_take(store, new_profile("f", "1"), &setup, event, 0);
	profile_store_free(store); /* with its timer under way: sanitizers would tell */
}

static void test_conflicts(sd_event *event)
{
	struct phone_setup setup = { .setup_done = false };
	struct profile_store *store = profile_store_new();
	struct profile *old = new_profile("old", "1");

	is_string(codes(profile_store_take(store, new_mdm("mdm"), &setup, event, 0)), "",
		  "the first MDM profile");
	is_string(codes(profile_store_take(store, new_mdm("other"), &setup, event, 0)),
		  "4001 12001", "a second one");
	is_string(codes(profile_store_take(store, new_mdm("mdm"), &setup, event, 0)), "",
		  "the first again");
	is_string(codes(profile_store_take(store, new_profile("mdm", "2"), &setup, event, 0)),
		  "4013 4015", "its successor without MDM");
	ok(profile_store_has(store, "mdm") && !profile_store_has(store, "other"),
	   "what was refused left no trace");
	old->expires = true;
	old->removal_date = 1000;
	is_string(codes(profile_store_take(store, old, &setup, event, 2000)), "4001 4006",
		  "a profile to be removed in the past");
	profile_store_free(store);
}

static void test_list(sd_event *event)
{
	struct phone_setup setup = { .setup_done = false };
	struct profile_store *store = profile_store_new();
	struct profile *strict = new_profile("z.strict", "9");
	plist_t reply = plist_new_dict(), node;
	uint64_t version = 0;
	uint8_t flag = 0;

	profile_store_list(store, reply);
	ok(plist_array_get_size(plist_dict_get_item(reply, "OrderedIdentifiers")) == 0 &&
		   plist_dict_get_item(reply, "ProfileManifest") &&
		   plist_dict_get_item(reply, "ProfileMetadata"),
	   "an empty device lists nothing, with all three keys");
	strict->removal_disallowed = true;
	strict->description = strdup("d");
	profile_store_take(store, strict, &setup, event, 0);
	profile_store_take(store, new_profile("a.second", "1"), &setup, event, 0);
	profile_store_list(store, reply);
	node = plist_array_get_item(plist_dict_get_item(reply, "OrderedIdentifiers"), 0);
	ok(plist_string_val_compare(node, "z.strict") == 0, "in the order of installation");
	plist_get_bool_val(plist_access_path(reply, 3, "ProfileManifest", "z.strict", "IsActive"),
			   &flag);
	ok(flag, "active");
	node = plist_access_path(reply, 2, "ProfileMetadata", "z.strict");
	plist_get_bool_val(plist_dict_get_item(node, "PayloadRemovalDisallowed"), &flag);
	plist_get_uint_val(plist_dict_get_item(node, "PayloadVersion"), &version);
	ok(flag && version == 1, "removal disallowed, and the version");
	ok(plist_dict_get_item(node, "PayloadDescription") &&
		   !plist_dict_get_item(node, "PayloadOrganization"),
	   "what the profile does not say is left out");
	plist_free(reply);
	profile_store_free(store);
}

int main(void)
{
	sd_event *event = NULL;

	if (sd_event_new(&event) < 0)
		return 1;
	test_setup_assistant(event);
	test_staging(event);
	test_timers(event);
	test_conflicts(event);
	test_list(event);
	sd_event_unref(event);
	return tap_done();
}
