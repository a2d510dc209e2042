/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger knows of each port: the health of the bench's slots. */
#include "station/ledger/port_history.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/port.h"
#include "station/ledger/ledger_store.h"

/* Most rows of one device on one port: a kind of fault each, and the three others. */
#define COUNTS_MAX 96

struct reading {
	struct slot_health *list;
	size_t count;
	struct udid udid; /* whose rows are read, on the last port of the list */
	struct health_count counts[COUNTS_MAX];
	size_t n;
};

/* The rows of one device are whole. */
static void end_device(struct reading *reading)
{
	if (reading->n > 0)
		slot_health_add(&reading->list[reading->count - 1], reading->counts, reading->n);
	reading->n = 0;
}

static int begin_port(struct reading *reading, const char *port)
{
	struct slot_health *list = reallocarray(reading->list, reading->count + 1, sizeof *list);

	if (!list)
		return -ENOMEM;
	reading->list = list;
	list[reading->count] = (struct slot_health){ 0 };
	snprintf(list[reading->count].port, sizeof list->port, "%s", port);
	snprintf(list[reading->count].slot, sizeof list->slot, "%s", port);
	reading->count++;
	return 0;
}

/* Reads WORD of the column "what". Returns false for one that a newer muster may have written. */
static bool read_what(const char *word, struct health_count *count)
{
	static const char *const words[] = { "job", "left", "anew" };

	count->kind = FAULT_NONE;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(word, words[i]) != 0)
			continue;
		count->what = (enum health_what)i;
		return true;
	}
	count->what = HEALTH_FAULTS;
	return fault_from_name(word, &count->kind) == 0;
}

static int take_row(struct reading *reading, const struct query *query)
{
	const char *port = query_text(query, 0), *udid = query_text(query, 1);
	bool new_port =
		reading->count == 0 || strcmp(reading->list[reading->count - 1].port, port) != 0;
	struct health_count count = { .count = (unsigned)query_number(query, 3) };
	int r = 0;

	if (!port_is_valid(port) || !read_what(query_text(query, 2), &count))
		return 0;
	if (new_port || strcmp(reading->udid.text, udid) != 0)
		end_device(reading);
	if (new_port)
		r = begin_port(reading, port);
	snprintf(reading->udid.text, sizeof reading->udid.text, "%s", udid);
	if (r == 0 && reading->n < COUNTS_MAX)
		reading->counts[reading->n++] = count;
	return r;
}

static int read_counts(struct ledger *ledger, wall_t since, struct reading *reading)
{
	struct query query = query_new(ledger, SQL_PORT_COUNTS);
	int r;

	query_put_number(&query, since);
	while ((r = query_next(&query)) > 0) {
		r = take_row(reading, &query);
		if (r < 0) {
			query_end(&query);
			break;
		}
	}
	if (r == 0)
		end_device(reading);
	return r;
}

/* The newest attachment on each port says what its slot is called, and how fast it was. */
static int read_newest(struct ledger *ledger, wall_t since, struct reading *reading)
{
	struct query query = query_new(ledger, SQL_PORTS);
	char slot[CLEAN_MAX + 1];
	int r;

	query_put_number(&query, since);
	while ((r = query_next(&query)) > 0) {
		for (size_t i = 0; i < reading->count; i++) {
			struct slot_health *health = &reading->list[i];

			if (strcmp(health->port, query_text(&query, 0)) != 0)
				continue;
			clean_string(query_text(&query, 1), slot);
			snprintf(health->slot, sizeof health->slot, "%.*s",
				 (int)sizeof health->slot - 1, slot);
			health->speed = (unsigned)query_number(&query, 2);
		}
	}
	return r;
}

int ledger_read_ports(struct ledger *ledger, wall_t since, struct slot_health **ret_list,
		      size_t *ret_count)
{
	struct reading reading = { .count = 0 };
	int r = read_counts(ledger, since, &reading);

	if (r == 0)
		r = read_newest(ledger, since, &reading);
	if (r < 0) {
		free(reading.list);
		return r;
	}
	*ret_list = reading.list;
	*ret_count = reading.count;
	return 0;
}
