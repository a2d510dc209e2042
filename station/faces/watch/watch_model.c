/* SPDX-License-Identifier: Apache-2.0 */
/* The bench as a watcher knows it, from the lines that the station pushes. */
#include "config.h"

#include "station/faces/watch/watch_model.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/faces/watch/view_words.h"

/* How a state is told, or the outcome of a slot that has ended. */
static const struct telling {
	const char *text, *word;
	enum watch_mood mood;
	char mark;
} tellings[] = {
	{ "seen", "seen", WATCH_WORKS, '.' },
	{ "settling", "settling", WATCH_WORKS, '.' },
	{ "queued", "queued", WATCH_WORKS, '.' },
	{ "starting", "starting", WATCH_WORKS, '.' },
	{ "working", "working", WATCH_WORKS, '>' },
	{ "waiting", "WAITING", WATCH_WAITS, '!' },
	{ "stopping", "stopping", WATCH_WORKS, '>' },
	{ "absent", "absent", WATCH_WORKS, '~' },
	{ "resting", "retrying", WATCH_WORKS, '.' },
	{ "passed", "PASSED", WATCH_GOOD, '+' },
	{ "failed", "FAILED", WATCH_BAD, 'x' },
	{ "set-aside", "SET ASIDE", WATCH_BAD, '#' },
	{ "removed", "REMOVED", WATCH_BAD, 'x' },
	{ "interrupted", "INTERRUPTED", WATCH_WORKS, '-' },
};

/* What a newer station may say. */
static const struct telling other = { "", "?", WATCH_WORKS, '?' };

static const struct telling *telling_of(const json_t *slot)
{
	const char *text = view_text(slot, "state");

	if (strcmp(text, "ended") == 0)
		text = view_text(slot, "outcome");

	for (size_t i = 0; i < sizeof tellings / sizeof tellings[0]; i++)
		if (strcmp(tellings[i].text, text) == 0)
			return &tellings[i];
	return &other;
}

static unsigned number(const json_t *object, const char *key)
{
	json_int_t number = json_integer_value(json_object_get(object, key));

	return number > 0 && number < 1000000000 ? (unsigned)number : 0;
}

static void take_station(struct watch_board *board, const json_t *station)
{
	const json_t *usbmuxd = json_object_get(station, "usbmuxd");
	const json_t *totals = json_object_get(station, "totals");

	board->usbmuxd_up = json_is_true(json_object_get(usbmuxd, "up"));
	clean_string(view_text(usbmuxd, "why"), board->usbmuxd_why);
	clean_string(view_text(usbmuxd, "notice"), board->usbmuxd_notice);
	clean_string(view_text(station, "batch"), board->batch);
	clean_string(view_text(station, "trouble"), board->trouble);
	clean_string(view_text(station, "notice"), board->expiring);
	board->expect = number(station, "expect");
	board->passed = number(totals, "passed");
	board->failed = number(totals, "failed");
	board->set_aside = number(totals, "set-aside");
	board->removed = number(totals, "removed");
}

/* When that began which has gone on for KEY seconds at NOW. */
static msec_t began(const json_t *slot, const char *key, msec_t now)
{
	double seconds = json_number_value(json_object_get(slot, key));

	/* A year: what is longer is a mistake. */
	return seconds > 0 && seconds < 366 * 86400.0 ? now - (msec_t)(seconds * 1000) : now;
}

/* "install welcome.mobileconfig" says more than "install.2". */
static void name_step(const json_t *slot, char *out, size_t room)
{
	char step[CLEAN_MAX + 1], what[CLEAN_MAX + 1];

	clean_string(view_text(slot, "step"), step);
	clean_string(view_text(slot, "what"), what);
	if (what[0])
		snprintf(out, room, "%.*s %s", (int)strcspn(step, "."), step, what);
	else
		snprintf(out, room, "%s", step);
}

static void fill_slot(struct watch_slot *out, const json_t *slot, msec_t now)
{
	const struct telling *telling = telling_of(slot);
	bool under_way = json_is_number(json_object_get(slot, "step_seconds"));
	bool waits = telling->mood == WATCH_WAITS;

	*out = (struct watch_slot){ .mood = telling->mood,
				    .word = telling->word,
				    .mark = telling->mark };
	snprintf(out->name, sizeof out->name, "%s", view_text(slot, "slot"));
	clean_string(view_text(slot, "product"), out->product);
	clean_string(view_text(slot, "serial"), out->serial);
	clean_string(view_text(slot, "name"), out->title);
	clean_string(view_text(slot, "sentence"), out->sentence);
	clean_string(view_text(json_object_get(slot, "fault"), "sentence"), out->why);
	name_step(slot, out->doing, sizeof out->doing);
	out->counts = waits || (telling->mood == WATCH_WORKS && under_way);
	out->since = began(slot, waits ? "state_seconds" : "step_seconds", now);
}

/* The place of the slot NAME, or where it would be; at most 256 are looked through. */
static unsigned place_of(const struct watch_board *board, const char *name, bool *ret_there)
{
	unsigned i = 0;
	int order = 1;

	while (i < board->count && (order = strverscmp(board->slots[i].name, name)) < 0)
		i++;
	*ret_there = i < board->count && order == 0;
	return i;
}

static void move_slots(struct watch_board *board, unsigned from, unsigned to)
{
	memmove(&board->slots[to], &board->slots[from],
		(board->count - from) * sizeof board->slots[0]);
	board->count += to - from;
}

static int take_slot(struct watch_board *board, const json_t *slot, msec_t now)
{
	char name[CLEAN_MAX + 1];
	bool there, gone = strcmp(view_text(slot, "state"), "empty") == 0;
	unsigned i;

	/* A name that the cleaner changes is none of the station's. */
	clean_string(view_text(slot, "slot"), name);
	if (!name[0] || strlen(name) >= SLOT_NAME_MAX || strcmp(name, view_text(slot, "slot")) != 0)
		return -EPROTO;
	i = place_of(board, name, &there);
	if (gone && there)
		move_slots(board, i + 1, i);
	if (gone)
		return 0;
	if (!there && board->count == SLOTS_MAX)
		return -EPROTO;
	if (!there)
		move_slots(board, i, i + 1);
	fill_slot(&board->slots[i], slot, now);
	return 0;
}

int watch_board_take(struct watch_board *board, const char *line, msec_t now)
{
	json_t *json = json_loads(line, 0, NULL);
	const char *event = view_text(json, "event");
	int r = json_is_object(json) ? 0 : -EPROTO;

	if (strcmp(event, "board") == 0)
		take_station(board, json_object_get(json, "station"));
	else if (strcmp(event, "slot") == 0)
		r = take_slot(board, json, now);
	json_decref(json);
	return r;
}

void watch_board_forget(struct watch_board *board)
{
	char notice[CLEAN_MAX + 1];

	memcpy(notice, board->notice, sizeof notice);
	memset(board, 0, sizeof *board);
	board->usbmuxd_up = true;
	memcpy(board->notice, notice, sizeof notice);
}

unsigned watch_board_count(const struct watch_board *board, enum watch_mood mood)
{
	unsigned count = 0;

	for (unsigned i = 0; i < board->count; i++)
		count += board->slots[i].mood == mood;
	return count;
}

bool watch_board_counts(const struct watch_board *board)
{
	for (unsigned i = 0; i < board->count; i++)
		if (board->slots[i].counts)
			return true;
	return false;
}
