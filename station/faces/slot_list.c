/* SPDX-License-Identifier: Apache-2.0 */
/* muster slot list: every slot with its port, and what its history says of it. */
#include "station/faces/slot_list.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/fault_json.h"
#include "station/faces/table.h"
#include "station/ledger/ledger.h"
#include "station/ledger/port_history.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"

#define DAY_MSEC (24LL * 3600 * 1000)
#define COLUMNS	 8

/* A line of the list. */
struct row {
	const char *name;
	const struct slots_file_slot *known; /* NULL: slots.yaml does not have it */
	const struct slot_health *health;    /* NULL: nothing has happened there */
	enum health_word word;
};

struct list {
	const struct slots_file *slots;
	struct slot_health *health;
	size_t health_count;
	struct row *rows;
	size_t count;
};

static const struct slot_health *find_health(const struct list *list,
					     const struct slots_file_slot *slot)
{
	for (size_t i = 0; i < list->health_count; i++)
		if (slots_file_find(list->slots, list->health[i].port, list->health[i].port) ==
		    slot)
			return &list->health[i];
	return NULL;
}

static void add_row(struct list *list, const char *name, const struct slots_file_slot *known,
		    const struct slot_health *health)
{
	enum health_word word = HEALTH_UNSURE;

	if (health)
		word = slot_health_judge(list->health, list->health_count,
					 (size_t)(health - list->health));
	list->rows[list->count++] = (struct row){ name, known, health, word };
}

/* In the order of slots.yaml, then those that it does not have. Returns 0 or -ENOMEM. */
static int make_rows(struct list *list)
{
	size_t known = list->slots ? list->slots->slot_count : 0;

	list->rows = calloc(known + list->health_count + 1, sizeof *list->rows);
	if (!list->rows)
		return -ENOMEM;
	for (size_t i = 0; i < known; i++) {
		const struct slots_file_slot *slot = &list->slots->slots[i];

		add_row(list, slot->name, slot, find_health(list, slot));
	}
	for (size_t i = 0; i < list->health_count; i++) {
		const char *port = list->health[i].port;

		if (!slots_file_find(list->slots, port, port))
			add_row(list, port, NULL, &list->health[i]);
	}
	return 0;
}

static const char *port_of(const struct row *row)
{
	return row->known ? row->known->ports[0] : row->health->port;
}

static json_t *faults_to_json(const struct slot_health *health)
{
	json_t *faults = json_object();

	for (unsigned i = 0; health && faults && i < health->fault_count; i++)
		json_object_set_new(faults, fault_name(health->faults[i].kind),
				    json_integer(health->faults[i].jobs));
	return faults;
}

static json_t *row_to_json(const struct row *row)
{
	static const struct slot_health none;
	const struct slot_health *health = row->health ? row->health : &none;
	char sentence[CLEAN_MAX + 1];

	slot_health_sentence(health, row->word, sentence);
	return json_pack("{s:s, s:s, s:b, s:b, s:o, s:i, s:i, s:i, s:i, s:o, s:s, s:o}", "slot",
			 row->name, "port", port_of(row), "named", row->known != NULL, "disabled",
			 row->known && row->known->disabled, "speed",
			 health->speed ? json_integer(health->speed) : json_null(), "jobs",
			 (int)health->jobs, "devices", (int)health->devices, "disconnects",
			 (int)health->disconnects, "reenumerations", (int)health->reenumerations,
			 "faults", faults_to_json(row->health), "health",
			 health_word_to_text(row->word), "sentence", text_to_json(sentence));
}

static int print_json(const struct list *list)
{
	json_t *slots = json_array(), *document;
	char *text;

	for (size_t i = 0; slots && i < list->count; i++)
		json_array_append_new(slots, row_to_json(&list->rows[i]));
	document = json_pack("{s:s, s:o}", "schema", "muster/1", "slots", slots);
	text = document ? json_dumps(document, JSON_INDENT(2)) : NULL;
	if (text)
		puts(text);
	free(text);
	json_decref(document);
	return text ? 0 : -ENOMEM;
}

/* The kinds of faults that jobs ended with here, the most frequent as the ledger has them. */
static void faults_to_text(const struct slot_health *health, char *out, size_t room)
{
	size_t len = 0;

	out[0] = '\0';
	for (unsigned i = 0; i < health->fault_count && len < room; i++)
		len += (size_t)snprintf(out + len, room - len, "%s%s %u", i ? ", " : "",
					fault_name(health->faults[i].kind), health->faults[i].jobs);
}

static int add_table_row(struct table *table, const struct row *row)
{
	static const struct slot_health none;
	const struct slot_health *health = row->health ? row->health : &none;
	enum table_tone bad =
		row->word == HEALTH_SLOT || row->word == HEALTH_SLOW || row->word == HEALTH_DEVICE
			? TONE_BAD
			: TONE_PLAIN;
	const enum table_tone tones[COLUMNS] = { [7] = bad };
	char numbers[4][16], faults[CLEAN_MAX + 1], sentence[CLEAN_MAX + 1];
	const char *cells[COLUMNS] = { row->name,  port_of(row), numbers[0], numbers[1],
				       numbers[2], numbers[3],	 faults,     sentence };

	if (health->speed)
		snprintf(numbers[0], sizeof numbers[0], "%u", health->speed);
	else
		numbers[0][0] = '\0';
	snprintf(numbers[1], sizeof numbers[1], "%u", health->jobs);
	snprintf(numbers[2], sizeof numbers[2], "%u", health->disconnects);
	snprintf(numbers[3], sizeof numbers[3], "%u", health->reenumerations);
	faults_to_text(health, faults, sizeof faults);
	slot_health_sentence(health, row->word, sentence);
	if (row->known && row->known->disabled)
		snprintf(sentence, sizeof sentence, "disabled in slots.yaml");
	return table_add_row(table, cells, tones);
}

static int print_table(const struct list *list)
{
	static const char *const headings[COLUMNS] = { "SLOT", "PORT", "MBIT/S", "JOBS",
						       "LEFT", "ANEW", "FAULTS", "WHAT NOW" };
	struct table *table = table_new(headings, COLUMNS);
	int r = table ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < list->count; i++)
		r = add_table_row(table, &list->rows[i]);
	if (r == 0)
		table_print(table, stdout, table_width_of(stdout), table_wants_colour(stdout));
	table_free(table);
	return r;
}

/* What the ledger has since DAYS; nothing when there is no ledger yet. */
static int read_health(const struct state *state, unsigned days, struct list *list)
{
	struct ledger *ledger;
	int r = ledger_open_readonly(state->ledger, &ledger);

	if (r == -ENOENT)
		return 0;
	if (r < 0)
		return r;
	r = ledger_read_ports(ledger, clock_wall() - days * DAY_MSEC, &list->health,
			      &list->health_count);
	ledger_close(ledger);
	return r;
}

static int print_list(struct list *list, bool json)
{
	int r = make_rows(list);

	if (r == 0 && (json || list->count > 0))
		r = json ? print_json(list) : print_table(list);
	if (r < 0) {
		fputs("muster slot list: not enough memory\n", stderr);
		return EXIT_TROUBLE;
	}
	if (list->count > 0)
		return EXIT_PASSED;
	fputs("muster slot list: no slot is known yet; muster slot learn names them\n", stderr);
	return EXIT_NOTHING;
}

int slot_list(const struct state *state, const struct slots_file *slots, unsigned days, bool json)
{
	struct list list = { .slots = slots };
	char why[LEDGER_WHY_MAX];
	int r = read_health(state, days, &list), status;

	if (r < 0) {
		ledger_explain(state->ledger, r, why);
		fprintf(stderr, "muster slot list: %s\n", why);
		return EXIT_TROUBLE;
	}
	status = print_list(&list, json);
	free(list.rows);
	free(list.health);
	return status;
}
