/* SPDX-License-Identifier: Apache-2.0 */
/* The pair records that usbmuxd keeps for its host, by UDID. */
#ifndef TESTS_SIM_RECORDS_H
#define TESTS_SIM_RECORDS_H

#include <stddef.h>

struct record;

/* All return 0 or an errno as usbmuxd answers it: EINVAL for an id that is more than letters,
 * digits and dashes, ENOENT where there is no record. */

/* Copies LENGTH bytes at FROM. */
int records_save(struct record **records, const char *id, const void *from, size_t length);
/* RET_BYTES stays the record's. */
int records_read(const struct record *records, const char *id, const char **ret_bytes,
		 size_t *ret_length);
int records_delete(struct record **records, const char *id);

void records_free(struct record *records);

#endif
