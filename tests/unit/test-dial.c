/* SPDX-License-Identifier: Apache-2.0 */
/* Connecting at a pace: in turn, four at a time, again after a refusal, and never after a cancel.
 */
#include "device/mux/dial.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/unit/tap.h"

#define MANY 12

struct caller {
	int result; /* 0: not called yet */
	int calls;
	struct dial *dial;
};

static char directory[] = "/tmp/muster-dial.XXXXXX";
static sd_event *event;

static void on_done(void *userdata, int fd)
{
	struct caller *caller = userdata;

	caller->result = fd;
	caller->calls++;
	caller->dial = NULL;
}

static void path_of(const char *name, char out[static 64])
{
	snprintf(out, 64, "%s/%s", directory, name);
}

/* A socket that listens at NAME with room for one more than BACKLOG. */
static int open_server(const char *name, int backlog)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	path_of(name, to.sun_path);
	if (bind(fd, (struct sockaddr *)&to, sizeof to) < 0 || listen(fd, backlog) < 0)
		exit(1);
	return fd;
}

static void close_server(const char *name, int fd)
{
	char path[64];

	path_of(name, path);
	unlink(path);
	close(fd);
}

static struct mux_address address_of(const char *name)
{
	struct mux_address address;
	char path[64], text[80];

	path_of(name, path);
	snprintf(text, sizeof text, "UNIX:%s", path);
	if (address_read(text, &address) < 0)
		exit(1);
	return address;
}

/* Runs the loop until COUNT of CALLERS have been called. */
static void run(const struct caller *callers, int count, int wanted)
{
	int called = 0;

	while (called < wanted && sd_event_run(event, 15 * 1000000ULL) > 0) {
		called = 0;
		for (int i = 0; i < count; i++)
			called += callers[i].calls > 0;
	}
}

static void test_once(void)
{
	struct mux_address address = address_of("nobody");
	struct caller caller = { 0 };
	struct dialer *dialer;
	int server;

	is_number(dialer_new(event, &address, &dialer), 0, "a dialer");
	is_number(dial_once(dialer, on_done, &caller, &caller.dial), 0, "dials once");
	is_number(caller.calls, 0, "and does not answer in the call");
	run(&caller, 1, 1);
	is_number(caller.result, -ENOENT, "nobody is there");
	server = open_server("nobody", 5);
	caller = (struct caller){ 0 };
	dial_once(dialer, on_done, &caller, &caller.dial);
	run(&caller, 1, 1);
	ok(caller.result > 0, "somebody is there");
	close(caller.result);
	close_server("nobody", server);
	dialer_free(dialer);
}

/* Of several addresses each is tried. */
static void test_addresses(void)
{
	struct mux_address address = address_of("nobody"), second = address_of("second");
	int server = open_server("second", 5);
	struct caller caller = { 0 };
	struct dialer *dialer;

	address.at[1] = second.at[0];
	address.count = 2;
	dialer_new(event, &address, &dialer);
	dial_once(dialer, on_done, &caller, &caller.dial);
	run(&caller, 1, 1);
	ok(caller.result > 0, "the second address is tried after the first");
	close(caller.result);
	close_server("second", server);
	caller = (struct caller){ 0 };
	dial_once(dialer, on_done, &caller, &caller.dial);
	run(&caller, 1, 1);
	is_number(caller.result, -ENOENT, "then it is over");
	dialer_free(dialer);
}

/* Whether everybody who is connected had a token: nobody passes more than DIAL_TOKENS - 1. */
static bool is_paced(const struct caller *callers, int done)
{
	for (int i = done + DIAL_TOKENS - 1; i < MANY; i++)
		if (callers[i].calls > 0)
			return false;
	return true;
}

/* A server with room for two that does not accept: four hold tokens, the rest wait in turn. */
static void test_pace(void)
{
	struct mux_address address = address_of("narrow");
	int server = open_server("narrow", 1);
	struct caller callers[MANY] = { 0 };
	struct dialer *dialer;
	int done = 0;
	bool right = true, paced = true;

	dialer_new(event, &address, &dialer);
	for (int i = 0; i < MANY; i++)
		dial_start(dialer, on_done, &callers[i], &callers[i].dial);
	run(callers, MANY, 2);
	for (int i = 0; i < MANY; i++)
		done += callers[i].calls;
	is_number(done, 2, "two find room");
	/* The last in the queue has no turn before those ahead of it. */
	dial_cancel(callers[MANY - 1].dial);
	callers[MANY - 1].dial = NULL;
	for (int wanted = 3; wanted < MANY; wanted++) {
		close(accept(server, NULL, NULL));
		run(callers, MANY, wanted);
		paced &= is_paced(callers, wanted);
	}
	ok(paced, "nobody tries without a token");
	for (int i = 0; i < MANY - 1; i++)
		right &= callers[i].calls == 1 && callers[i].result > 0;
	ok(right, "each has been connected, once");
	is_number(callers[MANY - 1].calls, 0, "but for the one that was cancelled");
	for (int i = 0; i < MANY - 1; i++)
		close(callers[i].result);
	close_server("narrow", server);
	dialer_free(dialer);
}

/* A dial that is cancelled while it has a token gives it on. */
static void test_tokens(void)
{
	struct mux_address address = address_of("later");
	struct caller callers[DIAL_TOKENS + 1] = { 0 };
	struct dialer *dialer;
	int server;

	dialer_new(event, &address, &dialer);
	for (int i = 0; i <= DIAL_TOKENS; i++)
		dial_start(dialer, on_done, &callers[i], &callers[i].dial);
	for (int i = 0; i < DIAL_TOKENS; i++)
		sd_event_run(event, 1000000);
	server = open_server("later", 5);
	for (int i = 0; i < DIAL_TOKENS; i++)
		dial_cancel(callers[i].dial);
	run(&callers[DIAL_TOKENS], 1, 1);
	ok(callers[DIAL_TOKENS].result > 0, "the one without a token has had one");
	close(callers[DIAL_TOKENS].result);
	for (int i = 0; i < DIAL_TOKENS; i++)
		is_number(callers[i].calls, 0, "a cancelled dial is not called");
	close_server("later", server);
	dialer_free(dialer);
}

/* A refusal that does not pass is told at once. */
static void test_final(void)
{
	struct mux_address address = address_of("directory");
	struct caller caller = { 0 };
	struct dialer *dialer;

	/* A datagram socket is there, but of another type: EPROTOTYPE for ever. */
	int other = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (bind(other, (struct sockaddr *)&address.at[0].to, sizeof(struct sockaddr_un)) < 0)
		exit(1);
	dialer_new(event, &address, &dialer);
	dial_start(dialer, on_done, &caller, &caller.dial);
	run(&caller, 1, 1);
	is_number(caller.result, -EPROTOTYPE, "what does not pass is not tried again");
	close_server("directory", other);
	dialer_free(dialer);
}

int main(void)
{
	if (!mkdtemp(directory) || sd_event_new(&event) < 0)
		return 1;
	test_once();
	test_addresses();
	test_pace();
	test_tokens();
	test_final();
	sd_event_unref(event);
	rmdir(directory);
	return tap_done();
}
