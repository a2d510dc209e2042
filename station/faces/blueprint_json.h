/* SPDX-License-Identifier: Apache-2.0 */
/* Blueprints as JSON: what is wrong in them, and what they would do. */
#ifndef STATION_FACES_BLUEPRINT_JSON_H
#define STATION_FACES_BLUEPRINT_JSON_H

#include <jansson.h>

#include "profiles/blueprint/blueprint.h"

/* {"file", "ok", "problems": [{"file", "line", "column", "text"}]}; line and column are null where
 * a problem has no place. A new reference, or NULL without memory. */
json_t *blueprint_check_to_json(const char *file, const struct problems *problems);

/*
 * {"file", "ok": true, "name", "sha256", "product", "os", "steps": [{"step", "deadline",
 * "attempts", "operator_limit", and "profile": {"file", "identifier", "uuid", "name",
 * "organization", "container", "enrolls", "payloads", "size", "sha256"} or "name"}]}; times in
 * seconds. A new reference, or NULL without memory.
 */
json_t *blueprint_to_json(const struct blueprint *blueprint);

#endif
