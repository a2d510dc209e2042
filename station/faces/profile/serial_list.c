/* SPDX-License-Identifier: Apache-2.0 */
/* A list of serial numbers with details, from files and from the ledger. */
#include "config.h"

#include "station/faces/profile/serial_list.h"

#include <errno.h>
#include <limits.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/csv_reader.h"
#include "profiles/files/operator_file.h"
#include "station/faces/csv.h"
#include "station/ledger/result.h"

/* Largest file read, in bytes: SERIALS_MAX rows with long details. */
#define FILE_SIZE_MAX (12U << 20)

static void keep(void *serial)
{
	(void)serial; /* it is the list's */
}

void serial_list_done(struct serial_list *list)
{
	tdestroy(list->tree, keep);
	free(list->list);
	*list = (struct serial_list){ .count = 0 };
}

static int by_number(const void *a, const void *b)
{
	const struct serial *one = a, *other = b;

	return strcmp(one->number, other->number);
}

/* Adds SERIAL behind the last. */
static int append(struct serial_list *list, const struct serial *serial)
{
	struct serial *next;

	if (!list->list)
		list->list = calloc(SERIALS_MAX, sizeof *list->list);
	if (!list->list)
		return -ENOMEM;
	if (list->count == SERIALS_MAX)
		return -ENOSPC;
	next = &list->list[list->count];
	*next = *serial;
	if (!tsearch(next, &list->tree, by_number))
		return -ENOMEM;
	list->count++;
	return 0;
}

int serial_list_add(struct serial_list *list, const char *number, const char *details)
{
	struct serial serial, **there;
	int r = serial_set(&serial, number, details);

	if (r < 0)
		return r;
	there = (struct serial **)tfind(&serial, &list->tree, by_number);
	if (!there)
		return append(list, &serial);
	**there = serial;
	return 0;
}

static int add_row(struct serial_list *list, const struct csv_reader *row, const char *file,
		   struct problems *problems)
{
	int r = row->count > 2
			? -E2BIG
			: serial_list_add(list, row->cells[0], row->count > 1 ? row->cells[1] : "");

	if (r == -E2BIG)
		problems_add(problems, file, row->record_line, 0,
			     "has more than two columns: serial,details");
	else if (r == -EINVAL)
		problems_add(problems, file, row->record_line, 0,
			     "\"%.40s\" is no serial number; the file has no headings",
			     row->cells[0]);
	else if (r == -ENOSPC)
		problems_add(problems, file, row->record_line, 0,
			     "is one serial number too many: a tenant has at most %d", SERIALS_MAX);
	return r == -ENOMEM ? r : 0;
}

int serial_list_read(struct serial_list *list, const char *file, struct problems *problems)
{
	size_t found = problems->found, size;
	struct csv_reader reader;
	unsigned char *bytes;
	int r = operator_file_read(file, FILE_SIZE_MAX, problems, &bytes, &size);

	if (r < 0)
		return r;
	if (strlen((char *)bytes) != size) {
		problems_add(problems, file, 0, 0, "is no text");
	} else {
		csv_begin(&reader, (char *)bytes);
		while (r == 0 && (r = csv_next(&reader)) > 0)
			r = add_row(list, &reader, file, problems);
		if (r == -EINVAL)
			problems_add(problems, file, reader.record_line, 0, "%s", reader.wrong);
	}
	free(bytes);
	if (r == -ENOMEM)
		return r;
	return problems->found > found ? -EINVAL : 0;
}

static int take_result(const struct result *result, void *userdata)
{
	char details[CLEAN_MAX + 32];
	int r;

	snprintf(details, sizeof details, "%s%sslot %s", result->batch,
		 result->batch[0] ? ", " : "", result->slot);
	r = serial_list_add(userdata, result->notes[NOTE_SERIAL], details);
	/* A device that never said its serial number cannot be on the list. */
	return r == -EINVAL ? 0 : r;
}

int serial_list_recall(struct serial_list *list, const char *path, const char *batch)
{
	const struct result_filter filter = { .batch = batch };
	struct ledger *ledger;
	int r = ledger_open_readonly(path, &ledger);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = results_each(ledger, &filter, take_result, list);
	ledger_close(ledger);
	return r;
}

/* Writes COUNT SERIALS into the new file PATH. */
static int write_file(const char *path, const struct serial *serials, size_t count)
{
	FILE *out = fopen(path, "wxe");
	int r;

	if (!out)
		return -errno;
	for (size_t i = 0; i < count; i++)
		csv_write_line(out, (const char *[]){ serials[i].number, serials[i].details }, 2);
	r = ferror(out) ? -EIO : 0;
	if (fclose(out) != 0 && r == 0)
		r = -errno;
	return r;
}

int serial_list_write(const struct serial_list *list, const char *prefix)
{
	int files = 0;

	for (size_t at = 0; at < list->count; at += SERIALS_FILE_MAX) {
		size_t left = list->count - at;
		char path[PATH_MAX];
		int r;

		if (snprintf(path, sizeof path, "%s-%d.csv", prefix, files + 1) >= (int)sizeof path)
			return -ENAMETOOLONG;
		r = write_file(path, list->list + at,
			       left < SERIALS_FILE_MAX ? left : SERIALS_FILE_MAX);
		if (r < 0)
			return r;
		files++;
	}
	return files;
}
