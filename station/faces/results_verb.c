/* SPDX-License-Identifier: Apache-2.0 */
/* muster results: what became of each device, as a table, JSON or CSV. */
#include "station/faces/results_verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/tools/output.h"
#include "station/faces/report.h"
#include "station/tools/state.h"

static const char usage[] =
	"usage: muster results [--batch NAME] [--device UDID|SERIAL|ECID] [--outcome OUTCOME]\n"
	"                      [--format table|json|csv] [--json]\n"
	"\n"
	"Shows what became of each device, oldest first.\n"
	"  --batch NAME      only this batch\n"
	"  --device ID       only this device, by UDID, serial number or ECID\n"
	"  --outcome OUTCOME only passed, failed, set-aside, removed, handed-over or\n"
	"                    interrupted\n"
	"  --format FORMAT   table (default), json or csv\n"
	"  --json            the same as --format json\n"
	"\n"
	"Exit status: 0 all passed, 1 some did not, 2 usage, 4 this host is in trouble,\n"
	"5 no result.\n";

/* What the command line asked for. */
struct request {
	struct result_filter filter;
	enum report_form form;
	bool help;
};

static int find_format(const char *word, enum report_form *ret_form)
{
	const char *words[REPORT_FORMS];

	for (int i = 0; i < REPORT_FORMS; i++) {
		words[i] = report_form_to_text((enum report_form)i);
		if (strcmp(word, words[i]) == 0) {
			*ret_form = (enum report_form)i;
			return 0;
		}
	}
	if (strcmp(word, "html") == 0)
		fputs("muster results: the format html is not in this version\n", stderr);
	else
		option_unknown_word("muster results", "format", word, words, REPORT_FORMS);
	return -EINVAL;
}

static int find_outcome(const char *word, enum outcome *ret_outcome)
{
	static const enum outcome outcomes[] = { OUTCOME_PASSED,      OUTCOME_FAILED,
						 OUTCOME_SET_ASIDE,   OUTCOME_REMOVED,
						 OUTCOME_HANDED_OVER, OUTCOME_INTERRUPTED };
	const char *words[sizeof outcomes / sizeof outcomes[0]];

	if (word[0] != '\0' && outcome_from_text(word, ret_outcome) == 0)
		return 0;
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++)
		words[i] = outcome_to_text(outcomes[i]);
	option_unknown_word("muster results", "outcome", word, words,
			    sizeof words / sizeof words[0]);
	return -EINVAL;
}

/* Takes one option. Returns 0 or -EINVAL when it was wrong, and told. */
static int take_option(int option, struct request *request)
{
	switch (option) {
	case 'b':
		request->filter.batch = optarg;
		return 0;
	case 'd':
		request->filter.device = optarg;
		return 0;
	case 'o':
		return find_outcome(optarg, &request->filter.outcome);
	case 'f':
		return find_format(optarg, &request->form);
	case 'j':
		request->form = REPORT_JSON;
		return 0;
	case 'h':
		request->help = true;
		return 0;
	default: /* OPTION_WRONG */
		return -EINVAL;
	}
}

static int read_command_line(int argc, char **argv, struct request *ret_request)
{
	static const struct option longs[] = {
		{ "batch", required_argument, NULL, 'b' },
		{ "device", required_argument, NULL, 'd' },
		{ "outcome", required_argument, NULL, 'o' },
		{ "format", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct request request = { .form = REPORT_TABLE };
	int option;

	optind = 0;
	while ((option = option_next("muster results", argc, argv, OPTION_SHORTS, longs)) != -1)
		if (take_option(option, &request) < 0)
			return -EINVAL;
	if (!request.help && !option_ends("muster results", argc, argv))
		return -EINVAL;
	*ret_request = request;
	return 0;
}

/* One reading of the ledger into a report. */
struct reading {
	struct report *report;
	unsigned count, passed;
};

static int take_result(const struct result *result, void *userdata)
{
	struct reading *reading = userdata;

	reading->count++;
	reading->passed += result->outcome == OUTCOME_PASSED;
	return report_add(reading->report, result);
}

/* Reads the ledger at PATH into TALLY. No ledger, or no directory for one, has no results. */
static int read_results(const char *path, const struct result_filter *filter,
			struct reading *reading)
{
	struct ledger *ledger;
	int r = ledger_open_readonly(path, &ledger);

	if (r == -ENOENT)
		return 0;
	if (r < 0)
		return r;
	r = results_each(ledger, filter, take_result, reading);
	ledger_close(ledger);
	return r;
}

static int tell_ledger_trouble(const char *path, int error)
{
	char why[LEDGER_WHY_MAX];

	ledger_explain(path, error, why);
	fprintf(stderr, "muster results: %s\n", why);
	return EXIT_TROUBLE;
}

/* Shows what REQUEST asks for of the ledger at PATH; returns the exit status. */
static int show(const char *path, const struct request *request)
{
	struct reading reading = { .report = report_new(request->form, stdout) };
	int r = reading.report ? read_results(path, &request->filter, &reading) : -ENOMEM;

	if (r < 0) {
		report_free(reading.report);
		return tell_ledger_trouble(path, r);
	}
	r = report_end(reading.report);
	report_free(reading.report);
	if (r < 0) {
		fprintf(stderr, "muster results: %s\n", strerror(-r));
		return EXIT_TROUBLE;
	}
	if (reading.count == 0) {
		fputs("muster results: no results\n", stderr);
		return output_finish("muster results", EXIT_NOTHING);
	}
	return output_finish("muster results",
			     reading.passed == reading.count ? EXIT_PASSED : EXIT_NOT_PASSED);
}

int results_verb(const char *state_option, int argc, char **argv)
{
	struct request request;
	struct state state;
	char why[STATE_WHY_MAX];
	int r;

	if (read_command_line(argc, argv, &request) < 0)
		return EXIT_USAGE;
	if (request.help) {
		fputs(usage, stdout);
		return EXIT_PASSED;
	}
	r = state_locate(state_option, &state);
	if (r < 0) {
		state_explain(&state, r, why);
		fprintf(stderr, "muster results: %s\n", why);
		return EXIT_TROUBLE;
	}
	request.filter.station_runs = state_is_held(&state);
	return show(state.ledger, &request);
}
