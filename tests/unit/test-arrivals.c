/* SPDX-License-Identifier: Apache-2.0 */
/* The two views of the bench made one: every order in which a device's news can come. */
#include "station/rules/arrivals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

/* How long usbmuxd may take in these tests, in milliseconds. */
#define REACH 10000

/*
 * A script is words:
 *   +P/A/I[r|d|s]  the bus has at port P (a letter) and address A (a digit) the device I (a letter;
 *                  '-' does not say who it is), in normal mode, recovery, DFU or a restore
 *   -P/A           it has that no longer
 *   mH/A/I  wH/0/I usbmuxd shows handle H at address A (0: it does not say where); over Wi-Fi
 *   lH             it shows that no longer
 *   U D            usbmuxd answers; is away
 *   tN             N milliseconds pass
 * and so are the changes: a letter for what, and the device's place.
 */
static const struct {
	const char *what, *script, *changes;
} rows[] = {
	/* The two sources, in each order. */
	{ "udev, then usbmuxd", "U +a/5/x m1/5/x", "s0 r0" },
	{ "usbmuxd, then udev", "U m1/5/x +a/5/x", "r0 s0" },
	{ "both leave, udev first", "U +a/5/x m1/5/x -a/5 l1 t1000", "s0 r0 w0 g0" },
	{ "both leave, usbmuxd first", "U +a/5/x m1/5/x l1 -a/5 t1000", "s0 r0 l0 w0 g0" },
	{ "usbmuxd's news of it come when it has gone", "U +a/5/x -a/5 m1/5/x l1 t1000",
	  "s0 w0 g0" },
	{ "and its leaving when it is forgotten", "U +a/5/x m1/5/x -a/5 t1000 l1", "s0 r0 w0 g0" },
	{ "usbmuxd that does not say where it is: by name", "U +a/5/x m1/0/x -a/5", "s0 r0 w0" },
	{ "a device whose name the bus does not tell: by place", "U +a/5/- m1/5/x -a/5",
	  "s0 r0 w0" },
	{ "neither name nor place: a device of its own", "U +a/5/- m1/0/x", "s0 r1" },

	/* Duplicates. */
	{ "udev says it twice", "U +a/5/x +a/5/x m1/5/x +a/5/x", "s0 r0" },
	{ "usbmuxd says it twice", "U +a/5/x m1/5/x m1/5/x", "s0 r0" },
	{ "it leaves twice", "U +a/5/x m1/5/x -a/5 -a/5 l1 l1", "s0 r0 w0" },
	{ "late news of an earlier plug", "U +a/5/x -a/5 +a/6/x -a/5 m1/6/x", "s0 w0 b0 r0" },
	{ "usbmuxd gives it another handle", "U +a/5/x m1/5/x m2/5/x l1 -a/5", "s0 r0 l0 r0 w0" },

	/* Enumerated anew. */
	{ "same port, same device: it is back", "U +a/5/x m1/5/x -a/5 t900 +a/6/x l1 m2/6/x",
	  "s0 r0 w0 b0 r0" },
	{ "its leaving was lost", "U +a/5/x m1/5/x +a/6/x m2/6/x", "s0 r0 w0 b0 r0" },
	{ "usbmuxd knows its new handle before its old one left",
	  "U +a/5/x m1/5/x -a/5 +a/6/x m2/6/x l1 l2", "s0 r0 w0 b0 r0 l0" },
	{ "it took too long: somebody plugged it", "U +a/5/x -a/5 t1000 +a/6/x", "s0 w0 g0 s0" },
	{ "too long, and the time has not been looked at", "U +a/5/x -a/5 T1000 +a/6/x",
	  "s0 w0 g0 s1" },
	{ "another one on that port", "U +a/5/x -a/5 +a/6/y", "s0 w0 g0 s1" },
	{ "one that says nothing may be another one", "U +a/5/- -a/5 +a/6/-", "s0 w0 g0 s1" },
	{ "it leaves again at once", "U +a/5/x -a/5 +a/6/x -a/6 t1000", "s0 w0 b0 w0 g0" },

	/* Places. */
	{ "moved to another port", "U +a/5/x m1/5/x -a/5 l1 +b/6/x m2/6/x t1000",
	  "s0 r0 w0 s1 r1 g0" },
	{ "there before it left here", "U +a/5/x m1/5/x +b/6/x m2/6/x -a/5 l1", "s0 r0 s1 r1 w0" },
	{ "two change places", "U +a/5/x +b/6/y -a/5 -b/6 +a/7/y +b/8/x m1/7/y m2/8/x",
	  "s0 s1 w0 w1 g0 s2 g1 s0 r2 r0" },
	{ "two of one name are told apart by their place", "U +a/5/x +b/6/x m1/6/x m2/5/x -b/6",
	  "s0 s1 r1 r0 w1" },
	{ "two of one name, and usbmuxd does not say where", "U +a/5/x +b/6/x m1/0/x", "s0 s1 r2" },

	/* Modes. */
	{ "recovery must be seen to, when it stays", "U +a/5/xr t299 t1", "s0 o0" },
	{ "also while usbmuxd is away", "+a/5/xr t300", "s0 o0" },
	{ "DFU too", "U +a/5/-d t300", "s0 o0" },
	{ "a restore is left alone, for a while", "U +a/5/xs t9999 t1", "s0 o0" },
	{ "from recovery into its system", "U +a/5/xr t300 -a/5 +a/6/x m1/6/x",
	  "s0 o0 w0 g0 s1 r1" },
	{ "recovery enumerates anew: it is told once", "U +a/5/xr t300 -a/5 +a/6/xr t299 t1",
	  "s0 o0 w0 b0 o0" },
	{ "through its boot loader into its system", "U +a/5/xr t200 -a/5 +a/6/x m1/6/x t9999",
	  "s0 w0 g0 s1 r1" },
	{ "from its system into a restore and back",
	  "U +a/5/x m1/5/x -a/5 l1 +a/6/xs t500 -a/6 t50 +a/7/x m2/7/x",
	  "s0 r0 w0 g0 s1 w1 g1 s0 r0" },
	{ "usbmuxd never has a device in recovery", "U +a/5/xr m1/5/x", "s0 r1" },

	/* On the bus, and usbmuxd does not see it. */
	{ "it has its time", "U +a/5/x t9999 m1/5/x t10000", "s0 r0" },
	{ "it is overdue, once", "U +a/5/x t9999 t1 t10000", "s0 o0" },
	{ "it comes all the same", "U +a/5/x t10000 m1/5/x", "s0 o0 r0" },
	{ "usbmuxd loses it", "U +a/5/x m1/5/x l1 t9999 t1", "s0 r0 l0 o0" },
	{ "nothing is overdue while usbmuxd is away", "+a/5/x t20000 U t9999 t1", "s0 o0" },
	{ "usbmuxd goes and comes", "U +a/5/x m1/5/x D t20000 U t9999 m1/5/x", "s0 r0 l0 r0" },
	{ "plugged in again", "U +a/5/x t10000 -a/5 t2000 +a/6/x m1/6/x", "s0 o0 w0 g0 s0 r0" },

	/* One source only. */
	{ "no udev: usbmuxd alone", "U m1/5/x m2/6/y l1 m3/7/x l2", "r0 r1 l0 g0 r0 l1 g1" },
	{ "no udev, and two of one name", "U m1/5/x m2/6/x l2", "r0 r1 l1 g1" },
	{ "no udev, and usbmuxd goes", "U m1/5/x m2/6/y D", "r0 r1 l0 g0 l1 g1" },
	{ "no usbmuxd: udev alone", "+a/5/x -a/5 t1000", "s0 w0 g0" },
	{ "a usbmuxd elsewhere has places too", "U +a/5/x m1/5/y", "s0 r1" },
	{ "over Wi-Fi alone", "U w1/0/x l1", "r0 l0 g0" },
	{ "over Wi-Fi and on its cable", "U +a/5/x m1/5/x w2/0/x l2 -a/5", "s0 r0 w0" },
	{ "over Wi-Fi, then on its cable, which is the better way",
	  "U +a/5/x w1/0/x m2/5/x l1 -a/5", "s0 r1 l1 g1 r0 w0" },
	{ "the same without udev", "U w1/0/x m2/5/x l1 l2", "r0 l0 g0 r1 l1 g1" },
	{ "over Wi-Fi twice", "U w1/0/x w2/0/x", "r0" },
	{ "an entry without a name", "U m1/0/- l1", "r0 l0 g0" },
	{ "two of them", "U m1/0/- w2/0/- l1 l2", "r0 r1 l0 g0 l1 g1" },
};

struct play {
	struct arrivals arrivals;
	msec_t now;
	char got[256];
};

static void note(struct play *play, struct arrival_changes changes)
{
	static const char letters[ARRIVAL_WHATS + 1] = "srolwbg";

	for (unsigned i = 0; i < changes.count; i++) {
		size_t len = strlen(play->got);

		snprintf(play->got + len, sizeof play->got - len, "%s%c%u", len ? " " : "",
			 letters[changes.list[i].what], changes.list[i].at);
	}
}

static struct udid udid_of(char letter)
{
	struct udid udid = { 0 };

	if (letter != '-')
		memset(udid.text, letter, UDID_MAX);
	return udid;
}

static struct usb_device device_of(const char *word)
{
	struct usb_device device = {
		.bus = 1, .address = (uint8_t)(word[3] - '0'), .product = 0x12a8, .mode = USB_NORMAL
	};

	snprintf(device.port, sizeof device.port, "1-%d", word[1] - 'a' + 1);
	memcpy(device.connector, device.port, sizeof device.connector);
	if (word[4] != '\0')
		device.udid = udid_of(word[5]);
	if (word[4] != '\0' && word[6] != '\0') {
		device.mode = word[6] == 'r'   ? USB_RECOVERY
			      : word[6] == 'd' ? USB_DFU
					       : USB_RESTORE;
		device.product = (uint16_t)(0x1280 + device.mode);
	}
	return device;
}

static void show(struct play *play, const char *word)
{
	unsigned address = (unsigned)(word[3] - '0');
	struct mux_sight sight = { .handle = (uint32_t)(word[1] - '0'),
				   .udid = udid_of(word[5]),
				   .location = address ? 1U << 16 | address : 0,
				   .network = word[0] == 'w' };

	note(play, arrivals_mux(&play->arrivals, &sight, play->now));
}

static void turn_mux(struct play *play, bool up)
{
	uint32_t handle;

	arrivals_mux_up(&play->arrivals, up, play->now);
	while (!up && (handle = arrivals_reachable(&play->arrivals)) != 0)
		note(play, arrivals_mux_gone(&play->arrivals, handle, play->now));
}

static void pass_time(struct play *play)
{
	struct arrival_changes changes;

	while ((changes = arrivals_time(&play->arrivals, play->now)).count > 0)
		note(play, changes);
}

static void play_word(struct play *play, const char *word)
{
	struct usb_device device;

	switch (word[0]) {
	case '+':
	case '-':
		device = device_of(word);
		note(play, word[0] == '+' ? arrivals_usb(&play->arrivals, &device, play->now)
					  : arrivals_usb_gone(&play->arrivals, &device, play->now));
		break;
	case 'm':
	case 'w':
		show(play, word);
		break;
	case 'l':
		note(play,
		     arrivals_mux_gone(&play->arrivals, (uint32_t)(word[1] - '0'), play->now));
		break;
	case 'U':
	case 'D':
		turn_mux(play, word[0] == 'U');
		break;
	case 't':
	case 'T':
		play->now += atoi(word + 1);
		if (word[0] == 't')
			pass_time(play);
		break;
	}
}

static struct play play_script(const char *script)
{
	struct play play = { .arrivals = { .reach_limit = REACH }, .now = 1000000 };
	char copy[256], *rest = copy, *word;

	snprintf(copy, sizeof copy, "%s", script);
	while ((word = strsep(&rest, " ")))
		play_word(&play, word);
	return play;
}

static void test_scripts(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct play play = play_script(rows[i].script);

		is_string(play.got, rows[i].changes, rows[i].what);
	}
}

/* Whatever comes: nothing is left when all has gone, and no change is told of what was not. */
static void test_storms(void)
{
	static const char *const words[] = { "+a/5/x", "+a/6/y", "+b/7/x", "+b/8/-r", "-a/5",
					     "-a/6",   "-b/7",	 "-b/8",   "m1/5/x",  "m2/6/y",
					     "m3/7/x", "l1",	 "l2",	   "l3",      "t400",
					     "D",      "U" };
	unsigned seed = 7, left = 0, doubled = 0;

	for (unsigned run = 0; run < 2000; run++) {
		struct play play = play_script("U");
		bool there[SLOTS_MAX] = { false };

		for (unsigned i = 0; i < 30; i++) {
			seed = seed * 1103515245 + 12345;
			play.got[0] = '\0';
			play_word(&play, words[(seed >> 16) % (sizeof words / sizeof words[0])]);
			for (const char *c = play.got; *c; c++) {
				unsigned at = (unsigned)atoi(c + 1);

				doubled += *c == 'w' && !there[at];
				if (*c == 's' || *c == 'b')
					there[at] = true;
				if (*c == 'w' || *c == 'g')
					there[at] = false;
			}
		}
		for (unsigned i = 4; i < 8; i++)
			play_word(&play, words[i]);
		play_word(&play, "D");
		play_word(&play, "t1000");
		for (unsigned i = 0; i < SLOTS_MAX; i++)
			left += play.arrivals.list[i].used;
	}
	is_number(left, 0, "after every storm nothing is left");
	is_number(doubled, 0, "nothing leaves that had not come");
}

static void test_deadline(void)
{
	struct play play = play_script("");

	is_number(arrivals_deadline(&play.arrivals), -1, "an empty bench waits for nothing");
	play = play_script("U +a/5/x t100 +b/6/xr");
	is_number(arrivals_deadline(&play.arrivals) - play.now, ARRIVAL_MODE_TIME,
		  "the next one due is the first");
	play = play_script("U +a/5/x m1/5/x");
	is_number(arrivals_deadline(&play.arrivals), -1, "what is reached is waited for no more");
	play = play_script("U +a/5/x m1/5/x -a/5");
	is_number(arrivals_deadline(&play.arrivals) - play.now, ARRIVAL_RETURN_TIME,
		  "what left has its time to come back");
}

static void test_resets(void)
{
	struct play play = play_script("U +a/5/x");
	const struct arrival *arrival = play.arrivals.list;
	struct arrival recovery = *arrival;
	msec_t due = arrivals_deadline(&play.arrivals);

	recovery.usb.mode = USB_RECOVERY;
	ok(arrival_wants_reset(arrival, 0, due), "a device that is silent may be reset");
	ok(!arrival_wants_reset(arrival, due, due + ARRIVAL_RESET_PAUSE - 1), "but not again");
	ok(arrival_wants_reset(arrival, due, due + ARRIVAL_RESET_PAUSE), "for a minute");
	ok(!arrival_wants_reset(&recovery, 0, due), "nor one in another mode");
	is_number(arrivals_time(&play.arrivals, due).count, 1, "it is overdue");
	is_number(arrivals_deadline(&play.arrivals), -1, "for good");
	arrivals_wait_again(&play.arrivals, 0, due);
	is_number(arrivals_deadline(&play.arrivals) - due, due - play.now,
		  "but has its time again after a reset");
	is_number(arrivals_time(&play.arrivals, 2 * due - play.now).count, 1,
		  "and then is overdue");
}

static void test_limits(void)
{
	static struct arrivals full;
	struct mux_sight sight = { .handle = 1 };
	struct arrival_changes changes;

	for (unsigned i = 0; i < SLOTS_MAX; i++, sight.handle++)
		(void)arrivals_mux(&full, &sight, 1);
	changes = arrivals_mux(&full, &sight, 1);
	is_number(changes.count, 0, "a device more than there can be slots is passed over");
	sight.handle = 1;
	(void)arrivals_mux_gone(&full, 1, 1);
	is_number(arrivals_mux(&full, &sight, 1).count, 1, "and taken when there is room");
}

static void test_misses(void)
{
	struct play play = play_script("U +a/5/x");
	struct mux_sight sight = { .handle = 1, .udid = udid_of('x'), .location = 1 << 16 | 5 };

	ok(!arrivals_misses(&play.arrivals, &sight), "what is on the bus is not missed");
	sight.location++;
	ok(arrivals_misses(&play.arrivals, &sight), "what is not there is");
	sight.network = true;
	ok(!arrivals_misses(&play.arrivals, &sight), "but not over Wi-Fi");
	sight = (struct mux_sight){ .handle = 1 };
	ok(!arrivals_misses(&play.arrivals, &sight), "nor when usbmuxd does not say where");
}

static void test_identity(void)
{
	struct usb_device usb = { .udid = udid_of('x'), .ecid = 7 };
	struct udid x = udid_of('x'), y = udid_of('y'), none = { 0 };

	ok(usb_may_be(&usb, &x, 8), "one name is one device");
	ok(!usb_may_be(&usb, &y, 7), "two names are two");
	ok(usb_may_be(&usb, &none, 7) && !usb_may_be(&usb, &none, 8), "then the ECID tells");
	ok(usb_may_be(&usb, &none, 0), "who does not say may be anyone");
}

int main(void)
{
	test_scripts();
	test_storms();
	test_deadline();
	test_resets();
	test_limits();
	test_misses();
	test_identity();
	return tap_done();
}
