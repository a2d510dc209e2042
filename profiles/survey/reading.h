/* SPDX-License-Identifier: Apache-2.0 */
/* A profile opened to be read: its property list, and where its values stand. */
#ifndef PROFILES_SURVEY_READING_H
#define PROFILES_SURVEY_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/facts/clean.h"
#include "profiles/profile/profile_keys.h"
#include "profiles/survey/survey.h"
#include "profiles/profile/unwrap.h"

struct reading {
	struct unwrapped *unwrapped;
	struct profile_keys keys;
	struct plist_spot top; /* a dictionary */
};

/*
 * Opens the SIZE BYTES (kept; a NUL follows them) of FILE (kept). Returns 0 and RET_READING
 * (reading_close), with or without problems; -EINVAL when PROBLEMS tell why there is nothing to
 * read, or -ENOMEM.
 */
int reading_open(const char *file, const unsigned char *bytes, size_t size,
		 struct problems *problems, struct reading *ret_reading);
void reading_close(struct reading *reading);

/* Values of KEY in DICT when it is there and of that type; else "", NULL, false, FALLBACK. Texts
 * are written cleaned to OUT. */
void reading_text(const struct plist_spot *dict, const char *key, char out[static CLEAN_MAX + 1]);
const unsigned char *reading_data(const struct plist_spot *dict, const char *key, size_t *ret_size);
bool reading_flag(const struct plist_spot *dict, const char *key);
int64_t reading_number(const struct plist_spot *dict, const char *key, int64_t fallback);

/* The date KEY in seconds since 1970; EXPIRY_NEVER without it, or when the scan refused it. */
int64_t reading_date(const struct reading *reading, const char *key);

/* Does the array KEY of DICT hold TEXT? */
bool reading_holds(const struct plist_spot *dict, const char *key, const char *text);

/* Does a text or data under the key NAME have to be kept from others? */
bool reading_is_secret(const char *name);

/* The payloads of READING that are told: 0 when they are encrypted or fetched; payload INDEX, whose
 * node may be no dictionary. */
size_t reading_payloads(const struct reading *reading);
struct plist_spot reading_payload(const struct reading *reading, size_t index);

/* The dictionary whose PayloadUUID is UUID, without regard to case; false for none. */
bool reading_find_uuid(const struct reading *reading, const char *uuid,
		       struct plist_spot *ret_payload);

/* Tells all of READING at NOW. Returns as survey_bytes. */
int reading_survey(const struct reading *reading, const unsigned char *bytes, size_t size,
		   int64_t now, struct survey **ret_survey);

/* Fills the parts of SURVEY that its readers (survey_payload.c, survey_enrollment.c) know. */
void survey_take_payloads(const struct reading *reading, struct survey *survey);
void survey_take_enrollment(const struct reading *reading, struct survey *survey);

#endif
