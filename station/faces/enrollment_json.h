/* SPDX-License-Identifier: Apache-2.0 */
/* Enrollments as JSON, the form in which a verb tells them to a running station. */
#ifndef STATION_FACES_ENROLLMENT_JSON_H
#define STATION_FACES_ENROLLMENT_JSON_H

#include "station/values/enrollment.h"

/* Where a station takes them. */
#define ENROLLMENTS_PATH "/v1/enrollments"

/* {"source", "enrollments": [{"job", "at", "profile"}]}, AT in milliseconds since 1970. The
 * caller's (free), or NULL without memory. */
char *enrollments_to_json(const struct enrollments *enrollments);

/* The reverse, of SIZE bytes from outside: texts are cleaned, numbers must be above 0. Returns 0
 * and RET_ENROLLMENTS, or -EINVAL. */
int enrollments_from_json(const char *body, size_t size, struct enrollments *ret_enrollments);

#endif
