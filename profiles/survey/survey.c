/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a profile: payloads, enrollment, signature, dates; never a secret. */
#include "profiles/survey/survey.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/digest.h"
#include "profiles/files/operator_file.h"
#include "profiles/profile/profile.h"
#include "profiles/survey/reading.h"

/* No profile means to stay longer than a hundred years. */
#define STAY_MAX (36500 * EXPIRY_DAY)

static void take_texts(const struct reading *reading, struct survey *survey)
{
	const struct plist_spot *top = &reading->top;

	reading_text(top, "PayloadType", survey->type);
	reading_text(top, "PayloadIdentifier", survey->identifier);
	reading_text(top, "PayloadUUID", survey->uuid);
	reading_text(top, "PayloadDisplayName", survey->name);
	reading_text(top, "PayloadOrganization", survey->organization);
	reading_text(top, "PayloadDescription", survey->description);
	reading_text(top, "PayloadScope", survey->scope);
}

static void take_keys(const struct reading *reading, struct survey *survey)
{
	struct profile_keys_walk walk;
	struct plist_spot spot;

	profile_keys_walk_begin(&walk, &reading->keys, &reading->top);
	while (survey->key_count < SURVEY_KEYS_MAX && profile_keys_walk_next(&walk, &spot))
		clean_string(walk.name, survey->keys[survey->key_count++]);
	profile_keys_walk_end(&walk);
}

static void take_signature(const struct cms_signature *cms, int64_t now, struct survey *survey)
{
	struct survey_signature *signature = &survey->signature;
	struct x509_store_st *authorities = cms_authorities_load();

	signature->there = true;
	signature->intact = cms->intact;
	signature->streaming = cms->streaming;
	memcpy(signature->digest, cms->digest, sizeof signature->digest);
	signature->signed_at = cms->signed_at;
	cms_chain_of(cms, &signature->chain);
	signature->now = cms_trust_at(authorities, cms, now);
	signature->then = signature->now;
	if (cms->signed_at != EXPIRY_NEVER)
		signature->then = cms_trust_at(authorities, cms, cms->signed_at);
	cms_authorities_free(authorities);
	for (size_t i = 0; i < signature->chain.count; i++)
		expiry_dates_add(&survey->dates, EXPIRY_SIGNER, signature->chain.list[i].until);
}

/* DurationUntilRemoval, whole or with a point. */
static int64_t take_stay(const struct reading *reading)
{
	struct plist_spot spot =
		profile_keys_member(&reading->keys, &reading->top, "DurationUntilRemoval");
	double stay = (double)reading_number(&reading->top, "DurationUntilRemoval", -1);

	if (spot.node && plist_get_node_type(spot.node) == PLIST_REAL)
		plist_get_real_val(spot.node, &stay);
	return stay >= 0 && stay <= (double)STAY_MAX ? (int64_t)stay : EXPIRY_NEVER;
}

static void take_dates(const struct reading *reading, struct survey *survey)
{
	struct expiry_dates *dates = &survey->dates;

	expiry_dates_add(dates, EXPIRY_REMOVAL_DATE, reading_date(reading, "RemovalDate"));
	expiry_dates_add(dates, EXPIRY_PAYLOAD_DATE,
			 reading_date(reading, "PayloadExpirationDate"));
	dates->stays = take_stay(reading);
}

static void take_encrypted(const struct reading *reading, struct survey *survey)
{
	size_t size;
	const unsigned char *bytes = reading_data(&reading->top, "EncryptedPayloadContent", &size);

	survey->encrypted = bytes;
	if (bytes)
		recipients_read(bytes, size, &survey->recipients);
}

/* Where every payload works. */
static void take_platforms(const struct reading *reading, struct survey *survey)
{
	int64_t target = reading_number(&reading->top, "TargetDeviceType", 0);

	for (int p = 0; p < PLATFORMS; p++) {
		survey->platforms[p] = platform_is_target((enum platform)p, target);
		for (size_t i = 0; i < survey->payload_count; i++)
			survey->platforms[p] &= survey->payloads[i].platforms[p];
	}
}

int reading_survey(const struct reading *reading, const unsigned char *bytes, size_t size,
		   int64_t now, struct survey **ret_survey)
{
	struct survey *survey = calloc(1, sizeof *survey);
	size_t count = reading_payloads(reading);

	if (survey)
		survey->payloads = calloc(count > 0 ? count : 1, sizeof *survey->payloads);
	if (!survey || !survey->payloads) {
		free(survey);
		return -ENOMEM;
	}
	clean_string(reading->keys.file, survey->file);
	survey->size = size;
	digest_to_text(bytes, size, survey->sha256);
	survey->outer = reading->unwrapped->outer;
	survey->inner = reading->unwrapped->inner;
	survey->payload_count = count;
	expiry_dates_init(&survey->dates);
	take_texts(reading, survey);
	take_keys(reading, survey);
	take_dates(reading, survey);
	if (reading->unwrapped->signature)
		take_signature(reading->unwrapped->signature, now, survey);
	take_encrypted(reading, survey);
	survey_take_payloads(reading, survey);
	survey_take_enrollment(reading, survey);
	take_platforms(reading, survey);
	*ret_survey = survey;
	return 0;
}

int survey_bytes(const char *file, const unsigned char *bytes, size_t size, int64_t now,
		 struct problems *problems, struct survey **ret_survey)
{
	struct reading reading;
	int r;

	r = reading_open(file, bytes, size, problems, &reading);
	if (r < 0)
		return r;
	r = reading_survey(&reading, bytes, size, now, ret_survey);
	reading_close(&reading);
	return r;
}

int survey_file(const char *file, int64_t now, struct problems *problems,
		struct survey **ret_survey)
{
	unsigned char *bytes;
	size_t size;
	int r;

	r = operator_file_read(file, PROFILE_SIZE_MAX, problems, &bytes, &size);
	if (r < 0)
		return r;
	r = survey_bytes(file, bytes, size, now, problems, ret_survey);
	free(bytes);
	return r;
}

void survey_free(struct survey *survey)
{
	if (survey)
		free(survey->payloads);
	free(survey);
}

struct expiry_download survey_download(const struct survey *survey, int64_t downloaded)
{
	struct expiry_download download = { downloaded, EXPIRY_NEVER };

	if (survey->enrollment.how != SURVEY_ENROLLS_NOT)
		download.lasts = survey->enrollment.vendor.life;
	return download;
}
