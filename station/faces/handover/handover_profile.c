/* SPDX-License-Identifier: Apache-2.0 */
/* The profile that Macs are handed: chosen, and judged before anything leaves the bench. */
#include "station/faces/handover/handover_profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/values/expiry_text.h"
#include "profiles/library/library_profile.h"
#include "profiles/values/moment.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"

static int64_t now(void)
{
	return clock_wall() / 1000;
}

/* Fills all but the name of RET_PROFILE, which takes PROFILE over; AT is when it was downloaded.
 * Returns 0 or -ENOMEM. */
static int describe(struct profile *profile, int64_t at, const int64_t *lasts,
		    struct handover_profile *ret_profile)
{
	struct problems problems = { 0 };
	struct handover_profile out = { .profile = profile };
	struct expiry_download download;
	struct survey *survey = NULL;
	int r = survey_bytes(profile->file, profile->bytes, profile->size, now(), &problems,
			     &survey);

	problems_done(&problems);
	if (!survey)
		return r < 0 ? r : -EINVAL;
	download = survey_download(survey, at);
	if (lasts)
		download.lasts = *lasts;
	out.expiry = profile_expiry(&survey->dates, &download, now());
	out.enrolls = survey->enrollment.how != SURVEY_ENROLLS_NOT;
	out.final = survey->enrollment.how == SURVEY_ENROLLS_MDM;
	out.for_macs = survey->platforms[PLATFORM_MACOS];
	clean_string(survey->enrollment.host, out.host);
	clean_string(survey->organization, out.organization);
	survey_free(survey);
	*ret_profile = out;
	return 0;
}

static int open_entry(const char *folder, const struct library_entry *entry,
		      struct problems *problems, struct handover_profile *ret_profile)
{
	struct profile *profile = NULL;
	unsigned char *bytes;
	size_t size;
	int r = library_bytes(folder, entry, &bytes, &size);

	if (r < 0)
		return r;
	r = profile_open_bytes(entry->name, bytes, size, problems, &profile);
	free(bytes);
	if (r == 0)
		r = describe(profile, entry->life.download.at, &entry->life.download.lasts,
			     ret_profile);
	if (r < 0)
		profile_free(profile);
	else
		clean_string(entry->name, ret_profile->name);
	return r;
}

static int open_file(const char *file, struct problems *problems,
		     struct handover_profile *ret_profile)
{
	static const char end[] = ".mobileconfig";
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	size_t len = strlen(name), cut = sizeof end - 1;
	struct profile *profile = NULL;
	int r = profile_open(file, problems, &profile);

	if (r == 0)
		r = describe(profile, library_file_time(profile, now()), NULL, ret_profile);
	if (r < 0) {
		profile_free(profile);
		return r;
	}
	if (len > cut && strcmp(name + len - cut, end) == 0)
		len -= cut;
	clean_text(name, len, ret_profile->name);
	return 0;
}

/* The one name in LIBRARY that enrolls Macs, or NULL with a message. */
static const char *only_name(const char *verb, const char *folder, const struct library *library)
{
	const char *found = NULL;

	for (size_t i = 0; i < library->count; i++) {
		struct problems problems = { 0 };
		struct handover_profile profile;
		bool fits;

		if (found && strcmp(found, library->entries[i].name) == 0)
			continue;
		if (open_entry(folder, &library->entries[i], &problems, &profile) < 0) {
			problems_done(&problems);
			continue;
		}
		fits = profile.enrolls && profile.for_macs;
		handover_profile_done(&profile);
		problems_done(&problems);
		if (fits && found) {
			fprintf(stderr,
				"%s: which profile? The library has %s and %s; say --profile "
				"NAME\n",
				verb, found, library->entries[i].name);
			return NULL;
		}
		if (fits)
			found = library->entries[i].name;
	}
	if (!found)
		fprintf(stderr,
			"%s: the library has no profile that enrolls Macs; add one with muster "
			"profile add, or say --profile FILE\n",
			verb);
	return found;
}

/* Opens what is asked for; the problems are told. Returns -1 or the exit status. */
static int find(const char *verb, const struct state *state, const char *word,
		struct handover_profile *ret_profile)
{
	struct problems problems = { 0 };
	const struct library_entry *entry = NULL;
	struct library library;
	int r = library_read(state->profiles, &library);

	if (r < 0) {
		fprintf(stderr, "%s: %s: %s\n", verb, state->profiles, strerror(-r));
		return EXIT_TROUBLE;
	}
	if (!word)
		word = only_name(verb, state->profiles, &library);
	if (!word) {
		library_done(&library);
		return EXIT_FILE;
	}
	entry = library_find(&library, word, now());
	r = entry ? open_entry(state->profiles, entry, &problems, ret_profile)
		  : open_file(word, &problems, ret_profile);
	problems_print(&problems, stderr);
	if (r == -EBADMSG)
		fprintf(stderr, "%s: %s: the bytes in the library were changed\n", verb, word);
	else if (r < 0 && r != -EINVAL)
		fprintf(stderr, "%s: %s: %s\n", verb, word, strerror(-r));
	problems_done(&problems);
	library_done(&library);
	return r == 0 ? -1 : r == -ENOMEM ? EXIT_TROUBLE : EXIT_FILE;
}

/* Says what stands against the profile, or is to be known of it. Returns -1 or EXIT_FILE. */
static int judge(const char *verb, const struct handover_profile *profile)
{
	const struct profile_expiry *expiry = &profile->expiry;
	char left[EXPIRY_TEXT_MAX], when[MOMENT_TEXT_MAX] = "";

	expiry_to_text(expiry, now(), left);
	if (expiry->end.at != EXPIRY_NEVER)
		moment_to_text(expiry->end.at, when);
	if (expiry->state == EXPIRY_PAST) {
		fprintf(stderr, "%s: %s %s, on %s; download it anew\n", verb, profile->name, left,
			when);
		return EXIT_FILE;
	}
	if (!profile->for_macs) {
		fprintf(stderr, "%s: %s is not for Macs; muster profile inspect says for what\n",
			verb, profile->name);
		return EXIT_FILE;
	}
	if (expiry->state == EXPIRY_SOON)
		fprintf(stderr, "%s: %s: %s, until %s\n", verb, profile->name, left, when);
	if (expiry->state == EXPIRY_UNKNOWN)
		fprintf(stderr,
			"%s: nobody knows when %s was downloaded, and so how long it lasts\n", verb,
			profile->name);
	if (!profile->enrolls)
		fprintf(stderr,
			"%s: %s does not enroll a Mac: no report can say that it was installed\n",
			verb, profile->name);
	return -1;
}

int handover_profile_open(const char *verb, const struct state *state, const char *word,
			  struct handover_profile *ret_profile)
{
	int status = find(verb, state, word, ret_profile);

	if (status >= 0)
		return status;
	status = judge(verb, ret_profile);
	if (status >= 0)
		handover_profile_done(ret_profile);
	return status;
}

void handover_profile_done(struct handover_profile *profile)
{
	profile_free(profile->profile);
	profile->profile = NULL;
}

struct mac_expected handover_profile_expected(const struct handover_profile *profile)
{
	return (struct mac_expected){ .known = profile->enrolls,
				      .final = profile->final,
				      .host = profile->host,
				      .identifier = profile->profile->identifier };
}

/* The same digest in FILE? What is wrong with it is told. */
static int by_file(const char *file, const char *sha256, struct handover_profile *ret_profile)
{
	struct problems problems = { 0 };
	int r = open_file(file, &problems, ret_profile);

	problems_print(&problems, stderr);
	problems_done(&problems);
	if (r < 0 || strcmp(ret_profile->profile->sha256, sha256) == 0)
		return r;
	handover_profile_done(ret_profile);
	return -ENOENT;
}

int handover_profile_by_digest(const struct state *state, const char *file, const char *sha256,
			       struct handover_profile *ret_profile)
{
	struct problems problems = { 0 };
	struct library library;
	int r = file ? by_file(file, sha256, ret_profile) : -ENOENT;

	if (r != -ENOENT)
		return r;
	r = library_read(state->profiles, &library);
	if (r < 0)
		return r;
	r = -ENOENT;
	for (size_t i = 0; r == -ENOENT && i < library.count; i++)
		if (strcmp(library.entries[i].sha256, sha256) == 0)
			r = open_entry(state->profiles, &library.entries[i], &problems,
				       ret_profile);
	problems_print(&problems, stderr);
	problems_done(&problems);
	library_done(&library);
	return r;
}
