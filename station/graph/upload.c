/* SPDX-License-Identifier: Apache-2.0 */
/* Serial numbers uploaded to Intune and assigned to the profile of a source. */
#include "station/graph/upload.h"

#include <stdlib.h>

#include "station/graph/account.h"
#include "station/graph/reply.h"

static int send_batch(struct session *session, const struct account_profile *profile,
		      const char *path, size_t at, struct upload *upload, struct refusal *refusal)
{
	static const char what[] = "upload serial numbers";
	size_t count = upload->count - at < SERIALS_BATCH ? upload->count - at : SERIALS_BATCH;
	json_t *body = serials_import_body(upload->serials + at, count, profile->profile.id,
					   upload->platform);
	json_t *json;
	int r = body ? session_post(session, path, body, what, &json, refusal)
		     : refuse(refusal, REFUSAL_HOST, "no memory");

	if (r < 0)
		return r;
	if (serials_read_import(json, &upload->taken, upload->each_refused, upload->userdata) < 0)
		r = reply_refuse_form(what, refusal);
	json_decref(json);
	return r;
}

int upload_serials(const struct source *source, struct upload *upload, struct refusal *refusal)
{
	struct account_profile profile;
	struct session *session;
	char *path;
	int r = session_open(source, upload->may_ask, &session, refusal);

	if (r < 0)
		return r;
	r = account_find_profile(session, source, upload->only_look, &profile, refusal);
	path = r == 0 ? serials_import_path(profile.account) : NULL;
	if (r == 0 && !path)
		r = refuse(refusal, REFUSAL_HOST, "no memory");
	for (size_t at = 0; r == 0 && !upload->only_look && at < upload->count; at += SERIALS_BATCH)
		r = send_batch(session, &profile, path, at, upload, refusal);
	free(path);
	session_close(session);
	return r;
}
