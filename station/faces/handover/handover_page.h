/* SPDX-License-Identifier: Apache-2.0 */
/* The pages that a person at a Mac sees behind a link, and the sheet of links to print. */
#ifndef STATION_FACES_HANDOVER_PAGE_H
#define STATION_FACES_HANDOVER_PAGE_H

#include "station/faces/handover/handover_profile.h"

/* The form's field, for the Mac's serial number. */
#define HANDOVER_FIELD "serial"

/* What pages say of a link. */
struct handover_link {
	const char *url;
	const char *ends; /* in words: "14:05" */
	const char *fingerprint;
};

/* The page with the button. COMPLAINT, or "", is about what was typed. Each returns the caller's
 * text (free), or NULL without memory. */
char *handover_page_landing(const struct handover_profile *profile,
			    const struct handover_link *link, const char *complaint);

/* A page that says TITLE and what to do, SENTENCE. */
char *handover_page_plain(const char *title, const char *sentence);

/* The sheet of COUNT LINKS, whole in itself, to print and to hang beside the bench. */
char *handover_page_sheet(const struct handover_profile *profile, const struct handover_link *links,
			  size_t count);

#endif
