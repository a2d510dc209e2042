/* SPDX-License-Identifier: Apache-2.0 */
/* The watcher's pages: a full bench in every size, what is shown first, and hostile texts. */
#include "config.h"

#include "station/faces/watch/watch_layout.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/board_json.h"
#include "tests/unit/golden.h"
#include "tests/unit/tap.h"

#define NOW   1000000
#define SLOTS 64

static struct watch_board board;

/* Names that try to get out of their cells: controls, both directions, wide and joined characters,
 * one that takes no cell, a long one. */
static const char *const titles[] = {
	"Library",
	"\033[31mred\033[0m\r\n\x07",
	"\u202eevil\u202c",
	"\u56fe\u4e66\u9986\u7684 iPad \u56fe\u4e66\u9986",
	"\U0001f469\u200d\U0001f467 family",
	"e\u0301\u0301\u0301\u0301te\u0301",
	"\xff\xfe%s%n",
	"A name that is longer than any column there is for it on any page",
};

static void identify(struct board_slot *slot, unsigned i)
{
	static const char *const products[] = { "iPad13,18", "iPhone14,5", "iPad7,11" };

	/* No text is better than another. */
	clean_string(i % 16 == 12 ? titles[i / 8] : products[i % 3], slot->note[NOTE_PRODUCT]);
	clean_string(titles[i % 8], slot->note[NOTE_NAME]);
	snprintf(slot->note[NOTE_SERIAL], CLEAN_MAX, "DMPX%08u", i * 1237);
}

static void work(struct board_slot *slot, unsigned i)
{
	slot->state = SLOT_WORKING;
	slot->has_step = true;
	slot->step = (struct step_id){ i % 2 ? STEP_INSTALL : STEP_VERIFY, 1 };
	slot->step_since = NOW - 700LL * i;
	slot->slow = i % 5 == 0;
	if (i % 2)
		snprintf(slot->what, sizeof slot->what, "welcome.mobileconfig");
}

static void wait_for(struct board_slot *slot, enum talk_wait why, unsigned i)
{
	slot->state = SLOT_WAITING;
	slot->why = why;
	slot->since = NOW - 60000LL * i;
}

static void end(struct board_slot *slot, enum outcome outcome, enum fault_kind kind)
{
	slot->state = SLOT_ENDED;
	slot->outcome = outcome;
	if (kind != FAULT_NONE)
		slot->fault = fault_new(kind, "%s", "");
}

/* The bench's slot I, each state often enough. */
static void fill_slot(struct board_slot *slot, unsigned i)
{
	*slot = (struct board_slot){ .since = NOW - 1000 };
	snprintf(slot->name, sizeof slot->name, "%u", i + 1);
	if (i % 16 > 1)
		identify(slot, i);
	switch (i % 16) {
	case 0:
		slot->state = SLOT_SETTLING;
		break;
	case 1:
		slot->state = SLOT_QUEUED;
		break;
	case 2:
		wait_for(slot, WAIT_TRUST, i);
		break;
	case 3:
		end(slot, OUTCOME_FAILED, FAULT_PROFILE_REFUSED);
		break;
	case 4:
		slot->state = SLOT_ABSENT;
		break;
	case 5:
		end(slot, OUTCOME_SET_ASIDE, FAULT_IDENTITY_DOUBLE);
		break;
	case 6:
		end(slot, OUTCOME_REMOVED, FAULT_DEVICE_LEFT);
		break;
	case 7:
	case 8:
	case 9:
	case 10:
		work(slot, i);
		break;
	default:
		end(slot, OUTCOME_PASSED, FAULT_NONE);
	}
}

static void take(char *line)
{
	if (!line || watch_board_take(&board, line, NOW) < 0)
		ok(false, "a line of the station's is taken");
	free(line);
}

static void fill_board(unsigned slots, const char *trouble)
{
	struct board_slot slot;
	struct board station = { .usbmuxd_up = true,
				 .batch = "autumn",
				 .expect = 200,
				 .passed = 120,
				 .failed = 7,
				 .set_aside = 4,
				 .removed = 2 };

	snprintf(station.trouble, sizeof station.trouble, "%s", trouble);
	watch_board_forget(&board);
	take(board_station_to_json_line(&station));
	for (unsigned i = 0; i < slots; i++) {
		fill_slot(&slot, i);
		take(board_slot_to_json_line(&slot, NOW));
	}
}

/* The row's cells as text without the blanks at its end; what is not whole is told. */
static void print_row(const struct watch_page *page, unsigned y, FILE *out)
{
	const struct watch_cell *row = page->cells + (size_t)y * page->width;
	unsigned end = page->width, cells = 0;

	while (end > 0 && row[end - 1].rune == L' ')
		end--;
	for (unsigned x = 0; x < end; x++) {
		if (row[x].rune == 0)
			continue;
		if (cells != x || wcwidth(row[x].rune) < 1)
			fputs("<not its cell>", out);
		fprintf(out, "%lc", (wint_t)row[x].rune);
		cells += (unsigned)wcwidth(row[x].rune);
	}
	if (cells != end)
		fputs("<not whole>", out);
	fputc('\n', out);
}

static char *text_of(const struct watch_page *page)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	for (unsigned y = 0; y < page->height; y++)
		print_row(page, y, out);
	fclose(out);
	return text;
}

static char *show(unsigned width, unsigned height, struct watch_wish wish,
		  struct watch_shown *ret_shown)
{
	struct watch_page *page = watch_page_new(width, height);
	struct watch_shown shown = watch_layout(&board, &wish, NOW, page);
	char *text = text_of(page);

	if (ret_shown)
		*ret_shown = shown;
	watch_page_free(page);
	return text;
}

static void test_sizes(void)
{
	static const struct {
		unsigned width, height;
		const char *name;
	} rows[] = {
		{ 40, 12, "watch-40x12.txt" },
		{ 80, 24, "watch-80x24.txt" },
		{ 120, 40, "watch-120x40.txt" },
		{ 200, 60, "watch-200x60.txt" },
	};

	fill_board(SLOTS, "");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *text = show(rows[i].width, rows[i].height, (struct watch_wish){ 0 }, NULL);

		is_golden(text, rows[i].name);
		ok(!strstr(text, "<not"), "each row is whole cells");
		free(text);
	}
}

/* On wide pages there is room for the devices' names. */
static void test_names(void)
{
	char *text;

	fill_board(20, "");
	text = show(120, 40, (struct watch_wish){ 0 }, NULL);
	is_golden(text, "watch-names.txt");
	ok(!strchr(text, '\033') && !strstr(text, "<not"), "no name leaves its cells");
	free(text);
}

/* Every size that a window is pulled through. */
static void test_all_sizes(void)
{
	unsigned broken = 0, lost = 0;

	fill_board(SLOTS,
		   "the ledger cannot be written: no space left on device, and so on and on");
	for (unsigned width = 0; width <= 210; width += 7) {
		for (unsigned height = 0; height <= 70; height += 3) {
			struct watch_shown shown;
			char *text = show(width, height, (struct watch_wish){ 0 }, &shown);

			broken += strstr(text, "<not") != NULL;
			lost += width >= WATCH_WIDTH_MIN && height >= WATCH_HEIGHT_MIN &&
				shown.count == 0;
			free(text);
		}
	}
	is_number(broken, 0, "no size breaks a cell");
	is_number(lost, 0, "every size that is large enough shows slots");
}

/* Whoever scrolls sees each slot once. */
static void test_scrolling(void)
{
	static const unsigned widths[] = { 40, 80 };

	fill_board(SLOTS, "");
	for (unsigned i = 0; i < 4; i++) {
		struct watch_wish wish = { .by_slot = i % 2 == 0 };
		unsigned seen = 0, pages = 0;
		struct watch_shown shown;

		while (seen < SLOTS && pages++ < SLOTS) {
			wish.top = seen;
			free(show(widths[i / 2], 12, wish, &shown));
			if (shown.top > seen || shown.count == 0)
				break;
			seen = shown.top + shown.count;
		}
		is_number(seen, SLOTS, "page by page all slots are seen");
		wish.top = 1000000;
		free(show(widths[i / 2], 12, wish, &shown));
		is_number(shown.top + shown.count, SLOTS, "too far is the end");
		ok(shown.count > 1, "… with a page full");
	}
}

static void test_order(void)
{
	char *text, *waits, *works;

	fill_board(SLOTS, "");
	text = show(40, 12, (struct watch_wish){ 0 }, NULL);
	ok(strstr(text, "! 3  WAITING") && strstr(text, "Tap Trust"),
	   "without room for all, who waits is shown");
	ok(!strstr(text, "\n. "), "… and who only comes is not");
	free(text);
	text = show(40, 12, (struct watch_wish){ .by_slot = true }, NULL);
	ok(strstr(text, "\n. 1 "), "by slot the first is shown");
	free(text);
	fill_board(8, "");
	text = show(80, 24, (struct watch_wish){ 0 }, NULL);
	waits = strstr(text, "\n! 3");
	works = strstr(text, "\n> 8");
	ok(strstr(text, "\n. 1") < waits && waits < works, "with room for all, by slot");
	free(text);
}

static void test_alarm(void)
{
	char *text;

	fill_board(3, "");
	snprintf(board.notice, sizeof board.notice, "The station does not answer.");
	text = show(80, 24, (struct watch_wish){ 0 }, NULL);
	ok(strstr(text, "! The station does not answer."), "the watcher's own trouble");
	free(text);
	board.notice[0] = '\0';
	board.usbmuxd_up = false;
	snprintf(board.usbmuxd_why, sizeof board.usbmuxd_why, "%0250d", 7);
	text = show(40, 12, (struct watch_wish){ 0 }, NULL);
	ok(strstr(text, "! usbmuxd is away:"), "usbmuxd's");
	ok(strstr(text, "Tap Trust"), "… takes two lines, and the slots stay");
	free(text);
	board.usbmuxd_up = true;
	snprintf(board.usbmuxd_notice, sizeof board.usbmuxd_notice, "try slot 3 alone");
	text = show(40, 12, (struct watch_wish){ 0 }, NULL);
	ok(strstr(text, "! try slot 3 alone"), "the device that may end it");
	free(text);
	watch_board_forget(&board);
	text = show(80, 24, (struct watch_wish){ 0 }, NULL);
	ok(strstr(text, "No device is plugged in."), "an empty bench says so");
	free(text);
	text = show(39, 12, (struct watch_wish){ 0 }, NULL);
	ok(strstr(text, "too small"), "a window that is too small says so");
	free(text);
}

/* What a person must do is to be seen in its colour, and without any. */
static void test_styles(void)
{
	struct watch_page *page = watch_page_new(80, 24);
	unsigned found[WATCH_STYLES] = { 0 };
	struct watch_wish wish = { 0 };

	fill_board(16, "no space");
	watch_layout(&board, &wish, NOW, page);
	for (unsigned i = 0; i < page->width * page->height; i++)
		found[page->cells[i].style] += page->cells[i].rune != L' ';
	for (unsigned i = 0; i < WATCH_STYLES; i++)
		ok(found[i] > 0, "style %u is used", i);
	watch_page_free(page);
}

static void test_wrap(void)
{
	static const struct {
		const char *text;
		unsigned width, lines;
		const char *first;
	} rows[] = {
		{ "", 10, 1, "" },
		{ "one", 10, 1, "one" },
		{ "one two", 7, 1, "one two" },
		{ "one two", 6, 2, "one" },
		{ "one   two", 4, 2, "one" },
		{ "Taumatawhakatangi", 6, 3, "Taumat" },
		{ "a Taumatawhakatangi", 6, 4, "a" },
		{ "\xe5\x9b\xbe\xe4\xb9\xa6\xe9\xa6\x86", 5, 2, "\xe5\x9b\xbe\xe4\xb9\xa6" },
		{ "\xe5\x9b\xbe\xe4\xb9\xa6", 1, 2, "" },
		{ "e\xcc\x81 b", 3, 1, "e b" },
		{ "\x01\x7f", 3, 1, "??" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct watch_area area = { 0, 0, rows[i].width, 0 };
		struct watch_page *page = watch_page_new(20, 5);
		char *text;

		is_number(watch_page_wrap(page, area, rows[i].text, WATCH_PLAIN), rows[i].lines,
			  rows[i].text);
		is_number(watch_page_wrap(NULL, area, rows[i].text, WATCH_PLAIN), rows[i].lines,
			  "… measured");
		text = text_of(page);
		*strchr(text, '\n') = '\0';
		is_string(text, rows[i].first, "… the first line");
		free(text);
		watch_page_free(page);
	}
}

int main(void)
{
	if (!setlocale(LC_CTYPE, "C.UTF-8")) {
		tap_skip("no locale C.UTF-8");
		return tap_done();
	}
	test_sizes();
	test_names();
	test_all_sizes();
	test_scrolling();
	test_order();
	test_alarm();
	test_styles();
	test_wrap();
	return tap_done();
}
