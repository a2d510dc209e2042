/* SPDX-License-Identifier: Apache-2.0 */
/* One configuration profile as a device reads it: plain, signed, or a bare certificate. */
#ifndef TESTS_SIM_PAYLOAD_H
#define TESTS_SIM_PAYLOAD_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longest profile, and most payloads in one. */
#define PROFILE_MAX  (4U << 20)
#define PAYLOADS_MAX 256

struct profile {
	struct profile *next; /* profile_store */
	char *identifier;
	char *uuid;
	char *display_name; /* the identifier when the profile names none */
	char *description;  /* these two may be NULL */
	char *organization;
	uint64_t version;
	bool removal_disallowed;
	bool has_mdm;
	bool expires;	     /* has a RemovalDate */
	double removal_date; /* seconds since 1970 */
};

/*
 * Reads the LEN bytes of a profile. Returns it, the caller's; or NULL with the device's ErrorChain,
 * the caller's, in RET_CHAIN.
 */
struct profile *profile_read(const char *bytes, size_t len, plist_t *ret_chain);
void profile_free(struct profile *profile);

#endif
