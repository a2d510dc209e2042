/* SPDX-License-Identifier: Apache-2.0 */
/* How long something still lasts, as people say it. */
#ifndef PROFILES_VALUES_EXPIRY_TEXT_H
#define PROFILES_VALUES_EXPIRY_TEXT_H

#include "profiles/values/expiry.h"

/* Room for the longest text, with its end. */
#define EXPIRY_TEXT_MAX 48

/* From NOW to AT: "12 days left", "47 h left", "25 min left", "expired 3 days ago"; "no limit" for
 * EXPIRY_NEVER. Never says more than is left. Fills OUT and returns it. */
const char *expiry_left_to_text(int64_t at, int64_t now, char out[static EXPIRY_TEXT_MAX]);

/* The same of EXPIRY's end; "unknown" when that is so. */
const char *expiry_to_text(const struct profile_expiry *expiry, int64_t now,
			   char out[static EXPIRY_TEXT_MAX]);

/* In how many seconds from NOW the text for AT is another one; 0 when it stays. */
int64_t expiry_text_lasts(int64_t at, int64_t now);

#endif
