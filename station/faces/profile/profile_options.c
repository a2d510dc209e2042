/* SPDX-License-Identifier: Apache-2.0 */
/* The options that muster profile inspect and check share, and the files behind them. */
#include "station/faces/profile/profile_options.h"

#include <stdio.h>
#include <string.h>

#include "profiles/values/expiry.h"
#include "profiles/values/moment.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

static const struct option inspect_longs[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "at", required_argument, NULL, 'a' },
	{ "downloaded", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static const struct option check_longs[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "at", required_argument, NULL, 'a' },
	{ "downloaded", required_argument, NULL, 'd' },
	{ "strict", no_argument, NULL, 's' },
	{ "for", required_argument, NULL, 'f' },
	{ "rules", no_argument, NULL, 'r' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

/* Reads the date optarg of the option NAME. Returns false when it told what is wrong. */
static bool read_date(const char *verb, const char *name, int64_t *ret_time)
{
	if (moment_parse(optarg, ret_time) == 0)
		return true;
	fprintf(stderr, "%s: --%s needs a date such as 2026-11-23 or 2026-11-23T14:05Z\n", verb,
		name);
	return false;
}

/* Takes OPTION. Returns false when it told what is wrong. */
static bool take(const char *verb, int option, struct profile_options *options)
{
	switch (option) {
	case 'j':
		options->json = true;
		return true;
	case 's':
		options->strict = true;
		return true;
	case 'r':
		options->rules = true;
		return true;
	case 'f':
		options->blueprint = optarg;
		return true;
	case 'a':
		return read_date(verb, "at", &options->now);
	case 'd':
		return read_date(verb, "downloaded", &options->downloaded);
	default: /* characters, not an enum of ours */
		return false;
	}
}

int profile_options_read(const char *verb, const char *usage, int argc, char **argv,
			 struct profile_options *ret_options, int *ret_status)
{
	const struct option *longs = strcmp(argv[0], "check") == 0 ? check_longs : inspect_longs;
	struct profile_options options = { .now = clock_wall() / 1000, .downloaded = EXPIRY_NEVER };
	int option;

	optind = 0;
	*ret_status = EXIT_USAGE;
	while ((option = option_next(verb, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			*ret_status = EXIT_PASSED;
			return 0;
		}
		if (!take(verb, option, &options))
			return 0;
	}
	*ret_options = options;
	if (optind < argc || options.rules)
		return optind;
	fprintf(stderr, "%s: which file?\n", verb);
	return 0;
}
