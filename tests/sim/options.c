/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of muster-sim. */
#include "tests/sim/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

#define PROGRAM "muster-sim"
/* As in a bench file. */
#define DEVICES_MAX	1000
#define DEVICES_DEFAULT 8

static const char usage[] =
	"Usage: " PROGRAM
	" --listen ADDRESS:PORT | --socket PATH | --usbip ADDRESS:PORT [OPTION]...\n"
	"A bench of simulated Apple devices behind a usbmuxd socket, or on a USB bus.\n"
	"\n"
	"  --listen ADDRESS:PORT     serve usbmux on TCP; port 0 takes a free one\n"
	"  --socket PATH             serve usbmux on a UNIX socket\n"
	"  --usbip ADDRESS:PORT      serve the devices over USB/IP; port 0 takes a free one\n"
	"  --devices N               so many devices (8 without a bench file)\n"
	"  --bench FILE              devices as the YAML file says\n"
	"  --unplugged               --devices are there, but not plugged in\n"
	"  --control PATH            a UNIX socket that plugs, unplugs, lists, sets\n"
	"  --fault NAME[=ARG]=COUNT  something is wrong with COUNT devices\n"
	"  --seed N                  identifiers follow from N (1)\n"
	"  --request-latency MS      before each answer of a device\n"
	"  --install-latency MS      more before a profile is installed\n"
	"  --ready-fd N              write where it listens to this descriptor\n"
	"  --help, --version\n"
	"\n"
	"Faults:\n";

static bool complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

static bool complain(const char *format, ...)
{
	va_list args;

	fprintf(stderr, PROGRAM ": ");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\nTry '" PROGRAM " --help'.\n");
	return false;
}

static bool read_number(const char *option, const char *text, uint64_t max, uint64_t *ret_number)
{
	char *end;
	uint64_t number;

	errno = 0;
	number = strtoull(text, &end, 10);
	if (strspn(text, "0123456789") == 0 || *end || errno || number > max)
		return complain("%s: '%s' is not a number up to %llu", option, text,
				(unsigned long long)max);
	*ret_number = number;
	return true;
}

static bool read_ms(const char *option, const char *text, int *ret_ms)
{
	uint64_t number = 0;

	if (!read_number(option, text, TIME_MAX_MS, &number))
		return false;
	*ret_ms = (int)number;
	return true;
}

static bool read_fault(const char *text, struct options *options)
{
	struct spread *spread = &options->spreads[options->spread_count];
	char problem[PROBLEM_MAX];

	if (options->spread_count == SPREADS_MAX)
		return complain("more than %d faults", SPREADS_MAX);
	if (fault_read_counted(text, &spread->order, &spread->count, problem) < 0)
		return complain("%s", problem);
	options->spread_count++;
	return true;
}

enum choice {
	OPTION_LISTEN = 1,
	OPTION_SOCKET,
	OPTION_USBIP,
	OPTION_DEVICES,
	OPTION_BENCH,
	OPTION_UNPLUGGED,
	OPTION_CONTROL,
	OPTION_FAULT,
	OPTION_SEED,
	OPTION_REQUEST_LATENCY,
	OPTION_INSTALL_LATENCY,
	OPTION_READY_FD,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option longs[] = {
	{ "listen", required_argument, NULL, OPTION_LISTEN },
	{ "socket", required_argument, NULL, OPTION_SOCKET },
	{ "usbip", required_argument, NULL, OPTION_USBIP },
	{ "devices", required_argument, NULL, OPTION_DEVICES },
	{ "bench", required_argument, NULL, OPTION_BENCH },
	{ "unplugged", no_argument, NULL, OPTION_UNPLUGGED },
	{ "control", required_argument, NULL, OPTION_CONTROL },
	{ "fault", required_argument, NULL, OPTION_FAULT },
	{ "seed", required_argument, NULL, OPTION_SEED },
	{ "request-latency", required_argument, NULL, OPTION_REQUEST_LATENCY },
	{ "install-latency", required_argument, NULL, OPTION_INSTALL_LATENCY },
	{ "ready-fd", required_argument, NULL, OPTION_READY_FD },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ "version", no_argument, NULL, OPTION_VERSION },
	{ NULL, 0, NULL, 0 },
};

/* Options that are one text each; false: CHOICE is none of them. */
static bool take_text(int choice, char *text, struct options *options)
{
	const char **to = choice == OPTION_LISTEN    ? &options->listen
			  : choice == OPTION_SOCKET  ? &options->socket
			  : choice == OPTION_USBIP   ? &options->usbip
			  : choice == OPTION_CONTROL ? &options->control
			  : choice == OPTION_BENCH   ? &options->bench_file
						     : NULL;

	if (to)
		*to = text;
	return to;
}

static bool take_option(int choice, char *text, struct options *options)
{
	uint64_t number = 0;
	bool good;

	switch (choice) {
	case OPTION_UNPLUGGED:
		options->unplugged = true;
		return true;
	case OPTION_FAULT:
		return read_fault(text, options);
	case OPTION_SEED:
		return read_number("--seed", text, UINT64_MAX, &options->seed);
	case OPTION_REQUEST_LATENCY:
		return read_ms("--request-latency", text, &options->setup.request_latency);
	case OPTION_INSTALL_LATENCY:
		return read_ms("--install-latency", text, &options->setup.install_latency);
	case OPTION_DEVICES:
		good = read_number("--devices", text, DEVICES_MAX, &number);
		options->devices = (unsigned)number;
		return good;
	case OPTION_READY_FD:
		good = read_number("--ready-fd", text, 65535, &number);
		options->ready_fd = (int)number;
		return good;
	default: /* getopt's numbers, not an enum of ours; getopt has said what is wrong */
		return take_text(choice, text, options);
	}
}

static enum options_verdict options_check(int argc, char **argv, const struct options *options)
{
	bool good = true;

	if (optind < argc)
		good = complain("'%s' is not wanted here", argv[optind]);
	else if (!options->listen && !options->socket && !options->usbip)
		good = complain("--listen, --socket or --usbip is needed");
	return good ? OPTIONS_RUN : OPTIONS_WRONG;
}

enum options_verdict options_read(int argc, char **argv, struct options *ret_options)
{
	struct options options = { .devices = UINT32_MAX, .seed = 1, .ready_fd = -1 };
	enum options_verdict verdict;
	int choice;

	setup_default(&options.setup);
	while ((choice = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		if (choice == OPTION_VERSION) {
			puts(PROGRAM " " PACKAGE_VERSION);
			return OPTIONS_DONE;
		}
		if (choice == OPTION_HELP || choice == 'h') {
			fputs(usage, stdout);
			faults_describe(stdout);
			return OPTIONS_DONE;
		}
		if (!take_option(choice, optarg, &options))
			return OPTIONS_WRONG;
	}
	if (options.devices == UINT32_MAX)
		options.devices = options.bench_file ? 0 : DEVICES_DEFAULT;
	verdict = options_check(argc, argv, &options);
	if (verdict == OPTIONS_RUN)
		*ret_options = options;
	return verdict;
}
