/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux: tells the station which devices usbmuxd has, and is the gate between a worker and its
 * one device. It is a process of its own because every byte to and from a device goes through it,
 * and the station must never wait for a device. */
#include <errno.h>
#include <fcntl.h>
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
#include "device/mux/mux.h"

enum exit_status {
	EXIT_USAGE = 2,
	EXIT_HOST = 4,
};

static const char usage[] =
	"usage: muster-mux\n"
	"Reports the devices that usbmuxd has, and lets workers through to one each.\n"
	"The station starts it, with the conversation on descriptor 3.\n"
	"  -h, --help     this text\n"
	"      --version  the version\n"
	"usbmuxd is looked for at USBMUXD_SOCKET_ADDRESS (UNIX:PATH, HOST:PORT, [V6]:PORT),\n"
	"else at /var/run/usbmuxd.\n";

/* Answers an option and ends; comes back when there is none. */
static void read_options(int argc, char **argv)
{
	if (argc < 2)
		return;
	if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(usage, stdout);
		exit(EXIT_SUCCESS);
	}
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("muster-mux " PACKAGE_VERSION);
		exit(EXIT_SUCCESS);
	}
	fputs(usage, stderr);
	exit(EXIT_USAGE);
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

static int run(const struct mux_address *address)
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
		r = mux_run(event, MUXTALK_FD, address);
	sd_event_unref(event);
	return r;
}

int main(int argc, char **argv)
{
	const char *text = getenv("USBMUXD_SOCKET_ADDRESS");
	struct mux_address address;
	int r;

	read_options(argc, argv);
	if (!is_conversation(MUXTALK_FD)) {
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
	r = run(&address);
	if (r < 0) {
		fprintf(stderr, "muster-mux: %s\n", strerror(-r));
		return EXIT_HOST;
	}
	return EXIT_SUCCESS;
}
