/* SPDX-License-Identifier: Apache-2.0 */
/* The plain view: one line an event, and on a terminal the bench below them. */
#include "station/faces/watch/view_plain.h"

#include <errno.h>

#include "station/faces/table.h"
#include "station/faces/watch/view_words.h"

/* Every terminal that shows colours knows these (ECMA-48): so many lines up, to their start; erase
 * from here to the end of the screen. */
#define LINES_UP   "\033[%uF"
#define ERASE_DOWN "\033[J"

void view_plain_erase(struct view_plain *view)
{
	if (view->drawn > 0)
		fprintf(view->screen.out, LINES_UP ERASE_DOWN, view->drawn);
	view->drawn = 0;
}

int view_plain_line(struct view_plain *view, const char *line, msec_t now)
{
	json_t *event = json_loads(line, 0, NULL);
	char words[VIEW_WORDS_MAX];
	enum table_tone tone;

	if (!json_is_object(event)) {
		json_decref(event);
		return -EPROTO;
	}
	tone = view_words(event, words);
	if (!view->screen.colour)
		tone = TONE_PLAIN; /* the words say it all */
	view_plain_erase(view);
	fprintf(view->screen.out, "%s%s%s\n", table_tone_begin(tone), words, table_tone_end(tone));
	if (view->board)
		view_board_take(view->board, event, now);
	json_decref(event);
	return 0;
}

void view_plain_draw(struct view_plain *view, msec_t now)
{
	view_plain_erase(view);
	if (view->board)
		view->drawn = view_board_print(view->board, &view->screen, now);
	fflush(view->screen.out);
}
