/* SPDX-License-Identifier: Apache-2.0 */
/* Results read from the ledger: one a job, as reports and JSON show them. */
#include "station/ledger/result.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/ecid.h"
#include "station/ledger/ledger_store.h"

/* What the device of a filter may be, as typed and read in each way that people write it. */
struct device_names {
	struct udid udid;
	char hex[ECID_TEXT_MAX]; /* "" when it is no hexadecimal number … */
	char hex_in_16[ECID_TEXT_MAX];
	char decimal[ECID_TEXT_MAX]; /* … or no decimal one */
	char decimal_in_16[ECID_TEXT_MAX];
};

/* Reads the whole of TEXT as a number in BASE; false when it is none or too large. */
static bool read_ecid(const char *text, int base, uint64_t *ret_ecid)
{
	char *end;
	unsigned long long value;

	/* strtoull would take blanks and signs. */
	if (text[strspn(text, "0123456789abcdefABCDEFxX")] != '\0' || text[0] == '\0')
		return false;
	errno = 0;
	value = strtoull(text, &end, base);
	if (*end != '\0' || errno)
		return false;
	*ret_ecid = value;
	return true;
}

static struct device_names names_of(const char *typed)
{
	struct device_names names = { 0 };
	uint64_t ecid;

	(void)udid_parse(typed, &names.udid); /* stays unset when it is none */
	if (read_ecid(typed, 16, &ecid)) {
		ecid_to_text(ecid, names.hex);
		snprintf(names.hex_in_16, ECID_TEXT_MAX, "%016" PRIX64, ecid);
	}
	if (read_ecid(typed, 10, &ecid)) {
		ecid_to_text(ecid, names.decimal);
		snprintf(names.decimal_in_16, ECID_TEXT_MAX, "%016" PRIX64, ecid);
	}
	return names;
}

static void put_unless_empty(struct query *query, const char *text)
{
	query_put_text(query, text[0] != '\0' ? text : NULL);
}

/* Puts the parameters of SQL_RESULTS; NAMES must stay until it has run. */
static void put_filter(struct query *query, const struct result_filter *filter,
		       const struct device_names *names)
{
	query_put_text(query, filter->batch);
	put_unless_empty(query, outcome_to_text(filter->outcome));
	query_put_number(query, filter->station_runs);
	query_put_number(query, filter->since_job);
	query_put_number(query, filter->since);
	query_put_text(query, filter->device);
	put_unless_empty(query, names->udid.text);
	put_unless_empty(query, names->hex);
	put_unless_empty(query, names->hex_in_16);
	put_unless_empty(query, names->decimal);
	put_unless_empty(query, names->decimal_in_16);
}

static void result_done(struct result *result)
{
	for (int i = 0; i < NOTE_KEYS_COUNT; i++)
		free(result->notes[i]);
	for (unsigned i = 0; i < result->step_count; i++)
		free(result->steps[i].detail);
	free(result->slot);
	free(result->port);
	free(result->batch);
	free(result->blueprint);
	free(result->blueprint_sha256);
	free(result->operator);
	free(result->way);
	free(result->profile);
	free(result->asset);
	free(result->remark);
}

/* Replaces *TEXT by a cleaned copy of what the column holds: the file may come from elsewhere. */
static int take_text(const struct query *query, int column, char **text)
{
	char cleaned[CLEAN_MAX + 1];
	char *copy;

	clean_string(query_text(query, column), cleaned);
	copy = strdup(cleaned);
	if (!copy)
		return -ENOMEM;
	free(*text);
	*text = copy;
	return 0;
}

/* Takes the row of SQL_RESULTS. */
static int take_job(const struct query *query, struct result *result)
{
	struct {
		int column;
		char **text;
	} texts[] = { { 1, &result->slot }, { 2, &result->port }, { 3, &result->notes[NOTE_UDID] },
		      { 4, &result->batch }, { 5, &result->blueprint },
		      { 6, &result->blueprint_sha256 },
		      {
			      7,
			      &result->operator},
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (take_text(query, texts[i].column, texts[i].text) < 0)
			return -ENOMEM;
	result->job = query_number(query, 0);
	result->began = query_number(query, 10);
	result->ended = query_number(query, 11);
	return outcome_from_text(query_text(query, 8), &result->outcome) < 0 ? -EUCLEAN : 0;
}

/* Later notes of a key stand above earlier ones. */
static int read_notes(struct ledger *ledger, struct result *result)
{
	struct query query = query_new(ledger, SQL_NOTES_OF_JOB);
	int r;

	query_put_number(&query, result->job);
	while ((r = query_next(&query)) > 0) {
		enum note_key key;

		r = note_key_from_text(query_text(&query, 0), &key);
		r = r < 0 ? -EUCLEAN : take_text(&query, 1, &result->notes[key]);
		if (r < 0)
			break;
	}
	query_end(&query);
	for (int i = 0; r == 0 && i < NOTE_KEYS_COUNT; i++) {
		if (!result->notes[i])
			result->notes[i] = strdup("");
		if (!result->notes[i])
			r = -ENOMEM;
	}
	return r;
}

static int read_handover(struct ledger *ledger, struct result *result)
{
	struct query query = query_new(ledger, SQL_HANDOVER_OF_JOB);
	char **const texts[] = { &result->way, &result->profile, &result->asset, &result->remark };
	bool there;
	int r;

	query_put_number(&query, result->job);
	r = query_next(&query);
	there = r > 0;
	for (int i = 0; r >= 0 && i < 4; i++) {
		if (there)
			r = take_text(&query, i, texts[i]);
		else if (!(*texts[i] = strdup("")))
			r = -ENOMEM;
	}
	if (there)
		query_end(&query);
	return r < 0 ? r : 0;
}

/* Reads the fault's own row. */
static int read_fault_head(struct ledger *ledger, int64_t id, struct fault *ret_fault)
{
	struct query query = query_new(ledger, SQL_FAULT_BY_ID);
	enum fault_kind kind;
	int r;

	query_put_number(&query, id);
	r = query_next(&query);
	if (r <= 0)
		return r < 0 ? r : -EUCLEAN;
	r = fault_from_name(query_text(&query, 0), &kind);
	if (r == 0) {
		*ret_fault = fault_new(kind, "%s", query_text(&query, 4));
		ret_fault->has_step = query_text(&query, 1)[0] != '\0';
		ret_fault->code = query_number(&query, 3);
		fault_clean_domain(query_text(&query, 2), ret_fault->domain);
	}
	if (r == 0 && ret_fault->has_step)
		r = step_from_text(query_text(&query, 1), &ret_fault->step);
	query_end(&query);
	return r < 0 ? -EUCLEAN : 0;
}

static int read_fault(struct ledger *ledger, int64_t id, struct fault *ret_fault)
{
	struct query query = query_new(ledger, SQL_LINKS_OF_FAULT);
	int r = id ? read_fault_head(ledger, id, ret_fault) : 0;

	if (r < 0 || !id)
		return r;
	query_put_number(&query, id);
	while ((r = query_next(&query)) > 0)
		fault_add_link(ret_fault, query_text(&query, 0), query_number(&query, 1),
			       query_text(&query, 2));
	return r;
}

/* Reads the job in the row of QUERY and gives it to EACH. */
static int visit(const struct query *query,
		 int (*each)(const struct result *result, void *userdata), void *userdata)
{
	struct ledger *ledger = query->ledger;
	struct result result = { 0 };
	int r = take_job(query, &result);

	if (r == 0)
		r = read_notes(ledger, &result);
	if (r == 0)
		r = read_handover(ledger, &result);
	if (r == 0)
		r = read_fault(ledger, query_number(query, 9), &result.fault);
	if (r == 0)
		r = ledger_read_steps(ledger, result.job, result.steps);
	if (r >= 0) {
		result.step_count = (unsigned)r;
		r = each(&result, userdata);
	}
	result_done(&result);
	return r;
}

int results_each(struct ledger *ledger, const struct result_filter *filter,
		 int (*each)(const struct result *result, void *userdata), void *userdata)
{
	struct device_names names = { 0 };
	struct query query = query_new(ledger, SQL_RESULTS);
	int r;

	if (filter->device)
		names = names_of(filter->device);
	put_filter(&query, filter, &names);
	/* The jobs' own rows are read while this statement is open: all from one state. */
	while ((r = query_next(&query)) > 0) {
		r = visit(&query, each, userdata);
		if (r != 0) {
			query_end(&query);
			break;
		}
	}
	return r;
}
