/* SPDX-License-Identifier: Apache-2.0 */
/* Where everything of the board goes on a page. */
#include "station/faces/watch/watch_layout.h"

#include <stdio.h>
#include <string.h>

#include "station/faces/watch/watch_tile.h"

/* A column narrower than this has no room for a sentence. */
#define COLUMN_MIN 38
/* Blanks between two columns. */
#define GAP 2
/* Lines that news of the station's trouble may take from the slots. */
#define ALARM_LINES 2
/* From this height on there is a line for the heading. */
#define HEADING_HEIGHT 16
#define LINE_MAX       512

/* Slots in the order that they are shown in. */
struct watch_order {
	unsigned count;
	const struct watch_slot *slots[SLOTS_MAX];
};

/* The part of the page that the slots stand in. */
struct field {
	unsigned y, height;
	unsigned columns, width; /* columns of slots, and the width of each */
};

static struct watch_area whole_line(const struct watch_page *page, unsigned y)
{
	return (struct watch_area){ 0, y, page->width, 1 };
}

/* One of the totals, behind the ones before it; on the next line if it has no room. */
static void put_total(struct watch_page *page, struct watch_area *place, const char *text,
		      enum watch_style style)
{
	unsigned columns = watch_page_put(NULL, *place, text, style);

	if (columns > place->width) {
		*place = whole_line(page, place->y + 1);
	}
	watch_page_put(page, *place, text, style);
	columns += GAP;
	place->x += columns;
	place->width -= columns < place->width ? columns : place->width;
}

/* Returns the number of lines. */
static unsigned put_totals(struct watch_page *page, unsigned y, const struct watch_board *board)
{
	const struct {
		unsigned count;
		char mark;
		const char *words;
		enum watch_style style;
		bool always;
	} totals[] = {
		{ watch_board_count(board, WATCH_WAITS), '!', "waiting", WATCH_WAIT_STYLE, true },
		{ board->failed, 'x', "failed", WATCH_BAD_STYLE, true },
		{ board->set_aside, '#', "set aside", WATCH_BAD_STYLE, true },
		{ board->removed, 'x', "removed", WATCH_BAD_STYLE, false },
		{ watch_board_count(board, WATCH_WORKS), '>', "working", WATCH_PLAIN, true },
		{ board->passed, '+', "passed", WATCH_GOOD_STYLE, true },
	};
	struct watch_area place = whole_line(page, y);
	char text[LINE_MAX];

	for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
		if (totals[i].count == 0 && !totals[i].always)
			continue;
		snprintf(text, sizeof text, "%c %u %s", totals[i].mark, totals[i].count,
			 totals[i].words);
		put_total(page, &place, text, totals[i].count ? totals[i].style : WATCH_QUIET);
	}
	snprintf(text, sizeof text, "of %u", board->expect);
	if (board->expect)
		put_total(page, &place, text, WATCH_PLAIN);
	return place.y - y + 1;
}

/* What keeps the station, or us, from working. Returns the number of lines. */
static unsigned put_alarm(struct watch_page *page, unsigned y, const struct watch_board *board)
{
	struct watch_area area = whole_line(page, y);
	char text[LINE_MAX];
	unsigned lines;

	if (board->notice[0])
		snprintf(text, sizeof text, "! %s", board->notice);
	else if (board->trouble[0])
		snprintf(text, sizeof text, "! %s", board->trouble);
	else if (!board->usbmuxd_up)
		snprintf(text, sizeof text, "! usbmuxd is away: %s", board->usbmuxd_why);
	else if (board->usbmuxd_notice[0])
		snprintf(text, sizeof text, "! %s", board->usbmuxd_notice);
	else
		return 0;
	area.height = ALARM_LINES;
	lines = watch_page_wrap(page, area, text, WATCH_ALARM);
	return lines < ALARM_LINES ? lines : ALARM_LINES;
}

/* Heading, totals, trouble. Returns the number of lines. */
static unsigned put_head(struct watch_page *page, const struct watch_board *board)
{
	unsigned y = 0;
	char text[LINE_MAX];

	if (page->height >= HEADING_HEIGHT) {
		snprintf(text, sizeof text, "muster%s%s", board->batch[0] ? "  batch " : "",
			 board->batch);
		watch_page_put(page, whole_line(page, y++), text, WATCH_STRONG);
	}
	y += put_totals(page, y, board);
	y += put_alarm(page, y, board);
	if (board->expiring[0]) {
		snprintf(text, sizeof text, "! %s", board->expiring);
		watch_page_put(page, whole_line(page, y++), text, WATCH_ALARM);
	}
	return y;
}

static void put_foot(struct watch_page *page, const struct watch_board *board,
		     const struct watch_shown *shown, bool by_need)
{
	char text[LINE_MAX];

	if (shown->count == board->count)
		snprintf(text, sizeof text, "q leaves, the station goes on");
	else
		snprintf(text, sizeof text, "%u-%u of %u PgUp/Dn o:%s q:leave", shown->top + 1,
			 shown->top + shown->count, board->count, by_need ? "by slot" : "by need");
	watch_page_put(page, whole_line(page, page->height - 1), text, WATCH_QUIET);
}

/* How many slots from TOP on have room in FIELD; draws them unless PAGE is NULL. */
static unsigned put_slots(struct watch_page *page, const struct field *field,
			  const struct watch_tile_form *form, const struct watch_order *order,
			  unsigned top)
{
	struct watch_area place = { 0, field->y, field->width, 1 };
	unsigned column = 0, i = top;

	for (; i < order->count; i++) {
		unsigned lines = watch_tile_put(NULL, place, form, order->slots[i]);

		if (place.y + lines > field->y + field->height) {
			/* What is higher than the field is cut, or nothing would ever show it. */
			bool cut = place.y == field->y;

			if (!cut && ++column == field->columns)
				break;
			if (!cut) {
				place.x += field->width + GAP;
				place.y = field->y;
			}
		}
		watch_tile_put(page, place, form, order->slots[i]);
		place.y += lines;
	}
	return i - top;
}

static void order_slots(const struct watch_board *board, bool by_need, struct watch_order *order)
{
	order->count = 0;
	for (unsigned mood = 0; mood < WATCH_MOODS; mood++) {
		for (unsigned i = 0; i < board->count; i++)
			if (!by_need || board->slots[i].mood == (enum watch_mood)mood)
				order->slots[order->count++] = &board->slots[i];
		if (!by_need)
			return;
	}
}

/* Cuts FIELD into the fewest columns that have room for all slots, or else into as many as there
 * can be. Returns whether all have room. */
static bool choose_columns(const struct watch_page *page, const struct watch_board *board,
			   const struct watch_order *order, msec_t now, struct field *field)
{
	unsigned most = (page->width + GAP) / (COLUMN_MIN + GAP);

	for (unsigned columns = 1; columns <= most; columns++) {
		struct watch_tile_form form;

		field->columns = columns;
		field->width = (page->width + GAP) / columns - GAP;
		form = watch_tile_form_for(board, field->width, now);
		if (put_slots(NULL, field, &form, order, 0) == order->count)
			return true;
	}
	return false;
}

/* The latest top from which all the rest is shown, or WISHED if that is earlier. */
static unsigned choose_top(const struct field *field, const struct watch_tile_form *form,
			   const struct watch_order *order, unsigned wished)
{
	unsigned top = wished < order->count ? wished : order->count;

	while (top > 0 && put_slots(NULL, field, form, order, top - 1) >= order->count - top + 1)
		top--;
	return top;
}

static struct watch_shown put_all(struct watch_page *page, const struct watch_board *board,
				  const struct watch_wish *wish, msec_t now)
{
	unsigned head = put_head(page, board);
	struct field field = { .y = head + 1, .height = page->height - head - 2 };
	struct watch_shown shown = { 0 };
	struct watch_tile_form form;
	struct watch_order order;
	bool by_need;

	if (page->height < HEADING_HEIGHT) { /* no line to spare */
		field.y--;
		field.height++;
	}
	order_slots(board, false, &order);
	by_need = !choose_columns(page, board, &order, now, &field) && !wish->by_slot;
	if (by_need)
		order_slots(board, true, &order);
	form = watch_tile_form_for(board, field.width, now);
	shown.top = choose_top(&field, &form, &order, wish->top);
	shown.count = put_slots(page, &field, &form, &order, shown.top);
	put_foot(page, board, &shown, by_need);
	return shown;
}

struct watch_shown watch_layout(const struct watch_board *board, const struct watch_wish *wish,
				msec_t now, struct watch_page *page)
{
	struct watch_shown shown = { 0 };

	if (page->width < WATCH_WIDTH_MIN || page->height < WATCH_HEIGHT_MIN) {
		watch_page_wrap(page, (struct watch_area){ 0, 0, page->width, page->height },
				"This window is too small: 40 columns and 12 lines are needed.",
				WATCH_ALARM);
		return shown;
	}
	shown = put_all(page, board, wish, now);
	if (board->count == 0 && !board->notice[0])
		watch_page_put(page, whole_line(page, page->height / 2),
			       "No device is plugged in. Plug one in.", WATCH_STRONG);
	return shown;
}
