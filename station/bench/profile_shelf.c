/* SPDX-License-Identifier: Apache-2.0 */
/* The profiles that devices get: sealed, filled for one of them, and how long they may be begun. */
#include "station/bench/profile_shelf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profiles/files/digest.h"
#include "profiles/library/library_profile.h"
#include "profiles/blueprint/profile_template.h"
#include "station/bench/outbox.h"
#include "station/tools/clock.h"
#include "station/tools/sealed.h"
#include "station/tools/timer.h"

/* One installation of one blueprint. */
struct shelf_slot {
	const struct blueprint *blueprint;
	struct blueprint_step *step;
	int fd; /* its sealed bytes; -1 not made yet, or a template */
};

/* A download that a newer one has replaced: jobs were planned with it. */
struct shelf_kept {
	struct shelf_kept *next;
	struct profile *profile;
};

/* What the station installs; PROFILES and SLOTS go in step. */
struct shelf {
	unsigned count;
	struct shelf_profile *profiles;
	struct shelf_slot *slots;
	struct shelf_kept *kept;
	sd_event_source *timer;
};

static int64_t now_seconds(void)
{
	return clock_wall() / 1000;
}

static bool is_allowed(const struct station_options *options, const char *name)
{
	for (size_t i = 0; i < options->allowed_count; i++)
		if (strcmp(options->allowed[i], name) == 0)
			return true;
	return false;
}

/* Judges the profile of SLOT as it is now. */
static void describe(const struct station *station, const struct shelf_slot *slot,
		     struct shelf_profile *ret_profile)
{
	shelf_describe(slot->step, now_seconds(), ret_profile);
	ret_profile->allowed = is_allowed(station->options, ret_profile->name);
}

static void drop_fd(struct shelf_slot *slot)
{
	if (slot->fd >= 0)
		close(slot->fd);
	slot->fd = -1;
}

/* Keeps PROFILE, which is given away, to the station's end. Returns 0 or -ENOMEM. */
static int keep(struct shelf *shelf, struct profile *profile)
{
	struct shelf_kept *kept = malloc(sizeof *kept);

	if (!kept)
		return -ENOMEM;
	*kept = (struct shelf_kept){ shelf->kept, profile };
	shelf->kept = kept;
	return 0;
}

/* Takes the newest download that lasts, when the library has got one since. */
static void renew(struct station *station, struct shelf_slot *slot)
{
	const struct library_source source = { .folder = station->options->state->profiles,
					       .now = now_seconds() };
	struct problems problems = { 0 };
	struct profile *profile = NULL, *old = slot->step->profile;
	struct library_content content;
	struct library_life life;
	int r = library_profile(&source, slot->step->library, &problems, &profile, &life);

	if (r == 0)
		r = library_look_into(profile, source.now, &content);
	/* What is planned by its identifier stays that. */
	if (r == 0 && strcmp(profile->sha256, old->sha256) != 0 &&
	    strcmp(profile->identifier, old->identifier) == 0 && !slot->step->template &&
	    keep(station->shelf, old) == 0) {
		slot->step->profile = profile;
		slot->step->life = life;
		slot->step->content = content;
		drop_fd(slot);
		profile = NULL;
		station_say(station, "%s: a newer download from the library is used from now on",
			    slot->step->library);
	}
	profile_free(profile);
	problems_done(&problems);
}

/* Says what has changed since the last look. */
static void tell_change(struct station *station, const struct shelf_profile *was,
			const struct shelf_profile *is)
{
	if (was->state == is->state)
		return;
	if (is->state == EXPIRY_SOON)
		station_say(station, "%s expires in less than three days", is->name);
	if (is->state == EXPIRY_PAST)
		station_say(station, "%s has expired: %s", is->name,
			    is->allowed ? "it is used all the same, as was allowed"
					: "no new job is begun with it");
}

static void judge(struct station *station, unsigned at)
{
	struct shelf *shelf = station->shelf;
	struct shelf_profile *profile = &shelf->profiles[at], is;
	struct shelf_slot *slot = &shelf->slots[at];

	describe(station, slot, &is);
	if (is.library && (is.state == EXPIRY_SOON || is.state == EXPIRY_PAST)) {
		renew(station, slot);
		describe(station, slot, &is);
	}
	tell_change(station, profile, &is);
	*profile = is;
}

static int on_look(sd_event_source *source, uint64_t usec, void *userdata);

/* Looks at all, and shows what is to be seen. */
static void look(struct station *station)
{
	struct shelf *shelf = station->shelf;
	char notice[CLEAN_MAX + 1];
	msec_t again;

	for (unsigned i = 0; i < shelf->count; i++)
		judge(station, i);
	shelf_notice(shelf->profiles, shelf->count, now_seconds(), notice);
	if (strcmp(notice, station->board.notice) != 0) {
		memcpy(station->board.notice, notice, sizeof notice);
		station->changed = true;
		station_wrote(station, 0); /* it is pushed with the next commit */
	}
	again = shelf_look_again(shelf->profiles, shelf->count, now_seconds());
	if (again > 0)
		station_wrote(station,
			      timer_arm(station->event, &shelf->timer, again, on_look, station));
}

static int on_look(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	look(userdata);
	return 0;
}

static void fill(struct station *station)
{
	const struct station_options *options = station->options;
	struct shelf *shelf = station->shelf;

	for (size_t i = 0; i < options->blueprint_count; i++) {
		struct blueprint *blueprint = options->blueprints[i];

		for (size_t k = 0; k < blueprint->step_count; k++) {
			struct shelf_slot *slot = &shelf->slots[shelf->count];

			if (!blueprint->steps[k].profile)
				continue;
			*slot = (struct shelf_slot){ blueprint, &blueprint->steps[k], -1 };
			describe(station, slot, &shelf->profiles[shelf->count++]);
		}
	}
}

int station_open_shelf(struct station *station)
{
	size_t most = (station->options->blueprint_count + 1) * STEPS_MAX;
	struct shelf *shelf = station->shelf = calloc(1, sizeof *shelf);

	if (!shelf)
		return -ENOMEM;
	shelf->profiles = calloc(most, sizeof *shelf->profiles);
	shelf->slots = calloc(most, sizeof *shelf->slots);
	if (!shelf->profiles || !shelf->slots)
		return -ENOMEM;
	fill(station);
	station->board.profiles = shelf->profiles;
	station->board.profile_count = shelf->count;
	return 0;
}

void station_begin_shelf(struct station *station)
{
	struct shelf *shelf = station->shelf;

	for (unsigned i = 0; i < shelf->count; i++)
		if (shelf_at_start(&shelf->profiles[i]) == SHELF_LOG)
			station_say(station,
				    "%s has expired and is used all the same: --allow-expired",
				    shelf->profiles[i].name);
	look(station);
}

void station_close_shelf(struct station *station)
{
	struct shelf *shelf = station->shelf;
	struct shelf_kept *kept;

	if (!shelf)
		return;
	for (unsigned i = 0; i < shelf->count; i++)
		drop_fd(&shelf->slots[i]);
	while ((kept = shelf->kept)) {
		shelf->kept = kept->next;
		profile_free(kept->profile);
		free(kept);
	}
	sd_event_source_disable_unref(shelf->timer);
	free(shelf->profiles);
	free(shelf->slots);
	free(shelf);
}

const char *station_expired_profile(struct station *station, const struct blueprint *blueprint)
{
	struct shelf *shelf = station->shelf;

	look(station);
	for (unsigned i = 0; i < shelf->count; i++)
		if (shelf->slots[i].blueprint == blueprint && !shelf_may_begin(&shelf->profiles[i]))
			return shelf->profiles[i].name;
	return NULL;
}

/* The template STEP filled for the slot's device. */
static int open_filled(struct slot *slot, const struct blueprint_step *step,
		       char ret_sha256[static 65])
{
	struct blueprint_facts facts = slot_facts(slot);
	unsigned char *bytes;
	size_t size;
	int r = profile_template_fill(step->profile, &facts, &bytes, &size);

	if (r < 0)
		return r;
	digest_to_text(bytes, size, ret_sha256);
	r = sealed_new("profile", bytes, size);
	free(bytes);
	return r;
}

const struct profile *slot_plan_profile(struct slot *slot, unsigned at, const char *sha256)
{
	const struct shelf_kept *kept = slot->station->shelf->kept;

	while (kept && strcmp(kept->profile->sha256, sha256) != 0)
		kept = kept->next;
	slot->planned[at] = kept ? kept->profile : slot->blueprint->steps[at].profile;
	return slot->planned[at];
}

int slot_open_profile(struct slot *slot, unsigned at, char ret_sha256[static 65])
{
	const struct blueprint_step *step = &slot->blueprint->steps[at];
	const struct profile *planned = slot->planned[at];
	struct shelf_slot *shelved = slot->station->shelf->slots;

	memcpy(ret_sha256, planned->sha256, 65);
	if (step->template)
		return open_filled(slot, step, ret_sha256);
	if (planned != step->profile)
		return sealed_new("profile", planned->bytes, planned->size);
	while (shelved->step != step)
		shelved++;
	if (shelved->fd < 0)
		shelved->fd = sealed_new("profile", planned->bytes, planned->size);
	return shelved->fd < 0 ? shelved->fd : sealed_open(shelved->fd);
}
