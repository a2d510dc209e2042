/* SPDX-License-Identifier: Apache-2.0 */
/* The Intune account that a session is for, and the source's enrollment profile in it. */
#include "station/graph/account.h"

#include <stdlib.h>

#include "station/graph/reply.h"

static int find_account(struct session *session, char ret_id[static ENROLLMENT_ID_MAX + 1],
			struct refusal *refusal)
{
	static const char what[] = "ask for the Intune account";
	json_t *json;
	int r = session_get(session, ENROLLMENT_ACCOUNT_PATH, what, &json, refusal);

	if (r < 0)
		return r;
	if (enrollment_read_account(json, ret_id) < 0)
		r = reply_refuse_form(what, refusal);
	json_decref(json);
	return r;
}

struct search {
	const char *name;
	struct enrollment_profile found;
	unsigned count;
};

static int take_page(const json_t *page, void *userdata)
{
	struct search *search = userdata;

	return enrollment_find(page, search->name, &search->found, &search->count);
}

static int make_profile(struct session *session, const char *path, const char *name,
			struct enrollment_profile *ret_profile, struct refusal *refusal)
{
	static const char what[] = "make the enrollment profile";
	json_t *json;
	int r = session_post(session, path, enrollment_create_body(name), what, &json, refusal);

	if (r < 0)
		return r;
	if (enrollment_read_profile(json, ret_profile) < 0)
		r = reply_refuse_form(what, refusal);
	json_decref(json);
	return r;
}

/* Whether what was found can be used, or must and may be made. */
static int judge(const struct search *search, const struct source *source, struct refusal *refusal)
{
	if (search->count > 1)
		return refuse(refusal, REFUSAL_MISSING,
			      "%s: %u enrollment profiles in Intune are called \"%s\": rename all "
			      "but one",
			      source->name, search->count, source->profile);
	if (search->count == 0 && !source->create)
		return refuse(refusal, REFUSAL_MISSING,
			      "%s: no enrollment profile in Intune is called \"%s\": look at "
			      "\"profile\", or let muster make it with \"create: true\"",
			      source->name, source->profile);
	if (search->count == 1 && search->found.user_affinity)
		return refuse(refusal, REFUSAL_PROFILE,
			      "%s: the enrollment profile \"%s\" asks for a user; direct "
			      "enrollment needs one without user affinity",
			      source->name, source->profile);
	return 0;
}

int account_find_profile(struct session *session, const struct source *source, bool only_look,
			 struct account_profile *ret_profile, struct refusal *refusal)
{
	struct account_profile profile = { .made = false };
	struct search search = { .name = source->profile };
	char *path;
	int r = find_account(session, profile.account, refusal);

	if (r < 0)
		return r;
	path = enrollment_list_path(profile.account);
	r = path ? session_get_pages(session, path, "list the enrollment profiles", take_page,
				     &search, refusal)
		 : refuse(refusal, REFUSAL_HOST, "no memory");
	if (r == 0)
		r = judge(&search, source, refusal);
	profile.profile = search.found;
	profile.made = search.count == 0;
	if (r == 0 && profile.made && !only_look)
		r = make_profile(session, path, source->profile, &profile.profile, refusal);
	free(path);
	if (r == 0)
		*ret_profile = profile;
	return r;
}
