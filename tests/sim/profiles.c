/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration profiles of a simulated device: installed, and the one staged. */
#include "tests/sim/profiles.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tests/sim/chain.h"
#include "tests/sim/payload.h"
#include "tests/sim/phone.h"

#define USEC_PER_MSEC 1000ULL

struct profile_store {
	struct profile *installed; /* in order of installation */
	struct profile *staged;
	sd_event_source *due; /* the person confirms what is staged, or it is forgotten */
};

struct profile_store *profile_store_new(void)
{
	return calloc(1, sizeof(struct profile_store));
}

static void drop_staged(struct profile_store *store)
{
	store->due = sd_event_source_disable_unref(store->due);
	profile_free(store->staged);
	store->staged = NULL;
}

void profile_store_clear(struct profile_store *store)
{
	drop_staged(store);
	while (store->installed) {
		struct profile *next = store->installed->next;

		profile_free(store->installed);
		store->installed = next;
	}
}

void profile_store_free(struct profile_store *store)
{
	if (!store)
		return;
	profile_store_clear(store);
	free(store);
}

/* Where the profile of IDENTIFIER is linked in, or the end of the list. */
static struct profile **find(struct profile_store *store, const char *identifier)
{
	struct profile **place = &store->installed;

	while (*place && strcmp((*place)->identifier, identifier) != 0)
		place = &(*place)->next;
	return place;
}

/* The same identifier replaces, in its place. */
static void install(struct profile_store *store, struct profile *profile)
{
	struct profile **place = find(store, profile->identifier);
	struct profile *old = *place;

	profile->next = old ? old->next : NULL;
	*place = profile;
	profile_free(old);
}

static const struct profile *installed_mdm(const struct profile_store *store)
{
	const struct profile *profile = store->installed;

	while (profile && !profile->has_mdm)
		profile = profile->next;
	return profile;
}

/* What stands against PROFILE on this device; NULL: nothing. */
static plist_t conflict(struct profile_store *store, const struct profile *profile, double now)
{
	const struct profile *mdm = installed_mdm(store);
	const struct profile *old = *find(store, profile->identifier);
	plist_t chain;

	if (profile->expires && profile->removal_date < now) {
		chain = chain_add(NULL, 4001, "The profile could not be installed.");
		return chain_add(chain, 4006, "The removal date of the profile is in the past.");
	}
	if (profile->has_mdm && mdm && mdm != old) {
		chain = chain_add(NULL, 4001, "The profile could not be installed.");
		return chain_add(chain, 12001, "The device is managed already, by \"%.64s\".",
				 mdm->display_name);
	}
	if (old && old->has_mdm && !profile->has_mdm) {
		chain = chain_add(NULL, 4013, "The profile could not be updated.");
		return chain_add(chain, 4015, "The new profile has no MDM payload.");
	}
	return NULL;
}

bool profile_store_approve(struct profile_store *store)
{
	struct profile *profile = store->staged;

	if (!profile)
		return false;
	store->due = sd_event_source_disable_unref(store->due);
	store->staged = NULL;
	install(store, profile);
	return true;
}

static int on_approval(sd_event_source *source, uint64_t now, void *userdata)
{
	(void)source;
	(void)now;
	profile_store_approve(userdata);
	return 0;
}

static int on_end_of_life(sd_event_source *source, uint64_t now, void *userdata)
{
	(void)source;
	(void)now;
	drop_staged(userdata);
	return 0;
}

/* The staged profile waits for its person, or for its end, whichever comes first. */
static int wait_for_person(struct profile_store *store, const struct phone_setup *setup,
			   sd_event *event)
{
	bool approves = setup->approve_after >= 0 && setup->approve_after <= setup->staged_life;
	int delay = approves ? setup->approve_after : setup->staged_life;

	return sd_event_add_time_relative(event, &store->due, CLOCK_MONOTONIC,
					  (uint64_t)delay * USEC_PER_MSEC, 0,
					  approves ? on_approval : on_end_of_life, store);
}

plist_t profile_store_take(struct profile_store *store, struct profile *profile,
			   const struct phone_setup *setup, sd_event *event, double now)
{
	plist_t chain = conflict(store, profile, now);

	if (chain) {
		profile_free(profile);
		return chain;
	}
	if (!setup->setup_done) {
		install(store, profile);
		return NULL;
	}
	drop_staged(store);
	store->staged = profile;
	if (setup->approve_after == 0) {
		profile_store_approve(store);
	} else if (wait_for_person(store, setup, event) < 0) {
		drop_staged(store);
		return chain_add(NULL, 4003, "The profile could not be queued.");
	}
	return NULL;
}

const char *profile_store_staged(const struct profile_store *store)
{
	return store->staged ? store->staged->identifier : NULL;
}

bool profile_store_has(const struct profile_store *store, const char *identifier)
{
	const struct profile *profile = store->installed;

	while (profile && strcmp(profile->identifier, identifier) != 0)
		profile = profile->next;
	return profile != NULL;
}

plist_t profile_store_remove(struct profile_store *store, const char *identifier, const char *uuid)
{
	struct profile **place = find(store, identifier);
	struct profile *gone = *place;

	if (!gone || (uuid && strcasecmp(uuid, gone->uuid) != 0))
		return chain_add(NULL, 4024, "The profile \"%.128s\" is not installed.",
				 identifier);
	*place = gone->next;
	profile_free(gone);
	return NULL;
}

static void put_text(plist_t dict, const char *key, const char *text)
{
	if (text)
		plist_dict_set_item(dict, key, plist_new_string(text));
}

static plist_t metadata(const struct profile *profile)
{
	plist_t dict = plist_new_dict();

	put_text(dict, "PayloadDisplayName", profile->display_name);
	put_text(dict, "PayloadDescription", profile->description);
	put_text(dict, "PayloadOrganization", profile->organization);
	put_text(dict, "PayloadUUID", profile->uuid);
	plist_dict_set_item(dict, "PayloadRemovalDisallowed",
			    plist_new_bool(profile->removal_disallowed));
	plist_dict_set_item(dict, "PayloadVersion", plist_new_uint(profile->version));
	return dict;
}

static plist_t manifest(const struct profile *profile)
{
	plist_t dict = plist_new_dict();

	put_text(dict, "Description", profile->display_name);
	plist_dict_set_item(dict, "IsActive", plist_new_bool(1));
	return dict;
}

void profile_store_list(const struct profile_store *store, plist_t reply)
{
	plist_t identifiers = plist_new_array();
	plist_t manifests = plist_new_dict();
	plist_t all_metadata = plist_new_dict();

	for (const struct profile *p = store->installed; p; p = p->next) {
		plist_array_append_item(identifiers, plist_new_string(p->identifier));
		plist_dict_set_item(manifests, p->identifier, manifest(p));
		plist_dict_set_item(all_metadata, p->identifier, metadata(p));
	}
	plist_dict_set_item(reply, "OrderedIdentifiers", identifiers);
	plist_dict_set_item(reply, "ProfileManifest", manifests);
	plist_dict_set_item(reply, "ProfileMetadata", all_metadata);
}
