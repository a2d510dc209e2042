/* SPDX-License-Identifier: Apache-2.0 */
/* Serial numbers uploaded to Intune and assigned to the profile of a source. */
#ifndef STATION_GRAPH_UPLOAD_H
#define STATION_GRAPH_UPLOAD_H

#include <stdbool.h>

#include "profiles/library/source.h"
#include "station/graph/refusal.h"
#include "station/graph/serials.h"

struct upload {
	const struct serial *serials;
	size_t count;
	const char *platform; /* as in serials_import_body */
	bool may_ask;	      /* a person is there to sign in */
	bool only_look;	      /* sign in and find the profile, no more */
	unsigned taken;	      /* how many are there by now */
	/* Hears each serial number that Intune did not take. */
	void (*each_refused)(const char *serial, void *userdata);
	void *userdata;
};

/*
 * Uploads the serials of UPLOAD for the profile of SOURCE, SERIALS_BATCH at a time; details of
 * those that are there already become the new ones. Returns 0, or
 * -1 and REFUSAL.
 */
int upload_serials(const struct source *source, struct upload *upload, struct refusal *refusal);

#endif
