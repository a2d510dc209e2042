/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles as blueprints name them: by the library's name, or a file; with what limits their use.
 */
#include "profiles/library_profile.h"

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

int64_t library_lasts(const struct profile *profile)
{
	return profile->intune ? EXPIRY_INTUNE_LIFE : EXPIRY_NEVER;
}

void library_dates(const struct profile *profile, struct expiry_dates *ret_dates)
{
	expiry_dates_init(ret_dates);
	if (profile && profile->removed_at != EXPIRY_NEVER)
		expiry_dates_add(ret_dates, EXPIRY_REMOVAL_DATE, profile->removed_at);
}

void library_life_of_file(const struct profile *profile, struct library_life *ret_life)
{
	struct library_life life = { .download = { EXPIRY_NEVER, library_lasts(profile) },
				     .witness = LIBRARY_FILE };
	struct stat st;

	if (stat(profile->file, &st) == 0)
		life.download.at = st.st_mtime;
	*ret_life = life;
}
