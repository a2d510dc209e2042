/* SPDX-License-Identifier: Apache-2.0 */
/* What a source delivered, judged before it becomes part of the library. */
#define _GNU_SOURCE /* memmem */
#include "station/graph/delivery.h"

#include <stdlib.h>
#include <string.h>

#include "profiles/cms/container.h"
#include "profiles/profile/profile.h"
#include "profiles/survey/survey.h"

/* The sign for a character that could not be converted, in UTF-8; and how many of them show that a
 * binary file was taken for text. */
#define REPLACEMENT	 "\xef\xbf\xbd"
#define REPLACEMENTS_MAX 8

void delivery_done(struct delivery *delivery)
{
	if (delivery->bytes)
		explicit_bzero(delivery->bytes, delivery->size);
	free(delivery->bytes);
	delivery->bytes = NULL;
}

static unsigned count_of(const struct delivery *delivery, const char *text)
{
	const unsigned char *at = delivery->bytes, *end = at + delivery->size;
	unsigned count = 0;

	while ((at = memmem(at, (size_t)(end - at), text, strlen(text)))) {
		at += strlen(text);
		count++;
	}
	return count;
}

/* Whether TOPIC, the file's, is the tenant's. In one whose content the device fetches there is none
 * to see. */
static int judge_topic(struct delivery *delivery, const char *topic, const char *name,
		       struct refusal *refusal)
{
	if (delivery->topic[0] == '\0' || strcmp(topic, delivery->topic) == 0)
		return 0;
	if (topic[0] != '\0')
		return refuse(refusal, REFUSAL_PROFILE,
			      "%s: what came is for another push certificate than the tenant's "
			      "(%s): it is not used",
			      name, delivery->topic);
	findings_add(&delivery->findings, FINDING_WARNING,
		     "the file does not show for which push certificate it is");
	return 0;
}

static void judge_clock(struct delivery *delivery, int64_t now)
{
	int64_t ahead = delivery->date - now;

	if (delivery->date < 0)
		findings_add(&delivery->findings, FINDING_WARNING,
			     "the server did not say its time: the download counts from this "
			     "host's");
	else if (ahead > DELIVERY_CLOCKS_DIFFER || ahead < -DELIVERY_CLOCKS_DIFFER)
		findings_add(&delivery->findings, FINDING_WARNING,
			     "this host's clock and the server's differ by %lld minutes: days "
			     "left are wrong by that, and certificates may fail",
			     (long long)(ahead < 0 ? -ahead : ahead) / 60);
}

static int judge_profile(struct delivery *delivery, const char *name, int64_t now,
			 struct refusal *refusal)
{
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	struct survey *survey = NULL;
	int r = profile_open_bytes(name, delivery->bytes, delivery->size, &problems, &profile);

	if (r < 0)
		refuse(refusal, REFUSAL_PROFILE, "%s: what came is no usable profile: %s", name,
		       problems.count > 0 ? problems.list[0].text : "no memory");
	else if (!profile->enrolls)
		r = refuse(refusal, REFUSAL_PROFILE,
			   "%s: what came is a profile, but no enrollment: it is not used", name);
	else
		r = survey_bytes(name, delivery->bytes, delivery->size, now, &problems, &survey);
	if (survey)
		r = judge_topic(delivery, survey->enrollment.topic, name, refusal);
	else if (profile && profile->enrolls)
		refuse(refusal, REFUSAL_HOST, "no memory");
	survey_free(survey);
	profile_free(profile);
	problems_done(&problems);
	return r < 0 ? -1 : 0;
}

int delivery_judge(struct delivery *delivery, const char *name, int64_t now,
		   struct refusal *refusal)
{
	const char *why = container_refusal(container_recognise(delivery->bytes, delivery->size));

	if (count_of(delivery, REPLACEMENT) > REPLACEMENTS_MAX)
		return refuse(refusal, REFUSAL_PROFILE,
			      "%s: what came was binary, and was turned into text on its way: it "
			      "is not used",
			      name);
	if (why)
		return refuse(refusal, REFUSAL_PROFILE, "%s: what came %s", name, why);
	if (judge_profile(delivery, name, now, refusal) < 0)
		return -1;
	judge_clock(delivery, now);
	return 0;
}
