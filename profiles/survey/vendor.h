/* SPDX-License-Identifier: Apache-2.0 */
/* Which MDM a profile looks like it comes from, and how sure that is. */
#ifndef PROFILES_SURVEY_VENDOR_H
#define PROFILES_SURVEY_VENDOR_H

#include <stdint.h>

#include "device/facts/clean.h"

/* What a profile shows of its origin; all NULL or "" where it says nothing. Hosts are in lower
 * case. */
struct vendor_signs {
	const char *host;	       /* of the MDM, or of where the real profile is fetched */
	const char *path;	       /* behind it */
	const char *identifier, *uuid; /* of the profile */
	const char *payload_identifier, *payload_uuid; /* of the MDM payload */
	const char *signer;			       /* the name in the signer's certificate */
};

enum vendor_confidence {
	VENDOR_PERHAPS,
	VENDOR_LIKELY,
	VENDOR_SURE,
};

struct vendor {
	const char
		*name; /* static; NULL: none that muster knows, so probably a server of one's own */
	enum vendor_confidence confidence;
	const char *evidence; /* static, "its server": by what it was found */
	int64_t life; /* how many seconds its downloads are good; EXPIRY_NEVER: without limit */
};

/* "sure", "likely", "perhaps". */
const char *vendor_confidence_to_text(enum vendor_confidence confidence);

/* Tells the vendor by SIGNS: the surest of all that fit, the first of equally sure ones. */
struct vendor vendor_recognise(const struct vendor_signs *signs);

#endif
