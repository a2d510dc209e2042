/* SPDX-License-Identifier: Apache-2.0 */
/* An event in words: the line of it that a person reads. */
#include "config.h"

#include "station/faces/watch/view_words.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* What happened, without time and place. */
#define HAPPENED_MAX 1280
/* A step's kind and its profile's file name. */
#define STEP_NAME_MAX 280
/* Characters of a serial number, and so of the column. */
#define DEVICE_WIDTH 12
/* "10:21:03" */
#define CLOCK_MAX 16

const char *view_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

const char *view_time(double seconds, char out[static VIEW_TIME_MAX])
{
	/* A year: longer ones are a mistake, and would not fit. */
	long long whole = seconds > 0 && seconds < 366 * 86400.0 ? (long long)seconds : 0;

	if (seconds < 9.95)
		snprintf(out, VIEW_TIME_MAX, "%.1f s", seconds > 0 ? seconds : 0.0);
	else if (whole < 60)
		snprintf(out, VIEW_TIME_MAX, "%lld s", whole);
	else if (whole < 3600)
		snprintf(out, VIEW_TIME_MAX, "%lld:%02lld", whole / 60, whole % 60);
	else
		snprintf(out, VIEW_TIME_MAX, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60,
			 whole % 60);
	return out;
}

/* The time of day, here, of TEXT in RFC 3339 and UTC. */
static const char *clock_of(const char *text, char out[static CLOCK_MAX])
{
	struct tm tm = { 0 };
	time_t time;

	if (!strptime(text, "%Y-%m-%dT%H:%M:%S", &tm))
		return strcpy(out, "--:--:--");
	time = timegm(&tm);
	if (!localtime_r(&time, &tm) || strftime(out, CLOCK_MAX, "%H:%M:%S", &tm) == 0)
		strcpy(out, "--:--:--");
	return out;
}

/* The time that a step or a job took; "" when it is not told. */
static const char *took(const json_t *event, char out[static VIEW_TIME_MAX])
{
	const json_t *seconds = json_object_get(event, "seconds");

	out[0] = '\0';
	return json_is_number(seconds) ? view_time(json_number_value(seconds), out) : out;
}

/* "install welcome.mobileconfig" says more than "install.2". */
static void name_step(const json_t *event, char *out, size_t room)
{
	const char *step = view_text(event, "step"), *what = view_text(event, "what");

	if (what[0])
		snprintf(out, room, "%.*s %s", (int)strcspn(step, "."), step, what);
	else
		snprintf(out, room, "%s", step);
}

static enum table_tone tell_step(const json_t *event, char out[static HAPPENED_MAX])
{
	const char *outcome = view_text(event, "outcome"), *detail = view_text(event, "detail");
	bool unsure = json_is_false(json_object_get(event, "verified"));
	char step[STEP_NAME_MAX], time[VIEW_TIME_MAX];

	name_step(event, step, sizeof step);
	took(event, time);
	if (strcmp(outcome, "begun") == 0) {
		snprintf(out, HAPPENED_MAX, "%s ...", step);
		return TONE_QUIET;
	}
	if (strcmp(outcome, "failed") == 0) {
		snprintf(out, HAPPENED_MAX, "%s  failed  %s  %s", step, time,
			 view_text(json_object_get(event, "fault"), "sentence"));
		return TONE_BAD;
	}
	if (strcmp(outcome, "unknown") == 0) {
		snprintf(out, HAPPENED_MAX, "%s  was stopped; a new look will tell", step);
		return TONE_PLAIN;
	}
	snprintf(out, HAPPENED_MAX, "%s  %s  %s%s%s%s", step,
		 strcmp(outcome, "already") == 0 ? "was so already" : outcome, time,
		 detail[0] ? "  " : "", detail, unsure ? "  (not verified)" : "");
	return TONE_PLAIN;
}

static enum table_tone tell_wait(const json_t *event, char out[static HAPPENED_MAX])
{
	if (json_is_true(json_object_get(event, "waiting"))) {
		snprintf(out, HAPPENED_MAX, "PLEASE: %s", view_text(event, "sentence"));
		return TONE_WAIT;
	}
	snprintf(out, HAPPENED_MAX, "thank you, going on");
	return TONE_QUIET;
}

static enum table_tone tell_retry(const json_t *event, char out[static HAPPENED_MAX])
{
	char time[VIEW_TIME_MAX];

	snprintf(out, HAPPENED_MAX, "trying again in %s: %s", took(event, time),
		 view_text(json_object_get(event, "fault"), "sentence"));
	return TONE_PLAIN;
}

/* Why it did not pass: what happened, what the device says of it, what to do, and the name under
 * which a maintainer finds it. */
static void tell_fault(const json_t *fault, const char *word, char out[static HAPPENED_MAX])
{
	const char *detail = view_text(fault, "detail");

	snprintf(out, HAPPENED_MAX, "%s: %s%s%s%s %s [%s]", word, view_text(fault, "sentence"),
		 detail[0] ? " (" : "", detail, detail[0] ? ")" : "", view_text(fault, "remedy"),
		 view_text(fault, "name"));
}

static enum table_tone tell_outcome(const json_t *event, char out[static HAPPENED_MAX])
{
	static const struct {
		const char *outcome, *word;
		enum table_tone tone;
	} rows[] = {
		{ "passed", "PASSED", TONE_GOOD },	     { "failed", "FAILED", TONE_BAD },
		{ "set-aside", "SET ASIDE", TONE_BAD },	     { "removed", "REMOVED", TONE_BAD },
		{ "interrupted", "INTERRUPTED", TONE_WAIT },
	};
	const json_t *fault = json_object_get(event, "fault");
	const char *outcome = view_text(event, "outcome");
	char time[VIEW_TIME_MAX];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (strcmp(outcome, rows[i].outcome) != 0)
			continue;
		if (json_is_object(fault))
			tell_fault(fault, rows[i].word, out);
		else if (json_is_true(json_object_get(event, "held")))
			snprintf(out, HAPPENED_MAX, "%s before; nothing is done again",
				 rows[i].word);
		else
			snprintf(out, HAPPENED_MAX, "%s  %s", rows[i].word, took(event, time));
		return rows[i].tone;
	}
	snprintf(out, HAPPENED_MAX, "ended: %s", outcome);
	return TONE_PLAIN;
}

static enum table_tone tell_identified(const json_t *event, char out[static HAPPENED_MAX])
{
	const char *name = view_text(event, "name"), *os = view_text(event, "os");

	if (name[0] == '\0')
		snprintf(out, HAPPENED_MAX, "has no name yet, system %s", os);
	else
		snprintf(out, HAPPENED_MAX, "is \"%s\", system %s", name, os);
	return TONE_QUIET;
}

static enum table_tone tell_attached(const json_t *event, char out[static HAPPENED_MAX])
{
	const char *port = view_text(event, "port"), *mode = view_text(event, "mode");
	bool told = mode[0] && strcmp(mode, "normal") != 0;

	snprintf(out, HAPPENED_MAX, "plugged in%s%s%s%s", port[0] ? " at " : "", port,
		 told ? ", in mode " : "", told ? mode : "");
	return TONE_QUIET;
}

static enum table_tone tell_detached(const json_t *event, char out[static HAPPENED_MAX])
{
	(void)event;
	snprintf(out, HAPPENED_MAX, "unplugged");
	return TONE_QUIET;
}

static enum table_tone tell_station(const json_t *event, char out[static HAPPENED_MAX])
{
	snprintf(out, HAPPENED_MAX, "%s", view_text(event, "text"));
	return TONE_PLAIN;
}

/* What happened, without time and place. */
static enum table_tone tell(const json_t *event, char out[static HAPPENED_MAX])
{
	static const struct {
		const char *event;
		enum table_tone (*tell)(const json_t *event, char out[static HAPPENED_MAX]);
	} rows[] = {
		{ "attached", tell_attached }, { "identified", tell_identified },
		{ "step", tell_step },	       { "wait", tell_wait },
		{ "retry", tell_retry },       { "outcome", tell_outcome },
		{ "detached", tell_detached }, { "station", tell_station },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(view_text(event, "event"), rows[i].event) == 0)
			return rows[i].tell(event, out);
	snprintf(out, HAPPENED_MAX, "%s", view_text(event, "event"));
	return TONE_PLAIN;
}

/* The end of a UDID, which tells devices apart; its beginning is the model's. */
static const char *last_of(const char *udid)
{
	size_t len = strlen(udid);

	return len > DEVICE_WIDTH ? udid + len - DEVICE_WIDTH : udid;
}

enum table_tone view_words(const json_t *event, char out[static VIEW_WORDS_MAX])
{
	const char *slot = view_text(event, "slot"), *device = view_text(event, "serial");
	char happened[HAPPENED_MAX], clock[CLOCK_MAX];
	enum table_tone tone = tell(event, happened);

	clock_of(view_text(event, "time"), clock);
	if (!device[0])
		device = last_of(view_text(event, "udid"));
	if (slot[0])
		snprintf(out, VIEW_WORDS_MAX, "%s  slot %-3s %-10s  %-*s  %s", clock, slot,
			 view_text(event, "product"), DEVICE_WIDTH, device, happened);
	else
		snprintf(out, VIEW_WORDS_MAX, "%s  station  %s", clock, happened);
	return tone;
}
