/* SPDX-License-Identifier: Apache-2.0 */
/* muster results: what became of each device, as a table, JSON or CSV. */
#include "station/results_verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/csv.h"
#include "station/exit_status.h"
#include "station/option.h"
#include "station/result_json.h"
#include "station/state.h"
#include "station/table.h"

static const char usage[] =
	"usage: muster results [--batch NAME] [--device UDID|SERIAL|ECID] [--outcome OUTCOME]\n"
	"                      [--format table|json|csv] [--json]\n"
	"\n"
	"Shows what became of each device, oldest first.\n"
	"  --batch NAME      only this batch\n"
	"  --device ID       only this device, by UDID, serial number or ECID\n"
	"  --outcome OUTCOME only passed, failed, set-aside, removed or interrupted\n"
	"  --format FORMAT   table (default), json or csv\n"
	"  --json            the same as --format json\n"
	"\n"
	"Exit status: 0 all passed, 1 some did not, 2 usage, 4 this host is in trouble,\n"
	"5 no result.\n";

/* Where results go, one after the other, and what was seen of them. */
struct report {
	int (*begin)(struct report *report);
	int (*add)(struct report *report, const struct result *result);
	int (*end)(struct report *report);
	struct table *table;
	json_t *array;
	unsigned count, passed;
};

/* "1:05" or "1:02:05" from BEGAN to ENDED; "" while there is no end. */
static const char *duration_to_text(wall_t began, wall_t ended, char out[static 24])
{
	/* A wall clock can be set back. */
	long long seconds = ended > began ? (ended - began) / 1000 : 0;

	out[0] = '\0';
	if (ended == 0)
		return out;
	if (seconds < 3600)
		snprintf(out, 24, "%lld:%02lld", seconds / 60, seconds % 60);
	else
		snprintf(out, 24, "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60,
			 seconds % 60);
	return out;
}

static enum table_tone tone_of(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_PASSED:
		return TONE_GOOD;
	case OUTCOME_FAILED:
		return TONE_BAD;
	case OUTCOME_SET_ASIDE:
	case OUTCOME_REMOVED:
	case OUTCOME_INTERRUPTED:
		return TONE_WAIT;
	case OUTCOME_NONE:
		return TONE_PLAIN;
	}
	return TONE_PLAIN;
}

static int begin_table(struct report *report)
{
	static const char *const headings[] = { "SLOT", "NAME",	   "SERIAL", "PRODUCT",
						"OS",	"OUTCOME", "FAULT",  "TIME" };

	report->table = table_new(headings, sizeof headings / sizeof headings[0]);
	return report->table ? 0 : -ENOMEM;
}

static int add_to_table(struct report *report, const struct result *result)
{
	char duration[24];
	const enum table_tone tones[8] = { [5] = tone_of(result->outcome) };
	const char *const cells[8] = {
		result->slot,
		result->notes[NOTE_NAME],
		result->notes[NOTE_SERIAL],
		result->notes[NOTE_PRODUCT],
		result->notes[NOTE_OS],
		result->outcome == OUTCOME_NONE ? "working" : outcome_to_text(result->outcome),
		fault_sentence(result->fault.kind),
		duration_to_text(result->began, result->ended, duration),
	};

	return table_add_row(report->table, cells, tones);
}

static int end_table(struct report *report)
{
	table_print(report->table, stdout, table_width_of(stdout), table_wants_colour(stdout));
	return 0;
}

static int begin_json(struct report *report)
{
	report->array = json_array();
	return report->array ? 0 : -ENOMEM;
}

static int add_to_json(struct report *report, const struct result *result)
{
	return json_array_append_new(report->array, result_to_json(result)) < 0 ? -ENOMEM : 0;
}

static int end_json(struct report *report)
{
	json_t *document = json_pack("{s:s, s:O}", "schema", JSON_SCHEMA, "results", report->array);
	int r = document ? 0 : -ENOMEM;

	if (document && json_dumpf(document, stdout, JSON_INDENT(2)) < 0)
		r = -EIO;
	json_decref(document);
	putchar('\n');
	return r;
}

static int begin_csv(struct report *report)
{
	static const char *const headings[] = {
		"slot",	    "name",   "serial", "udid",	     "ecid",	"product",
		"os",	    "build",  "batch",	"blueprint", "outcome", "fault",
		"sentence", "remedy", "detail", "began",     "ended",	"operator",
	};

	(void)report;
	csv_write_line(stdout, headings, sizeof headings / sizeof headings[0]);
	return 0;
}

static int add_to_csv(struct report *report, const struct result *result)
{
	char began[WALL_TEXT_MAX], ended[WALL_TEXT_MAX];
	const char *const cells[] = {
		result->slot, result->notes[NOTE_NAME], result->notes[NOTE_SERIAL],
		result->notes[NOTE_UDID], result->notes[NOTE_ECID], result->notes[NOTE_PRODUCT],
		result->notes[NOTE_OS], result->notes[NOTE_BUILD], result->batch, result->blueprint,
		outcome_to_text(result->outcome), fault_name(result->fault.kind),
		fault_sentence(result->fault.kind), fault_remedy(result->fault.kind),
		result->fault.text, wall_to_text(result->began, began),
		wall_to_text(result->ended, ended), result->operator, };

	(void)report;
	csv_write_line(stdout, cells, sizeof cells / sizeof cells[0]);
	return 0;
}

static int end_csv(struct report *report)
{
	(void)report;
	return 0;
}

#define FORMATS 3
static const char *const format_names[FORMATS] = { "table", "json", "csv" };
static const struct report formats[FORMATS] = {
	{ .begin = begin_table, .add = add_to_table, .end = end_table },
	{ .begin = begin_json, .add = add_to_json, .end = end_json },
	{ .begin = begin_csv, .add = add_to_csv, .end = end_csv },
};

/* What the command line asked for. */
struct request {
	struct result_filter filter;
	struct report report; /* one of formats */
	bool help;
};

static int find_format(const char *word, struct report *ret_report)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (strcmp(word, format_names[i]) == 0) {
			*ret_report = formats[i];
			return 0;
		}
	}
	if (strcmp(word, "html") == 0)
		fputs("muster results: the format html is not in this version\n", stderr);
	else
		option_unknown_word("muster results", "format", word, format_names, FORMATS);
	return -EINVAL;
}

static int find_outcome(const char *word, enum outcome *ret_outcome)
{
	static const enum outcome outcomes[] = { OUTCOME_PASSED, OUTCOME_FAILED, OUTCOME_SET_ASIDE,
						 OUTCOME_REMOVED, OUTCOME_INTERRUPTED };
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
		return find_format(optarg, &request->report);
	case 'j':
		return find_format("json", &request->report);
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
	struct request request = { .report = formats[0] };
	int option;

	optind = 0;
	while ((option = option_next("muster results", argc, argv, OPTION_SHORTS, longs)) != -1)
		if (take_option(option, &request) < 0)
			return -EINVAL;
	if (optind < argc && !request.help) {
		char shown[CLEAN_MAX + 1];

		clean_string(argv[optind], shown);
		fprintf(stderr, "muster results: \"%s\" is too much; see muster results --help\n",
			shown);
		return -EINVAL;
	}
	*ret_request = request;
	return 0;
}

static int add_to_report(const struct result *result, void *userdata)
{
	struct report *report = userdata;

	report->count++;
	report->passed += result->outcome == OUTCOME_PASSED;
	return report->add(report, result);
}

/* Reads the ledger into REPORT. No ledger, or no directory for one, is a ledger without results. */
static int fill_report(const char *path, const struct result_filter *filter, struct report *report)
{
	struct ledger *ledger;
	int r = ledger_open_readonly(path, &ledger);

	if (r == -ENOENT)
		return 0;
	if (r < 0)
		return r;
	r = results_each(ledger, filter, add_to_report, report);
	ledger_close(ledger);
	return r;
}

/* Shows what REQUEST asks for of the ledger at PATH. */
static int show(const char *path, struct request *request)
{
	struct report *report = &request->report;
	char why[LEDGER_WHY_MAX];
	int r = report->begin(report);

	if (r == 0)
		r = fill_report(path, &request->filter, report);
	if (r == 0)
		r = report->end(report);
	table_free(report->table);
	json_decref(report->array);
	if (r < 0) {
		ledger_explain(path, r, why);
		fprintf(stderr, "muster results: %s\n", why);
		return EXIT_TROUBLE;
	}
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "muster results: cannot write: %s\n", strerror(errno));
		return EXIT_TROUBLE;
	}
	if (report->count == 0) {
		fputs("muster results: no results\n", stderr);
		return EXIT_NOTHING;
	}
	return report->passed == report->count ? EXIT_PASSED : EXIT_NOT_PASSED;
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
