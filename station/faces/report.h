/* SPDX-License-Identifier: Apache-2.0 */
/* Results written out in the form that was asked for: a table, JSON, CSV. */
#ifndef STATION_FACES_REPORT_H
#define STATION_FACES_REPORT_H

#include <stdio.h>

#include "station/ledger/result.h"

enum report_form {
	REPORT_TABLE, /* for a person: fits the terminal, has colours there (table.h) */
	REPORT_JSON,  /* one document (doc/ledger.md, "A result as JSON") */
	REPORT_CSV,   /* a heading and one line a result (csv.h) */
};
#define REPORT_FORMS 3
/* "table", "json", "csv". */
const char *report_form_to_text(enum report_form form);

struct report;

/* A report that goes to OUT, in part already before its end. NULL without memory. */
struct report *report_new(enum report_form form, FILE *out);
/* Returns 0 or -ENOMEM. */
int report_add(struct report *report, const struct result *result);
/* Writes what is left; whether OUT could be written is OUT's to say (ferror). Returns 0 or -ENOMEM.
 */
int report_end(struct report *report);
void report_free(struct report *report);

#endif
