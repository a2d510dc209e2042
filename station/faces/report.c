/* SPDX-License-Identifier: Apache-2.0 */
/* Results written out in the form that was asked for: a table, JSON, CSV. */
#include "station/faces/report.h"

#include <errno.h>
#include <stdlib.h>

#include "station/faces/csv.h"
#include "station/faces/result_json.h"
#include "station/faces/table.h"
#include "station/faces/witness.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct report {
	enum report_form form;
	FILE *out;
	struct table *table; /* of a table */
	json_t *array;	     /* of JSON */
};

const char *report_form_to_text(enum report_form form)
{
	static const char *const texts[REPORT_FORMS] = { "table", "json", "csv" };

	return texts[form];
}

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
	case OUTCOME_HANDED_OVER:
	case OUTCOME_INTERRUPTED:
		return TONE_WAIT;
	case OUTCOME_NONE:
		return TONE_PLAIN;
	}
	return TONE_PLAIN;
}

static struct table *new_table(void)
{
	static const char *const headings[] = { "SLOT",	   "NAME",    "SERIAL", "PRODUCT", "OS",
						"OUTCOME", "WITNESS", "FAULT",	"TIME" };

	struct table *table = table_new(headings, COUNT(headings));

	if (table)
		table_set_sentences(table, 7);
	return table;
}

static int add_to_table(struct table *table, const struct result *result)
{
	char duration[24];
	char witnesses[WITNESS_LIST_MAX];
	const enum table_tone tones[9] = { [5] = tone_of(result->outcome) };
	const char *const cells[9] = {
		result->slot,
		result->notes[NOTE_NAME],
		result->notes[NOTE_SERIAL],
		result->notes[NOTE_PRODUCT],
		result->notes[NOTE_OS],
		result->outcome == OUTCOME_NONE ? "working" : outcome_to_text(result->outcome),
		result_witnesses(result, witnesses),
		fault_sentence(result->fault.kind),
		duration_to_text(result->began, result->ended, duration),
	};

	return table_add_row(table, cells, tones);
}

static void write_csv_heading(FILE *out)
{
	static const char *const headings[] = {
		"slot",	       "name",
		"serial",      "udid",
		"ecid",	       "product",
		"os",	       "build",
		"batch",       "blueprint",
		"outcome",     "fault",
		"sentence",    "remedy",
		"detail",      "began",
		"ended",       "operator",
		"witness",     "enrolled",
		"enrolled_in", "enrollment_profile",
	};

	csv_write_line(out, headings, COUNT(headings));
}

static void add_to_csv(FILE *out, const struct result *result)
{
	char began[WALL_TEXT_MAX], ended[WALL_TEXT_MAX], witnesses[WITNESS_LIST_MAX];
	const char *const cells[] = {
		result->slot,
		result->notes[NOTE_NAME],
		result->notes[NOTE_SERIAL],
		result->notes[NOTE_UDID],
		result->notes[NOTE_ECID],
		result->notes[NOTE_PRODUCT],
		result->notes[NOTE_OS],
		result->notes[NOTE_BUILD],
		result->batch,
		result->blueprint,
		outcome_to_text(result->outcome),
		fault_name(result->fault.kind),
		fault_sentence(result->fault.kind),
		fault_remedy(result->fault.kind),
		result->fault.text,
		wall_to_text(result->began, began),
		wall_to_text(result->ended, ended),
		result->operator,
		result_witnesses(result, witnesses),
		result->notes[NOTE_ENROLLED],
		result->notes[NOTE_ENROLLED_IN],
		result->notes[NOTE_ENROLLED_BY],
	};

	csv_write_line(out, cells, COUNT(cells));
}

static int write_json(FILE *out, json_t *results)
{
	json_t *document = json_pack("{s:s, s:O}", "schema", JSON_SCHEMA, "results", results);

	if (!document)
		return -ENOMEM;
	(void)json_dumpf(document, out, JSON_INDENT(2)); /* OUT knows whether it could be written */
	fputc('\n', out);
	json_decref(document);
	return 0;
}

struct report *report_new(enum report_form form, FILE *out)
{
	struct report *report = calloc(1, sizeof *report);
	bool made = true;

	if (!report)
		return NULL;
	report->form = form;
	report->out = out;
	switch (form) {
	case REPORT_TABLE:
		report->table = new_table();
		made = report->table;
		break;
	case REPORT_JSON:
		report->array = json_array();
		made = report->array;
		break;
	case REPORT_CSV:
		write_csv_heading(out);
		break;
	}
	if (made)
		return report;
	report_free(report);
	return NULL;
}

void report_free(struct report *report)
{
	if (!report)
		return;
	table_free(report->table);
	json_decref(report->array);
	free(report);
}

int report_add(struct report *report, const struct result *result)
{
	switch (report->form) {
	case REPORT_TABLE:
		return add_to_table(report->table, result);
	case REPORT_JSON:
		return json_array_append_new(report->array, result_to_json(result)) < 0 ? -ENOMEM
											: 0;
	case REPORT_CSV:
		add_to_csv(report->out, result);
		return 0;
	}
	return 0;
}

int report_end(struct report *report)
{
	FILE *out = report->out;
	int r = 0;

	switch (report->form) {
	case REPORT_TABLE:
		table_print(report->table, out, table_width_of(out), table_wants_colour(out));
		break;
	case REPORT_JSON:
		r = write_json(out, report->array);
		break;
	case REPORT_CSV:
		break;
	}
	return r;
}
