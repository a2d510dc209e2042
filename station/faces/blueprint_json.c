/* SPDX-License-Identifier: Apache-2.0 */
/* Blueprints as JSON: what is wrong in them, and what they would do. */
#include "station/faces/blueprint_json.h"

#include "device/facts/clean.h"
#include "station/faces/result_json.h"
#include "station/rules/shelf.h"
#include "station/tools/clock.h"

/* JSON takes no other text than UTF-8, and a path may be anything. */
static json_t *path_to_json(const char *path)
{
	char cleaned[CLEAN_MAX + 1];

	clean_string(path, cleaned);
	return json_string(cleaned);
}

/* Appends ITEM, which may be NULL, to LIST; returns LIST, or NULL without memory. */
static json_t *append(json_t *list, json_t *item)
{
	if (json_array_append_new(list, item) == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *place_to_json(unsigned place)
{
	return place > 0 ? json_integer(place) : json_null();
}

static json_t *problem_to_json(const struct problem *problem)
{
	return json_pack("{s:s, s:o, s:o, s:s, s:s}", "file", problem->file, "line",
			 place_to_json(problem->line), "column", place_to_json(problem->column),
			 "level", rule_level_to_text(rule_level(problem->rule)), "text",
			 problem->text);
}

json_t *blueprint_check_to_json(const char *file, const struct problems *problems)
{
	json_t *list = json_array();

	for (size_t i = 0; list && i < problems->count; i++)
		list = append(list, problem_to_json(&problems->list[i]));
	return json_pack("{s:o, s:b, s:o}", "file", path_to_json(file), "ok", problems->errors == 0,
			 "problems", list);
}

static json_t *profile_to_json(const struct profile *profile)
{
	return json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:s}", "file",
			 path_to_json(profile->file), "identifier", profile->identifier, "uuid",
			 profile->uuid, "name", profile->display_name, "organization",
			 profile->organization, "container",
			 profile_container_to_text(profile->container), "enrolls", profile->enrolls,
			 "payloads", (json_int_t)profile->payload_count, "size",
			 (json_int_t)profile->size, "sha256", profile->sha256);
}

static double seconds(msec_t time)
{
	return (double)time / 1000;
}

/* When the profile of STEP ends to be of use. */
static json_t *end_to_json(const struct blueprint_step *step)
{
	struct shelf_profile profile;
	char text[WALL_TEXT_MAX];

	shelf_describe(step, clock_wall() / 1000, &profile);
	if (profile.ends == EXPIRY_NEVER)
		return json_null();
	return json_string(wall_to_text(profile.ends * 1000, text));
}

static json_t *step_to_json(const struct blueprint_step *step)
{
	char text[STEP_TEXT_MAX];
	json_t *json =
		json_pack("{s:s, s:f, s:I, s:f}", "step", step_to_text(step->id, text), "deadline",
			  seconds(step->limits.kill), "attempts", (json_int_t)step->limits.attempts,
			  "operator_limit", seconds(step->limits.operator));
	int r = 0;

	if (step->profile)
		r = json_object_set_new(json, "profile", profile_to_json(step->profile));
	if (r == 0 && step->library)
		r = json_object_set_new(json, "library", json_string(step->library));
	if (r == 0 && step->profile)
		r = json_object_set_new(json, "template", json_boolean(step->template));
	if (r == 0 && step->profile)
		r = json_object_set_new(json, "expires", end_to_json(step));
	if (r == 0 && step->name)
		r = json_object_set_new(json, "name", json_string(step->name));
	if (r == 0)
		return json;
	json_decref(json);
	return NULL;
}

json_t *blueprint_to_json(const struct blueprint *blueprint)
{
	json_t *steps = json_array();

	for (size_t i = 0; steps && i < blueprint->step_count; i++)
		steps = append(steps, step_to_json(&blueprint->steps[i]));
	return json_pack("{s:o, s:b, s:s, s:s, s:s, s:s, s:o}", "file",
			 path_to_json(blueprint->file), "ok", 1, "name", blueprint->name, "sha256",
			 blueprint->sha256, "product", blueprint->product, "os", blueprint->os,
			 "steps", steps);
}
