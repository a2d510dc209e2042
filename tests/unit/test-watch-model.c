/* SPDX-License-Identifier: Apache-2.0 */
/* What a watcher makes of the station's lines, and of lines that are none of them. */
#include "station/faces/watch/watch_model.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "station/faces/board_json.h"
#include "station/faces/event_json.h"
#include "station/faces/watch/watch_link.h"
#include "tests/unit/bench_slots.h"
#include "tests/unit/tap.h"

/* The watcher's clock is its own. */
#define NOW 5000000

static struct watch_board board;

static int take(char *line)
{
	int r = watch_board_take(&board, line, NOW);

	free(line);
	return r;
}

static void take_bench(void)
{
	struct board_slot slots[BENCH_SLOTS];

	bench_slots_fill(slots);
	/* Backwards: the order is the names'. */
	for (unsigned i = BENCH_SLOTS; i-- > 0;)
		if (take(board_slot_to_json_line(&slots[i], BENCH_NOW)) < 0)
			ok(false, "slot %u is taken", i + 1);
}

static void test_bench(void)
{
	static const struct {
		const char *name, *word, *doing;
		enum watch_mood mood;
		char mark;
		bool counts;
	} rows[] = {
		{ "2", "settling", "", WATCH_WORKS, '.', false },
		{ "3", "working", "install.2", WATCH_WORKS, '>', true },
		{ "4", "WAITING", "pair", WATCH_WAITS, '!', true },
		{ "5", "FAILED", "install.2", WATCH_BAD, 'x', false },
		{ "6", "PASSED", "verify", WATCH_GOOD, '+', false },
		{ "7", "working", "verify", WATCH_WORKS, '>', true },
		{ "8", "retrying", "install.2", WATCH_WORKS, '.', true },
	};

	watch_board_forget(&board);
	take_bench();
	is_number(board.count, BENCH_SLOTS - 1, "every slot with a device, no empty one");
	for (unsigned i = 0; i < board.count; i++) {
		const struct watch_slot *slot = &board.slots[i];

		is_string(slot->name, rows[i].name, "in the order of their names");
		is_string(slot->word, rows[i].word, "… its word");
		is_string(slot->doing, rows[i].doing, "… its step");
		is_number(slot->mood, rows[i].mood, "… its mood");
		is_number(slot->mark, rows[i].mark, "… its sign");
		is_number(slot->counts, rows[i].counts, "… whether its time goes on");
		ok(slot->sentence[0], "… and what to do");
	}
	is_number(NOW - board.slots[1].since, 1400, "the time in the step");
	is_number(NOW - board.slots[2].since, 12000, "the time of the wait");
	ok(strstr(board.slots[3].why, "profile"), "what went wrong");
	ok(!strpbrk(board.slots[5].title, "\033\n"), "a hostile name is clean");
	is_number(watch_board_count(&board, WATCH_WORKS), 4, "four are worked on");
	ok(watch_board_counts(&board), "times go on");
}

static void test_changes(void)
{
	struct board_slot slots[BENCH_SLOTS];
	struct board station = { .usbmuxd_up = false, .expect = 8, .passed = 3, .removed = 1 };
	struct event event = { .kind = EVENT_STATION, .text = "started" };

	watch_board_forget(&board);
	take_bench();
	bench_slots_fill(slots);
	slots[BENCH_WORKING].state = SLOT_ENDED;
	slots[BENCH_WORKING].outcome = OUTCOME_PASSED;
	take(board_slot_to_json_line(&slots[BENCH_WORKING], BENCH_NOW));
	is_string(board.slots[1].word, "PASSED", "a slot's newest is shown");
	slots[BENCH_WORKING].state = SLOT_STARTING;
	take(board_slot_to_json_line(&slots[BENCH_WORKING], BENCH_NOW));
	is_string(board.slots[1].word, "starting", "an old outcome is not the state");
	slots[BENCH_WORKING].state = SLOT_EMPTY;
	take(board_slot_to_json_line(&slots[BENCH_WORKING], BENCH_NOW));
	is_number(board.count, BENCH_SLOTS - 2, "an empty slot goes");
	is_string(board.slots[1].name, "4", "… the others close up");
	take(board_slot_to_json_line(&slots[BENCH_WORKING], BENCH_NOW));
	is_number(board.count, BENCH_SLOTS - 2, "… once");

	snprintf(station.usbmuxd_why, sizeof station.usbmuxd_why, "gone");
	snprintf(station.usbmuxd_notice, sizeof station.usbmuxd_notice, "try slot 3 alone");
	is_number(take(board_station_to_json_line(&station)), 0, "the station's part");
	is_string(board.usbmuxd_notice, "try slot 3 alone", "which device may be behind it");
	ok(!board.usbmuxd_up && strcmp(board.usbmuxd_why, "gone") == 0, "usbmuxd is away");
	ok(board.expect == 8 && board.passed == 3 && board.removed == 1, "the totals");
	is_number(take(event_to_json_line(&event)), 0, "an event is none of the board's");
	is_number(board.count, BENCH_SLOTS - 2, "… and changes nothing");

	snprintf(board.notice, sizeof board.notice, "lost");
	watch_board_forget(&board);
	is_number(board.count, 0, "forgotten");
	is_string(board.notice, "lost", "… but for the watcher's own");
}

static void test_strange(void)
{
	static const struct {
		const char *line;
		int result;
	} rows[] = {
		{ "", -EPROTO },
		{ "[]", -EPROTO },
		{ "{\"event\":", -EPROTO },
		{ "{}", 0 },
		{ "{\"event\":7}", 0 },
		{ "{\"event\":\"board\"}", 0 },
		{ "{\"event\":\"board\",\"station\":[1]}", 0 },
		{ "{\"event\":\"board\",\"station\":{\"expect\":-5,\"totals\":{\"passed\":1e9}}}",
		  0 },
		{ "{\"event\":\"slot\"}", -EPROTO },
		{ "{\"event\":\"slot\",\"slot\":\"\"}", -EPROTO },
		{ "{\"event\":\"slot\",\"slot\":\"a\\nb\"}", -EPROTO },
		{ "{\"event\":\"slot\",\"slot\":\"0123456789012345678901234567890123456789\"}",
		  -EPROTO },
		{ "{\"event\":\"slot\",\"slot\":\"1\",\"state\":\"dancing\"}", 0 },
		{ "{\"event\":\"slot\",\"slot\":\"1\",\"state\":\"working\",\"step_seconds\":-1e99}",
		  0 },
		{ "{\"event\":\"slot\",\"slot\":\"1\",\"state\":\"ended\",\"outcome\":[],\"fault\":3}",
		  0 },
	};
	char name[64];

	watch_board_forget(&board);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		is_number(watch_board_take(&board, rows[i].line, NOW), rows[i].result,
			  rows[i].line);
	is_number(board.count, 1, "one slot came of it");
	is_string(board.slots[0].word, "?", "a word for what is not known");
	is_number(board.expect, 0, "a number that cannot be is none");
	for (unsigned i = 0; i < 2 * SLOTS_MAX; i++) {
		snprintf(name, sizeof name, "{\"event\":\"slot\",\"slot\":\"x%u\"}", i);
		watch_board_take(&board, name, NOW);
	}
	is_number(board.count, SLOTS_MAX, "no more slots than there can be");
}

static void say(int fd, const char *text)
{
	(void)!write(fd, text, strlen(text));
}

static void test_link(void)
{
	static struct watch_link link;
	int ends[2];

	watch_board_forget(&board);
	socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
	link.fd = ends[0];
	say(ends[1], "{\"event\":\"slot\",\"slot\":\"1\"}\nno JSON\n{\"event\":\"slot\",");
	is_number(watch_link_read(&link, &board, NOW), 0, "lines come");
	is_number(board.count, 1, "a whole one is taken");
	say(ends[1], "\"slot\":\"2\"}\n");
	is_number(watch_link_read(&link, &board, NOW), 0, "the rest comes");
	is_number(board.count, 2, "… and completes the other");
	close(ends[1]);
	is_number(watch_link_read(&link, &board, NOW), -EPIPE, "the end is told");
	ok(link.fd == -1 && fcntl(ends[0], F_GETFD) < 0, "… and closes the connection");
	link.socket = "/nowhere/at/all";
	is_number(watch_link_open(&link, 100, &board), -ENOENT, "nobody is there");
	is_number(board.count, 2, "… and the board stays");
}

int main(void)
{
	test_bench();
	test_changes();
	test_strange();
	test_link();
	return tap_done();
}
