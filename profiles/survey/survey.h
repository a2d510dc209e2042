/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a profile: payloads, enrollment, signature, dates; never a secret. */
#ifndef PROFILES_SURVEY_SURVEY_H
#define PROFILES_SURVEY_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/facts/clean.h"
#include "profiles/files/digest.h"
#include "profiles/cms/cms.h"
#include "profiles/cms/cms_trust.h"
#include "profiles/cms/container.h"
#include "profiles/values/expiry.h"
#include "profiles/values/platform.h"
#include "profiles/values/problem.h"
#include "profiles/survey/recipients.h"
#include "profiles/survey/vendor.h"

/* Most keys of the profile itself that are told: the format has eighteen. */
#define SURVEY_KEYS_MAX 32

/* Room for a text, with its end. All are cleaned, and "" where the profile has none. */
#define SURVEY_TEXT (CLEAN_MAX + 1)

struct survey_payload {
	char type[SURVEY_TEXT], identifier[SURVEY_TEXT], uuid[SURVEY_TEXT], name[SURVEY_TEXT];
	char secrets[SURVEY_TEXT]; /* names of the keys that hold any: "Challenge, Password" */
	unsigned line;		   /* 0 without one */
	bool known;		   /* its type is one of Apple's that muster knows */
	bool supervised;	   /* iPhone and iPad take it only when supervised */
	bool platforms[PLATFORMS];
};

enum survey_enrolls {
	SURVEY_ENROLLS_NOT,
	SURVEY_ENROLLS_MDM,	/* holds the MDM payload */
	SURVEY_ENROLLS_SERVICE, /* the device fetches the real profile */
};

enum survey_identity {
	SURVEY_IDENTITY_NONE, /* names none */
	SURVEY_IDENTITY_SCEP,
	SURVEY_IDENTITY_ACME,
	SURVEY_IDENTITY_PKCS12,
	SURVEY_IDENTITY_MISSING, /* names one that is not in the profile, or no identity */
};

struct survey_enrollment {
	enum survey_enrolls how;
	char server[SURVEY_TEXT],
		check_in[SURVEY_TEXT]; /* addresses, without what may not be shown */
	char host[SURVEY_TEXT];
	char topic[SURVEY_TEXT];
	enum survey_identity identity;
	char identity_server[SURVEY_TEXT]; /* of SCEP or ACME */
	int64_t rights;			   /* AccessRights; -1 without them */
	bool sign_message, per_user, development;
	struct vendor vendor;
};

/* What an access right is for: "erase the device". */
#define SURVEY_RIGHTS 13
const char *survey_right(unsigned bit);

/* "scep", "acme", … as JSON has it. */
const char *survey_identity_to_text(enum survey_identity identity);

struct survey_signature {
	bool there, intact, streaming;
	char digest[CMS_DIGEST_MAX];
	int64_t signed_at; /* as the signer says, or EXPIRY_NEVER */
	struct cms_chain chain;
	enum cms_trust now;  /* at the time of the survey */
	enum cms_trust then; /* at SIGNED_AT, when it is known */
};

struct survey {
	char file[SURVEY_TEXT];
	size_t size;
	char sha256[DIGEST_TEXT_MAX];
	enum container outer, inner;
	char type[SURVEY_TEXT], identifier[SURVEY_TEXT], uuid[SURVEY_TEXT], name[SURVEY_TEXT],
		organization[SURVEY_TEXT], description[SURVEY_TEXT], scope[SURVEY_TEXT];
	size_t key_count;
	char keys[SURVEY_KEYS_MAX][SURVEY_TEXT];
	size_t payload_count;
	struct survey_payload *payloads;
	bool encrypted;
	struct recipients recipients;
	struct survey_enrollment enrollment;
	struct survey_signature signature;
	/* Every payload works there, as far as is known, and TargetDeviceType allows it. */
	bool platforms[PLATFORMS];
	struct expiry_dates dates;
};

/*
 * Tells of the SIZE BYTES of a profile that is called FILE, at NOW (seconds since 1970). Only what
 * keeps it from being read is a problem (unwrap.h); whether it is right is the linter's to say.
 * Returns 0 and RET_SURVEY (the caller's, survey_free), with or without problems; -EINVAL when
 * PROBLEMS tell why there is none, or -ENOMEM.
 */
int survey_bytes(const char *file, const unsigned char *bytes, size_t size, int64_t now,
		 struct problems *problems, struct survey **ret_survey);

/* The same for FILE itself. */
int survey_file(const char *file, int64_t now, struct problems *problems,
		struct survey **ret_survey);

void survey_free(struct survey *survey);

/* How its expiry is reckoned when it was downloaded at DOWNLOADED (EXPIRY_NEVER: unknown): by the
 * life of its vendor's downloads, if it enrolls. */
struct expiry_download survey_download(const struct survey *survey, int64_t downloaded);

#endif
