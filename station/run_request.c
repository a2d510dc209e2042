/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of muster run. */
#include "station/run_request.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "device/facts/clean.h"
#include "station/rules/board.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/tools/requests.h"

/* Defaults and bounds of the times, in seconds. */
#define GRACE_DEFAULT 5
#define HOLD_DEFAULT  120
/* usbmuxd asks a new device for its name and version: seconds on a full hub. */
#define REACH_DEFAULT 10
#define SECONDS_MAX   3600

/* With more workers than this at once two processors have no use for the rest. */
#define WORKERS_DEFAULT 64

static const char help[] =
	"muster run - the station: serves every device that is plugged in\n"
	"\n"
	"usage: muster run --blueprint FILE [OPTION]...\n"
	"\n"
	"What a device goes through stands in a blueprint (muster blueprint new FILE writes\n"
	"one to begin with). Of several, the first that is for a device is used. Without any,\n"
	"devices are only paired, identified and recorded.\n"
	"\n"
	"  --blueprint FILE    what to do; may be given several times\n"
	"  --batch NAME        these devices belong together: in a batch, a device that passed\n"
	"                      is not done again\n"
	"  --allow-expired NAME\n"
	"                      start, and begin jobs, though the profile NAME has expired; it is\n"
	"                      logged; may be given several times\n"
	"  --again             do devices again that passed in the last 12 hours\n"
	"  --expect N          end by itself when N different devices have ended\n"
	"  --view HOW          what is shown: plain, json (one object a line), none;\n"
	"                      auto (the default) is the board of muster watch on a terminal,\n"
	"                      else plain\n"
	"  --max-workers N     work on at most N devices at the same time (64); those that\n"
	"                      wait for a person do not count\n"
	"  --hold SECONDS      how long a device may be unplugged in mid-job (120)\n"
	"  --grace SECONDS     how long jobs may take to stop when the station ends (5)\n"
	"  --sources LIST      who tells of devices: udev,mux (the default), or mux alone:\n"
	"                      without udev ports are not known, and slots are numbered\n"
	"  --reach SECONDS     how long usbmuxd may take to show a device that is plugged in\n"
	"                      (10); after that the slot says that it does not\n"
	"  --ready-fd N        write a newline to file descriptor N once devices are watched\n"
	"  --worker PATH       the program that works on a device (muster-worker)\n"
	"  --mux PATH          the program that talks to usbmuxd (muster-mux)\n"
	"  --requests DIR      where root's units are asked to restart a usbmuxd that hangs\n"
	"                      (/run/muster/requests)\n"
	"  --verbose           log each step of the machinery\n"
	"  -h, --help          this\n"
	"\n"
	"Events go to standard output, the log to standard error, or to station.log in the\n"
	"state directory while the board has the terminal. Ctrl-C, SIGTERM or the terminal's\n"
	"end ends the station: running jobs are stopped at a safe point and go on at the next\n"
	"start; a second Ctrl-C or SIGTERM ends it at once.\n"
	"\n"
	"Exit status: 0 all passed, 1 some device did not, 2 wrong command line, 3 a blueprint\n"
	"or profile is wrong, 4 this host or the station is in trouble, 5 no device came.\n";

static const struct option longs[] = {
	{ "blueprint", required_argument, NULL, 'b' },
	{ "batch", required_argument, NULL, 'B' },
	{ "again", no_argument, NULL, 'a' },
	{ "allow-expired", required_argument, NULL, 'x' },
	{ "expect", required_argument, NULL, 'e' },
	{ "view", required_argument, NULL, 'v' },
	{ "max-workers", required_argument, NULL, 'w' },
	{ "hold", required_argument, NULL, 'H' },
	{ "grace", required_argument, NULL, 'g' },
	{ "sources", required_argument, NULL, 's' },
	{ "reach", required_argument, NULL, 'R' },
	{ "ready-fd", required_argument, NULL, 'r' },
	{ "worker", required_argument, NULL, 'W' },
	{ "mux", required_argument, NULL, 'M' },
	{ "requests", required_argument, NULL, 'q' },
	{ "verbose", no_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static bool read_number(const char *name, unsigned least, unsigned most, unsigned *ret_number)
{
	if (option_number(optarg, least, most, ret_number) == 0)
		return true;
	fprintf(stderr, RUN_VERB ": --%s must be a number from %u to %u, not \"%s\"\n", name, least,
		most, optarg);
	return false;
}

/* One word of the list, of LEN bytes. */
static bool read_source(const char *text, size_t len, bool *udev, bool *mux)
{
	static const char *const words[] = { "udev", "mux" };
	char word[CLEAN_MAX + 1];

	snprintf(word, sizeof word, "%.*s", (int)(len < CLEAN_MAX ? len : CLEAN_MAX), text);
	if (strcmp(word, "udev") == 0)
		return *udev = true;
	if (strcmp(word, "mux") == 0)
		return *mux = true;
	option_unknown_word(RUN_VERB, "source", word, words, 2);
	return false;
}

static bool read_sources(struct run_request *request)
{
	bool udev = false, mux = false;

	for (const char *text = optarg;; text++) {
		size_t len = strcspn(text, ",");

		if (!read_source(text, len, &udev, &mux))
			return false;
		text += len;
		if (*text == '\0')
			break;
	}
	request->udev = udev;
	if (mux)
		return true;
	fputs(RUN_VERB ": --sources needs mux: without usbmuxd no device can be worked on\n",
	      stderr);
	return false;
}

static bool add_file(struct run_request *request)
{
	if (request->file_count == RUN_BLUEPRINTS_MAX) {
		fprintf(stderr, RUN_VERB ": more than %d blueprints\n", RUN_BLUEPRINTS_MAX);
		return false;
	}
	request->files[request->file_count++] = optarg;
	return true;
}

static bool add_allowed(struct run_request *request)
{
	if (request->allowed_count == RUN_ALLOWED_MAX) {
		fprintf(stderr, RUN_VERB ": more than %d times --allow-expired\n", RUN_ALLOWED_MAX);
		return false;
	}
	request->allowed[request->allowed_count++] = optarg;
	return true;
}

static bool read_batch(struct run_request *request)
{
	char cleaned[CLEAN_MAX + 1];

	clean_string(optarg, cleaned);
	request->batch = optarg;
	if (*optarg && strcmp(cleaned, optarg) == 0)
		return true;
	fputs(RUN_VERB ": --batch must be a name that can be printed\n", stderr);
	return false;
}

static bool read_ready_fd(struct run_request *request)
{
	unsigned fd;

	if (!read_number("ready-fd", STDERR_FILENO + 1, 1023, &fd))
		return false;
	request->ready_fd = (int)fd;
	if (fcntl(request->ready_fd, F_SETFD, FD_CLOEXEC) == 0)
		return true;
	fprintf(stderr, RUN_VERB ": --ready-fd %u is not open\n", fd);
	return false;
}

static bool read_option(struct run_request *request, int option)
{
	switch (option) {
	case 'b':
		return add_file(request);
	case 'B':
		return read_batch(request);
	case 'a':
		return request->again = true;
	case 'x':
		return add_allowed(request);
	case 'e':
		return read_number("expect", 1, 1000000, &request->expect);
	case 'v':
		return view_option_read(RUN_VERB, optarg, &request->view);
	case 'w':
		return read_number("max-workers", 1, SLOTS_MAX, &request->max_workers);
	case 'H':
		return read_number("hold", 0, SECONDS_MAX, &request->hold);
	case 'g':
		return read_number("grace", 0, SECONDS_MAX, &request->grace);
	case 's':
		return read_sources(request);
	case 'R':
		return read_number("reach", 1, SECONDS_MAX, &request->reach);
	case 'r':
		return read_ready_fd(request);
	case 'W':
		request->worker = optarg;
		return true;
	case 'M':
		request->mux = optarg;
		return true;
	case 'q':
		request->requests = optarg;
		return true;
	case 'd':
		return request->verbose = true;
	default: /* a wrong one, which has been told */
		return false;
	}
}

int run_request_read(int argc, char **argv, struct run_request *ret_request)
{
	struct run_request request = { .batch = "",
				       .max_workers = WORKERS_DEFAULT,
				       .grace = GRACE_DEFAULT,
				       .hold = HOLD_DEFAULT,
				       .requests = REQUESTS_FOLDER,
				       .reach = REACH_DEFAULT,
				       .udev = true,
				       .view = view_choose(),
				       .ready_fd = -1 };
	int option;

	optind = 0;
	while ((option = option_next(RUN_VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_PASSED;
		}
		if (!read_option(&request, option))
			return EXIT_USAGE;
	}
	if (optind < argc) {
		fprintf(stderr,
			RUN_VERB ": \"%s\" is no option; a blueprint is given by --blueprint\n",
			argv[optind]);
		return EXIT_USAGE;
	}
	*ret_request = request;
	return -1;
}
