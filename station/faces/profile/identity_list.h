/* SPDX-License-Identifier: Apache-2.0 */
/* muster identity list: which identities there are, and until when. */
#ifndef STATION_FACES_IDENTITY_LIST_H
#define STATION_FACES_IDENTITY_LIST_H

#include <stdbool.h>

/* Prints the identities in the folder DIR, as a table or as JSON. Returns the exit status. */
int identity_list(const char *dir, bool as_json);

#endif
