/* SPDX-License-Identifier: Apache-2.0 */
/* Enrollments as JSON, the form in which a verb tells them to a running station. */
#include "station/faces/enrollment_json.h"

#include <errno.h>

#include "station/faces/json_text.h"
#include "station/tools/http.h"

/* A quote is two characters in JSON; the rest is keys and numbers. */
_Static_assert((ENROLLMENTS_MAX + 1) * (2 * CLEAN_MAX + 100) < HTTP_BODY_MAX,
	       "a full list can be posted");

char *enrollments_to_json(const struct enrollments *enrollments)
{
	json_t *list = json_array();

	for (size_t i = 0; i < enrollments->count; i++) {
		const struct enrollment *one = &enrollments->list[i];

		if (json_array_append_new(
			    list, json_pack("{s:I, s:I, s:s}", "job", (json_int_t)one->job, "at",
					    (json_int_t)one->at, "profile", one->profile)) < 0) {
			json_decref(list);
			return NULL;
		}
	}
	return json_to_line(
		json_pack("{s:s, s:o}", "source", enrollments->source, "enrollments", list));
}

static int read_one(json_t *json, struct enrollment *ret_enrollment)
{
	struct enrollment one;
	json_int_t job, at;
	const char *profile;

	if (json_unpack_ex(json, NULL, JSON_STRICT, "{s:I, s:I, s:s}", "job", &job, "at", &at,
			   "profile", &profile) < 0 ||
	    job <= 0 || at <= 0)
		return -EINVAL;
	one.job = job;
	one.at = at;
	clean_string(profile, one.profile);
	*ret_enrollment = one;
	return 0;
}

static int read_all(json_t *json, struct enrollments *enrollments)
{
	const char *source;
	json_t *list;
	int r = 0;

	if (json_unpack_ex(json, NULL, JSON_STRICT, "{s:s, s:o}", "source", &source, "enrollments",
			   &list) < 0 ||
	    !json_is_array(list) || json_array_size(list) > ENROLLMENTS_MAX)
		return -EINVAL;
	clean_string(source, enrollments->source);
	enrollments->count = json_array_size(list);
	for (size_t i = 0; i < enrollments->count && r == 0; i++)
		r = read_one(json_array_get(list, i), &enrollments->list[i]);
	return r;
}

int enrollments_from_json(const char *body, size_t size, struct enrollments *ret_enrollments)
{
	json_t *json = json_loadb(body, size, 0, NULL);
	int r = json ? read_all(json, ret_enrollments) : -EINVAL;

	json_decref(json);
	return r;
}
