/* SPDX-License-Identifier: Apache-2.0 */
/* The profile of a source in Intune: looked for, made, judged by its surroundings, exported. */
#include "station/graph/delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/graph/account.h"
#include "station/graph/enrollment.h"
#include "station/graph/session.h"
#include "station/tools/clock.h"

/* Looks PATH up. One that cannot be is a note, not the end. Returns what it says, or NULL. */
static json_t *look_up(struct session *session, const char *path, const char *what,
		       struct findings *findings)
{
	struct refusal refusal;
	json_t *json = NULL;

	if (session_get(session, path, what, &json, &refusal) == 0)
		return json;
	findings_add(findings, refusal.kind == REFUSAL_DENIED ? FINDING_NOTE : FINDING_WARNING,
		     "not looked at: %s", refusal.text);
	return NULL;
}

static void look_around(struct session *session, struct delivery *delivery)
{
	struct findings *findings = &delivery->findings;
	json_t *json;

	json = look_up(session, PREFLIGHT_AUTHORITY_PATH, "ask for the MDM authority", findings);
	if (json)
		preflight_authority(json, findings);
	json_decref(json);
	json = look_up(session, PREFLIGHT_PUSH_PATH, "ask for the push certificate", findings);
	if (json)
		preflight_push(json, clock_wall() / 1000, findings, delivery->topic);
	json_decref(json);
	json = look_up(session, PREFLIGHT_RESTRICTIONS_PATH, "ask for platform restrictions",
		       findings);
	if (json)
		preflight_restrictions(json, findings);
	json_decref(json);
}

/* Exports PROFILE. */
static int export(struct session *session, const struct account_profile *profile,
		  struct delivery *delivery, struct refusal *refusal)
{
	char *path = enrollment_export_path(profile->account, profile->profile.id);
	json_t *json = NULL;
	int r = path ? session_get(session, path, "export the profile", &json, refusal)
		     : refuse(refusal, REFUSAL_HOST, "no memory");

	free(path);
	if (r < 0 && (refusal->kind == REFUSAL_DENIED || refusal->kind == REFUSAL_SIGN_IN)) {
		char text[REFUSAL_TEXT_MAX];

		snprintf(text, sizeof text, "%.480s", refusal->text);
		return refuse(refusal, refusal->kind,
			      "%s Everything before was allowed: it may be that Intune exports "
			      "for persons only. Leave \"secret\" and \"certificate\" out to sign "
			      "in with a code, or download the file in the portal and add it.",
			      text);
	}
	if (r == 0)
		r = enrollment_read_export(json, &delivery->bytes, &delivery->size, refusal);
	delivery->date = session_date(session);
	json_decref(json);
	return r;
}

static int work(struct session *session, const struct source *source, bool only_look,
		struct delivery *delivery, struct refusal *refusal)
{
	struct account_profile profile;

	if (account_find_profile(session, source, only_look, &profile, refusal) < 0)
		return -1;
	delivery->made = profile.made;
	look_around(session, delivery);
	return only_look ? 0 : export(session, &profile, delivery, refusal);
}

int delivery_export(const struct source *source, bool only_look, bool may_ask,
		    struct delivery *ret_delivery, struct refusal *refusal)
{
	struct delivery delivery = { .date = -1 };
	struct session *session;
	int r = session_open(source, may_ask, &session, refusal);

	if (r < 0)
		return r;
	r = work(session, source, only_look, &delivery, refusal);
	session_close(session);
	snprintf(delivery.from, sizeof delivery.from, "Intune, profile %.200s", source->profile);
	if (r == 0)
		*ret_delivery = delivery;
	else
		delivery_done(&delivery);
	return r;
}
