/* SPDX-License-Identifier: Apache-2.0 */
/* What a blueprint would do to a device, in plain words. */
#include "station/faces/blueprint_show.h"

#include <string.h>

#include "device/facts/clean.h"
#include "profiles/values/duration.h"
#include "profiles/values/expiry_text.h"
#include "profiles/values/moment.h"
#include "station/rules/shelf.h"
#include "station/tools/clock.h"

static void show_devices(const struct blueprint *blueprint, FILE *out)
{
	if (strcmp(blueprint->product, "*") == 0)
		fprintf(out, "for every product");
	else
		fprintf(out, "for %s", blueprint->product);
	if (blueprint->os[0] != '\0')
		fprintf(out, " with a system %s", blueprint->os);
	fprintf(out, "\n");
}

static const char *describe_container(enum profile_container container)
{
	switch (container) {
	case PROFILE_XML:
		return "not signed, XML";
	case PROFILE_BINARY:
		return "not signed, binary";
	case PROFILE_SIGNED:
		return "signed; the signature fits, its signer was not judged";
	}
	return "";
}

/* When the profile of STEP ends to be of use, if it does. */
static void show_end(const struct blueprint_step *step, FILE *out)
{
	char left[EXPIRY_TEXT_MAX], when[MOMENT_TEXT_MAX];
	int64_t now = clock_wall() / 1000;
	struct shelf_profile profile;

	shelf_describe(step, now, &profile);
	if (profile.ends != EXPIRY_NEVER)
		fprintf(out, "      life        %s (%s)\n",
			expiry_left_to_text(profile.ends, now, left),
			moment_to_text(profile.ends, when));
}

static void show_profile(const struct blueprint_step *step, FILE *out)
{
	const struct profile *profile = step->profile;
	char file[CLEAN_MAX + 1];

	clean_string(profile->file, file);
	fprintf(out, "install the profile %s%s%s%s%s\n", file,
		step->library ? " of the library" : "",
		step->template ? ", filled for each device" : "",
		profile->enrolls ? ", which enrolls" : "",
		profile->display_name[0] != '\0' ? "" : ", which has no name");
	if (profile->display_name[0] != '\0')
		fprintf(out, "      name        %s\n", profile->display_name);
	if (profile->organization[0] != '\0')
		fprintf(out, "      from        %s\n", profile->organization);
	fprintf(out, "      identifier  %s\n", profile->identifier);
	fprintf(out, "      uuid        %s\n", profile->uuid);
	fprintf(out, "      form        %s\n", describe_container(profile->container));
	fprintf(out, "      sha256      %s\n", profile->sha256);
	show_end(step, out);
}

static void show_duty(const struct blueprint_step *step, FILE *out)
{
	switch (step->id.kind) {
	case STEP_PAIR:
		fprintf(out, "pair with the station; a person taps Trust\n");
		return;
	case STEP_INSTALL:
		show_profile(step, out);
		return;
	case STEP_NAME:
		fprintf(out, "name the device %s\n", step->name);
		return;
	case STEP_VERIFY:
		fprintf(out, "read back profiles and name, and compare\n");
		return;
	case STEP_HANDOVER: /* no blueprint's */
		return;
	}
}

static void show_limits(const struct step_limits *limits, FILE *out)
{
	char work[DURATION_TEXT_MAX], person[DURATION_TEXT_MAX];

	fprintf(out, "      limits      %s to work, %s for a person, %u attempt%s\n",
		duration_to_text(limits->kill, work), duration_to_text(limits->operator, person),
		limits->attempts, limits->attempts == 1 ? "" : "s");
}

void blueprint_show(const struct blueprint *blueprint, FILE *out)
{
	char file[CLEAN_MAX + 1];

	clean_string(blueprint->file, file);
	fprintf(out, "%s (%s, sha256 %s)\n", blueprint->name, file, blueprint->sha256);
	show_devices(blueprint, out);
	if (blueprint->assets)
		fprintf(out, "with %zu devices in %s\n", assets_rows(blueprint->assets),
			assets_file(blueprint->assets));
	for (size_t i = 0; i < blueprint->step_count; i++) {
		fprintf(out, "%4zu. ", i + 1);
		show_duty(&blueprint->steps[i], out);
		show_limits(&blueprint->steps[i].limits, out);
	}
}
