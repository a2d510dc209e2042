/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of muster demo. */
#include "station/faces/demo/demo_request.h"

#include <stdio.h>

#include "station/rules/board.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define DEVICES_DEFAULT 8

static const char help[] =
	"muster demo - simulated devices, and a station that serves them\n"
	"\n"
	"usage: muster demo [N] [OPTION]...\n"
	"\n"
	"Shows a whole run on N simulated devices (8; at most 256) and ends with the table of\n"
	"results. Needs no device, no root and no network, and leaves nothing behind. A simulated\n"
	"person taps Trust and confirms profiles; what the station does is what it would do to\n"
	"real devices.\n"
	"\n"
	"  --blueprint FILE          rehearse your own blueprint, with the profiles of your\n"
	"                            library (muster profile list); --state DIR says where\n"
	"  --fault NAME[=ARG]=COUNT  something is wrong with COUNT of the devices; may be given\n"
	"                            several times. muster-sim --help lists the names\n"
	"  --view HOW                auto, plain, json or none, as for muster run\n"
	"  --hold                    keep the station running until Ctrl-C, to look at it\n"
	"  --keep                    keep the state directory\n"
	"  -h, --help                this\n"
	"\n"
	"Examples\n"
	"  muster demo 32\n"
	"  muster demo 8 --fault trust-denied=2 --fault passcode-locked=1\n"
	"  muster demo 2 --blueprint lab.yaml\n"
	"\n"
	"Exit status: 0 all passed, 1 some device did not, 2 wrong command line, 3 the blueprint\n"
	"is wrong, 4 this host is in trouble.\n";

static bool add_fault(struct demo_request *request)
{
	if (request->fault_count == DEMO_FAULTS_MAX) {
		fprintf(stderr, DEMO_VERB ": more than %d faults\n", DEMO_FAULTS_MAX);
		return false;
	}
	request->faults[request->fault_count++] = optarg;
	return true;
}

static bool read_view(struct demo_request *request)
{
	request->view_word = optarg;
	return view_option_read(DEMO_VERB, optarg, &request->view);
}

/* Reads the number of devices, which stands beside the options. */
static bool read_devices(struct demo_request *request, int argc, char **argv)
{
	if (argc - optind > 1) {
		fprintf(stderr, DEMO_VERB ": one number of devices is enough; what is \"%s\"?\n",
			argv[optind + 1]);
		return false;
	}
	if (argc == optind || option_number(argv[optind], 1, SLOTS_MAX, &request->devices) == 0)
		return true;
	fprintf(stderr, DEMO_VERB ": the number of devices must be 1 to %d, not \"%s\"\n",
		SLOTS_MAX, argv[optind]);
	return false;
}

static bool read_option(struct demo_request *request, int option)
{
	switch (option) {
	case 'b':
		request->blueprint = optarg;
		return true;
	case 'f':
		return add_fault(request);
	case 'v':
		return read_view(request);
	case 'o':
		return request->hold = true;
	case 'k':
		return request->keep = true;
	default: /* a wrong one, which has been told */
		return false;
	}
}

int demo_request_read(int argc, char **argv, struct demo_request *ret_request)
{
	static const struct option longs[] = {
		{ "blueprint", required_argument, NULL, 'b' },
		{ "fault", required_argument, NULL, 'f' },
		{ "view", required_argument, NULL, 'v' },
		{ "hold", no_argument, NULL, 'o' },
		{ "keep", no_argument, NULL, 'k' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct demo_request request = {
		.devices = DEVICES_DEFAULT,
		.view_word = "auto",
		.view = view_choose(),
	};
	int option;

	optind = 0;
	while ((option = option_next(DEMO_VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_PASSED;
		}
		if (!read_option(&request, option))
			return EXIT_USAGE;
	}
	if (!read_devices(&request, argc, argv))
		return EXIT_USAGE;
	*ret_request = request;
	return -1;
}
