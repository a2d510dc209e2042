/* SPDX-License-Identifier: Apache-2.0 */
/* What in a tenant would make an enrollment profile fail, judged from what Intune says of itself.
 */
#ifndef STATION_GRAPH_PREFLIGHT_H
#define STATION_GRAPH_PREFLIGHT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "device/facts/clean.h"

/* Most findings of one look: 25 restrictions for two platforms, and a few beside. */
#define FINDINGS_MAX 64

enum finding_level {
	FINDING_NOTE,
	FINDING_WARNING,
	FINDING_ERROR, /* devices will be refused */
};
#define FINDING_LEVELS 3
/* "note", "warning", "error". */
const char *finding_level_to_text(enum finding_level level);

struct finding {
	enum finding_level level;
	char text[CLEAN_MAX + 1];
};

struct findings {
	size_t count;
	struct finding list[FINDINGS_MAX];
};

/* Adds one, cleaned and cut; one past FINDINGS_MAX is dropped. */
void findings_add(struct findings *findings, enum finding_level level, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool findings_have_error(const struct findings *findings);

#define PREFLIGHT_AUTHORITY_PATH \
	"/v1.0/organization?$select=id,displayName,mobileDeviceManagementAuthority"
#define PREFLIGHT_PUSH_PATH "/v1.0/deviceManagement/applePushNotificationCertificate"
#define PREFLIGHT_RESTRICTIONS_PATH \
	"/beta/deviceManagement/deviceEnrollmentConfigurations?$expand=assignments"

/* Each judges one answer, of the path above it, at NOW (seconds since 1970). What is not in the
 * answer is not judged. */
void preflight_authority(const json_t *json, struct findings *findings);
/* RET_TOPIC is what an enrollment of this tenant must name as its topic, or "". */
void preflight_push(const json_t *json, int64_t now, struct findings *findings,
		    char ret_topic[static CLEAN_MAX + 1]);
void preflight_restrictions(const json_t *json, struct findings *findings);

#endif
