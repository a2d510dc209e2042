/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles as blueprints name them: by the library's name, or a file; with what limits their use.
 */
#include "profiles/library/library_profile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int library_profile(const struct library_source *source, const char *name,
		    struct problems *problems, struct profile **ret_profile,
		    struct library_life *ret_life)
{
	const struct library_entry *entry;
	struct library library;
	unsigned char *bytes;
	size_t size;
	int r = library_read(source->folder, &library);

	if (r < 0)
		return r;
	entry = library_find(&library, name, source->now);
	r = entry ? library_bytes(source->folder, entry, &bytes, &size) : -ENOENT;
	if (r == 0) {
		r = profile_open_bytes(name, bytes, size, problems, ret_profile);
		free(bytes);
	}
	if (r == 0)
		*ret_life = entry->life;
	library_done(&library);
	return r;
}

struct library_content library_content_of(const struct survey *survey)
{
	struct library_content content = { .dates = survey->dates,
					   .lasts = survey_download(survey, EXPIRY_NEVER).lasts };
	const char *vendor = survey->enrollment.vendor.name;

	if (survey->enrollment.how != SURVEY_ENROLLS_NOT && vendor)
		clean_string(vendor, content.vendor);
	for (size_t i = 0; i < survey->payload_count; i++)
		content.joins_wifi |=
			strcmp(survey->payloads[i].type, "com.apple.wifi.managed") == 0;
	return content;
}

int library_look_into(const struct profile *profile, int64_t now,
		      struct library_content *ret_content)
{
	struct problems problems = { 0 };
	struct survey *survey = NULL;
	int r = survey_bytes(profile->file, profile->bytes, profile->size, now, &problems, &survey);

	problems_done(&problems);
	if (r == -ENOMEM)
		return r;
	/* What was opened can be surveyed; if it were not so, nothing would be known of it. */
	*ret_content = (struct library_content){ .lasts = EXPIRY_NEVER };
	expiry_dates_init(&ret_content->dates);
	if (survey)
		*ret_content = library_content_of(survey);
	survey_free(survey);
	return 0;
}

int64_t library_file_time(const struct profile *profile, int64_t now)
{
	struct stat st;

	if (stat(profile->file, &st) < 0)
		return EXPIRY_NEVER;
	return st.st_mtime < now ? st.st_mtime : now;
}
