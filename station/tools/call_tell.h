/* SPDX-License-Identifier: Apache-2.0 */
/* A running station told to write something into its ledger. */
#ifndef STATION_TOOLS_CALL_TELL_H
#define STATION_TOOLS_CALL_TELL_H

#include "station/tools/call_words.h"

/*
 * Posts TEXT, JSON, which is taken over (NULL: no memory), to PATH of the station of STATE.
 * Returns 0 when it is written, durably; -EEXIST when it was written before (409); or another
 * negative errno, and WHY.
 */
int call_tell(const struct state *state, const char *path, char *text,
	      char why[static CALL_WHY_MAX]);

#endif
