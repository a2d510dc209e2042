/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux: tells the station which devices usbmuxd has, and is the gate between a worker and its
 * one device. It is a process of its own because every byte to and from a device goes through it,
 * and the station must never wait for a device. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <systemd/sd-event.h>

#include "config.h"
#include "device/facts/muxtalk.h"
#include "device/facts/number.h"
#include "device/mux/mux.h"
#include "device/mux/probe.h"
#include "device/mux/probe_once.h"

enum exit_status {
	EXIT_USAGE = 2,
	EXIT_HOST = 4,
};

static const char usage[] =
	"usage: muster-mux [--pulse-every MS] [--pulse-limit MS]\n"
	"       muster-mux --probe [--patience MS]\n"
	"Reports the devices that usbmuxd has, and lets workers through to one each.\n"
	"The station starts it, with the conversation on descriptor 3.\n"
	"      --pulse-every MS  ask usbmuxd so often whether it still answers (10000)\n"
	"      --pulse-limit MS  how long it may take to (5000)\n"
	"      --probe           only ask once, tell \"answers\", \"silent\" or \"away WHY\",\n"
	"                        and exit 0 or 4\n"
	"      --patience MS     with --probe: wait so long for a usbmuxd that is away (0)\n"
	"  -h, --help            this text\n"
	"      --version         the version\n"
	"usbmuxd is looked for at USBMUXD_SOCKET_ADDRESS (UNIX:PATH, HOST:PORT, [V6]:PORT),\n"
	"else at /var/run/usbmuxd.\n";

/* The longest time that an option may give, in milliseconds: an hour. */
#define TIME_MAX 3600000

struct request {
	bool probe;
	uint64_t patience; /* microseconds */
	struct pulse_times pulse;
};

static void end_wrong(void)
{
	fputs(usage, stderr);
	exit(EXIT_USAGE);
}

/* The option's argument, from LEAST milliseconds, in microseconds. */
static uint64_t read_time(uint64_t least)
{
	uint64_t msec = 0;

	if (number_parse(optarg, least, TIME_MAX, &msec) < 0)
		end_wrong();
	return msec * 1000;
}

static void tell(const char *text)
{
	fputs(text, stdout);
	exit(EXIT_SUCCESS);
}

/* Ends when there is something wrong, or only something to tell. */
static void read_options(int argc, char **argv, struct request *request)
{
	static const struct option longs[] = {
		{ "probe", no_argument, NULL, 'p' },
		{ "patience", required_argument, NULL, 'P' },
		{ "pulse-every", required_argument, NULL, 'e' },
		{ "pulse-limit", required_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 },
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		if (option == 'h')
			tell(usage);
		else if (option == 'v')
			tell("muster-mux " PACKAGE_VERSION "\n");
		else if (option == 'p')
			request->probe = true;
		else if (option == 'P')
			request->patience = read_time(0);
		else if (option == 'e')
			request->pulse.every = read_time(1);
		else if (option == 'l')
			request->pulse.limit = read_time(1);
		else
			end_wrong();
	}
	if (optind < argc)
		end_wrong();
}

static bool is_conversation(int fd)
{
	socklen_t len = sizeof(int);
	int type;

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 && type == SOCK_SEQPACKET;
}

/* Makes fd 3 fit for the loop. */
static int prepare_conversation(void)
{
	int flags = fcntl(MUXTALK_FD, F_GETFL);

	if (flags < 0 || fcntl(MUXTALK_FD, F_SETFL, flags | O_NONBLOCK) < 0 ||
	    fcntl(MUXTALK_FD, F_SETFD, FD_CLOEXEC) < 0)
		return -errno;
	return 0;
}

/* Two descriptors a connection, hundreds of gates: all that may be had. No core: pair records pass
 * through here. And no life without the station. */
static int prepare_process(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return -errno;
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		return -errno;
	limit = (struct rlimit){ 0, 0 };
	if (setrlimit(RLIMIT_CORE, &limit) < 0)
		return -errno;
#ifndef WITH_SANITIZERS
	/* The leak check looks into its own process. */
	if (prctl(PR_SET_DUMPABLE, 0) < 0)
		return -errno;
#endif
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) < 0)
		return -errno;
	/* A peer that is gone is an error of the call, not of the process. */
	return signal(SIGPIPE, SIG_IGN) == SIG_ERR ? -errno : 0;
}

/* TERM and INT end the loop as the station's end does. */
static int prepare_signals(sd_event *event)
{
	int r = sd_event_add_signal(event, NULL, SIGTERM | SD_EVENT_SIGNAL_PROCMASK, NULL, NULL);

	return r < 0 ? r
		     : sd_event_add_signal(event, NULL, SIGINT | SD_EVENT_SIGNAL_PROCMASK, NULL,
					   NULL);
}

/* Tells what a usbmuxd at ADDRESS does. Returns the exit status. */
static int probe(const struct mux_address *address, const struct request *request)
{
	sd_event *event = NULL;
	int r = signal(SIGPIPE, SIG_IGN) == SIG_ERR ? -errno : sd_event_new(&event);

	if (r >= 0)
		r = probe_once(event, address, request->pulse.limit, request->patience);
	sd_event_unref(event);
	if (r >= 0)
		puts("answers");
	else if (r == -ETIMEDOUT)
		puts("silent");
	else
		printf("away %s\n", strerror(-r));
	return r >= 0 ? EXIT_SUCCESS : EXIT_HOST;
}

static int run(const struct mux_address *address, const struct pulse_times *times)
{
	sd_event *event = NULL;
	int r = prepare_conversation();

	if (r >= 0)
		r = prepare_process();
	if (r >= 0)
		r = sd_event_new(&event);
	if (r >= 0)
		r = prepare_signals(event);
	if (r >= 0)
		r = mux_run(event, MUXTALK_FD, address, times);
	sd_event_unref(event);
	return r;
}

int main(int argc, char **argv)
{
	const char *text = getenv("USBMUXD_SOCKET_ADDRESS");
	struct request request = { .pulse = { PULSE_EVERY_USEC, PROBE_LIMIT_USEC } };
	struct mux_address address;
	int r;

	read_options(argc, argv, &request);
	if (!request.probe && !is_conversation(MUXTALK_FD)) {
		fputs("muster-mux: nobody to talk to on descriptor 3: `muster run` starts it\n",
		      stderr);
		return EXIT_USAGE;
	}
	r = address_read(text, &address);
	if (r < 0) {
		char cleaned[CLEAN_MAX + 1];

		clean_string(text, cleaned);
		fprintf(stderr, "muster-mux: USBMUXD_SOCKET_ADDRESS \"%s\": %s\n", cleaned,
			r == -EINVAL ? "must be UNIX:PATH, HOST:PORT or [V6]:PORT"
				     : "no such host");
		return r == -EINVAL ? EXIT_USAGE : EXIT_HOST;
	}
	if (request.probe)
		return probe(&address, &request);
	r = run(&address, &request.pulse);
	if (r < 0) {
		fprintf(stderr, "muster-mux: %s\n", strerror(-r));
		return EXIT_HOST;
	}
	return EXIT_SUCCESS;
}
