/* SPDX-License-Identifier: Apache-2.0 */
/* Enrollment profiles in Intune: asked for, made, exported. What is sent, and what is answered. */
#ifndef STATION_GRAPH_ENROLLMENT_H
#define STATION_GRAPH_ENROLLMENT_H

#include <jansson.h>
#include <stdbool.h>

#include "station/graph/refusal.h"

/* Longest id that is believed: two GUIDs and a line. */
#define ENROLLMENT_ID_MAX 80
/* Longest name of a profile. */
#define ENROLLMENT_NAME_MAX 255

struct enrollment_profile {
	char id[ENROLLMENT_ID_MAX + 1]; /* ACCOUNT_PROFILE; both may stand in a URL as they are */
	bool user_affinity;		/* a person would have to sign in on the device */
};

/* Paths below Graph's URL; the callers' (free), NULL without memory. ID is an account's or a
 * profile's, which is ACCOUNT_PROFILE. */
#define ENROLLMENT_ACCOUNT_PATH "/beta/deviceManagement?$select=intuneAccountId"
char *enrollment_list_path(const char *account);
char *enrollment_export_path(const char *account, const char *profile);

/* Reads the account's id. Returns 0 and RET_ID, or -1 when JSON has none. */
int enrollment_read_account(const json_t *json, char ret_id[static ENROLLMENT_ID_MAX + 1]);

/*
 * Looks in one page of a list for the profile called NAME. Adds to COUNT how many are called so;
 * two are one too many to choose from. Returns 0, or -1 when JSON is no list of profiles.
 */
int enrollment_find(const json_t *json, const char *name, struct enrollment_profile *ret_profile,
		    unsigned *count);

/* What makes a profile called NAME for devices without a user. A new reference or NULL. */
json_t *enrollment_create_body(const char *name);
/* Reads one profile. Returns 0 and RET_PROFILE, or -1. */
int enrollment_read_profile(const json_t *json, struct enrollment_profile *ret_profile);

/* The bytes of an export, as they are to go to devices (the caller's, free). Returns 0, or -1 and
 * REFUSAL. */
int enrollment_read_export(const json_t *json, unsigned char **ret_bytes, size_t *ret_size,
			   struct refusal *refusal);

#endif
