/* SPDX-License-Identifier: Apache-2.0 */
/* The profile that Macs are handed: chosen, and judged before anything leaves the bench. */
#ifndef STATION_FACES_HANDOVER_PROFILE_H
#define STATION_FACES_HANDOVER_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profiles/values/expiry.h"
#include "profiles/profile/profile.h"
#include "station/rules/mac_report.h"
#include "station/tools/state.h"

struct handover_profile {
	struct profile *profile;
	char name[CLEAN_MAX + 1]; /* the library's, or the file's without folder and end */
	char host[CLEAN_MAX + 1]; /* of the server that it enrolls into, or is fetched from */
	char organization[CLEAN_MAX + 1]; /* or "" */
	bool enrolls, final;		  /* final: it names the MDM's own server */
	bool for_macs;
	struct profile_expiry expiry;
};

/*
 * Opens the profile that WORD names: of the library, else a file; NULL: the one name of the library
 * that enrolls Macs. One that has expired, or is not for Macs, is refused; what else is to be said
 * is, on stderr.
 * Returns -1 and RET_PROFILE (handover_profile_done) to go on, or, with a message that begins with
 * VERB, the exit status.
 */
int handover_profile_open(const char *verb, const struct state *state, const char *word,
			  struct handover_profile *ret_profile);
void handover_profile_done(struct handover_profile *profile);

/* Where PROFILE enrolls, for reports; it must stay. */
struct mac_expected handover_profile_expected(const struct handover_profile *profile);

/*
 * Looks for our own copy of the profile with the digest SHA256, in the library and in FILE (or
 * NULL), however old it is. Returns 0 and RET_PROFILE; -ENOENT; -EINVAL with its problems on
 * stderr; or another negative errno.
 */
int handover_profile_by_digest(const struct state *state, const char *file, const char *sha256,
			       struct handover_profile *ret_profile);

#endif
