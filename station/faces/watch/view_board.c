/* SPDX-License-Identifier: Apache-2.0 */
/* The bench as a table that is drawn anew under the events: one row a slot with a device. */
#include "config.h"

#include "station/faces/watch/view_board.h"

#include <stdlib.h>
#include <string.h>

#include "station/rules/board.h"
#include "station/faces/table.h"
#include "station/faces/watch/view_words.h"

/* How much a person has to look at a row; the first come first when there is not room for all. */
enum rank {
	RANK_WAITS,
	RANK_BAD,
	RANK_WORKS,
	RANK_GOOD,
};
#define RANKS 4

/* The newest that is known of a slot. */
struct row {
	json_t *event;
	msec_t since; /* the event's time */
};

struct view_board {
	unsigned count;
	struct row rows[SLOTS_MAX]; /* in the order of the slots' names */
};

struct view_board *view_board_new(void)
{
	return calloc(1, sizeof(struct view_board));
}

void view_board_free(struct view_board *board)
{
	if (!board)
		return;
	for (unsigned i = 0; i < board->count; i++)
		json_decref(board->rows[i].event);
	free(board);
}

/* The place of SLOT's row, or where it would be; at most 256 are looked through. */
static unsigned place_of(const struct view_board *board, const char *slot, bool *ret_there)
{
	unsigned i = 0;
	int order = 1;

	while (i < board->count &&
	       (order = strverscmp(view_text(board->rows[i].event, "slot"), slot)) < 0)
		i++;
	*ret_there = i < board->count && order == 0;
	return i;
}

static void remove_row(struct view_board *board, unsigned i)
{
	json_decref(board->rows[i].event);
	board->count--;
	memmove(&board->rows[i], &board->rows[i + 1], (board->count - i) * sizeof board->rows[0]);
}

void view_board_take(struct view_board *board, json_t *event, msec_t now)
{
	const char *slot = view_text(event, "slot");
	bool there, gone = strcmp(view_text(event, "event"), "detached") == 0 &&
			   strcmp(view_text(event, "state"), "absent") != 0;
	unsigned i = place_of(board, slot, &there);

	if (!slot[0] || (!there && (gone || board->count == SLOTS_MAX)))
		return;
	if (gone) {
		remove_row(board, i);
		return;
	}
	if (!there) {
		memmove(&board->rows[i + 1], &board->rows[i],
			(board->count - i) * sizeof board->rows[0]);
		board->count++;
	} else {
		json_decref(board->rows[i].event);
	}
	board->rows[i] = (struct row){ json_incref(event), now };
}

static enum rank rank_of(const struct row *row)
{
	const char *outcome = view_text(row->event, "outcome");

	if (strcmp(view_text(row->event, "state"), "waiting") == 0)
		return RANK_WAITS;
	if (strcmp(view_text(row->event, "event"), "outcome") != 0)
		return RANK_WORKS;
	return strcmp(outcome, "passed") == 0 ? RANK_GOOD : RANK_BAD;
}

bool view_board_is_busy(const struct view_board *board)
{
	for (unsigned i = 0; i < board->count; i++)
		if (rank_of(&board->rows[i]) <= RANK_WORKS && rank_of(&board->rows[i]) != RANK_BAD)
			return true;
	return false;
}

/* Whole seconds: it is drawn once a second. */
static void show_waiting_time(msec_t seconds, char out[static VIEW_TIME_MAX])
{
	if (seconds < 60)
		snprintf(out, VIEW_TIME_MAX, "%lld s", seconds);
	else
		view_time((double)seconds, out);
}

/* "install.2  12 s", "waiting  3 s", "failed". */
static void describe(const struct row *row, msec_t now, char *out, size_t room)
{
	const char *outcome = view_text(row->event, "outcome");
	const char *state = view_text(row->event, "state");
	const char *step = view_text(row->event, "step");
	char time[VIEW_TIME_MAX];

	show_waiting_time((now - row->since) / 1000, time);
	if (strcmp(view_text(row->event, "event"), "outcome") == 0)
		snprintf(out, room, "%s", outcome);
	else if (strcmp(state, "waiting") == 0)
		snprintf(out, room, "waiting  %s", time);
	else if (strcmp(outcome, "begun") == 0)
		snprintf(out, room, "%s  %s", step, time);
	else
		snprintf(out, room, "%s", state);
}

/* Room for what describe writes. */
#define STATE_TEXT_MAX 64

static int add_row(struct table *table, const struct row *row, msec_t now)
{
	static const enum table_tone of_rank[RANKS] = { TONE_WAIT, TONE_BAD, TONE_PLAIN,
							TONE_GOOD };
	enum table_tone tone = of_rank[rank_of(row)];
	const enum table_tone tones[] = { tone, TONE_PLAIN, TONE_PLAIN, tone, tone };
	char state[STATE_TEXT_MAX];
	const char *const cells[] = { view_text(row->event, "slot"),
				      view_text(row->event, "product"),
				      view_text(row->event, "serial"), state,
				      view_text(row->event, "sentence") };

	describe(row, now, state, sizeof state);
	return table_add_row(table, cells, tones);
}

/* Which rows there is room for: at most MOST, by rank. Returns how many. */
static unsigned choose_rows(const struct view_board *board, unsigned most, bool *chosen)
{
	unsigned count = 0;

	for (unsigned rank = 0; rank < RANKS; rank++) {
		for (unsigned i = 0; i < board->count && count < most; i++) {
			if (rank_of(&board->rows[i]) != (enum rank)rank)
				continue;
			chosen[i] = true;
			count++;
		}
	}
	return count;
}

unsigned view_board_print(const struct view_board *board, const struct view_screen *screen,
			  msec_t now)
{
	static const char *const headings[] = { "SLOT", "PRODUCT", "SERIAL", "STATE", "WHAT NOW" };
	/* Two lines are not rows: the headings, and what is left out. */
	unsigned most = screen->lines > 2 ? screen->lines - 2 : 0;
	bool chosen[SLOTS_MAX] = { false };
	unsigned count = choose_rows(board, most, chosen), lines = 0;
	struct table *table = count > 0 ? table_new(headings, 5) : NULL;
	int r = table ? 0 : -1;

	for (unsigned i = 0; i < board->count && r == 0; i++)
		if (chosen[i])
			r = add_row(table, &board->rows[i], now);
	if (r == 0) {
		table_print(table, screen->out, screen->columns, screen->colour);
		lines = count + 1;
		if (count < board->count) {
			fprintf(screen->out, "and %u more\n", board->count - count);
			lines++;
		}
	}
	table_free(table);
	return lines;
}
