/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a profile, as JSON: what "muster profile inspect --json" prints. */
#ifndef STATION_FACES_SURVEY_JSON_H
#define STATION_FACES_SURVEY_JSON_H

#include <jansson.h>
#include <stdint.h>

#include "profiles/values/problem.h"
#include "profiles/survey/survey.h"

/*
 * SURVEY, judged at NOW, of a file that was downloaded at DOWNLOADED (EXPIRY_NEVER: not known). A
 * new reference, or NULL without memory.
 */
json_t *survey_to_json(const struct survey *survey, int64_t now, int64_t downloaded);

/* PROBLEMS, of any level: [{"rule", "level", "line", "column", "text", "remedy"}]. */
json_t *problems_to_json(const struct problems *problems);

/* Prints {"schema", "profiles": LIST}, and takes LIST. Returns 0 or -EIO. */
int print_profiles_json(json_t *list);

/* PATH as JSON takes it: UTF-8. */
json_t *path_to_json(const char *path);

#endif
