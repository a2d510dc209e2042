/* SPDX-License-Identifier: Apache-2.0 */
/* The pair records that usbmuxd keeps for its host: a list in memory, one per device at most. */
#include "tests/sim/records.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct record {
	struct record *next;
	char *id;
	char *bytes;
	size_t length;
};

/* Debian's usbmuxd refuses to save what could leave its directory; here all three refuse it. */
static bool id_good(const char *id)
{
	static const char good[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";

	return *id && id[strspn(id, good)] == '\0';
}

/* Where the record of ID hangs in the list, or the end of the list. */
static struct record **records_find(struct record **records, const char *id)
{
	while (*records && strcmp((*records)->id, id) != 0)
		records = &(*records)->next;
	return records;
}

static void record_free(struct record *record)
{
	if (!record)
		return;
	free(record->id);
	free(record->bytes);
	free(record);
}

int records_save(struct record **records, const char *id, const void *from, size_t length)
{
	struct record **place;
	struct record *record;

	if (!id_good(id) || !length)
		return EINVAL;
	record = calloc(1, sizeof(*record));
	if (!record)
		return ENOMEM;
	record->id = strdup(id);
	record->bytes = malloc(length);
	if (!record->id || !record->bytes) {
		record_free(record);
		return ENOMEM;
	}
	memcpy(record->bytes, from, length);
	record->length = length;
	place = records_find(records, id);
	if (*place) {
		record->next = (*place)->next;
		record_free(*place);
	}
	*place = record;
	return 0;
}

int records_read(const struct record *records, const char *id, const char **ret_bytes,
		 size_t *ret_length)
{
	if (!id_good(id))
		return EINVAL;
	while (records && strcmp(records->id, id) != 0)
		records = records->next;
	if (!records)
		return ENOENT;
	*ret_bytes = records->bytes;
	*ret_length = records->length;
	return 0;
}

int records_delete(struct record **records, const char *id)
{
	struct record **place;
	struct record *record;

	if (!id_good(id))
		return EINVAL;
	place = records_find(records, id);
	record = *place;
	if (!record)
		return ENOENT;
	*place = record->next;
	record_free(record);
	return 0;
}

void records_free(struct record *records)
{
	while (records) {
		struct record *next = records->next;

		record_free(records);
		records = next;
	}
}
