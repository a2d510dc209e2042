/* SPDX-License-Identifier: Apache-2.0 */
/* The plain view: events in words, the table below them, and the lines that they come in. */
#include "station/faces/watch/view_plain.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "station/faces/event_json.h"
#include "station/faces/watch/view_lines.h"
#include "station/faces/watch/view_words.h"
#include "tests/unit/bench_slots.h"
#include "tests/unit/golden.h"
#include "tests/unit/tap.h"

static struct board_slot slots[BENCH_SLOTS];

/* What a view has written so far. */
struct paper {
	char *text;
	size_t size;
	struct view_plain view;
};

static void open_paper(struct paper *paper, bool table, bool colour)
{
	*paper = (struct paper){ 0 };
	paper->view.screen = (struct view_screen){
		.out = open_memstream(&paper->text, &paper->size),
		.columns = 90,
		.lines = 24,
		.colour = colour,
	};
	if (table)
		paper->view.board = view_board_new();
}

static const char *read_paper(struct paper *paper)
{
	fflush(paper->view.screen.out);
	return paper->text;
}

static void close_paper(struct paper *paper)
{
	view_board_free(paper->view.board);
	fclose(paper->view.screen.out);
	free(paper->text);
}

/* Shows what EVENT says of the bench's SLOT. */
static int show(struct paper *paper, struct event event, enum bench_slot slot, msec_t now)
{
	char *line;
	int r;

	event.slot = event.kind == EVENT_STATION ? NULL : &slots[slot];
	event.time = 1795429263045 + now;
	if (!event.text)
		event.text = "";
	line = event_to_json_line(&event);
	r = view_plain_line(&paper->view, line, now);
	free(line);
	return r;
}

/* Every sort of event, as the golden file of JSON lines has it. */
static void test_words(void)
{
	const char *source = getenv("MUSTER_SOURCE");
	char path[4096], line[VIEW_LINE_MAX];
	struct paper paper;
	FILE *events;

	snprintf(path, sizeof path, "%s/tests/golden/events.jsonl", source ? source : ".");
	events = fopen(path, "re");
	open_paper(&paper, false, false);
	while (events && fgets(line, sizeof line, events))
		ok(view_plain_line(&paper.view, line, 0) == 0, "an event is shown");
	is_golden(read_paper(&paper), "events.txt");
	close_paper(&paper);
	fclose(events);
	open_paper(&paper, false, true);
	show(&paper, (struct event){ .kind = EVENT_OUTCOME }, BENCH_FAILED, 0);
	ok(strncmp(read_paper(&paper), "\033[31m", 5) == 0, "a failure is red where colours show");
	close_paper(&paper);
}

/* What is not known is not told as nothing between quotes. */
static void test_unknown(void)
{
	struct board_slot slot = slots[BENCH_SETTLING];
	struct paper paper;

	slots[BENCH_SETTLING].port[0] = '\0';
	open_paper(&paper, false, false);
	show(&paper, (struct event){ .kind = EVENT_ATTACHED }, BENCH_SETTLING, 0);
	ok(strstr(read_paper(&paper), "plugged in\n") != NULL, "a device without a place");
	show(&paper, (struct event){ .kind = EVENT_IDENTIFIED }, BENCH_SETTLING, 0);
	ok(strstr(read_paper(&paper), "has no name yet, ") != NULL, "one without a name");
	close_paper(&paper);
	slots[BENCH_SETTLING] = slot;
}

/* Lines that are no events, or events of another version. */
static void test_strange_lines(void)
{
	static const char *const none[] = { "hello", "[]", "{", "\"text\"", "1", "\xff\xfe" };
	static const char *const odd[] = {
		"{}",
		"{\"event\":7,\"slot\":[],\"time\":null}",
		"{\"event\":\"outcome\",\"slot\":\"1\",\"outcome\":\"perfect\"}",
		"{\"event\":\"outcome\",\"slot\":\"1\",\"outcome\":\"failed\",\"fault\":[]}",
		"{\"event\":\"step\",\"slot\":\"1\",\"seconds\":\"x\",\"time\":\"yesterday\"}",
		"{\"event\":\"step\",\"slot\":\"1\",\"outcome\":\"done\",\"seconds\":1e300}",
		"{\"event\":\"news\",\"slot\":\"1\"}",
		"{\"event\":\"detached\",\"slot\":\"never seen\"}",
	};
	struct paper paper;

	open_paper(&paper, true, true);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		ok(view_plain_line(&paper.view, none[i], 0) < 0, "no event: line %zu", i);
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
		ok(view_plain_line(&paper.view, odd[i], 0) == 0, "a strange event: line %zu", i);
	view_plain_draw(&paper.view, 0);
	close_paper(&paper);
}

static void test_times(void)
{
	static const struct {
		double seconds;
		const char *text;
	} rows[] = {
		{ -1, "0.0 s" },     { 0, "0.0 s" },	    { 0.44, "0.4 s" }, { 9.94, "9.9 s" },
		{ 9.96, "9 s" },     { 59.9, "59 s" },	    { 60, "1:00" },    { 3599, "59:59" },
		{ 3600, "1:00:00" }, { 86400, "24:00:00" }, { 1e18, "0 s" },
	};
	char out[VIEW_TIME_MAX];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		is_string(view_time(rows[i].seconds, out), rows[i].text, "a time in words");
}

/* A bench on a terminal: drawn, drawn over, and taken away. */
static void test_table(void)
{
	struct paper paper;

	open_paper(&paper, true, false);
	view_plain_draw(&paper.view, 0);
	is_string(read_paper(&paper), "", "an empty bench has no table");
	show(&paper, (struct event){ .kind = EVENT_STATION, .text = "started" }, 0, 0);
	show(&paper, (struct event){ .kind = EVENT_ATTACHED }, BENCH_SETTLING, 0);
	show(&paper, (struct event){ .kind = EVENT_WAIT, .waiting = true }, BENCH_WAITING, 500);
	show(&paper,
	     (struct event){ .kind = EVENT_STEP,
			     .step = { STEP_INSTALL, 2 },
			     .step_outcome = STEP_BEGUN,
			     .what = "welcome.mobileconfig" },
	     BENCH_WORKING, 1000);
	view_plain_draw(&paper.view, 2000);
	show(&paper, (struct event){ .kind = EVENT_OUTCOME, .took = 70000 }, BENCH_FAILED, 3000);
	show(&paper, (struct event){ .kind = EVENT_OUTCOME }, BENCH_PASSED, 3000);
	view_plain_draw(&paper.view, 75000);
	ok(view_board_is_busy(paper.view.board), "a bench at work goes on with its times");
	show(&paper, (struct event){ .kind = EVENT_DETACHED }, BENCH_SETTLING, 80000);
	view_plain_draw(&paper.view, 80000);
	view_plain_erase(&paper.view);
	is_golden(read_paper(&paper), "view.txt");
	close_paper(&paper);
}

static void test_busy(void)
{
	struct paper paper;

	open_paper(&paper, true, false);
	ok(!view_board_is_busy(paper.view.board), "an empty bench is not busy");
	show(&paper, (struct event){ .kind = EVENT_OUTCOME }, BENCH_FAILED, 0);
	show(&paper, (struct event){ .kind = EVENT_OUTCOME }, BENCH_PASSED, 0);
	ok(!view_board_is_busy(paper.view.board), "nor is one where all have ended");
	show(&paper, (struct event){ .kind = EVENT_WAIT, .waiting = true }, BENCH_WAITING, 0);
	ok(view_board_is_busy(paper.view.board), "one that waits for a person is");
	close_paper(&paper);
}

/* More slots than lines: those that need a person come first. */
static void test_small_screen(void)
{
	struct board_slot many[SLOTS_MAX + 1];
	struct paper paper;
	unsigned drawn;

	open_paper(&paper, true, false);
	for (unsigned i = 0; i <= SLOTS_MAX; i++) {
		struct event event = { .kind = EVENT_ATTACHED, .slot = &many[i], .text = "" };
		char *line;

		many[i] = slots[i == 200 ? BENCH_WAITING : BENCH_WORKING];
		snprintf(many[i].name, sizeof many[i].name, "%u", i + 1);
		line = event_to_json_line(&event);
		view_plain_line(&paper.view, line, 0);
		free(line);
	}
	fflush(paper.view.screen.out);
	rewind(paper.view.screen.out);
	paper.view.screen.lines = 6;
	view_plain_draw(&paper.view, 0);
	is_number(paper.view.drawn, 6, "the table fills the screen and no more");
	ok(strstr(read_paper(&paper), "\n201 "), "who waits for a person is on it");
	ok(strstr(read_paper(&paper), "and 252 more\n"), "how many are left out is told");
	paper.view.screen.lines = 2;
	drawn = view_board_print(paper.view.board, &paper.view.screen, 0);
	is_number(drawn, 0, "a screen of two lines gets no table");
	close_paper(&paper);
}

/* What WRITER writes is read in pieces; returns the lines joined by '|'. */
static const char *read_lines(const char *text, size_t len, struct view_lines *lines)
{
	static char joined[4 * VIEW_LINE_MAX];
	FILE *file = tmpfile();
	const char *line;

	*lines = (struct view_lines){ 0 };
	joined[0] = '\0';
	fwrite(text, 1, len, file);
	fflush(file);
	lseek(fileno(file), 0, SEEK_SET);
	while (view_lines_read(lines, fileno(file)) > 0)
		while ((line = view_lines_next(lines)))
			strcat(strcat(joined, line), "|");
	fclose(file);
	return joined;
}

static void test_lines(void)
{
	static char text[3 * VIEW_LINE_MAX];
	static struct view_lines lines;

	is_string(read_lines("a\nbc\n\nd", 8, &lines), "a|bc||", "whole lines only");
	is_number(lines.lost, 0, "… and none is lost");
	memset(text, 'x', sizeof text);
	text[0] = 'a';
	text[1] = '\n';
	text[2 * VIEW_LINE_MAX] = '\n';
	memcpy(text + 2 * VIEW_LINE_MAX + 1, "b\n", 2);
	is_string(read_lines(text, 2 * VIEW_LINE_MAX + 3, &lines), "a|b|",
		  "a line that is too long is left out, its end, too");
	is_number(lines.lost, 1, "… and counted once");
	text[VIEW_LINE_MAX - 1] = '\n';
	is_number((long long)strlen(read_lines(text, VIEW_LINE_MAX, &lines)), VIEW_LINE_MAX,
		  "the longest line is taken");
}

int main(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	bench_slots_fill(slots);
	test_words();
	test_unknown();
	test_strange_lines();
	test_times();
	test_table();
	test_busy();
	test_small_screen();
	test_lines();
	return tap_done();
}
