/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux and a usbmuxd that takes connections, but does not answer: found, told, and over. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/scenario/mux-stage.h"
#include "tests/unit/tap.h"

#define LIST	REQUEST("ListDevices")
#define DEVICES "<key>DeviceList</key><array/>"

static void start(struct stage *stage, const char *every, const char *limit)
{
	stage_init(stage);
	stage->pulse_every = every;
	stage->pulse_limit = limit;
	usbmuxd_open(stage, 5);
	stage_start(stage, 0);
	usbmuxd_listen(stage);
}

/* The next connection asks for the list; it is answered, or left without an answer. */
static int probe_comes(struct stage *stage, bool answer)
{
	int fd = usbmuxd_accept(stage);

	peer_expect(fd, 1, LIST);
	if (answer)
		peer_send(fd, 1, DEVICES);
	return fd;
}

/* Asked by itself, as long as there are devices. */
static void test_pulse(void)
{
	struct stage stage;
	int silent[3];

	start(&stage, "20", "200");
	usbmuxd_attach_one(&stage, 3, UDID_A);
	for (int i = 0; i < 3; i++)
		close(probe_comes(&stage, true));
	ok(!peer_is_readable(stage.station), "an answer is no news");

	silent[0] = probe_comes(&stage, false);
	silent[1] = probe_comes(&stage, false);
	stage_expect(&stage, "hung");
	silent[2] = probe_comes(&stage, false);
	for (int i = 0; i < 3; i++) {
		peer_expect_end(silent[i], "an unanswered question is given up");
		close(silent[i]);
	}
	close(probe_comes(&stage, true));
	stage_expect(&stage, "awake");

	/* One lost answer is none of its business. */
	silent[0] = probe_comes(&stage, false);
	peer_expect_end(silent[0], "another is given up");
	close(silent[0]);
	close(probe_comes(&stage, true));
	close(probe_comes(&stage, true));
	ok(!peer_is_readable(stage.station), "one question without an answer is no news");
	stage_end(&stage);
}

/* Asked when the station says so, though there is no device. */
static void test_doubt(void)
{
	struct stage stage;
	int silent[2];

	start(&stage, "20", "300");
	stage_order(&stage, "probe");
	silent[0] = probe_comes(&stage, false);
	/* It is asked already. */
	stage_order(&stage, "probe");
	silent[1] = probe_comes(&stage, false);
	stage_expect(&stage, "hung");
	close(probe_comes(&stage, true));
	stage_expect(&stage, "awake");
	stage_order(&stage, "probe");
	close(probe_comes(&stage, true));
	close(silent[0]);
	close(silent[1]);
	stage_order(&stage, "probe 1");
	is_number(stage_wait(&stage), 4, "a probe with a key is no order");
	stage_end(&stage);
}

/* With no device nobody asks; the last one that leaves ends it. */
static void test_idle(void)
{
	struct stage stage;
	struct pollfd early;

	start(&stage, "20", "200");
	early = (struct pollfd){ .fd = stage.usbmuxd, .events = POLLIN };
	is_number(poll(&early, 1, 100), 0, "a usbmuxd without devices is left alone");
	usbmuxd_attach_one(&stage, 3, UDID_A);
	close(probe_comes(&stage, true));
	usbmuxd_detach(&stage, 3);
	stage_expect(&stage, "left 3");
	/* One may be under way. */
	while (poll(&early, 1, 100) > 0)
		close(probe_comes(&stage, true));
	ok(true, "and again once they have left");
	stage_end(&stage);
}

/* One that hangs is killed: that is `down`, and what comes back is well. */
static void test_killed(void)
{
	struct stage stage;
	int silent[2];

	start(&stage, "20", "300");
	usbmuxd_attach_one(&stage, 3, UDID_A);
	silent[0] = probe_comes(&stage, false);
	silent[1] = probe_comes(&stage, false);
	stage_expect(&stage, "hung");
	usbmuxd_close(&stage);
	close(silent[0]);
	close(silent[1]);
	close(stage.listener);
	stage.listener = -1;
	stage_expect_start(&stage, "down ");
	usbmuxd_open(&stage, 5);
	usbmuxd_listen(&stage);
	usbmuxd_attach_one(&stage, 3, UDID_A);
	close(probe_comes(&stage, true));
	ok(!peer_is_readable(stage.station), "a new one begins anew");
	stage_end(&stage);
}

/* The next connection asks to listen, and is left without an answer. */
static int listen_comes(struct stage *stage)
{
	int fd = usbmuxd_accept(stage);

	peer_expect(fd, 1, REQUEST("Listen"));
	return fd;
}

/* One that hangs from its start is killed, and hangs again: that is told again. */
static void test_hangs_again(void)
{
	struct stage stage;
	int silent[5];

	stage_init(&stage);
	stage.pulse_every = "10000";
	stage.pulse_limit = "300";
	usbmuxd_open(&stage, 5);
	stage_start(&stage, 0);
	silent[0] = listen_comes(&stage);
	stage_expect(&stage, "down usbmuxd%20does%20not%20answer");
	silent[1] = listen_comes(&stage);
	stage_expect(&stage, "hung");
	silent[2] = listen_comes(&stage);
	for (int i = 0; i < 3; i++)
		close(silent[i]);
	stage_expect(&stage, "down usbmuxd%20closed%20the%20connection");
	silent[3] = listen_comes(&stage);
	silent[4] = listen_comes(&stage);
	stage_expect(&stage, "hung");
	close(silent[3]);
	close(silent[4]);
	usbmuxd_listen(&stage);
	stage_end(&stage);
}

/* What `muster-mux --probe` says of the stage's usbmuxd, and exits with. */
static int ask_once(const struct stage *stage, const char *patience, char word[static 64])
{
	const char *build = getenv("MUSTER_BUILD");
	char command[4400];
	FILE *out;

	snprintf(command, sizeof command,
		 "USBMUXD_SOCKET_ADDRESS='%s' '%s/muster-mux' --probe --patience %s "
		 "--pulse-limit 100",
		 stage->address, build ? build : ".", patience);
	out = popen(command, "r");
	if (!out || !fgets(word, 64, out))
		word[0] = '\0';
	return out ? WEXITSTATUS(pclose(out)) : -1;
}

static void test_once(void)
{
	struct stage stage;
	char word[64];

	stage_init(&stage);
	is_number(ask_once(&stage, "0", word), 4, "a usbmuxd that is away is trouble");
	ok(strcmp(word, "away No such file or directory\n") == 0, "and said so: %s", word);
	is_number(ask_once(&stage, "120", word), 4, "one that stays away too");
	usbmuxd_open(&stage, 5);
	is_number(ask_once(&stage, "3600000", word), 4, "one that is silent is trouble");
	ok(strcmp(word, "silent\n") == 0, "and said so, whatever the patience: %s", word);
	stage_end(&stage);
}

int main(void)
{
	test_pulse();
	test_doubt();
	test_idle();
	test_killed();
	test_hangs_again();
	test_once();
	return tap_done();
}
