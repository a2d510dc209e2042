/* SPDX-License-Identifier: Apache-2.0 */
/* The library: profiles kept by the digest of their bytes, each with the clock of its download. */
#include "profiles/library/library.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/digest.h"
#include "profiles/profile/profile.h"
#include "profiles/library/store.h"

/* The files of a thing in the store. */
#define PROFILE_FILE "profile.mobileconfig"
#define ENTRY_FILE   "entry"

/* Digits of a digest that a person types at least to mean an entry. */
#define DIGITS_MIN 8

/* Reads the entry called SHA256. Returns 0, -EINVAL when it is none, or negative errno. */
static int read_entry(const char *dir, const char *sha256, struct library_entry *ret_entry)
{
	struct library_entry entry = { .added = 0 };
	unsigned char *text;
	size_t size;
	int r;

	if (strlen(sha256) != sizeof entry.sha256 - 1)
		return -EINVAL;
	r = store_read(dir, sha256, ENTRY_FILE, LIBRARY_ENTRY_TEXT_MAX, &text, &size);
	if (r < 0)
		return r;
	memcpy(entry.sha256, sha256, sizeof entry.sha256);
	r = strlen((char *)text) == size ? library_entry_parse((char *)text, &entry) : -EINVAL;
	free(text);
	if (r == 0)
		*ret_entry = entry;
	return r;
}

int library_add(const char *dir, struct library_entry *entry, const unsigned char *bytes,
		size_t size)
{
	char text[LIBRARY_ENTRY_TEXT_MAX];
	const struct store_file files[] = {
		{ PROFILE_FILE, bytes, size },
		{ ENTRY_FILE, text, library_entry_to_text(entry, text) },
	};
	int r;

	if (library_judge_name(entry->name) < 0)
		return -EINVAL;
	digest_to_text(bytes, size, entry->sha256);
	r = store_put(dir, entry->sha256, files, 2);
	if (r == -EEXIST) {
		int there = read_entry(dir, entry->sha256, entry);

		return there < 0 ? there : r;
	}
	return r;
}

/* By name, then the latest download first; what has no time of download is the earliest. */
static int compare_entries(const void *a, const void *b)
{
	const struct library_entry *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	if (order != 0)
		return order;
	if (one->life.download.at != other->life.download.at) {
		if (one->life.download.at == EXPIRY_NEVER ||
		    other->life.download.at == EXPIRY_NEVER)
			return one->life.download.at == EXPIRY_NEVER ? 1 : -1;
		return one->life.download.at > other->life.download.at ? -1 : 1;
	}
	if (one->added != other->added)
		return one->added > other->added ? -1 : 1;
	return strcmp(one->sha256, other->sha256);
}

int library_read(const char *dir, struct library *ret_library)
{
	struct library library = { 0 };
	struct store_names names;
	int r = store_list(dir, &names);

	if (r < 0)
		return r;
	library.entries = calloc(names.count + 1, sizeof *library.entries);
	if (!library.entries)
		r = -ENOMEM;
	for (size_t i = 0; i < names.count && r == 0; i++) {
		int one = read_entry(dir, names.list[i], &library.entries[library.count]);

		if (one == -ENOMEM)
			r = one;
		else if (one == 0)
			library.count++;
		else if (one != -ENOENT) /* removed a moment ago */
			library.damaged++;
	}
	free(names.list);
	if (r < 0) {
		free(library.entries);
		return r;
	}
	qsort(library.entries, library.count, sizeof *library.entries, compare_entries);
	*ret_library = library;
	return 0;
}

void library_done(struct library *library)
{
	free(library->entries);
	*library = (struct library){ 0 };
}

static bool lasts(const struct library_entry *entry, int64_t now)
{
	struct expiry_dates none;

	expiry_dates_init(&none);
	return profile_expiry(&none, &entry->life.download, now).state != EXPIRY_PAST;
}

const struct library_entry *library_find(const struct library *library, const char *name,
					 int64_t now)
{
	const struct library_entry *latest = NULL;

	for (size_t i = 0; i < library->count; i++) {
		const struct library_entry *entry = &library->entries[i];

		if (strcmp(entry->name, name) != 0)
			continue;
		if (lasts(entry, now))
			return entry;
		if (!latest)
			latest = entry;
	}
	return latest;
}

static bool means(const char *word, const struct library_entry *entry)
{
	size_t len = strlen(word);

	return strcmp(word, entry->name) == 0 || (len >= DIGITS_MIN && len < DIGEST_TEXT_MAX &&
						  strncmp(word, entry->sha256, len) == 0);
}

int library_pick(const struct library *library, const char *word,
		 const struct library_entry **ret_entry)
{
	const struct library_entry *found = NULL;

	for (size_t i = 0; i < library->count; i++) {
		if (!means(word, &library->entries[i]))
			continue;
		if (found)
			return -ENOTUNIQ;
		found = &library->entries[i];
	}
	if (!found)
		return -ENOENT;
	*ret_entry = found;
	return 0;
}

int library_bytes(const char *dir, const struct library_entry *entry, unsigned char **ret_bytes,
		  size_t *ret_size)
{
	unsigned char *bytes;
	char sha256[DIGEST_TEXT_MAX];
	size_t size;
	int r = store_read(dir, entry->sha256, PROFILE_FILE, PROFILE_SIZE_MAX, &bytes, &size);

	if (r < 0)
		return r;
	digest_to_text(bytes, size, sha256);
	if (strcmp(sha256, entry->sha256) != 0) {
		free(bytes);
		return -EBADMSG;
	}
	*ret_bytes = bytes;
	*ret_size = size;
	return 0;
}

int library_remove(const char *dir, const struct library_entry *entry)
{
	return store_drop(dir, entry->sha256);
}
