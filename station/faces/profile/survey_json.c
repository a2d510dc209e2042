/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a profile, as JSON: what "muster profile inspect --json" prints. */
#include "station/faces/profile/survey_json.h"

#include <errno.h>
#include <stdio.h>

#include "station/faces/result_json.h"

json_t *path_to_json(const char *path)
{
	char cleaned[CLEAN_MAX + 1];

	clean_string(path, cleaned);
	return json_string(cleaned);
}

/* A time in seconds since 1970; null for none. */
static json_t *time_to_json(int64_t time)
{
	char text[WALL_TEXT_MAX];

	return time == EXPIRY_NEVER || time == 0 ? json_null()
						 : json_string(wall_to_text(time * 1000, text));
}

/* A text; null for "". */
static json_t *text_to_json(const char *text)
{
	return text[0] != '\0' ? json_string(text) : json_null();
}

static json_t *platforms_to_json(const bool platforms[static PLATFORMS])
{
	json_t *list = json_array();

	for (int p = 0; p < PLATFORMS; p++)
		if (platforms[p])
			json_array_append_new(list,
					      json_string(platform_to_text((enum platform)p)));
	return list;
}

static json_t *payloads_to_json(const struct survey *survey)
{
	json_t *list = json_array();

	for (size_t i = 0; i < survey->payload_count; i++) {
		const struct survey_payload *payload = &survey->payloads[i];

		json_array_append_new(
			list,
			json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:o}", "payload",
				  (json_int_t)(i + 1), "line",
				  payload->line > 0 ? json_integer(payload->line) : json_null(),
				  "type", text_to_json(payload->type), "identifier",
				  text_to_json(payload->identifier), "uuid",
				  text_to_json(payload->uuid), "name", text_to_json(payload->name),
				  "known", payload->known, "supervised", payload->supervised,
				  "secrets_set", text_to_json(payload->secrets)));
		json_object_set_new(json_array_get(list, i), "platforms",
				    platforms_to_json(payload->platforms));
	}
	return list;
}

static json_t *rights_to_json(int64_t rights)
{
	json_t *list = json_array();

	for (unsigned bit = 0; bit < SURVEY_RIGHTS; bit++)
		if (rights >= 0 && rights & 1LL << bit)
			json_array_append_new(list, json_string(survey_right(bit)));
	return json_pack("{s:o, s:o}", "value", rights < 0 ? json_null() : json_integer(rights),
			 "rights", list);
}

static json_t *vendor_to_json(const struct vendor *vendor)
{
	if (!vendor->name)
		return json_null();
	return json_pack("{s:s, s:s, s:s}", "name", vendor->name, "confidence",
			 vendor_confidence_to_text(vendor->confidence), "evidence",
			 vendor->evidence);
}

static json_t *enrollment_to_json(const struct survey_enrollment *enrollment)
{
	if (enrollment->how == SURVEY_ENROLLS_NOT)
		return json_null();
	return json_pack("{s:s, s:o, s:o, s:o, s:s, s:o, s:o, s:b, s:b, s:b, s:o}", "how",
			 enrollment->how == SURVEY_ENROLLS_MDM ? "mdm" : "profile-service",
			 "server", text_to_json(enrollment->server), "check_in",
			 text_to_json(enrollment->check_in), "topic",
			 text_to_json(enrollment->topic), "identity",
			 survey_identity_to_text(enrollment->identity), "identity_server",
			 text_to_json(enrollment->identity_server), "access_rights",
			 rights_to_json(enrollment->rights), "sign_message",
			 enrollment->sign_message, "per_user", enrollment->per_user, "development",
			 enrollment->development, "vendor", vendor_to_json(&enrollment->vendor));
}

static json_t *chain_to_json(const struct cms_chain *chain)
{
	json_t *list = json_array();

	for (size_t i = 0; i < chain->count; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o}", "subject",
						      chain->list[i].subject, "issuer",
						      chain->list[i].issuer, "from",
						      time_to_json(chain->list[i].from), "until",
						      time_to_json(chain->list[i].until)));
	return list;
}

static json_t *signature_to_json(const struct survey_signature *signature)
{
	bool timed = signature->signed_at != EXPIRY_NEVER;

	if (!signature->there)
		return json_null();
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:b, s:o}", "integrity",
			 signature->intact ? "intact" : "broken", "trust",
			 cms_trust_to_text(signature->now), "trust_when_signed",
			 timed ? json_string(cms_trust_to_text(signature->then)) : json_null(),
			 "signed_at", time_to_json(signature->signed_at), "digest",
			 text_to_json(signature->digest), "indefinite_length", signature->streaming,
			 "chain", chain_to_json(&signature->chain));
}

static json_t *date_to_json(const struct expiry_date *date, int64_t now)
{
	if (date->at == EXPIRY_NEVER)
		return json_null();
	return json_pack("{s:s, s:o, s:I}", "source", expiry_source_to_text(date->source), "at",
			 time_to_json(date->at), "days_left",
			 (json_int_t)expiry_days_left(date->at, now));
}

static json_t *expiry_to_json(const struct survey *survey, int64_t now, int64_t downloaded)
{
	const struct expiry_download download = survey_download(survey, downloaded);
	struct profile_expiry expiry = profile_expiry(&survey->dates, &download, now);
	json_t *dates = json_object();

	for (int i = 0; i < EXPIRY_SOURCES; i++) {
		enum expiry_source source = (enum expiry_source)i;

		if (survey->dates.at[source] != EXPIRY_NEVER)
			json_object_set_new(dates, expiry_source_to_text(source),
					    time_to_json(survey->dates.at[source]));
	}
	return json_pack("{s:s, s:o, s:o, s:o, s:o}", "state", expiry_state_to_text(expiry.state),
			 "end", date_to_json(&expiry.end, now), "first",
			 date_to_json(&expiry.first, now), "dates", dates, "stays_seconds",
			 survey->dates.stays == EXPIRY_NEVER ? json_null()
							     : json_integer(survey->dates.stays));
}

static json_t *recipients_to_json(const struct survey *survey)
{
	json_t *list = json_array();

	for (size_t i = 0; i < survey->recipients.count && i < RECIPIENTS_MAX; i++)
		json_array_append_new(list, json_string(survey->recipients.list[i]));
	return survey->encrypted ? list : (json_decref(list), json_null());
}

static json_t *container_to_json(const struct survey *survey)
{
	return json_pack("{s:s, s:s}", "file", container_to_text(survey->outer), "list",
			 container_to_text(survey->inner));
}

static json_t *keys_to_json(const struct survey *survey)
{
	json_t *list = json_array();

	for (size_t i = 0; i < survey->key_count; i++)
		json_array_append_new(list, json_string(survey->keys[i]));
	return list;
}

json_t *survey_to_json(const struct survey *survey, int64_t now, int64_t downloaded)
{
	json_t *json = json_pack("{s:s, s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
				 "file", survey->file, "size", (json_int_t)survey->size, "sha256",
				 survey->sha256, "container", container_to_json(survey), "type",
				 text_to_json(survey->type), "identifier",
				 text_to_json(survey->identifier), "uuid",
				 text_to_json(survey->uuid), "name", text_to_json(survey->name),
				 "organization", text_to_json(survey->organization), "description",
				 text_to_json(survey->description), "scope",
				 text_to_json(survey->scope), "keys", keys_to_json(survey));

	json_object_set_new(json, "payloads", payloads_to_json(survey));
	json_object_set_new(json, "encrypted_for", recipients_to_json(survey));
	json_object_set_new(json, "enrollment", enrollment_to_json(&survey->enrollment));
	json_object_set_new(json, "signature", signature_to_json(&survey->signature));
	json_object_set_new(json, "platforms", platforms_to_json(survey->platforms));
	json_object_set_new(json, "expiry", expiry_to_json(survey, now, downloaded));
	return json;
}

static json_t *number_or_null(unsigned number)
{
	return number > 0 ? json_integer(number) : json_null();
}

json_t *problems_to_json(const struct problems *problems)
{
	json_t *list = json_array();

	for (size_t i = 0; i < problems->count; i++) {
		const struct problem *problem = &problems->list[i];
		const struct rule_text *rule = rule_text(problem->rule);

		json_array_append_new(
			list, json_pack("{s:s?, s:s, s:o, s:o, s:s, s:s?}", "rule", rule->id,
					"level", rule_level_to_text(rule_level(problem->rule)),
					"line", number_or_null(problem->line), "column",
					number_or_null(problem->column), "text", problem->text,
					"remedy", rule->remedy));
	}
	return list;
}

int print_profiles_json(json_t *list)
{
	json_t *document = json_pack("{s:s, s:o}", "schema", JSON_SCHEMA, "profiles", list);
	int r = document ? json_dumpf(document, stdout, JSON_INDENT(2)) : -1;

	json_decref(document);
	puts("");
	return r < 0 ? -EIO : 0;
}
