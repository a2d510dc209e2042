/* SPDX-License-Identifier: Apache-2.0 */
/* What a person at a Mac reads: the instructions, as plain text and as HTML to print. */
#ifndef STATION_FACES_HANDOVER_SHEET_H
#define STATION_FACES_HANDOVER_SHEET_H

#include <stdbool.h>
#include <stdio.h>

#include "station/faces/handover/handover_profile.h"

/* The looks of our pages, CSS: on a screen of any size and on paper. */
extern const char handover_style[];

/* Writes TEXT, which is clean (clean.h), so that HTML takes it for text, in attributes too. */
void handover_put_html(FILE *out, const char *text);

/* The last day of PROFILE's use in local time, "until 2026-12-07 14:05 +0100"; "without a known
 * end" when there is none. Fills OUT and returns it. */
#define HANDOVER_UNTIL_MAX 64
const char *handover_until(const struct handover_profile *profile,
			   char out[static HANDOVER_UNTIL_MAX]);

/* The instructions beside a stick's files; FILE is the profile's name there. Each returns the
 * caller's text (free), or NULL without memory. */
char *handover_stick_text(const struct handover_profile *profile, const char *file);
char *handover_stick_html(const struct handover_profile *profile, const char *file);

/* The steps for a profile that was downloaded, as items of a list in HTML. */
void handover_put_download_steps(FILE *out);

#endif
