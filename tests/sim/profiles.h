/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration profiles of a simulated device: installed, and the one staged. */
#ifndef TESTS_SIM_PROFILES_H
#define TESTS_SIM_PROFILES_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>
#include <systemd/sd-event.h>

struct phone_setup;
struct profile;
struct profile_store;

struct profile_store *profile_store_new(void); /* NULL: no memory */
void profile_store_free(struct profile_store *store);

/*
 * Takes PROFILE (owned from now on) as the device does in its state: in Setup Assistant it is
 * installed, else staged for the person, who confirms it after setup->approve_after; it is
 * forgotten after setup->staged_life. One is staged at most; a new one takes its place. SETUP must
 * live as long as the store. NOW is the device's clock in seconds since 1970. Returns NULL, or the
 * ErrorChain (the caller's) of why the device does not take it.
 */
plist_t profile_store_take(struct profile_store *store, struct profile *profile,
			   const struct phone_setup *setup, sd_event *event, double now);

/* The person confirms the staged profile now. False: none is staged. */
bool profile_store_approve(struct profile_store *store);

/* The identifier of the staged profile, the store's; NULL: none. */
const char *profile_store_staged(const struct profile_store *store);

/* Whether the profile of this identifier is installed. */
bool profile_store_has(const struct profile_store *store, const char *identifier);

/* Removes an installed profile; UUID NULL: any. Returns NULL, or the ErrorChain, the caller's. */
plist_t profile_store_remove(struct profile_store *store, const char *identifier, const char *uuid);

/* Removes all, also the staged one: an erase. */
void profile_store_clear(struct profile_store *store);

/* Adds OrderedIdentifiers, ProfileManifest and ProfileMetadata to REPLY. */
void profile_store_list(const struct profile_store *store, plist_t reply);

#endif
